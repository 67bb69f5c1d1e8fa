//! Properties that only the JSON representation of a type has.

use super::subject::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Origin, Property, StructuredType};

/// Notes each property that a type's JSON representation has and its tables lack.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    subject
        .index
        .structured_types()
        .flat_map(check_type)
        .collect()
}

fn check_type(structured: &StructuredType) -> impl Iterator<Item = Diagnostic> {
    let only_json = structured
        .properties
        .iter()
        .filter(|p| p.origin == Origin::Json);
    only_json.map(|property| report(structured, property))
}

fn report(structured: &StructuredType, property: &Property) -> Diagnostic {
    let message = format!(
        "the JSON representation of `{}` has `{}`, which its tables lack",
        structured.name, property.name
    );
    Diagnostic::new(Code::JsonPropertyNotInTable, property.span, message)
        .with_label("described in no table")
        .with_help("add a row for it, or take it out of the JSON representation")
}
