//! Rows of a table into properties, navigation properties and parameters.

use std::borrow::Cow;

use crate::diagnostic::Code;
use crate::page::{Inline, Row, Table};
use crate::schema::{NavigationProperty, Origin, Property, TypeRef};

use super::Reader;
use super::phrases::{self, Phrases};
use super::prose::is_identifier;
use super::tables::{Column, Columns, is_blank, is_group};
use super::type_cell::{self, TypeFault};

/// Reads all rows of a table of properties or parameters.
pub(super) fn read(reader: &Reader<'_, '_>, table: &Table<'_>) -> Vec<Property> {
    let columns = Columns::of(table);
    table
        .rows
        .iter()
        .filter_map(|row| property(reader, &columns, row))
        .collect()
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

fn property(reader: &Reader<'_, '_>, columns: &Columns, row: &Row<'_>) -> Option<Property> {
    if is_group(row) || is_blank(row) {
        return None;
    }
    let cell = row.cells.first()?;
    let name = name(reader, cell)?;
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
        return untyped(row);
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

/// The name in a cell, which may be marked, linked, or followed by a note. Nothing for an
/// annotation (`@odata.type`) and for "None".
fn name(reader: &Reader<'_, '_>, cell: &Inline<'_>) -> Option<Name> {
    let text: Cow<'_, str> = cell.text();
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
    if first.starts_with('@')
        || first.contains('@')
        || first.starts_with("odata.")
        || is_none(&text)
    {
        return None;
    }
    if !is_identifier(first) || !is_note(&notes) {
        let message = format!("`{}` is no name of a property", text.trim());
        reader.report(Code::RowUnreadable, cell.span, message);
        return None;
    }
    let text = first.to_owned();
    Some(Name { text, notes })
}

fn is_none(text: &str) -> bool {
    matches!(
        text.trim()
            .trim_end_matches('.')
            .to_ascii_lowercase()
            .as_str(),
        "none" | "n/a" | "not applicable"
    )
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
