//! Documented errors that clients can't tell by what the page says.

use super::subject::Subject;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::schema::DocumentedError;

/// Notes errors of which the page leaves out the status or the code.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let errors = subject
        .index
        .operations()
        .iter()
        .flat_map(|operation| &operation.errors);
    let mut found: Vec<Diagnostic> = errors.filter_map(report).collect();
    found.sort_by_key(|diagnostic| diagnostic.span);
    found.dedup();
    found
}

fn report(error: &DocumentedError) -> Option<Diagnostic> {
    let missing = match (error.status, &error.code) {
        (Some(_), Some(_)) => return None,
        (Some(_), None) => "code",
        (None, Some(_)) => "status",
        (None, None) => "status and the code",
    };
    let title = match error.title.trim() {
        "" => "an error".to_owned(),
        title => format!("the error \"{title}\""),
    };
    let message = format!("{title} is documented without the {missing} that tells it from others");
    Some(
        Diagnostic::new(Code::ErrorUnreadable, error.span, message)
            .with_severity(Severity::Note)
            .with_help("show the answer: its status line, and the JSON of its body"),
    )
}
