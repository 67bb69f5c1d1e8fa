//! Base types without a page.

use std::collections::BTreeMap;

use super::subject::{Subject, short};
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::StructuredType;

/// Reports each base type that no page describes, at the first type derived from it.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut unknown: BTreeMap<&str, Vec<&StructuredType>> = BTreeMap::new();
    for structured in subject.index.structured_types() {
        if let Some(base) = &structured.base_type
            && subject.index.structured(&base.name).is_none()
        {
            unknown.entry(&base.name).or_default().push(structured);
        }
    }
    unknown
        .into_iter()
        .filter_map(|(base, derived)| report(base, &derived))
        .collect()
}

fn report(base: &str, derived: &[&StructuredType]) -> Option<Diagnostic> {
    let first = derived.first()?;
    let others = match derived.len() - 1 {
        0 => String::new(),
        1 => " and 1 other type".to_owned(),
        more => format!(" and {more} other types"),
    };
    let message = format!(
        "`{}`{others} inherit from `{base}`, which no page describes",
        first.name
    );
    let message = if derived.len() == 1 {
        message.replace(" inherit ", " inherits ")
    } else {
        message
    };
    let span = first
        .base_type
        .as_ref()
        .map_or(first.span, |base| base.span);
    Some(
        Diagnostic::new(Code::UnknownBaseType, span, message)
            .with_label("described nowhere")
            .with_help(format!(
                "what `{}` inherits is lost; add the page of the base",
                short(&first.name)
            )),
    )
}
