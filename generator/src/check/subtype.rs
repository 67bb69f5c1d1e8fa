//! Subtypes that the page of their base lists, and that have no page.

use super::subject::{Subject, short};
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::StructuredType;

/// Reports each type that is only known from the list on the page of its base.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let types = subject.index.structured_types();
    types
        .filter(|t| t.pages.is_empty())
        .map(|t| report(subject, t))
        .collect()
}

fn report(subject: &Subject<'_>, structured: &StructuredType) -> Diagnostic {
    let base = structured.base_type.as_ref();
    let base = base.and_then(|base| subject.index.structured(&base.name));
    let of = base
        .map(|base| format!(" as a kind of `{}`", base.name))
        .unwrap_or_default();
    let message = format!(
        "`{}` is listed{of}, but no page describes it",
        short(&structured.name)
    );
    Diagnostic::new(Code::SubtypeUndocumented, structured.span, message)
        .with_label("described nowhere")
        .with_help("add its page, or correct the link")
}
