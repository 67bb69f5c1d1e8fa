//! IR 1 and the service's own metadata into figures and differences.
//!
//! The metadata (OData CSDL) says what the service has; the schema says what its documents were
//! understood to say. A third witness, a plain scan of the pages, tells what no page says from what
//! a page says and the reader missed.
//!
//! The metadata is not always right either: a difference is a question to whoever keeps the
//! documents, not a verdict.

mod calls;
mod cell;
mod codes;
mod csdl;
mod enums;
mod examples;
mod floors;
mod kind;
mod measures;
mod members;
mod mention;
mod overload;
pub mod render;
mod report;
mod requests;
mod scan;
mod sides;
mod type_names;
mod types;
mod walk;

use std::fmt;

pub use codes::{CODES, Code, CodeInfo, Concern};
pub use floors::{Floors, FloorsError, Shortfall};
pub use measures::{MEASURES, Measure, MeasureInfo};
pub use report::{Difference, Figure, Place, Report, Tally};

use crate::schema::Schema;
use crate::source::SourceMap;
use report::Draft;
use sides::Sides;

/// Why metadata can't be used.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum MetadataError {
    /// It is no well-formed XML.
    Xml(String),
    /// It is XML without a `Schema` element.
    NoSchema,
    /// An element lacks an attribute that CSDL demands.
    MissingAttribute {
        /// The element's name.
        element: String,
        /// The attribute's name.
        attribute: &'static str,
        /// The line of the element.
        line: u32,
    },
}

impl fmt::Display for MetadataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Xml(error) => write!(f, "it is no XML: {error}"),
            Self::NoSchema => f.write_str("it is no CSDL: there is no `Schema` in it"),
            Self::MissingAttribute {
                element,
                attribute,
                line,
            } => write!(
                f,
                "line {line}: `{element}` lacks the attribute `{attribute}`"
            ),
        }
    }
}

impl std::error::Error for MetadataError {}

/// A kind of comparison.
type Comparison = fn(&Sides<'_>, &mut Draft);

const COMPARISONS: [Comparison; 6] = [
    types::compare,
    members::compare,
    enums::compare,
    requests::compare,
    calls::compare,
    examples::compare,
];

/// Holds what the documents say against the service's metadata, a CSDL document in XML.
///
/// # Errors
///
/// When `metadata` is no CSDL.
pub fn verify(
    schema: &Schema,
    sources: &SourceMap,
    metadata: &str,
) -> Result<Report, MetadataError> {
    let service = csdl::read(metadata)?;
    let sides = Sides::new(schema, sources, &service);
    let mut draft = Draft::default();
    for compare in COMPARISONS {
        compare(&sides, &mut draft);
    }
    Ok(draft.finish())
}

#[cfg(test)]
mod tests;
