//! The errors that a page documents: in tables, and as messages in fences.

use serde_json::Value;

use crate::diagnostic::Code;
use crate::page::{Block, BlockKind, CodeBlock, Inline, Row, Table};
use crate::schema::{DocumentedError, Message};

use super::message::{self, Side};
use super::prose;
use super::tables::{Column, Columns, is_blank, is_group};
use super::{Reader, response, summary};

/// Reads the errors of the page. Examples with an error are examples.
pub(super) fn read(reader: &Reader<'_, '_>) -> Vec<DocumentedError> {
    let mut errors = Vec::new();
    for index in 0..reader.page.sections.len() {
        let in_errors = reader.outline.within(index, is_error_heading);
        let in_response = reader
            .outline
            .within(index, |heading| response::HEADINGS.contains(&heading));
        let in_example = reader
            .outline
            .within(index, |heading| heading.starts_with("example"));
        if (in_errors || in_response) && !in_example {
            read_section(reader, index, in_errors, &mut errors);
        }
    }
    errors
}

fn is_error_heading(heading: &str) -> bool {
    matches!(
        heading,
        "errors" | "error" | "error codes" | "error handling" | "error conditions" | "error code"
    ) || heading.starts_with("error response")
}

/// Takes in the errors of one section: each row of its tables, each message in its fences, and,
/// where an error has a section of its own, the prose in it.
fn read_section(
    reader: &Reader<'_, '_>,
    index: usize,
    in_errors: bool,
    errors: &mut Vec<DocumentedError>,
) {
    let Some(section) = reader.outline.section(index) else {
        return;
    };
    let title = section.heading.text().trim().to_owned();
    let mut doc = Vec::new();
    let mut open: Option<DocumentedError> = None;
    // Prose tells of the error that a fence shows below it.
    let is_fence = |block: &Block<'_>| matches!(block.kind, BlockKind::Code(_));
    let has_fence = section.blocks.iter().any(is_fence);
    for block in &section.blocks {
        match &block.kind {
            BlockKind::Paragraph(_) | BlockKind::List(_) if !has_fence => {}
            BlockKind::Paragraph(inline) => doc.push(prose::markdown(inline, &reader.links)),
            BlockKind::List(items) => doc.push(summary::list(reader, items)),
            BlockKind::Table(table) => read_table(reader, table, in_errors, errors),
            BlockKind::Code(code) => read_code(reader, code, &title, &mut doc, &mut open, errors),
            _ => {}
        }
    }
    errors.extend(open.map(finish));
}

/// A fence with an error message opens an error; a fence with JSON below it is its body.
fn read_code(
    reader: &Reader<'_, '_>,
    code: &CodeBlock<'_>,
    title: &str,
    doc: &mut Vec<String>,
    open: &mut Option<DocumentedError>,
    errors: &mut Vec<DocumentedError>,
) {
    let messages = message::read_all(reader, code);
    if messages.is_empty() {
        add_body(reader, code, open.as_mut());
    }
    for (side, message) in messages {
        let status = message::status(&message.start_line).filter(|status| *status >= 400);
        if side == Side::Request || status.is_none() {
            continue;
        }
        errors.extend(open.take().map(finish));
        *open = Some(DocumentedError {
            status,
            title: title.to_owned(),
            doc: std::mem::take(doc).join("\n\n"),
            span: message.span,
            response: Some(message),
            ..DocumentedError::default()
        });
    }
}

fn add_body(reader: &Reader<'_, '_>, code: &CodeBlock<'_>, open: Option<&mut DocumentedError>) {
    let response = open.and_then(|error| error.response.as_mut());
    let starts_json = code.text.trim_start().starts_with(['{', '[']);
    if let Some(response) = response.filter(|response| starts_json && response.body.is_empty()) {
        message::set_body_block(reader, response, code);
    }
}

/// Fills in what the body tells.
fn finish(mut error: DocumentedError) -> DocumentedError {
    let text = |message: &Message, key: &str| {
        let json = message.json.as_ref()?;
        let details = json.get("error").unwrap_or(json);
        details.get(key).and_then(Value::as_str).map(str::to_owned)
    };
    if let Some(response) = &error.response {
        error.code = text(response, "code");
        error.message = text(response, "message");
    }
    error
}

fn read_table(
    reader: &Reader<'_, '_>,
    table: &Table<'_>,
    in_errors: bool,
    errors: &mut Vec<DocumentedError>,
) {
    let columns = Columns::of(table);
    let coded = columns.has(Column::Status) || columns.has(Column::ErrorCode);
    let certain = columns.has(Column::Status) && columns.has(Column::ErrorCode);
    if !coded || !(in_errors || certain) {
        return;
    }
    for row in table
        .rows
        .iter()
        .filter(|row| !is_blank(row) && !is_group(row))
    {
        match from_row(reader, &columns, row) {
            Some(error) => errors.push(error),
            None => reader.report(
                Code::ErrorUnreadable,
                row.span,
                "the row names neither a status nor a code of an error".to_owned(),
            ),
        }
    }
}

fn from_row(reader: &Reader<'_, '_>, columns: &Columns, row: &Row<'_>) -> Option<DocumentedError> {
    let text = |column| {
        columns
            .cell(row, column)
            .map(plain)
            .filter(|text| !text.is_empty())
    };
    let status = text(Column::Status).and_then(|text| leading_status(&text));
    let code = text(Column::ErrorCode);
    // Some tables put the status in the column of the code.
    let status = status.or_else(|| code.as_deref().and_then(leading_status));
    let code = code.filter(|code| leading_status(code).is_none());
    if status.is_none() && code.is_none() || status.is_some_and(|status| status < 400) {
        return None;
    }
    let condition = columns
        .cell(row, Column::Condition)
        .or_else(|| columns.cell(row, Column::Description));
    let title = condition.map(plain).or_else(|| text(Column::ErrorMessage));
    let title = title.or_else(|| text(Column::Status)).unwrap_or_default();
    Some(DocumentedError {
        status,
        code,
        message: text(Column::ErrorMessage),
        title,
        doc: condition
            .map(|cell| prose::markdown(cell, &reader.links))
            .unwrap_or_default(),
        response: None,
        span: row.span,
    })
}

fn plain(cell: &Inline<'_>) -> String {
    cell.text().trim().to_owned()
}

fn leading_status(text: &str) -> Option<u16> {
    let digits = text.trim().trim_start_matches("HTTP").trim_start();
    let digits = digits.get(..3).filter(|_| {
        !digits[3.min(digits.len())..].starts_with(|next: char| next.is_alphanumeric())
    })?;
    digits
        .parse()
        .ok()
        .filter(|status| (100..600).contains(status))
}
