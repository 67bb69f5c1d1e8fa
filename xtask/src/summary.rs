//! Numbers into the lines that a command ends with.

use std::collections::BTreeMap;
use std::path::Path;

use graph_codegen::Summary;
use graph_codegen::diagnostic::{Diagnostic, Severity};
use graph_codegen::rust::Replays;

use crate::output::Difference;

/// `pages: 31 (2 entity types, 17 complex types, 5 enum types, 6 operations, 11 examples)`
pub(crate) fn of_pages(summary: &Summary) -> String {
    format!("pages: {} ({})", summary.pages, counts(summary))
}

/// `selected: 31 pages (2 entity types, 17 complex types, 5 enum types, 6 operations, 11 examples)`
pub(crate) fn of_selection(summary: &Summary) -> String {
    let pages = counted(summary.pages, "page");
    format!("selected: {pages} ({})", counts(summary))
}

/// `tests: 7 requests and 16 responses of examples; 1 left out, page at fault: 1, example at fault: 0`
pub(crate) fn of_replays(replays: &Replays) -> String {
    let (page, example) = (replays.page_at_fault, replays.example_at_fault);
    format!(
        "tests: {} and {} of examples; {} left out, page at fault: {page}, example at fault: {example}",
        counted(replays.requests, "request"),
        counted(replays.responses, "response"),
        page + example,
    )
}

fn counts(summary: &Summary) -> String {
    let rows = [
        (summary.entity_types, "entity type"),
        (summary.complex_types, "complex type"),
        (summary.enum_types, "enum type"),
        (summary.operations, "operation"),
        (summary.examples, "example"),
    ];
    rows.map(|(count, noun)| counted(count, noun)).join(", ")
}

/// One line with the number of each severity, and one for each code that was found.
pub(crate) fn of_findings(diagnostics: &[Diagnostic]) -> String {
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let counts = severities.map(|severity| {
        let same = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity);
        counted(same.count(), severity.as_str())
    });
    let mut codes: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        *codes
            .entry((diagnostic.severity, diagnostic.code.as_str()))
            .or_default() += 1;
    }
    let lines = codes
        .into_iter()
        .map(|((severity, code), count)| format!("\n  {}[{code}] {count}", severity.as_str()));
    format!(
        "findings: {}{}",
        counts.join(", "),
        lines.collect::<String>()
    )
}

/// `files: 3 written, 1 removed, 41 unchanged in generated`
pub(crate) fn of_files(difference: &Difference, out: &Path) -> String {
    let written = difference.created.len() + difference.changed.len();
    let (removed, unchanged) = (difference.removed.len(), difference.unchanged.len());
    files(written, removed, unchanged, out)
}

/// The line of [`of_files`] for an output of so many files in which nothing differs.
pub(crate) fn of_unchanged_files(count: usize, out: &Path) -> String {
    files(0, 0, count, out)
}

fn files(written: usize, removed: usize, unchanged: usize, out: &Path) -> String {
    let out = out.display();
    format!("files: {written} written, {removed} removed, {unchanged} unchanged in {out}")
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use graph_codegen::diagnostic::Code;
    use graph_codegen::source::Span;

    use super::*;

    #[test]
    fn one_is_no_plural() {
        assert_eq!(counted(0, "error"), "0 errors");
        assert_eq!(counted(1, "error"), "1 error");
        assert_eq!(counted(2, "error"), "2 errors");
    }

    #[test]
    fn findings_are_counted_by_severity_then_code() {
        let codes = [
            (Severity::Note, Code::UnlistedMethod),
            (Severity::Error, Code::UnresolvedType),
            (Severity::Note, Code::UnlistedMethod),
        ];
        let diagnostics = codes.map(|(severity, code)| {
            Diagnostic::new(code, Span::default(), "x").with_severity(severity)
        });
        let unresolved = Code::UnresolvedType.as_str();
        let unlisted = Code::UnlistedMethod.as_str();
        let expected = format!(
            "findings: 1 error, 0 warnings, 2 notes\n  error[{unresolved}] 1\n  note[{unlisted}] 2"
        );
        assert_eq!(of_findings(&diagnostics), expected);
    }
}
