//! The index of all pages → diagnostics: what the pages say that can't all be true.
//!
//! A lint is one function in one file, and has one row in `LINTS`. It sees the pages as a whole,
//! after names are bound; what a single page shows by itself is told by the stages before.

mod abstract_type;
mod base_type;
mod documented_error;
mod duplicate_property;
mod enum_lists;
mod example;
mod format;
mod json_position;
mod json_property;
mod missing_page;
mod permission_name;
mod query_property;
mod relationship;
mod restricted_value;
mod spelling;
mod subject;
mod subtype;
mod unlisted_method;
mod unresolved_type;

pub(crate) use spelling::nearest;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, sort};
use crate::resolve::Index;
use crate::source::SourceMap;
use subject::Subject;

/// A lint: what it may report, and the function that looks for it.
struct Lint {
    /// The codes of its diagnostics.
    codes: &'static [Code],
    /// Reads the index and gives what it found, in any order.
    check: fn(&Subject<'_>) -> Vec<Diagnostic>,
}

/// Every lint, in the order of their names.
#[rustfmt::skip]
const LINTS: &[Lint] = &[
    Lint { codes: &[Code::AbstractConflict], check: abstract_type::check },
    Lint { codes: &[Code::UnknownBaseType], check: base_type::check },
    Lint { codes: &[Code::ErrorUnreadable], check: documented_error::check },
    Lint { codes: &[Code::DuplicateProperty], check: duplicate_property::check },
    Lint { codes: &[Code::EnumListsDiffer], check: enum_lists::check },
    Lint {
        codes: &[
            Code::EnumValueUndocumented,
            Code::ExamplePropertyUndocumented,
            Code::ExampleTypeUndocumented,
            Code::ExampleValueFormat,
        ],
        check: example::check,
    },
    Lint { codes: &[Code::JsonPropertyNotInTable], check: json_property::check },
    Lint { codes: &[Code::MissingPage], check: missing_page::check },
    Lint { codes: &[Code::PermissionName], check: permission_name::check },
    Lint { codes: &[Code::QueryPropertyUnknown], check: query_property::check },
    Lint { codes: &[Code::RelationshipNotInTable], check: relationship::check },
    Lint { codes: &[Code::EnumValueUndocumented], check: restricted_value::check },
    Lint { codes: &[Code::SubtypeUndocumented], check: subtype::check },
    Lint { codes: &[Code::UnlistedMethod], check: unlisted_method::check },
    Lint { codes: &[Code::UnresolvedType], check: unresolved_type::check },
];

/// Runs every lint, and gives what they found in the order of the pages.
///
/// `sources` has to be the map that the spans of the index refer to.
#[must_use]
pub fn check(index: &Index<'_>, sources: &SourceMap) -> Vec<Diagnostic> {
    let subject = Subject::new(index, sources);
    let found = LINTS.par_iter().flat_map_iter(|lint| run(lint, &subject));
    let mut diagnostics: Vec<Diagnostic> = found.collect();
    sort(&mut diagnostics);
    diagnostics
}

fn run(lint: &Lint, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let found = (lint.check)(subject);
    debug_assert!(
        found
            .iter()
            .all(|diagnostic| lint.codes.contains(&diagnostic.code))
    );
    found
}

#[cfg(test)]
mod tests;
