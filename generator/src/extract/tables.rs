//! The header of a table into what its columns hold.

use crate::page::{Inline, Row, Table, is_blank as has_no_text};

/// What a column holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Column {
    /// The name of a property, a parameter or a relationship.
    Name,
    /// A type.
    Type,
    /// A description.
    Description,
    /// A member of an enumeration.
    Member,
    /// A value: a member's number, a header's content, or a member's name.
    Value,
    /// The name of a request header.
    Header,
    /// A link to an API page.
    Method,
    /// What a method returns.
    ReturnType,
    /// A status.
    Status,
    /// The `code` of an error.
    ErrorCode,
    /// The `message` of an error.
    ErrorMessage,
    /// When an error occurs.
    Condition,
    /// Anything else.
    Other,
}

/// The headers that pages use, in lower case, and what their columns hold.
const COLUMNS: &[(&str, Column)] = &[
    ("action", Column::Method),
    ("attribute", Column::Name),
    ("code", Column::ErrorCode),
    ("condition", Column::Condition),
    ("data type", Column::Type),
    ("description", Column::Description),
    ("descriptions", Column::Description),
    ("details", Column::Description),
    ("enum member", Column::Member),
    ("enum value", Column::Member),
    ("error code", Column::ErrorCode),
    ("error message", Column::ErrorMessage),
    ("field", Column::Name),
    ("function", Column::Method),
    ("header", Column::Header),
    ("header name", Column::Header),
    ("http code", Column::Status),
    ("http status", Column::Status),
    ("http status code", Column::Status),
    ("key", Column::Name),
    ("meaning", Column::Description),
    ("member", Column::Member),
    ("members", Column::Member),
    ("message", Column::ErrorMessage),
    ("method", Column::Method),
    ("methods", Column::Method),
    ("name", Column::Name),
    ("navigation property", Column::Name),
    ("parameter", Column::Name),
    ("parameter name", Column::Name),
    ("parameters", Column::Name),
    ("possible value", Column::Value),
    ("possible values", Column::Value),
    ("properties", Column::Name),
    ("property", Column::Name),
    ("property name", Column::Name),
    ("property type", Column::Type),
    ("reason", Column::Condition),
    ("relationship", Column::Name),
    ("relationship name", Column::Name),
    ("relationships", Column::Name),
    ("return type", Column::ReturnType),
    ("returns", Column::ReturnType),
    ("scenario", Column::Condition),
    ("status", Column::Status),
    ("status code", Column::Status),
    ("task", Column::Method),
    ("tasks", Column::Method),
    ("type", Column::Type),
    ("value", Column::Value),
    ("values", Column::Value),
];

/// The columns of a table.
#[derive(Clone, Debug)]
pub(super) struct Columns(Vec<Column>);

impl Columns {
    /// The columns that a header names.
    pub(super) fn of(table: &Table<'_>) -> Self {
        Self(table.header.iter().map(column).collect())
    }

    /// The place of a column.
    pub(super) fn place(&self, wanted: Column) -> Option<usize> {
        self.0.iter().position(|column| *column == wanted)
    }

    /// Whether there is such a column.
    pub(super) fn has(&self, wanted: Column) -> bool {
        self.place(wanted).is_some()
    }

    /// What the first column holds.
    pub(super) fn first(&self) -> Column {
        self.0.first().copied().unwrap_or(Column::Other)
    }

    /// A row's cell in a column.
    pub(super) fn cell<'r, 's>(&self, row: &'r Row<'s>, wanted: Column) -> Option<&'r Inline<'s>> {
        row.cells.get(self.place(wanted)?)
    }

    /// A table of properties, parameters or relationships. Some name no types; some call the
    /// description by another name.
    pub(super) fn lists_properties(&self) -> bool {
        self.first() == Column::Name && (self.has(Column::Type) || self.has(Column::Description))
    }

    /// A table of the members of an enumeration.
    pub(super) fn lists_members(&self) -> bool {
        let first = self.first();
        let single = self.0.len() == 1 && first == Column::Name;
        let numbered = first == Column::Name && self.has(Column::Value) && !self.has(Column::Type);
        single
            || numbered
            || matches!(first, Column::Member | Column::Value) && !self.has(Column::Type)
    }
}

fn column(cell: &Inline<'_>) -> Column {
    column_named(&cell.text())
}

/// What a column with a heading holds.
pub(super) fn column_named(heading: &str) -> Column {
    let text = match heading.is_ascii() {
        true => heading.to_ascii_lowercase(),
        false => heading.to_lowercase(),
    };
    // Nearly all headings stand in the list as they are.
    known_column(&text).unwrap_or_else(|| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let words = words.join(" ");
        let name = words.trim_matches(|sign: char| !sign.is_alphanumeric());
        known_column(name).unwrap_or(Column::Other)
    })
}

fn known_column(name: &str) -> Option<Column> {
    let place = COLUMNS.binary_search_by(|(known, _)| (*known).cmp(name));
    let (_, column) = COLUMNS.get(place.ok()?)?;
    Some(*column)
}

/// A row that names a group of rows: one cell, or a bold one and nothing else.
pub(super) fn is_group(row: &Row<'_>) -> bool {
    let rest_empty = || row.cells.iter().skip(1).all(Inline::is_empty);
    let bold = || row.cells.first().is_some_and(is_bold);
    row.cells.len() > 1 && rest_empty() && (row.written_cells == Some(1) || bold())
}

fn is_bold(cell: &Inline<'_>) -> bool {
    let mut pieces = cell.pieces.iter().filter(|piece| !has_no_text(&piece.text));
    pieces.all(|piece| piece.kind == crate::page::PieceKind::Strong)
}

/// A row without content.
pub(super) fn is_blank(row: &Row<'_>) -> bool {
    row.cells.iter().all(Inline::is_empty)
}

#[cfg(test)]
mod tests {
    use super::COLUMNS;

    #[test]
    fn columns_are_sorted_for_the_search() {
        assert!(COLUMNS.is_sorted_by_key(|(name, _)| *name));
    }
}
