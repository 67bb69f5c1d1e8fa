//! The client: the places of the API, and the calls that are made at them.

use super::{Doc, Operation, Type};

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
