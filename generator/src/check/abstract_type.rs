//! Abstract types of which there are no kinds.

use super::subject::Subject;
use crate::diagnostic::{Code, Diagnostic, Severity};

/// Notes types that are called abstract although nothing is derived from them: no value can be of
/// such a type.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let types = subject.index.structured_types();
    let barren = types.filter(|t| t.is_abstract && subject.index.subtypes(&t.name).is_empty());
    let report = barren.map(|t| {
        let message = format!(
            "`{}` is abstract, but no page describes a type derived from it",
            t.name
        );
        Diagnostic::new(Code::AbstractConflict, t.span, message)
            .with_severity(Severity::Note)
            .with_help("say on the pages of its subtypes that they inherit from it")
    });
    report.collect()
}
