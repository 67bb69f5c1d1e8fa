//! IR 1: what the documents say, in the words of OData CSDL.
//!
//! The records are inert data: public fields, no logic. The `extract` stage makes them from one
//! page each; `assemble` merges them into one [`Schema`] and replaces each [`TypeRef::name`] by
//! the qualified name that it leads to. `docs/ir.md` describes the exported form.
//!
//! Prose (`doc` and the like) is canonical CommonMark: escaped so that it is prose wherever it is
//! put, its links absolute.

mod example;
pub mod export;
mod json;
mod operation;
mod types;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

use crate::source::Span;

pub use example::*;
pub use operation::*;
pub use types::*;

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
