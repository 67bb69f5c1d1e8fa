//! API pages that no Methods table leads to.

use std::collections::BTreeSet;

use super::subject::{Subject, short};
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Operation, StructuredType};

/// Notes each page of an operation that no type lists among its methods, when the type that it
/// belongs to is described: readers find the page through that table.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let types = subject.index.structured_types();
    let listed = types
        .flat_map(|t| &t.methods)
        .filter_map(|method| method.page.as_ref());
    let mut known: BTreeSet<String> = listed.map(|page| page.to_lowercase()).collect();
    let operations = subject.index.operations().iter();
    let unlisted = operations.filter(|operation| known.insert(operation.page.path.to_lowercase()));
    unlisted
        .filter_map(|operation| Some(report(operation, owner(subject, operation)?)))
        .collect()
}

/// The type of the operation, when its page has a table that could list the operation.
fn owner<'s>(subject: &Subject<'s>, operation: &Operation) -> Option<&'s StructuredType> {
    let owner = subject
        .index
        .structured(&operation.resource.as_ref()?.name)?;
    (!owner.methods.is_empty()).then_some(owner)
}

fn report(operation: &Operation, owner: &StructuredType) -> Diagnostic {
    let message = format!(
        "no Methods table lists \"{}\"; it seems to be a method of `{}`",
        operation.name, owner.name
    );
    Diagnostic::new(Code::UnlistedMethod, operation.span, message)
        .with_related(
            owner.span,
            format!("`{}` is described here", short(&owner.name)),
        )
        .with_help("add a row with a link to this page")
}
