//! Diagnostics into the workflow commands of GitHub Actions, which put them beside the lines of a
//! pull request (docs.github.com, "Workflow commands for GitHub Actions").

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::SourceMap;

/// One line for each diagnostic. `root` is the documents folder as seen from the repository's root.
#[must_use]
pub fn github(diagnostics: &[Diagnostic], map: &SourceMap, root: &str) -> String {
    let lines = diagnostics
        .iter()
        .map(|diagnostic| line(diagnostic, map, root));
    lines.collect()
}

fn line(diagnostic: &Diagnostic, map: &SourceMap, root: &str) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let path = super::join(root, &map.get(diagnostic.span.file).path);
    let (start, end) = (
        map.line_column(diagnostic.span),
        map.end_line_column(diagnostic.span),
    );
    let mut place = format!("file={},line={}", escape_property(&path), start.line);
    place.push_str(&format!(",endLine={}", end.line));
    // GitHub takes columns only for a place on one line.
    if start.line == end.line {
        place.push_str(&format!(",col={},endColumn={}", start.column, end.column));
    }
    let title = escape_property(diagnostic.code.as_str());
    format!(
        "::{command} {place},title={title}::{}\n",
        escape_data(&message(diagnostic))
    )
}

fn message(diagnostic: &Diagnostic) -> String {
    let mut message = diagnostic.message.clone();
    if !diagnostic.label.is_empty() {
        message.extend([": ", &diagnostic.label]);
    }
    if let Some(help) = &diagnostic.help {
        message.extend(["\nhelp: ", help]);
    }
    message
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}
