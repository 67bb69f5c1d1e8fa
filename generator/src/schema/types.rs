//! Types and their members.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

use super::{PageRef, TypeRef};
use crate::source::Span;

/// An EntityType or a ComplexType.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Serialize)]
pub struct StructuredType {
    /// The qualified name, e.g. `microsoft.graph.security.incidentTask`.
    pub name: String,
    /// The type that this one inherits from.
    pub base_type: Option<TypeRef>,
    /// The page says that the type is abstract, or lists the types that it is the base of.
    pub is_abstract: bool,
    /// The page says that the type is open: it may hold properties that nobody lists.
    pub open_type: bool,
    /// The property that identifies an entity, from `keyProperty`.
    pub key: Option<String>,
    /// The properties, in the order of the page.
    pub properties: Vec<Property>,
    /// The navigation properties, in the order of the page.
    pub navigation_properties: Vec<NavigationProperty>,
    /// The subtypes that the page lists as its own, as linked.
    pub listed_subtypes: Vec<TypeRef>,
    /// The methods table.
    pub methods: Vec<Method>,
    /// What the type is.
    pub doc: String,
    /// Every page that describes the type; more than one when pages are merged. None when the type
    /// is only listed as a subtype by the page of its base.
    pub pages: Vec<PageRef>,
    /// The name on the page: the identity in the metadata comment, or the H1.
    pub span: Span,
}

/// A structural property.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Serialize)]
pub struct Property {
    /// The name on the wire.
    pub name: String,
    /// The type.
    #[serde(rename = "type")]
    pub type_ref: TypeRef,
    /// What the page says on null: `Some(false)` for "Not nullable".
    pub nullable: Option<bool>,
    /// "Read-only."
    pub read_only: bool,
    /// "Required."
    pub required: bool,
    /// "Optional."
    pub optional: bool,
    /// The documented default value.
    pub default: Option<String>,
    /// The property should not be used any more; the text says why, when the page does.
    pub deprecated: Option<String>,
    /// The values of "The possible values are: …", in order.
    pub allowed_values: Vec<String>,
    /// Where each of these values stands.
    #[serde(skip)]
    pub allowed_value_spans: Vec<Span>,
    /// The description calls the type a flagged enumeration: a value may hold several members.
    pub is_flags: bool,
    /// Lists of values that only some calls take.
    pub restrictions: Vec<ValueRestriction>,
    /// The type in "Inherited from X".
    pub inherited_from: Option<TypeRef>,
    /// The description.
    pub doc: String,
    /// How the property came to be in the schema.
    pub origin: Origin,
    /// The name cell.
    pub span: Span,
}

/// Where a member of a type was found.
#[derive(
    BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Default, Eq, PartialEq, Serialize,
)]
#[serde(rename_all = "camelCase")]
pub enum Origin {
    /// A table of the page.
    #[default]
    Table,
    /// The JSON representation alone: the tables don't have it.
    Json,
    /// A row of the Methods table alone, and the page that it leads to.
    Method,
    /// A correction from `fixups.toml`.
    Fixup,
}

/// Values that an operation takes, or does not take.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Serialize)]
pub struct ValueRestriction {
    /// Whether the values are the only ones that work, or the ones that do not.
    pub kind: RestrictionKind,
    /// When it holds, in the words of the page: `When creating a task`. Empty when it always does.
    pub context: String,
    /// The values.
    pub values: Vec<String>,
    /// The enumeration that the values are members of, once it is known.
    pub enum_type: Option<String>,
    /// The property that takes the values, once it is known.
    pub property: Option<String>,
    /// Where the list stands.
    pub span: Span,
}

/// The two ways to restrict values.
#[derive(
    BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Default, Eq, PartialEq, Serialize,
)]
#[serde(rename_all = "camelCase")]
pub enum RestrictionKind {
    /// Only these work.
    #[default]
    Supported,
    /// These do not work.
    Unsupported,
}

/// A navigation property (a row of the Relationships table).
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Serialize)]
pub struct NavigationProperty {
    /// The name on the wire.
    pub name: String,
    /// The type that it leads to.
    #[serde(rename = "type")]
    pub type_ref: TypeRef,
    /// "Nullable", "Not nullable".
    pub nullable: Option<bool>,
    /// "Read-only."
    pub read_only: bool,
    /// "Required."
    pub required: bool,
    /// The type in "Inherited from X".
    pub inherited_from: Option<TypeRef>,
    /// The description.
    pub doc: String,
    /// How it came to be in the schema.
    pub origin: Origin,
    /// The name cell.
    pub span: Span,
}

/// A row of the Methods table.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Serialize)]
pub struct Method {
    /// The link's text, e.g. `List` or `executeResponseAction`.
    pub name: String,
    /// The API page, as a path below the documents folder.
    pub page: Option<String>,
    /// The return type, when the row names one.
    pub return_type: Option<TypeRef>,
    /// The description.
    pub doc: String,
    /// The first cell.
    pub span: Span,
}

/// An enumeration.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Serialize)]
pub struct EnumType {
    /// The qualified name.
    pub name: String,
    /// A value may hold several members at once.
    pub is_flags: bool,
    /// The members, in the order of the page. `unknownFutureValue` is among them.
    pub members: Vec<Member>,
    /// How the members came to be known.
    pub origin: EnumOrigin,
    /// What the enumeration is for.
    pub doc: String,
    /// Every page that lists members.
    pub pages: Vec<PageRef>,
    /// The heading or the phrase that introduces the members.
    pub span: Span,
}

/// Where the members of an enumeration were found.
#[derive(
    BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Default, Eq, PartialEq, Serialize,
)]
#[serde(rename_all = "camelCase")]
pub enum EnumOrigin {
    /// A table of members.
    #[default]
    Table,
    /// "The possible values are: …" of a property that names the enumeration; no page has a table.
    Inline,
}

/// A member of an enumeration.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Serialize)]
pub struct Member {
    /// The name on the wire.
    pub name: String,
    /// The number, where the page gives one.
    pub value: Option<i64>,
    /// The description.
    pub doc: String,
    /// Only the list of a property has it: the table of the enumeration lacks it.
    pub listed_only: bool,
    /// The name cell, or the code span in a list.
    pub span: Span,
}
