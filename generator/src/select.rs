//! A schema and what somebody asks for into the schema of what that needs.
//!
//! Asked-for paths bring the operations at and below them, and the types that these carry;
//! asked-for types bring themselves, and no operation. Each type brings all that its values hold:
//! its bases, the types of its properties, and its subtypes, because a value may be of any of
//! them. The subtypes of `microsoft.graph.entity` are half of the API and stay out, as that type
//! stands for itself wherever it is named.
//!
//! Navigation properties are what makes a schema one web: followed without end, they bring most of
//! Microsoft Graph to each of its types. The service leaves them out of its answers until
//! `$expand` asks for them, and takes one level of that. So one step is the default: what was
//! asked for is typed with all that one request can bring, and what lies further is not.
//!
//! What is left out is absent from the schema, just as what no page describes: `lower` makes each
//! reference to it JSON, which keeps its data.

mod closure;
mod paths;

use std::collections::BTreeSet;
use std::fmt;

use crate::assemble::local_name;
use crate::check::nearest;
use crate::resolve::Index;
use crate::schema::{Operation, Schema};
use closure::Closure;

/// How many navigation properties are followed one after the other, when nobody says.
pub const DEFAULT_NAVIGATION: usize = 1;

/// What somebody asks for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Selection {
    /// The paths and the types; nothing is asked for when there are none.
    pub wanted: Vec<Wanted>,
    /// How many navigation properties are followed one after the other.
    pub navigation: usize,
}

/// A path or a type.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Wanted {
    /// A path with or without its last segments: `/security/incidentTasks`, `/users/{id}`. Case
    /// does not count, nor what a placeholder is called.
    Path(String),
    /// The qualified name of a type, or its local name where only one type has it.
    Type(String),
}

/// Why something can't be selected.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum SelectError {
    /// No documented path begins like this one.
    UnknownPath {
        /// What was asked for.
        wanted: String,
        /// The path that may be meant.
        nearest: Option<String>,
    },
    /// No page describes a type of this name.
    UnknownType {
        /// What was asked for.
        wanted: String,
        /// The type that may be meant.
        nearest: Option<String>,
    },
    /// Several types have this local name.
    AmbiguousType {
        /// What was asked for.
        wanted: String,
        /// The qualified names, in order.
        candidates: Vec<String>,
    },
}

impl From<&str> for Wanted {
    /// What begins with a slash is a path, anything else a type.
    fn from(word: &str) -> Self {
        if word.starts_with('/') {
            Self::Path(word.to_owned())
        } else {
            Self::Type(word.to_owned())
        }
    }
}

impl fmt::Display for SelectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownPath { wanted, nearest } => {
                write!(f, "no page documents a path that begins with `{wanted}`")?;
                did_you_mean(f, nearest.as_deref())
            }
            Self::UnknownType { wanted, nearest } => {
                write!(f, "no page describes a type `{wanted}`")?;
                did_you_mean(f, nearest.as_deref())
            }
            Self::AmbiguousType { wanted, candidates } => {
                let names = candidates.join("`, `");
                write!(f, "several types are called `{wanted}`: `{names}`")
            }
        }
    }
}

impl std::error::Error for SelectError {}

fn did_you_mean(f: &mut fmt::Formatter<'_>, nearest: Option<&str>) -> fmt::Result {
    nearest.map_or(Ok(()), |name| write!(f, "; did you mean `{name}`?"))
}

/// The part of `schema` that `selection` needs, in the same order.
///
/// An operation keeps those of its paths that are asked for.
///
/// # Errors
///
/// When a path or a type that is asked for is not there, or not told from others by its name.
pub fn select(schema: &Schema, selection: &Selection) -> Result<Schema, SelectError> {
    let index = Index::new(schema);
    let mut asked_paths = Vec::new();
    let mut asked_types = Vec::new();
    for wanted in &selection.wanted {
        match wanted {
            Wanted::Path(path) => asked_paths.push(known_path(schema, path)?),
            Wanted::Type(name) => asked_types.push(known_type(&index, name)?),
        }
    }
    let operations = below(schema, &asked_paths);
    let mut closure = Closure::new(&index);
    asked_types.iter().for_each(|name| closure.ask(name));
    operations
        .iter()
        .for_each(|operation| closure.ask_for_operation(operation));
    Ok(reduced(
        schema,
        operations,
        &closure.follow(selection.navigation),
    ))
}

/// The segments of an asked-for path, if a documented one begins with them.
fn known_path(schema: &Schema, wanted: &str) -> Result<Vec<String>, SelectError> {
    let asked = paths::segments(wanted);
    if templates(schema).any(|text| paths::begins_with(&paths::segments(text), &asked)) {
        return Ok(asked);
    }
    let beginnings: BTreeSet<String> = templates(schema).flat_map(paths::beginnings).collect();
    let nearest = nearest(wanted, beginnings.iter().map(String::as_str));
    Err(SelectError::UnknownPath {
        wanted: wanted.to_owned(),
        nearest: nearest.map(str::to_owned),
    })
}

fn templates(schema: &Schema) -> impl Iterator<Item = &str> {
    let templates = schema.operations.iter().flat_map(|o| &o.path_templates);
    templates.map(|template| template.text.as_str())
}

/// The qualified name of an asked-for type.
fn known_type<'i>(index: &Index<'i>, wanted: &str) -> Result<&'i str, SelectError> {
    let enums = index.schema().enum_types.iter().map(|e| e.name.as_str());
    let structured = index.structured_types().map(|t| t.name.as_str());
    let names: BTreeSet<&str> = structured.chain(enums).collect();
    if let Some(name) = names.get(wanted) {
        return Ok(name);
    }
    let same: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| local_name(name) == wanted)
        .collect();
    match same.as_slice() {
        [only] => Ok(only),
        [] => Err(SelectError::UnknownType {
            wanted: wanted.to_owned(),
            nearest: nearest_type(&names, wanted),
        }),
        several => Err(SelectError::AmbiguousType {
            wanted: wanted.to_owned(),
            candidates: several.iter().map(|name| (*name).to_owned()).collect(),
        }),
    }
}

/// The type that may be meant: its qualified name for one, its local name for the other.
fn nearest_type(names: &BTreeSet<&str>, wanted: &str) -> Option<String> {
    let locals = || names.iter().map(|name| local_name(name));
    let found = if wanted.contains('.') {
        nearest(wanted, names.iter().copied()).or_else(|| {
            let local = nearest(local_name(wanted), locals())?;
            names.iter().copied().find(|name| local_name(name) == local)
        })
    } else {
        nearest(wanted, locals())
    };
    found.map(str::to_owned)
}

/// The operations at and below the asked-for paths.
fn below(schema: &Schema, asked: &[Vec<String>]) -> Vec<Operation> {
    let is_asked = |text: &str| {
        let segments = paths::segments(text);
        asked
            .iter()
            .any(|asked| paths::begins_with(&segments, asked))
    };
    let selected = schema.operations.iter().filter_map(|operation| {
        let templates = operation.path_templates.iter();
        let templates: Vec<_> = templates.filter(|t| is_asked(&t.text)).cloned().collect();
        (!templates.is_empty()).then(|| Operation {
            path_templates: templates,
            ..operation.clone()
        })
    });
    selected.collect()
}

fn reduced(schema: &Schema, operations: Vec<Operation>, kept: &BTreeSet<&str>) -> Schema {
    let is_kept = |name: &str| kept.contains(name);
    let entity_types = schema.entity_types.iter().filter(|t| is_kept(&t.name));
    let complex_types = schema.complex_types.iter().filter(|t| is_kept(&t.name));
    let enum_types = schema.enum_types.iter().filter(|e| is_kept(&e.name));
    Schema {
        entity_types: entity_types.cloned().collect(),
        complex_types: complex_types.cloned().collect(),
        enum_types: enum_types.cloned().collect(),
        operations,
    }
}

#[cfg(test)]
mod tests;
