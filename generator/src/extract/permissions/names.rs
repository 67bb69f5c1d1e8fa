//! A cell of a table of permissions into their names.

use std::borrow::Cow;

use crate::page::{Inline, Piece, PieceKind, trim};

/// The permissions in a cell: names with commas, "and", "or" or line breaks between them. Notes
/// ("Not supported.", "(for …)", "Note: …") are passed over.
pub(super) fn names_in(cell: &Inline<'_>) -> Vec<String> {
    let text = match cell.pieces.as_slice() {
        [only] if !is_break(only) => Cow::Borrowed(&*only.text),
        pieces => {
            let parts = pieces.iter().map(|piece| match is_break(piece) {
                true => ", ",
                false => &*piece.text,
            });
            Cow::Owned(parts.collect::<String>())
        }
    };
    let mut names = Vec::new();
    for item in text.split([',', ';', '|', '\n']) {
        let word = trim(item);
        if !is_name(word) {
            add_joined(item, &mut names);
        } else if let Some(name) = Some(trim_word(word)).filter(|word| names_something(word)) {
            push_new(&mut names, name);
        }
    }
    names
}

fn is_break(piece: &Piece<'_>) -> bool {
    matches!(piece.kind, PieceKind::Break | PieceKind::Html)
}

/// Adds the permissions of an item that words may join: `A.Read and B.Read`.
fn add_joined(item: &str, names: &mut Vec<String>) {
    let mut item = Cow::Borrowed(item);
    for word in [" and ", " or ", " plus "] {
        if item.contains(word) {
            item = Cow::Owned(item.replace(word, ", "));
        }
    }
    item.split(',').for_each(|item| add_name(item, names));
}

fn add_name(item: &str, names: &mut Vec<String>) {
    if let Some(name) = name_in(item) {
        push_new(names, name);
    }
}

/// The permission that an item of a cell begins with. A single word is one; in a longer text only
/// a word with a full stop inside is.
fn name_in(item: &str) -> Option<&str> {
    let mut words = item.split_whitespace();
    let first = words
        .by_ref()
        .map(trim_word)
        .find(|word| !JOINING.contains(word))?;
    let alone = words.next().is_none_or(|next| next.starts_with('('));
    (is_name(first) && (alone || first.contains('.')) && names_something(first)).then_some(first)
}

/// Whether a word that can be a name is none of those that stand in the place of one.
fn names_something(word: &str) -> bool {
    let is_absent = |known: &&str| word.eq_ignore_ascii_case(known);
    !JOINING.contains(&word) && !ABSENT.iter().any(is_absent)
}

/// Words before a permission that are no part of it.
const JOINING: &[&str] = &["", "and", "or", "either", "both"];

/// Whether a word can be the name of a permission, by the signs in it.
fn is_name(word: &str) -> bool {
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    word.starts_with(|first: char| first.is_ascii_alphabetic()) && word.bytes().all(is_known)
}

/// Words that stand where a permission could and are none.
const ABSENT: &[&str] = &[
    "not",
    "none",
    "na",
    "n",
    "unsupported",
    "notsupported",
    "supported",
    "yes",
    "no",
    "tbd",
];

fn trim_word(word: &str) -> &str {
    let ends = [word.as_bytes().first(), word.as_bytes().last()];
    if ends
        .iter()
        .all(|end| end.is_some_and(u8::is_ascii_alphanumeric))
    {
        return word;
    }
    word.trim_matches(|sign: char| !sign.is_ascii_alphanumeric())
}

fn push_new(names: &mut Vec<String>, name: &str) {
    if !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::names_in;
    use crate::extract::testing::cell;

    #[test]
    fn cells_hold_permissions_and_notes() {
        let cases: &[(&str, &[&str])] = &[
            ("User.Read.All", &["User.Read.All"]),
            (
                "User.Read, User.ReadWrite and Mail.Read",
                &["User.Read", "User.ReadWrite", "Mail.Read"],
            ),
            ("Not supported.", &[]),
            ("Not available.", &[]),
            ("N/A", &[]),
            ("None.", &[]),
            ("User.Read <br><br> Note: only for admins.", &["User.Read"]),
            (
                "User.Read (for profiles), Mail.Read",
                &["User.Read", "Mail.Read"],
            ),
            (
                "SecurityIncidentReadAll, SecurityIncidentReadWriteAll",
                &["SecurityIncidentReadAll", "SecurityIncidentReadWriteAll"],
            ),
            ("One of `A.Read`, `B.Read`.", &["B.Read"]),
            ("openid", &["openid"]),
            ("User.Read, User.Read", &["User.Read"]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(&names_in(&cell(text)), expected, "{text}");
        }
    }
}
