//! Relationships that only the Methods table of a type leads to.

use super::subject::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{NavigationProperty, Origin, StructuredType};

/// Notes each relationship that a page of a method reads and the type's tables lack.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let types = subject.index.structured_types();
    types.flat_map(check_type).collect()
}

fn check_type(structured: &StructuredType) -> impl Iterator<Item = Diagnostic> {
    let relationships = structured.navigation_properties.iter();
    let unlisted = relationships.filter(|r| r.origin == Origin::Method);
    unlisted.map(|relationship| report(structured, relationship))
}

fn report(structured: &StructuredType, relationship: &NavigationProperty) -> Diagnostic {
    let message = format!(
        "`{}` has the relationship `{}`, as the page of this method tells; its tables lack it",
        structured.name, relationship.name
    );
    Diagnostic::new(Code::RelationshipNotInTable, relationship.span, message)
        .with_label("leads to it")
        .with_help("add a row for it to the Relationships table")
}
