//! Whether a page has a name at all: what no page says is the documents' silence, what a page says
//! and nobody read may be the reader's.
//!
//! Names are looked for as whole words and without case. Front matter, metadata comments and what
//! else stands in comments is not what a page tells its readers.

use super::scan;

/// Where a page has a name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Mention {
    /// In the text, on this line; the first is 1.
    Text(u32),
    /// On this line of a comment, and nowhere else.
    Comment(u32),
}

/// The first place where a page has a name as a word, rather in its text than in a comment.
pub(super) fn find(text: &str, name: &str) -> Option<Mention> {
    find_between(text, name, 1, u32::MAX)
}

/// As [`find`], from a heading to the next heading.
pub(super) fn find_below(text: &str, name: &str, heading: u32) -> Option<Mention> {
    let mut headings = scan::lines(text).filter(|line| line.heading().is_some());
    let next = headings.find(|line| line.number > heading);
    find_between(
        text,
        name,
        heading,
        next.map_or(u32::MAX, |line| line.number),
    )
}

/// Whether a line of a text has a name as a word.
pub(super) fn is_on_line(text: &str, name: &str, line: u32) -> bool {
    let place = (line as usize).saturating_sub(1);
    text.lines()
        .nth(place)
        .is_some_and(|line| has_word(line, name))
}

fn find_between(text: &str, name: &str, first: u32, end: u32) -> Option<Mention> {
    let first = first.max(front_matter_end(text));
    let mut in_comment = None;
    for line in scan::lines(text) {
        if line.number < first || line.number >= end || !has_word(line.text, name) {
            continue;
        }
        if !line.in_comment && !line.text.contains("<!--") {
            return Some(Mention::Text(line.number));
        }
        in_comment.get_or_insert(Mention::Comment(line.number));
    }
    in_comment
}

/// The line behind the front matter.
fn front_matter_end(text: &str) -> u32 {
    let mut lines = text.lines().zip(1..);
    let opens = lines
        .next()
        .is_some_and(|(line, _)| line.trim_end() == "---");
    let mut rest = lines.filter(|(line, _)| line.trim_end() == "---");
    match rest.next() {
        Some((_, number)) if opens => number + 1,
        _ => 1,
    }
}

/// Whether a line has a name that no letter, digit or underscore goes on from.
fn has_word(line: &str, name: &str) -> bool {
    let (line, name) = (line.to_ascii_lowercase(), name.to_ascii_lowercase());
    let is_part = |sign: char| sign.is_alphanumeric() || sign == '_';
    let mut places = line.match_indices(&name);
    !name.is_empty()
        && places.any(|(at, _)| {
            let before = line.get(..at).and_then(|text| text.chars().next_back());
            let after = line.get(at + name.len()..);
            let after = after.and_then(|text| text.chars().next());
            !before.is_some_and(is_part) && !after.is_some_and(is_part)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "\
---
title: author
---
# book resource type
<!--
|shelf|hidden|
-->
The **Title** of a [book](../api/book-list-pages.md), sub_title.

### kind values
|soft|

### other values
|hard|
";

    #[test]
    fn names_are_found_as_words() {
        let cases = [
            ("title", Some(Mention::Text(8))),
            ("pages", Some(Mention::Text(8))),
            ("author", None),
            ("subtitle", None),
            ("sub", None),
            ("shelf", Some(Mention::Comment(6))),
            ("hidden", Some(Mention::Comment(6))),
        ];
        for (name, expected) in cases {
            assert_eq!(find(PAGE, name), expected, "{name}");
        }
    }

    #[test]
    fn a_section_ends_at_the_next_heading() {
        assert_eq!(find_below(PAGE, "soft", 10), Some(Mention::Text(11)));
        assert_eq!(find_below(PAGE, "hard", 10), None);
        assert!(is_on_line(PAGE, "hard", 14));
    }
}
