//! IR 2: the crate that will be printed.
//!
//! `lower` takes every decision (identifiers, `Option`, `Box`, variants, methods, where a type
//! lives); `emit` only prints. The records are inert data in the order of the output. Identifiers
//! are final: keywords escaped, collisions resolved. They are hashed, so that a file need not be printed
//! again that would be the same.

/// A generated crate.
#[derive(Clone, Debug, Default, Hash)]
pub struct Crate {
    /// What goes into `Cargo.toml`.
    pub manifest: Manifest,
    /// The front page of the rustdoc: what stands before the program.
    pub doc: Doc,
    /// What stands behind the program, or without one behind the rest.
    pub topics: Doc,
    /// The program of the front page; none without a call that it could show.
    pub start: Option<Start>,
    /// The README, as markdown that stands alone.
    pub readme: Doc,
    /// One module a namespace below `models`, in name order.
    pub namespaces: Vec<Namespace>,
    /// The client: `GraphClient` and the tree of request builders below it.
    pub client: Option<Client>,
    /// Documented exchanges, each a test.
    pub examples: Vec<ExampleTest>,
    /// How many of the documented messages those are.
    pub replays: Replays,
}

/// A program that shows the client: calls at one place, and at a member of it if it is a list.
#[derive(Clone, Debug, Default, Hash)]
pub struct Start {
    /// The methods from the client to the place.
    pub way: Vec<StartStep>,
    /// The method that lists, whose items are a stream.
    pub list: Option<String>,
    /// The list documents `$top`.
    pub has_top: bool,
    /// The method that leads to a member by its key, where the calls below are made.
    pub member: Option<String>,
    /// A method that reads.
    pub get: Option<String>,
    /// A method that changes, and what it takes.
    pub update: Option<(String, StartBody)>,
    /// A method that does something, and takes nothing.
    pub action: Option<String>,
}

/// A step to the place that a [`Start`] is about.
#[derive(Clone, Debug, Hash)]
pub struct StartStep {
    /// The method.
    pub method: String,
    /// It takes a key.
    pub takes_key: bool,
}

/// The body of the update of a [`Start`]: `new()`, and one field set.
#[derive(Clone, Debug, Hash)]
pub struct StartBody {
    /// Its type.
    pub ty: TypePath,
    /// The method that sets the field, and the value.
    pub field: Option<(String, StartValue)>,
}

/// The value of the field of a [`StartBody`].
#[derive(Clone, Debug, Hash)]
pub enum StartValue {
    /// Any text.
    Text,
    /// A member of an open enum.
    Member(TypePath, String),
}

/// How much of the examples can be replayed.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Replays {
    /// The requests of examples that are calls of the client.
    pub requests: usize,
    /// The responses that those calls are answered with, errors included.
    pub responses: usize,
    /// Examples that are no test because their page leaves out or misstates what they show.
    pub page_at_fault: usize,
    /// Examples that are no test because of themselves.
    pub example_at_fault: usize,
}

/// What goes into `Cargo.toml`.
#[derive(Clone, Debug, Default, Hash)]
pub struct Manifest {
    /// The package name: `graph-security`.
    pub name: String,
    /// The package version.
    pub version: String,
    /// One sentence.
    pub description: String,
    /// An SPDX expression.
    pub license: Option<String>,
    /// The lowest Rust version.
    pub rust_version: String,
    /// Where `graph-runtime` stands, relative to the crate: `../runtime`.
    pub runtime_path: String,
    /// The crate is the root of its own workspace (it stands outside of ours).
    pub standalone: bool,
}

/// Documentation: the lines that are printed behind `///`. Empty for none.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Doc(pub Vec<String>);

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

/// The client.
#[derive(Clone, Debug, Default, Hash)]
pub struct Client {
    /// `https://graph.microsoft.com/beta`
    pub base_url: String,
    /// The documentation of `GraphClient`.
    pub doc: Doc,
    /// The first segments: methods of `GraphClient`.
    pub navigations: Vec<Navigation>,
    /// Calls on the root itself.
    pub calls: Vec<Call>,
    /// The operations that are declared here.
    pub operations: Vec<Operation>,
    /// The modules below `client`.
    pub modules: Vec<ClientModule>,
}

/// A place in the API: one module and one request builder.
#[derive(Clone, Debug, Default, Hash)]
pub struct ClientModule {
    /// The module's name: `incident_tasks`, or `by_id` for what stands below a key.
    pub name: String,
    /// The builder's identifier: `IncidentTasksRequestBuilder`.
    pub builder: String,
    /// The path template of the place, for the documentation.
    pub path: String,
    /// The builder's documentation.
    pub doc: Doc,
    /// The ways on from here.
    pub navigations: Vec<Navigation>,
    /// What can be called here.
    pub calls: Vec<Call>,
    /// The operations that are declared here: those whose first documented place this is.
    pub operations: Vec<Operation>,
    /// The modules of the places below.
    pub children: Vec<ClientModule>,
}

/// A method that leads to a further builder.
#[derive(Clone, Debug, Hash)]
pub struct Navigation {
    /// The identifier: `incident_tasks`, `by_id`, `as_user`.
    pub method: String,
    /// Its documentation.
    pub doc: Doc,
    /// The step in the path.
    pub step: Step,
    /// The child module that holds the target builder.
    pub module: String,
    /// The target builder.
    pub builder: String,
}

/// A step in a path.
#[derive(Clone, Debug, Hash)]
pub enum Step {
    /// `/name`, also for casts and `$value`, `$count`, `$ref`.
    Segment(String),
    /// `/{key}`; the text names the parameter: `id`.
    Key(String),
    /// `(name='{key}',…)` behind the segment before: wire name and parameter identifier of each.
    AlternateKey(Vec<(String, String)>),
    /// `:/{path}` behind the segment before, with a colon before what follows; the text names the
    /// parameter: `path`.
    RelativePath(String),
    /// `/name(a={a},…)`
    Function {
        /// The name in the path.
        name: String,
        /// The parameters in path order.
        parameters: Vec<FunctionParameter>,
    },
}

/// A parameter of a function.
#[derive(Clone, Debug, Hash)]
pub struct FunctionParameter {
    /// The identifier.
    pub name: String,
    /// The name in the path.
    pub wire_name: String,
    /// How its value is written.
    pub literal: Literal,
}

/// How a value is written in a path.
///
/// Source: `primitiveLiteral` of the OData ABNF,
/// <https://docs.oasis-open.org/odata/odata/v4.01/os/abnf/odata-abnf-construction-rules.txt>.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Literal {
    /// As it is: a number, a truth value, a date.
    Bare,
    /// Text in quotes.
    Quoted,
    /// A member of the enumeration of that qualified name: the name, and the member in quotes.
    Member(String),
}

/// A method that makes a request.
#[derive(Clone, Debug, Hash)]
pub struct Call {
    /// The identifier: `list`, `get`, `execute_response_action`.
    pub method: String,
    /// Its documentation.
    pub doc: Doc,
    /// The steps behind the builder's own place: empty for `get`, one for an action.
    pub steps: Vec<Step>,
    /// The parameter `body`, when the request carries one.
    pub body: Option<BodyParameter>,
    /// What the request is for.
    pub operation: OperationPath,
}

/// Where an operation is declared.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum OperationPath {
    /// In the same module, under this name.
    Here(String),
    /// At another place that the documents give for it.
    Elsewhere {
        /// The modules below `client`.
        modules: Vec<String>,
        /// The name there.
        name: String,
    },
}

/// The body that a call takes.
#[derive(Clone, Debug, Hash)]
pub enum BodyParameter {
    /// JSON of this type.
    Json(Type),
    /// Bytes, text or a stream of this media type: `impl Into<Content>`.
    Content(String),
    /// The address of what is linked: `impl Into<Reference>`.
    Reference,
}

/// An operation: a type that tells what a request is for.
#[derive(Clone, Debug, Hash)]
pub struct Operation {
    /// The identifier: `List`.
    pub name: String,
    /// Its documentation, permissions and errors included.
    pub doc: Doc,
    /// The documented facts, as the constant `OPERATION`.
    pub facts: OperationFacts,
    /// What it answers with.
    pub output: Output,
    /// The documented query options and headers.
    pub options: Vec<RequestOption>,
    /// Documented lists of values, each a constant.
    pub value_lists: Vec<ValueList>,
}

/// What an operation answers with.
#[derive(Clone, Debug, Hash)]
pub enum Output {
    /// Nothing: `()`.
    None,
    /// JSON of this type.
    Json(Type),
    /// JSON of this type in `{ "value": … }`: a primitive result of an action or function.
    Single(Type),
    /// A page of a collection of this type: the request can be made a stream.
    Collection(Type),
    /// JSON that no page describes, or nothing.
    AnyJson,
    /// The number of items of a collection, as text.
    Count,
    /// Bytes.
    Content,
    /// Bytes on another host, which the answer redirects to.
    LinkedContent,
    /// The way to what goes on after the answer, about which this type tells.
    Accepted(Type),
    /// JSON of the first type, or the way to what goes on, about which the second type tells.
    Outcome(Type, Type),
    /// A session to upload to, of this type.
    Upload(Type),
}

/// A documented query option or header.
#[derive(Clone, Debug, Hash)]
pub struct RequestOption {
    /// `$filter`, `If-Match`.
    pub wire_name: String,
    /// It is a header, not a query option.
    pub is_header: bool,
    /// How it is set.
    pub setter: OptionSetter,
}

/// How an option is set.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum OptionSetter {
    /// By a method of the runtime, which the operation is given by a trait.
    Method {
        /// The trait in `graph_runtime::options`: `Filter`.
        option: &'static str,
        /// The method: `filter`.
        method: &'static str,
        /// What it takes.
        takes: OptionValue,
    },
    /// By `query` or `header` and its name, which is a constant of the operation.
    Named(NamedOption),
}

/// The constant that holds the name of an option.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct NamedOption {
    /// The identifier: `START_DATE_TIME`.
    pub constant: String,
    /// Its documentation.
    pub doc: Doc,
}

/// What the method of an option takes.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum OptionValue {
    /// `impl AsRef<str>`
    Text,
    /// `u64`
    Number,
    /// `bool`
    Boolean,
    /// `impl IntoIterator<Item = impl AsRef<str>>`, joined with commas.
    List,
}

/// The documented facts of an operation.
#[derive(Clone, Debug, Default, Hash)]
pub struct OperationFacts {
    /// The page's title.
    pub name: String,
    /// `GET`
    pub method: String,
    /// The documented paths.
    pub path_templates: Vec<String>,
    /// Delegated (work or school account).
    pub delegated_work: Option<PermissionSet>,
    /// Delegated (personal Microsoft account).
    pub delegated_personal: Option<PermissionSet>,
    /// Application.
    pub application: Option<PermissionSet>,
    /// The documented errors.
    pub errors: Vec<ErrorFacts>,
    /// The public page.
    pub documentation: Option<String>,
}

/// The permissions of one kind of caller.
#[derive(Clone, Debug, Default, Hash)]
pub struct PermissionSet {
    /// Least privileged.
    pub least: Vec<String>,
    /// Higher privileged.
    pub higher: Vec<String>,
}

/// A documented error.
#[derive(Clone, Debug, Default, Hash)]
pub struct ErrorFacts {
    /// The identifier of the constant that holds the code: `UNSUPPORTED_ACTION_TYPE`.
    pub constant: String,
    /// 400; 0 when the page does not say.
    pub status: u16,
    /// `UnsupportedActionType`
    pub code: String,
    /// The documented message.
    pub message: String,
    /// When it occurs, as plain text.
    pub condition: String,
    /// The documentation of the constant.
    pub doc: Doc,
}

/// A documented list of values: `pub const SUPPORTED_ACTION_TYPES: &[IncidentTaskActionType]`.
#[derive(Clone, Debug, Hash)]
pub struct ValueList {
    /// The identifier.
    pub name: String,
    /// Its documentation.
    pub doc: Doc,
    /// The values.
    pub values: ValueListValues,
}

/// The values of a list.
#[derive(Clone, Debug, Hash)]
pub enum ValueListValues {
    /// Members of an enum: the variants' identifiers.
    Variants {
        /// The enum.
        ty: TypePath,
        /// The variants.
        variants: Vec<String>,
    },
    /// Text: `&'static [&'static str]`.
    Text(Vec<String>),
}

/// A documented exchange as a test.
#[derive(Clone, Debug, Hash)]
pub struct ExampleTest {
    /// The module of the test: the part of the API that the call begins with.
    pub module: String,
    /// The identifier of the test function.
    pub name: String,
    /// Where the example stands: `api/security-incidenttask-get.md:47`.
    pub place: String,
    /// The documented request, as an HTTP message.
    pub request: String,
    /// The documented response, as an HTTP message.
    pub response: String,
    /// The call on the client that makes the request: each a method and its arguments.
    pub calls: Vec<ExampleCall>,
    /// What the documented response is.
    pub ending: Ending,
}

/// What the response of an example is.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Ending {
    /// The output of the call.
    #[default]
    Output,
    /// A redirect to another host.
    Redirect,
    /// An error.
    Error,
}

/// A method call in an example: `.by_id("213213")`.
#[derive(Clone, Debug, Hash)]
pub struct ExampleCall {
    /// The method.
    pub method: String,
    /// Its arguments.
    pub arguments: Vec<ExampleArgument>,
}

/// An argument in an example.
#[derive(Clone, Debug, Hash)]
pub enum ExampleArgument {
    /// A string literal.
    Text(String),
    /// A number.
    Number(u64),
    /// `true` or `false`.
    Boolean(bool),
    /// String literals in an array.
    List(Vec<String>),
    /// The request's documented body, decoded as this type.
    Body(Type),
    /// The request's documented body as it is.
    Content,
    /// The request's documented body, which is a reference.
    Reference,
}
