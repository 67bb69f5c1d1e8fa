//! Properties that one type documents twice.

use std::collections::BTreeMap;

use super::subject::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::AnyProperty;
use crate::schema::StructuredType;
use crate::source::Span;

/// Reports names that occur more than once in the tables of a type.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    subject
        .index
        .structured_types()
        .flat_map(check_type)
        .collect()
}

fn check_type(structured: &StructuredType) -> Vec<Diagnostic> {
    let properties = structured.properties.iter().map(AnyProperty::Structural);
    let navigations = structured
        .navigation_properties
        .iter()
        .map(AnyProperty::Navigation);
    let mut known: BTreeMap<&str, Span> = BTreeMap::new();
    let mut found = Vec::new();
    for property in properties.chain(navigations) {
        match known.get(property.name()) {
            Some(first) => found.push(report(structured, property, *first)),
            None => {
                known.insert(property.name(), property.span());
            }
        }
    }
    found
}

fn report(structured: &StructuredType, property: AnyProperty<'_>, first: Span) -> Diagnostic {
    let message = format!(
        "`{}` documents `{}` more than once",
        structured.name,
        property.name()
    );
    Diagnostic::new(Code::DuplicateProperty, property.span(), message)
        .with_label("documented again")
        .with_related(first, "documented first here")
        .with_help("keep the row that is right")
}
