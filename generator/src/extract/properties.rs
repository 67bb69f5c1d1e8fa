//! Rows of a table into properties, navigation properties and parameters.

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::page::{Inline, Row, Table, trim};
use crate::schema::{NavigationProperty, Origin, Property, TypeRef};
use crate::source::Span;

use super::Reader;
use super::phrases::{self, Phrases};
use super::prose::{is_identifier, is_type_name};
use super::tables::{Column, Columns, is_blank, is_group};
use super::type_cell::{self, TypeFault};

/// What a table lists: of a type, annotations such as `@odata.type` are no properties; what a
/// request carries may well be one (`@odata.id`, `site@odata.bind`).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Subject {
    Type,
    Body,
}

/// Reads all rows of a table of properties or parameters.
pub(super) fn read(reader: &Reader<'_, '_>, table: &Table<'_>) -> Vec<Property> {
    rows(reader, table, Subject::Type)
}

/// Reads all rows of a table of what a request carries, annotations included.
pub(super) fn read_body(reader: &Reader<'_, '_>, table: &Table<'_>) -> Vec<Property> {
    rows(reader, table, Subject::Body)
}

fn rows(reader: &Reader<'_, '_>, table: &Table<'_>, subject: Subject) -> Vec<Property> {
    let columns = Columns::of(table);
    let mut unread = Unread::default();
    let rows = table.rows.iter();
    let properties: Vec<Property> = rows
        .filter_map(|row| property(reader, &columns, row, subject, &mut unread))
        .collect();
    unread.report(reader, &properties);
    properties
}

/// The rows of one table that name no property.
#[derive(Debug, Default)]
struct Unread {
    /// `detectionAction/title`: what a property holds, and the row's place.
    nested: Vec<(String, Span)>,
    /// Anything else.
    others: Vec<(String, Span)>,
}

impl Unread {
    /// Reports the nested rows of a table together, and each other row.
    fn report(&self, reader: &Reader<'_, '_>, properties: &[Property]) {
        self.report_nested(reader, properties);
        for (name, span) in &self.others {
            let message = match name.as_str() {
                "" => "the row names no property".to_owned(),
                name => format!("`{name}` is no name of a property"),
            };
            reader.report(Code::RowUnreadable, *span, message);
        }
    }

    /// Rows that go into a property whose own row stands in the table matter little: the
    /// property's type holds what they describe.
    fn report_nested(&self, reader: &Reader<'_, '_>, properties: &[Property]) {
        let (Some((first, start)), Some((_, end))) = (self.nested.first(), self.nested.last())
        else {
            return;
        };
        let known = |path: &str| {
            let parent = path.split('/').next().unwrap_or_default();
            properties.iter().any(|property| property.name == parent)
        };
        let message = match self.nested.len() - 1 {
            0 => format!("`{first}` names a nested property"),
            1 => format!("`{first}` and another row name nested properties"),
            others => format!("`{first}` and {others} other rows name nested properties"),
        };
        let diagnostic = Diagnostic::new(Code::RowUnreadable, start.to(*end), message);
        let all_known = self.nested.iter().all(|(path, _)| known(path));
        reader.add(match all_known {
            true => diagnostic.with_severity(Severity::Note),
            false => diagnostic.with_help("give the property that they are part of a row"),
        });
    }
}

/// Reads all rows of a table of relationships.
pub(super) fn read_navigation(
    reader: &Reader<'_, '_>,
    table: &Table<'_>,
) -> Vec<NavigationProperty> {
    read(reader, table).into_iter().map(navigation).collect()
}

fn navigation(property: Property) -> NavigationProperty {
    NavigationProperty {
        name: property.name,
        type_ref: property.type_ref,
        nullable: property.nullable,
        read_only: property.read_only,
        required: property.required,
        inherited_from: property.inherited_from,
        doc: property.doc,
        origin: property.origin,
        span: property.span,
    }
}

fn property(
    reader: &Reader<'_, '_>,
    columns: &Columns,
    row: &Row<'_>,
    subject: Subject,
    unread: &mut Unread,
) -> Option<Property> {
    if is_group(row) || is_blank(row) {
        return None;
    }
    let cell = row.cells.first()?;
    let span = if cell.is_empty() { row.span } else { cell.span };
    let name = name(cell, subject, span, unread)?;
    let empty = Inline::default();
    let description = columns
        .cell(row, Column::Description)
        .or_else(|| columns.cell(row, Column::Value));
    let phrases = phrases::read(description.unwrap_or(&empty), &reader.links);
    let type_ref = type_of(reader, columns, row, &name.text);
    Some(assemble(name, type_ref, phrases, cell))
}

fn assemble(name: Name, type_ref: TypeRef, phrases: Phrases, cell: &Inline<'_>) -> Property {
    Property {
        name: name.text,
        type_ref,
        nullable: phrases.nullable,
        read_only: phrases.read_only || name.notes.contains("read-only"),
        required: phrases.required || name.notes.contains("required"),
        optional: phrases.optional || name.notes.contains("optional"),
        default: phrases.default,
        deprecated: phrases
            .deprecated
            .or_else(|| name.notes.contains("deprecated").then(String::new)),
        allowed_values: phrases.allowed_values,
        allowed_value_spans: phrases.allowed_value_spans,
        is_flags: phrases.is_flags,
        restrictions: phrases.restrictions,
        inherited_from: phrases.inherited_from,
        doc: phrases.doc,
        origin: Origin::Table,
        span: cell.span,
    }
}

/// The type in a row. Where the row names none, the JSON representation may still tell.
fn type_of(reader: &Reader<'_, '_>, columns: &Columns, row: &Row<'_>, name: &str) -> TypeRef {
    let Some(cell) = columns.cell(row, Column::Type) else {
        return type_in_value(reader, columns, row).unwrap_or_else(|| untyped(row));
    };
    let read = type_cell::read(cell, &reader.links);
    let message = match read.fault {
        None => return read.type_ref,
        Some(TypeFault::Empty) => format!("the row of `{name}` names no type"),
        Some(TypeFault::Alternatives) => format!("`{name}` has more than one type"),
        Some(TypeFault::Unreadable) => format!(
            "the type of `{name}` can't be read: `{}`",
            cell.text().trim()
        ),
    };
    let span = if cell.is_empty() { row.span } else { cell.span };
    reader.report(Code::RowUnreadable, span, message);
    read.type_ref
}

/// The type in a column headed "Value", where that holds nothing else: a primitive type or a link.
fn type_in_value(reader: &Reader<'_, '_>, columns: &Columns, row: &Row<'_>) -> Option<TypeRef> {
    let cell = columns.cell(row, Column::Value)?;
    let read = type_cell::read(cell, &reader.links);
    let is_type = read.type_ref.link.is_some() || read.type_ref.name.starts_with("Edm.");
    (read.fault.is_none() && is_type).then_some(read.type_ref)
}

fn untyped(row: &Row<'_>) -> TypeRef {
    TypeRef {
        name: "Edm.Untyped".to_owned(),
        span: row.span,
        ..TypeRef::default()
    }
}

/// The content of a name cell.
struct Name {
    text: String,
    /// What stands in parentheses behind the name, in lower case.
    notes: String,
}

/// The name in a cell, which may be marked, linked, or followed by a note. Nothing for "None", and
/// for an annotation where it is none of the properties.
fn name(cell: &Inline<'_>, subject: Subject, span: Span, unread: &mut Unread) -> Option<Name> {
    let text: Cow<'_, str> = cell.text();
    let whole = trim(&text);
    // Most cells hold a name and nothing else.
    if is_identifier(whole) && !is_none(whole) {
        let (text, notes) = (whole.to_owned(), String::new());
        return Some(Name { text, notes });
    }
    let mut words = text.trim().splitn(2, |sign: char| {
        sign.is_whitespace() || sign == '(' || sign == ','
    });
    let first = words
        .next()
        .unwrap_or_default()
        .trim_matches(['`', '*', '"', ':', '\u{200b}']);
    let notes = words
        .next()
        .unwrap_or_default()
        .trim_matches(['(', ')', ' '])
        .to_lowercase();
    let annotation = first.contains('@') || first.starts_with("odata.");
    if is_none(&text) || annotation && subject == Subject::Type {
        return None;
    }
    let is_name = is_identifier(first) || is_annotation(first);
    if is_name && is_note(&notes) {
        let text = first.to_owned();
        return Some(Name { text, notes });
    }
    let nested = first.contains('/') && first.split('/').all(is_identifier);
    let rows = if nested {
        &mut unread.nested
    } else {
        &mut unread.others
    };
    rows.push((text.trim().to_owned(), span));
    None
}

/// `@odata.id`, `site@odata.bind`.
fn is_annotation(name: &str) -> bool {
    let parts = name.split_once('@');
    parts.is_some_and(|(target, term)| {
        (target.is_empty() || is_identifier(target)) && is_type_name(term)
    })
}

fn is_none(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.');
    let mut words = ["none", "n/a", "not applicable"].iter();
    words.any(|word| text.eq_ignore_ascii_case(word))
}

/// What may follow a name. Anything longer is prose, and the first word no name.
fn is_note(notes: &str) -> bool {
    const NOTES: &[&str] = &[
        "deprecated",
        "required",
        "optional",
        "preview",
        "read-only",
        "read only",
        "beta",
        "key",
        "inherited",
        "legacy",
        "collection",
    ];
    notes.is_empty() || NOTES.iter().any(|note| notes.contains(note)) || notes.len() < 4
}
