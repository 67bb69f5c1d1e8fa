//! Documented exchanges that are tests, and the program of the front page.

use super::{Type, TypePath};

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
