//! What a call asks for and is answered with, and what the documents say of it.

use super::{Doc, Type, TypePath};

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
