//! The words that tell the parts of a page that has lost its marks.

use crate::extract::prose::{is_identifier, is_type_name};
use crate::extract::tables::{Column, Columns, column_named};
use crate::page::Table;

/// The titles of sections, in lower case.
const SECTIONS: &[&str] = &[
    "error responses",
    "errors",
    "example",
    "examples",
    "function parameters",
    "http request",
    "json representation",
    "methods",
    "optional query parameters",
    "permissions",
    "prerequisites",
    "properties",
    "query parameters",
    "relationships",
    "request",
    "request body",
    "request headers",
    "response",
];

/// Phrases that one section begins with, in lower case, and its title.
const OPENINGS: &[(&str, &str)] = &[
    ("in the request body", "Request body"),
    ("don't supply a request body", "Request body"),
    ("do not supply a request body", "Request body"),
    ("if successful, this method returns", "Response"),
    ("if successful, this action returns", "Response"),
    ("if successful, this function returns", "Response"),
    (
        "odata query parameters to help",
        "Optional query parameters",
    ),
];

/// The keys of front matter that a table of it begins with.
const FRONT_MATTER: &[&str] = &["title", "description", "author", "layout", "doc_type"];

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Rows {
    Properties,
    Relationships,
    Methods,
    Permissions,
    Headers,
    Other,
}

/// Whether a line is the title of a section.
pub(super) fn is_section(line: &str) -> bool {
    SECTIONS
        .binary_search(&line.to_lowercase().as_str())
        .is_ok()
}

/// `x` of a line `x values`, the title of a list of members.
pub(super) fn values_of(line: &str) -> Option<&str> {
    line.strip_suffix(" values")
        .filter(|name| is_identifier(name))
}

/// Whether a line is the title of a page on a type.
pub(super) fn is_title(line: &str) -> bool {
    let kinds = [
        " resource type",
        " complex type",
        " entity type",
        " enum type",
    ];
    let mut names = kinds.iter().filter_map(|kind| line.strip_suffix(kind));
    names.any(is_type_name)
}

/// Whether a line above the namespace may be the title of the page: a few words, no sentence, no
/// date.
pub(super) fn may_be_title(line: &str) -> bool {
    let line = line.trim();
    let words = line.split_whitespace().count();
    let starts = line.starts_with(char::is_alphabetic);
    starts && (1..=8).contains(&words) && !line.ends_with(['.', ':', ';'])
}

/// The section that a line of prose, in lower case, opens.
pub(super) fn section_of(lower: &str) -> Option<&'static str> {
    let found = OPENINGS.iter().find(|(words, _)| lower.contains(words));
    found.map(|(_, section)| *section)
}

/// Whether a table holds the front matter of the page.
pub(super) fn is_front_matter(table: &Table<'_>) -> bool {
    let key = table.header.first().map(|cell| cell.text());
    let key = key.unwrap_or_default();
    table.header.len() == 2 && FRONT_MATTER.contains(&key.trim().to_lowercase().as_str())
}

/// What the rows of a table are, from the headings of its columns.
pub(super) fn rows_of(table: &Table<'_>) -> Rows {
    let first = table.header.first().map(|cell| cell.text().to_lowercase());
    let first = first.unwrap_or_default();
    let columns = Columns::of(table);
    match columns.first() {
        _ if first.trim() == "permission type" => Rows::Permissions,
        Column::Header => Rows::Headers,
        Column::Method => Rows::Methods,
        Column::Name if names_header(table) => Rows::Headers,
        Column::Name if first.contains("relationship") => Rows::Relationships,
        Column::Name if columns.has(Column::Type) => Rows::Properties,
        _ => Rows::Other,
    }
}

fn names_header(table: &Table<'_>) -> bool {
    let mut names = table.rows.iter().filter_map(|row| row.cells.first());
    names.any(|cell| {
        matches!(
            cell.text().trim(),
            "Authorization" | "Content-Type" | "If-Match"
        )
    })
}

/// Whether a section of this title, in lower case, is a place for such rows.
pub(super) fn holds(heading: &str, rows: Rows) -> bool {
    let titles: &[&str] = match rows {
        Rows::Properties => &[
            "properties",
            "request body",
            "function parameters",
            "relationships",
        ],
        Rows::Relationships => &["relationships"],
        Rows::Methods => &["methods"],
        Rows::Permissions => &["permissions", "prerequisites"],
        Rows::Headers => &["request headers"],
        Rows::Other => return true,
    };
    titles.contains(&heading)
}

/// What a column holds whose heading is a line; nothing for a line that is none.
pub(super) fn column(line: &str) -> Option<Column> {
    let lower = line.to_lowercase();
    if lower == "permission type" || lower.ends_with("privileged permissions") {
        return Some(Column::Value);
    }
    let short = line.len() <= 40 && line.starts_with(char::is_uppercase);
    Some(column_named(line)).filter(|column| short && *column != Column::Other)
}

#[cfg(test)]
mod tests {
    use super::{SECTIONS, is_section, is_title, may_be_title, values_of};

    #[test]
    fn sections_are_sorted_for_the_search() {
        assert!(SECTIONS.is_sorted());
        assert!(is_section("Request body") && !is_section("Request body is"));
    }

    #[test]
    fn titles_are_told_from_prose() {
        let cases = [
            ("book resource type", true, true),
            ("Get book", false, true),
            ("A book that can be lent.", false, false),
            ("03/12/2024", false, false),
        ];
        for (line, title, above) in cases {
            assert_eq!(
                (is_title(line), may_be_title(line)),
                (title, above),
                "{line}"
            );
        }
        assert_eq!(values_of("bookState values"), Some("bookState"));
        assert_eq!(values_of("The possible values"), None);
    }
}
