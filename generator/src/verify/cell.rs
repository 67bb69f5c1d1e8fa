//! What the Type cell of a row says to the letter, read without the reader.
//!
//! It tells apart who is at fault where a type differs from the service's: the page that says
//! something else, or the reader that took it for something else.

use super::scan;
use crate::assemble::local_name;
use crate::schema::TypeRef;

/// The names of primitive types on pages that are not CSDL's own, in lower case.
const ALIASES: &[(&str, &str)] = &[
    ("bool", "boolean"),
    ("bytes", "binary"),
    ("date-time", "datetimeoffset"),
    ("datetime", "datetimeoffset"),
    ("float", "single"),
    ("int", "int32"),
    ("integer", "int32"),
    ("json", "untyped"),
    ("long", "int64"),
    ("number", "double"),
    ("numeric", "decimal"),
    ("object", "untyped"),
    ("strings", "string"),
    ("time", "timeofday"),
    ("timestamp", "datetimeoffset"),
    ("uri", "string"),
    ("url", "string"),
];

/// A type as a cell writes it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Written {
    /// The cell, without the spaces around it.
    pub(super) text: String,
    /// Lower case of the name without namespace.
    name: String,
    is_collection: bool,
}

/// The Type cell of the table row on a line; the first line is 1.
pub(super) fn on_line(text: &str, line: u32) -> Option<Written> {
    let place = (line as usize).checked_sub(1)?;
    let row = text.lines().nth(place)?;
    let above = text.lines().take(place).collect::<Vec<_>>();
    let delimiter = above.iter().rposition(|line| is_delimiter(line))?;
    let header = scan::cells(above.get(delimiter.checked_sub(1)?)?)?;
    let titled = |cell: &&str| plain(cell).to_lowercase().ends_with("type");
    let column = header.iter().position(titled)?;
    written(scan::cells(row)?.get(column)?)
}

/// Reads a cell. A cell that names no type, or several, is none.
pub(super) fn written(cell: &str) -> Option<Written> {
    let lower = plain(cell).to_lowercase();
    let words = lower.split(|sign: char| sign.is_whitespace() || "(),;<>/".contains(sign));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let is_many = |word: &&str| matches!(*word, "collection" | "collections" | "list" | "array");
    let is_collection = words.iter().any(is_many) || lower.trim().ends_with("[]");
    let mut names = words.iter().filter(|word| !is_many(word) && **word != "of");
    let name = names.next()?.trim_end_matches("[]").trim_matches('.');
    if words.contains(&"or") || name.is_empty() {
        return None;
    }
    let name = local_name(name);
    let alias = ALIASES.iter().find(|(known, _)| *known == name);
    Some(Written {
        text: cell.trim().to_owned(),
        name: alias.map_or(name, |(_, csdl)| csdl).to_owned(),
        is_collection,
    })
}

impl Written {
    /// Whether the cell says what was read.
    pub(super) fn is_read_as(&self, read: &TypeRef) -> bool {
        let name = local_name(&read.name);
        let same = name.eq_ignore_ascii_case(&self.name);
        // A page with the name `json` describes what CSDL has no primitive type for.
        let json = self.name == "untyped" && name.eq_ignore_ascii_case("json");
        (same || json) && read.is_collection == self.is_collection
    }
}

fn is_delimiter(line: &str) -> bool {
    line.contains('-') && line.contains('|') && line.chars().all(|sign| "|:- \t".contains(sign))
}

/// A cell without emphasis and the targets of its links.
fn plain(cell: &str) -> String {
    let mut text = String::new();
    let mut rest = cell;
    while let Some((before, after)) = rest.split_once(']') {
        text.push_str(before);
        rest = match after.chars().next() {
            Some('(') => after.split_once(')').map_or("", |(_, rest)| rest),
            Some('[') => after.split_once(']').map_or("", |(_, rest)| rest),
            // `String[]` is a collection.
            _ if before.ends_with('[') => {
                text.push(']');
                after
            }
            _ => after,
        };
    }
    text.push_str(rest);
    let is_mark = |sign: char| "`*\\\"".contains(sign);
    let text = text.replace(is_mark, "").replace("[]", "\u{0}");
    text.replace('[', "")
        .replace('\u{0}', "[]")
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_to_the_letter() {
        let cases = [
            ("String", "Edm.String", false, true),
            (" **string** ", "Edm.String", false, true),
            ("String", "Edm.Int32", false, false),
            ("String collection", "Edm.String", true, true),
            ("String collection", "Edm.String", false, false),
            ("Collection(Edm.String)", "Edm.String", true, true),
            ("String[]", "Edm.String", true, true),
            (
                "[book](book.md) collection",
                "microsoft.graph.book",
                true,
                true,
            ),
            ("[book][] collection", "microsoft.graph.book", true, true),
            (
                "Collection([book](book.md))",
                "microsoft.graph.book",
                true,
                true,
            ),
            (
                "microsoft.graph.x.book",
                "microsoft.graph.x.Book",
                false,
                true,
            ),
            ("Json", "Edm.Untyped", false, true),
            ("[Json](json.md)", "microsoft.graph.Json", false, true),
            ("int", "Edm.Int32", false, true),
            ("`DateTimeOffset`", "Edm.DateTimeOffset", false, true),
        ];
        for (cell, name, is_collection, expected) in cases {
            let read = TypeRef {
                name: name.to_owned(),
                is_collection,
                ..TypeRef::default()
            };
            let written = written(cell).expect(cell);
            assert_eq!(written.is_read_as(&read), expected, "{cell}: {written:?}");
        }
        for cell in ["", " ", "[a](a.md) or [b](b.md)"] {
            assert_eq!(written(cell), None, "{cell}");
        }
    }

    #[test]
    fn the_cell_stands_in_the_column_of_types() {
        let text = "\
|Property|Type|Description|
|:--|:--|:--|
|a|Int32|String.|

|Name|Description|Type|
|--|--|--|
|b|A. |Guid |
";
        let found = |line| on_line(text, line).map(|written| written.text);
        assert_eq!(found(3).as_deref(), Some("Int32"));
        assert_eq!(found(7).as_deref(), Some("Guid"));
        assert_eq!(found(4), None);
    }
}
