//! The query parameters and the request headers that a page lists.

use std::ops::Range;

use crate::page::{BlockKind, Inline, Piece, PieceKind, Table};
use crate::schema::{Header, QueryOption, QueryProperty};

use super::Reader;
use super::prose::{self, Prose, is_identifier};
use super::tables::{Column, Columns, is_blank, is_group};

const QUERY: &[&str] = &[
    "optional query parameters",
    "query parameters",
    "query parameter",
    "optional query parameter",
    "odata query parameters",
    "optional odata query parameters",
    "required query parameters",
];

const HEADERS: &[&str] = &[
    "request headers",
    "optional request headers",
    "request header",
    "headers",
    "required request headers",
];

/// The comparisons and functions that descriptions name.
const OPERATORS: &[&str] = &[
    "eq",
    "ne",
    "gt",
    "ge",
    "lt",
    "le",
    "in",
    "not",
    "and",
    "or",
    "has",
    "startswith",
    "endswith",
    "contains",
    "any",
    "all",
];

/// Reads the query options of the page.
pub(super) fn read_options(reader: &Reader<'_, '_>) -> Vec<QueryOption> {
    let mut options = Vec::new();
    for index in reader.outline.all(QUERY) {
        for block in reader.outline.blocks(reader.outline.under(index)) {
            match &block.kind {
                BlockKind::Table(table) => read_table(reader, table, &mut options),
                BlockKind::Paragraph(inline) => read_prose(reader, inline, &mut options),
                BlockKind::List(items) => items
                    .iter()
                    .for_each(|item| read_prose(reader, item, &mut options)),
                _ => {}
            }
        }
    }
    options
}

fn read_table(reader: &Reader<'_, '_>, table: &Table<'_>, options: &mut Vec<QueryOption>) {
    let columns = Columns::of(table);
    for row in table
        .rows
        .iter()
        .filter(|row| !is_group(row) && !is_blank(row))
    {
        let Some(cell) = row.cells.first() else {
            continue;
        };
        let text = cell.text();
        let name = text
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .trim_matches(['`', '*', ':']);
        if !is_option(name) && !is_identifier(name) {
            continue;
        }
        let empty = Inline::default();
        let last = row.cells.last().filter(|_| row.cells.len() > 1);
        let description = columns
            .cell(row, Column::Description)
            .or(last)
            .unwrap_or(&empty);
        let prose = Prose::new(description);
        let option = find_or_add(options, name, cell.span);
        option.doc = prose::markdown(description, &reader.links);
        for sentence in prose.sentences() {
            add_properties(option, &prose, &sentence);
        }
    }
}

/// Options in running text: each in its own backticks. A sentence that says what is not supported
/// lists none, and one that explains does no more than mention options that are already known.
fn read_prose(reader: &Reader<'_, '_>, inline: &Inline<'_>, options: &mut Vec<QueryOption>) {
    if !inline.pieces.iter().any(|piece| piece.text.contains('$')) {
        return;
    }
    let prose = Prose::new(inline);
    for sentence in prose.sentences() {
        let lower = &prose.lower[sentence.clone()];
        if [
            "not support",
            "n't support",
            "not available",
            "isn't supported",
        ]
        .iter()
        .any(|phrase| lower.contains(phrase))
        {
            continue;
        }
        let named = options_in(&prose, &sentence);
        for (name, piece) in &named {
            find_or_add(options, name, piece.span);
        }
        if let [(name, piece)] = named.as_slice() {
            let option = find_or_add(options, name, piece.span);
            add_properties(option, &prose, &sentence);
            if !option.properties.is_empty() && option.doc.is_empty() {
                let whole = [0..sentence.start, sentence.end..prose.text.len()];
                option.doc = prose::markdown(&prose.without(&whole), &reader.links);
            }
        }
    }
}

/// The options that a sentence names, each once: `$filter`, and not an expression with it.
fn options_in<'a, 's>(
    prose: &Prose<'a, 's>,
    sentence: &Range<usize>,
) -> Vec<(String, &'a Piece<'s>)> {
    let mut found: Vec<(String, &Piece<'s>)> = Vec::new();
    for (_, piece) in prose.pieces_in(sentence.clone()) {
        for word in piece
            .text
            .split(|sign: char| sign.is_whitespace() || ",`".contains(sign))
        {
            let name = word.trim_matches(['.', ';', ':', ')', '(']);
            let marked = matches!(
                piece.kind,
                PieceKind::Code | PieceKind::Strong | PieceKind::Text | PieceKind::Link { .. }
            );
            if marked && is_option(name) && !found.iter().any(|(known, _)| known == name) {
                found.push((name.to_owned(), piece));
            }
        }
    }
    found
}

fn is_option(name: &str) -> bool {
    name.strip_prefix('$').is_some_and(is_identifier)
        && !matches!(name, "$value" | "$ref" | "$batch" | "$metadata")
}

fn find_or_add<'o>(
    options: &'o mut Vec<QueryOption>,
    name: &str,
    span: crate::source::Span,
) -> &'o mut QueryOption {
    let known = options
        .iter()
        .position(|option| option.name.eq_ignore_ascii_case(name));
    let place = known.unwrap_or(options.len());
    if known.is_none() {
        options.push(QueryOption {
            name: name.to_owned(),
            span,
            ..QueryOption::default()
        });
    }
    &mut options[place]
}

/// The properties in a sentence: bold names, with operators in backticks behind them.
fn add_properties(option: &mut QueryOption, prose: &Prose<'_, '_>, sentence: &Range<usize>) {
    if !["propert", " on the ", " by "]
        .iter()
        .any(|word| prose.lower[sentence.clone()].contains(word))
    {
        return;
    }
    for (_, piece) in prose.pieces_in(sentence.clone()) {
        let text = piece.text.trim();
        match piece.kind {
            PieceKind::Strong if text.split('/').all(is_identifier) => {
                add_property(option, text, piece)
            }
            PieceKind::Code if OPERATORS.contains(&text.to_ascii_lowercase().as_str()) => {
                if let Some(property) = option
                    .properties
                    .last_mut()
                    .filter(|property| !property.operators.iter().any(|known| known == text))
                {
                    property.operators.push(text.to_owned());
                }
            }
            _ => {}
        }
    }
}

fn add_property(option: &mut QueryOption, name: &str, piece: &Piece<'_>) {
    if option.properties.iter().any(|known| known.name == name) {
        return;
    }
    option.properties.push(QueryProperty {
        name: name.to_owned(),
        operators: Vec::new(),
        span: piece.span,
    });
}

/// Reads the request headers of the page.
pub(super) fn read_headers(reader: &Reader<'_, '_>) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    for index in reader.outline.all(HEADERS) {
        if reader.outline.within(index, |heading| {
            heading.starts_with("example") || heading.starts_with("response")
        }) {
            continue;
        }
        for (_, table) in reader.outline.tables(reader.outline.under(index)) {
            let columns = Columns::of(table);
            let rows = table
                .rows
                .iter()
                .filter(|row| !is_group(row) && !is_blank(row));
            for header in rows.filter_map(|row| header(&columns, row)) {
                if !headers
                    .iter()
                    .any(|known| known.name.eq_ignore_ascii_case(&header.name))
                {
                    headers.push(header);
                }
            }
        }
    }
    headers
}

fn header(columns: &Columns, row: &crate::page::Row<'_>) -> Option<Header> {
    let cell = row.cells.first()?;
    let text = cell.text();
    // `Prefer: odata.maxpagesize={x}` names the value as well.
    let name = text.split_whitespace().next()?.trim_matches(['`', '*']);
    let name = name.split(':').next()?.trim_matches(['`', '*']);
    let token =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'@');
    if name.is_empty() || !name.bytes().all(token) {
        return None;
    }
    let last = row.cells.last().filter(|_| row.cells.len() > 1);
    let value = columns
        .cell(row, Column::Description)
        .or_else(|| columns.cell(row, Column::Value))
        .or(last);
    let value = value
        .map(|cell| cell.text().trim().to_owned())
        .unwrap_or_default();
    Some(Header {
        name: name.to_owned(),
        required: says_required(&value),
        value,
        span: cell.span,
    })
}

fn says_required(value: &str) -> bool {
    // Few other words have this letter.
    if memchr::memchr2(b'q', b'Q', value.as_bytes()).is_none() {
        return false;
    }
    let lower = value.to_ascii_lowercase();
    let limits = [
        "not required",
        "n't required",
        "required if",
        "required when",
    ];
    lower.contains("required") && !limits.iter().any(|phrase| lower.contains(phrase))
}
