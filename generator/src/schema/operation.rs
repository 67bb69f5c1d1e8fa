//! Calls: their paths, what they take, what they answer, who may make them.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

use super::{Example, Message, PageRef, Property, TypeRef, ValueRestriction};
use crate::source::Span;

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
    /// (`microsoft.graph.timeZoneStandard'Iana'`), or the path shows no literal and the table of
    /// parameters gives it as the type.
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
