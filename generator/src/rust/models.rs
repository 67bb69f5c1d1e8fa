//! The types of the crate: structs, enums and hierarchies, each in its file.

use super::Doc;

/// A module of models: `models::security`.
#[derive(Clone, Debug, Default, Hash)]
pub struct Namespace {
    /// The module's name: `security`.
    pub module: String,
    /// What the module holds.
    pub doc: Doc,
    /// One file a type, in file-name order.
    pub files: Vec<ModelFile>,
}

/// A file with one type: `models/security/incident_task.rs`, re-exported by its namespace.
#[derive(Clone, Debug, Hash)]
pub struct ModelFile {
    /// The module's name: `incident_task`.
    pub module: String,
    /// The type.
    pub model: Model,
}

/// A type of the models.
#[derive(Clone, Debug, Hash)]
pub enum Model {
    /// A struct over a field table.
    Struct(Struct),
    /// An enum that keeps undocumented text.
    OpenEnum(OpenEnum),
    /// An enum over the subtypes of a type.
    Hierarchy(Hierarchy),
}

/// A struct. Every struct ends in `additional_properties: AdditionalProperties`, which the emitter
/// adds.
#[derive(Clone, Debug, Default, Hash)]
pub struct Struct {
    /// The identifier: `IncidentTask`.
    pub name: String,
    /// Its documentation.
    pub doc: Doc,
    /// The wire name of the type with its `#`, given as the constant `ODATA_TYPE`.
    pub odata_type: Option<String>,
    /// The `@odata.type`, with its `#`, that values made by users carry: what is sent is a subtype of
    /// what the path leads to.
    pub tag: Option<String>,
    /// The fields, in documented order.
    pub fields: Vec<Field>,
    /// How values are made.
    pub construction: Construction,
}

/// How values of a struct are made.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Construction {
    /// `Default` only: the type is read, never sent.
    #[default]
    Read,
    /// `Default`, `new()`, and a chainable setter for each field: the type is read and sent.
    ReadWrite,
    /// `new(required, fields, …)` and a chainable setter for each other field: the type is only
    /// sent. `Default` as well when no field is required.
    Write,
}

/// A field.
#[derive(Clone, Debug, Hash)]
pub struct Field {
    /// The identifier: `created_date_time`, `r#type`.
    pub name: String,
    /// The chainable method that sets it, in structs whose values users make.
    pub setter: String,
    /// The name in JSON.
    pub wire_name: String,
    /// Its documentation.
    pub doc: Doc,
    /// The type without `Option` or `Patch`.
    pub ty: Type,
    /// Whether there has to be a value.
    pub presence: Presence,
}

/// Whether a field has to have a value.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Presence {
    /// `T`
    Required,
    /// `Option<T>`
    Optional,
    /// `Patch<T>`
    Patch,
}

/// A type expression.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Type {
    /// A primitive type.
    Primitive(Primitive),
    /// A type of the generated models.
    Model(TypePath),
    /// `Box<T>`
    Boxed(Box<Type>),
    /// `Vec<T>`
    Vec(Box<Type>),
    /// `Flags<T>`: a set of members of an open enum.
    Flags(TypePath),
    /// `Collection<T>`: a page of a collection.
    Collection(Box<Type>),
}

/// The primitive types, as the runtime names them.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Primitive {
    /// `String`
    String,
    /// `bool`
    Boolean,
    /// `u8`
    Byte,
    /// `i8`
    SByte,
    /// `i16`
    Int16,
    /// `i32`
    Int32,
    /// `i64`
    Int64,
    /// `f32`
    Single,
    /// `f64`
    Double,
    /// `Decimal`
    Decimal,
    /// `Guid`
    Guid,
    /// `DateTimeOffset`
    DateTimeOffset,
    /// `Date`
    Date,
    /// `TimeOfDay`
    TimeOfDay,
    /// `Duration`
    Duration,
    /// `Binary`
    Binary,
    /// `Json`: a value that no page describes.
    Json,
}

/// The place of a model: `models::<namespace>::<name>`.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct TypePath {
    /// The namespace's module: `security`.
    pub namespace: String,
    /// The identifier: `IncidentTask`.
    pub name: String,
}

/// An enum that keeps undocumented text in `Unknown(String)`, which the emitter adds.
#[derive(Clone, Debug, Default, Hash)]
pub struct OpenEnum {
    /// The identifier.
    pub name: String,
    /// Its documentation.
    pub doc: Doc,
    /// The documented members.
    pub variants: Vec<Variant>,
}

/// A documented member of an enum.
#[derive(Clone, Debug, Default, Hash)]
pub struct Variant {
    /// The identifier.
    pub name: String,
    /// The text in JSON.
    pub wire_name: String,
    /// Its documentation.
    pub doc: Doc,
}

/// A tagged enum over the subtypes of a type, dispatched on `@odata.type`.
#[derive(Clone, Debug, Hash)]
pub struct Hierarchy {
    /// The identifier: `IncidentTaskResponseAction`, or `AnyX` for a concrete base.
    pub name: String,
    /// Its documentation.
    pub doc: Doc,
    /// The subtypes, each boxed in its variant.
    pub variants: Vec<HierarchyVariant>,
    /// The variant of a concrete base, taken when there is no tag.
    pub untagged: Option<HierarchyVariant>,
    /// The struct in `Unknown`: the base's properties, everything else kept.
    pub unknown: TypePath,
    /// The properties that every variant has.
    pub accessors: Vec<Accessor>,
}

/// A variant of a hierarchy.
#[derive(Clone, Debug, Hash)]
pub struct HierarchyVariant {
    /// The identifier: `IsolateDevice`.
    pub name: String,
    /// The qualified name of the subtype, without `#`.
    pub odata_type: String,
    /// The struct in the variant.
    pub ty: TypePath,
    /// Its documentation.
    pub doc: Doc,
}

/// A method of a hierarchy that reads a property of its base: `-> Option<&T>`.
#[derive(Clone, Debug, Hash)]
pub struct Accessor {
    /// The identifier.
    pub name: String,
    /// The name in JSON.
    pub wire_name: String,
    /// The type of the value: the field of every variant is `Option` of it.
    pub ty: Type,
    /// Its documentation.
    pub doc: Doc,
}
