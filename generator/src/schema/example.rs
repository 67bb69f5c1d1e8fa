//! Worked examples: HTTP messages as pages show them.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

use super::{TypeRef, json};
use crate::source::Span;

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
    /// The names that an object in the body has more than once: of such members, `json` holds the
    /// last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub repeated_members: Vec<String>,
    /// The request line or the status line.
    pub span: Span,
}
