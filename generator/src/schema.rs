//! IR 1: what the documents say, in the words of OData CSDL.
//!
//! The records are inert data: public fields, no logic. The `extract` stage makes them from one
//! page each; `assemble` merges them into one [`Schema`] and replaces each [`TypeRef::name`] by
//! the qualified name that it leads to. `docs/ir.md` describes the exported form.
//!
//! Prose (`doc` and the like) is canonical CommonMark: escaped so that it is prose wherever it is
//! put, its links absolute.

pub mod export;
mod json;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

use crate::source::Span;

/// Everything that a folder of documents says.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Schema {
    /// The types with identity, by qualified name.
    pub entity_types: Vec<StructuredType>,
    /// The types without identity, by qualified name.
    pub complex_types: Vec<StructuredType>,
    /// The enumerations, by qualified name.
    pub enum_types: Vec<EnumType>,
    /// What can be called, in path order.
    pub operations: Vec<Operation>,
}

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

/// A page that a record comes from.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct PageRef {
    /// The path below the documents folder, e.g. `resources/security-incidenttask.md`.
    pub path: String,
    /// The public address of the page, when the configuration names the site.
    pub url: Option<String>,
}

/// A reference to a type.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct TypeRef {
    /// The qualified name (`microsoft.graph.security.incident`), or a primitive type's
    /// (`Edm.String`). What can't be bound keeps the name that the page writes.
    pub name: String,
    /// A collection of it.
    pub is_collection: bool,
    /// The link that the page gives, as a path below the documents folder with its fragment:
    /// `resources/enums-security.md#isolationtype-values`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Where the reference stands.
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

/// Something that can be called: one API page, or one of several on a page.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Serialize)]
pub struct Operation {
    /// The page's title, e.g. `List incidentTasks` or `incidentTask: executeResponseAction`.
    pub name: String,
    /// What kind of call it is.
    pub kind: OperationKind,
    /// The method, e.g. `GET`.
    pub method: String,
    /// The documented paths, with their placeholders: `/security/incidentTasks/{incidentTaskId}`.
    pub path_templates: Vec<PathTemplate>,
    /// The parameters of a function, from its table.
    pub parameters: Vec<Property>,
    /// The OData query options that the page lists.
    pub query_options: Vec<QueryOption>,
    /// The request headers that the page lists, `Authorization` and `Content-Type` included.
    pub headers: Vec<Header>,
    /// The type that the call is bound to or answers with, as far as the page names one.
    pub resource: Option<TypeRef>,
    /// What the request carries.
    pub request_body: RequestBody,
    /// What the page says on success.
    pub responses: Vec<Response>,
    /// The documented errors.
    pub errors: Vec<DocumentedError>,
    /// Who may call it. Empty when the page does not say.
    pub permissions: Vec<Permission>,
    /// Values that the call is limited to.
    pub restrictions: Vec<ValueRestriction>,
    /// The worked examples.
    pub examples: Vec<Example>,
    /// What the call does.
    pub doc: String,
    /// The page.
    pub page: PageRef,
    /// The request line.
    pub span: Span,
}

/// The kinds of calls.
#[derive(
    BorshDeserialize,
    BorshSerialize,
    Clone,
    Copy,
    Debug,
    Default,
    Eq,
    Hash,
    Ord,
    PartialEq,
    PartialOrd,
    Serialize,
)]
#[serde(rename_all = "camelCase")]
pub enum OperationKind {
    /// GET of a collection.
    List,
    /// GET of one thing.
    #[default]
    Get,
    /// POST to a collection.
    Create,
    /// PATCH or PUT of one thing.
    Update,
    /// DELETE of one thing.
    Delete,
    /// An OData Action: POST to a verb.
    Action,
    /// An OData Function: GET of a call.
    Function,
    /// POST, PUT or DELETE of a `$ref`.
    Reference,
}

/// A documented path.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct PathTemplate {
    /// The path as written, without the query: `/security/incidentTasks/{incidentTaskId}`.
    pub text: String,
    /// Its segments.
    pub segments: Vec<Segment>,
    /// Where it stands.
    pub span: Span,
}

/// A segment of a path.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Segment {
    /// A literal: `incidentTasks`.
    Literal {
        /// The segment's text.
        name: String,
    },
    /// A key in its own segment: `{incidentTaskId}`.
    Key {
        /// The placeholder's name: `incidentTaskId`.
        name: String,
    },
    /// A key named in parentheses behind the segment before it: `(appId='{appId}')`.
    AlternateKey {
        /// The properties and the placeholders of their values.
        keys: Vec<(String, String)>,
    },
    /// What lies at a path relative to the thing before it, between colons: `root:/{item-path}:`.
    ///
    /// Source: path-based addressing,
    /// <https://learn.microsoft.com/onedrive/developer/rest-api/concepts/addressing-driveitems>.
    RelativePath {
        /// The placeholder's name: `item-path`; or the sample path that stands for it.
        name: String,
    },
    /// A function or an action with arguments in parentheses, possibly none.
    Call {
        /// The name, e.g. `delta` or `microsoft.graph.reminderView`.
        name: String,
        /// The parameters in order.
        parameters: Vec<CallParameter>,
    },
    /// A cast: `microsoft.graph.user`.
    Cast {
        /// The qualified type name.
        type_name: String,
    },
    /// `$value`, `$count`, `$ref`, `$batch`.
    System {
        /// With its dollar sign.
        name: String,
    },
}

/// A parameter in a path.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct CallParameter {
    /// The parameter's name.
    pub name: String,
    /// The placeholder for its value, or the sample value.
    pub placeholder: String,
    /// The value stands in quotes: a string literal, or that of an enumeration.
    pub quoted: bool,
    /// The enumeration whose member the value is: its name stands before the quotes
    /// (`microsoft.graph.timeZoneStandard'Iana'`), or the table of parameters gives it as the type.
    ///
    /// Source: `enum` of the OData ABNF,
    /// <https://docs.oasis-open.org/odata/odata/v4.01/os/abnf/odata-abnf-construction-rules.txt>.
    pub type_name: Option<String>,
}

/// A query option, e.g. `$filter`.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Serialize)]
pub struct QueryOption {
    /// The name, with its dollar sign when the page writes one.
    pub name: String,
    /// The properties that the option is documented for, when the page lists them.
    pub properties: Vec<QueryProperty>,
    /// The description.
    pub doc: String,
    /// Where the name stands.
    pub span: Span,
}

/// A property that a query option is documented for.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Serialize)]
pub struct QueryProperty {
    /// The property's name.
    pub name: String,
    /// The operators, e.g. `eq`, when the page lists them.
    pub operators: Vec<String>,
    /// Where the name stands.
    pub span: Span,
}

/// A request header.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Serialize)]
pub struct Header {
    /// The name.
    pub name: String,
    /// The value that the page gives, as text.
    pub value: String,
    /// "Required."
    pub required: bool,
    /// Where the name stands.
    pub span: Span,
}

/// What a request carries.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum RequestBody {
    /// "Don't supply a request body": also when a GET or DELETE page says nothing.
    #[default]
    None,
    /// A table of properties or parameters.
    Properties {
        /// The type that the prose names ("a JSON representation of the user object").
        type_ref: Option<TypeRef>,
        /// The rows.
        properties: Vec<Property>,
    },
    /// A JSON representation of a type, with no table.
    Type {
        /// The type.
        type_ref: TypeRef,
    },
    /// Bytes or text that is no JSON.
    Content {
        /// The media type, where the page names one.
        media_type: Option<String>,
    },
    /// The page says that there is a body, and not what it is.
    Undocumented,
}

/// What a call answers with on success.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Serialize)]
pub struct Response {
    /// The status, e.g. 200.
    pub status: u16,
    /// The type in the body, when there is one.
    pub type_ref: Option<TypeRef>,
    /// The body is bytes or text that is no JSON.
    pub is_content: bool,
    /// The type of what the link in the answer's `Location` or `Operation-Location` leads to: how
    /// something goes that goes on after an answer of 202.
    pub monitor: Option<TypeRef>,
    /// Where the status stands.
    pub span: Span,
}

/// An error that the page documents.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Serialize)]
pub struct DocumentedError {
    /// The status, e.g. 400.
    pub status: Option<u16>,
    /// The `code` in the body.
    pub code: Option<String>,
    /// The `message` in the body.
    pub message: Option<String>,
    /// The heading or the condition in the table.
    pub title: String,
    /// When it occurs.
    pub doc: String,
    /// The whole documented answer, when the page shows one.
    pub response: Option<Message>,
    /// Where it stands.
    pub span: Span,
}

/// The permissions of one kind of caller.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Serialize)]
pub struct Permission {
    /// Who calls.
    pub scheme: PermissionScheme,
    /// The row's first cell, as written.
    pub label: String,
    /// The least privileged permissions: any of them suffices.
    pub least: Vec<String>,
    /// Further permissions that suffice.
    pub higher: Vec<String>,
    /// The row's first cell.
    pub span: Span,
}

/// The three kinds of callers.
#[derive(
    BorshDeserialize,
    BorshSerialize,
    Clone,
    Copy,
    Debug,
    Default,
    Eq,
    Ord,
    PartialEq,
    PartialOrd,
    Serialize,
)]
#[serde(rename_all = "camelCase")]
pub enum PermissionScheme {
    /// Delegated (work or school account).
    #[default]
    DelegatedWork,
    /// Delegated (personal Microsoft account).
    DelegatedPersonal,
    /// Application.
    Application,
}

/// A worked example: a request and what it is answered with.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Serialize)]
pub struct Example {
    /// The `name` of the request's metadata, or the heading that the example stands under.
    pub name: String,
    /// The heading's text: `Example 2: List all incidents with their alerts`.
    pub title: String,
    /// The request.
    pub request: Option<Message>,
    /// The response.
    pub response: Option<Message>,
    /// The `@odata.type` of the response's metadata.
    pub response_type: Option<TypeRef>,
    /// The page says that the response is shortened.
    pub truncated: bool,
}

/// An HTTP message of an example.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default, Serialize)]
pub struct Message {
    /// The request or status line, as written.
    pub start_line: String,
    /// The header fields, in order.
    pub headers: Vec<(String, String)>,
    /// The body, as written; empty when there is none.
    pub body: String,
    /// Where the body begins and ends.
    pub body_span: Span,
    /// The body, when it is JSON that could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[borsh(deserialize_with = "json::read", serialize_with = "json::write")]
    pub json: Option<serde_json::Value>,
    /// The request line or the status line.
    pub span: Span,
}
