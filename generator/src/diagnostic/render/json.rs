//! Diagnostics into a JSON array.

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::source::{SourceMap, Span};

/// A diagnostic as JSON shows it.
#[derive(Serialize)]
struct Entry<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    label: &'a str,
    help: Option<&'a str>,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    label: &'a str,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

/// An array of objects with the members `code`, `severity` (`error`, `warning` or `note`),
/// `message`, `path` (below the documents folder), `line`, `column`, `end_line`, `end_column`
/// (all from 1, columns in characters, the end behind the last one), `label`, `help` (text or null)
/// and `related` (objects with a place and a `label`).
#[must_use]
pub fn json(diagnostics: &[Diagnostic], map: &SourceMap) -> String {
    let entries: Vec<Entry<'_>> = diagnostics.iter().map(|d| entry(d, map)).collect();
    // Numbers and texts are all there is, and those always have a form in JSON.
    serde_json::to_string_pretty(&entries).unwrap_or_default() + "\n"
}

fn entry<'a>(diagnostic: &'a Diagnostic, map: &'a SourceMap) -> Entry<'a> {
    let related = diagnostic.related.iter().map(|related| Related {
        place: place(related.span, map),
        label: &related.label,
    });
    Entry {
        code: diagnostic.code.as_str(),
        severity: diagnostic.severity.as_str(),
        message: &diagnostic.message,
        place: place(diagnostic.span, map),
        label: &diagnostic.label,
        help: diagnostic.help.as_deref(),
        related: related.collect(),
    }
}

fn place(span: Span, map: &SourceMap) -> Place<'_> {
    let (start, end) = (map.line_column(span), map.end_line_column(span));
    Place {
        path: &map.get(span.file).path,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}
