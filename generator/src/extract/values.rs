//! "The possible values are: `a`, `b`" into a list of values.
//!
//! The phrase is the anchor: a list that stands before it may be something else.

mod bare;

use std::ops::Range;

use crate::page::{Piece, PieceKind};
use crate::source::Span;

use super::prose::{Prose, is_identifier, places};
use bare::bare_list;

/// The phrases that announce a list of all values, in lower case. Behind them may stand a few words
/// ("for this property"), a verb and a colon.
const NOUNS: &[&str] = &[
    "possible values",
    "possible value",
    "valid values",
    "supported values",
    "allowed values",
    "accepted values",
    "acceptable values",
    "permitted values",
    "available values",
    "allowable values",
    "possible options",
];

/// Phrases right behind which the list begins. They are everyday words, so that only marked values
/// count, and at least two of them.
const LEADS: &[&str] = &[
    "one of the following values",
    "one of the following",
    "one of these values",
    "can be one of",
    "must be one of",
    "values are",
    "values:",
    "value is one of",
    "value can be",
    "value must be",
    "either",
    "one of",
];

/// What stands between a noun and its list, the longest that is believed.
const LEAD_IN: usize = 80;

/// A value, and where it stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Value {
    /// The value without marks.
    pub(super) name: String,
    /// Where it stands.
    pub(super) span: Span,
}

/// A list of values, and the part of the text that it takes up.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct ValueList {
    /// The values in order, each once.
    pub(super) values: Vec<Value>,
    /// From the phrase to the last value.
    pub(super) range: Range<usize>,
}

/// The values that a description lists as all there are. Empty when it lists none. The second list
/// of the evolvable form (`Use the Prefer: include-unknown-enum-members request header to get the
/// following values: …`) is part of the first.
pub(super) fn possible_values(prose: &Prose<'_, '_>) -> ValueList {
    if !prose.says(&["value", "one of", "either", "option"]) {
        return ValueList::default();
    }
    let mut list = after_nouns(prose)
        .or_else(|| after_leads(prose))
        .or_else(|| after_word(prose))
        .unwrap_or_default();
    if list.values.is_empty() {
        return list;
    }
    if let Some(later) = evolvable_values(prose, list.range.end) {
        list.range.end = later.range.end;
        extend(&mut list.values, later.values);
    }
    list.values.retain(|value| value.name != "null");
    list
}

/// The list of values that begins at a place of the text.
pub(super) fn read_list(prose: &Prose<'_, '_>, from: usize) -> ValueList {
    let marked = marked_list(prose, from);
    if marked.values.is_empty() {
        bare_list(prose, from)
    } else {
        marked
    }
}

fn after_nouns(prose: &Prose<'_, '_>) -> Option<ValueList> {
    if !prose.says(&["value", "option"]) {
        return None;
    }
    for noun in NOUNS {
        for at in prose.places_of(noun) {
            if !starts_word(&prose.lower, at) {
                continue;
            }
            let list = list_after_noun(prose, at + noun.len());
            if !list.values.is_empty() {
                return Some(from_phrase(list, at));
            }
        }
    }
    None
}

fn after_leads(prose: &Prose<'_, '_>) -> Option<ValueList> {
    for lead in LEADS {
        for at in prose.places_of(lead) {
            let list = marked_list(prose, at + lead.len());
            let begins = list.values.len() > 1
                && is_lead_gap(&prose.text, at + lead.len(), list.range.start);
            if begins && starts_word(&prose.lower, at) && !negated(&prose.lower[..at]) {
                return Some(from_phrase(list, at));
            }
        }
    }
    None
}

/// A sentence `Values: a, b.`, with names that have lost their marks.
fn after_word(prose: &Prose<'_, '_>) -> Option<ValueList> {
    let word = "values:";
    let mut places = prose.places_of(word);
    places.find_map(|at| {
        let before = prose.lower[..at].trim_end();
        let begins = before.is_empty() || before.ends_with('.');
        let list = bare_list(prose, at + word.len());
        (begins && !list.values.is_empty()).then(|| from_phrase(list, at))
    })
}

fn from_phrase(mut list: ValueList, at: usize) -> ValueList {
    list.range.start = at;
    list
}

fn negated(before: &str) -> bool {
    ["not ", "n't ", "unsupported ", "invalid "]
        .iter()
        .any(|word| before.ends_with(word))
}

/// Between such a phrase and its list stands nothing but "are", "of" and a colon.
fn is_lead_gap(text: &str, from: usize, to: usize) -> bool {
    let gap = text.get(from..to).unwrap_or_default();
    gap.split([' ', ':', '\n', '"', '\''])
        .all(|word| matches!(word, "" | "are" | "is" | "of" | "the" | "values" | "types"))
}

fn starts_word(lower: &str, at: usize) -> bool {
    !lower[..at].ends_with(|sign: char| sign.is_alphanumeric() || sign == '-')
}

/// The list behind a noun: behind the colon or the verb, or right behind the noun.
fn list_after_noun(prose: &Prose<'_, '_>, from: usize) -> ValueList {
    let marked = marked_list(prose, from);
    if !marked.values.is_empty() {
        let gap = marked.range.start - from;
        return if gap <= LEAD_IN {
            marked
        } else {
            ValueList::default()
        };
    }
    let rest = &prose.lower[from..];
    let verbs = [":", " are ", " are:", " is "];
    let begins = verbs
        .iter()
        .filter_map(|verb| places(rest, verb).next().map(|at| (at, verb.len())));
    match begins.min() {
        Some((at, length)) if at <= LEAD_IN && !rest[..at].contains(". ") => {
            bare_list(prose, skip_colon(&prose.text, from + at + length))
        }
        _ => ValueList::default(),
    }
}

fn skip_colon(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let start = rest.trim_start();
    from + rest.len() - start.strip_prefix(':').unwrap_or(start).len()
}

/// The second list of the evolvable form.
fn evolvable_values(prose: &Prose<'_, '_>, from: usize) -> Option<ValueList> {
    let header = from
        + prose
            .lower
            .get(from..)?
            .find("include-unknown-enum-members")?;
    let phrase = header + prose.lower[header..].find("following value")?;
    let colon = prose.lower[phrase..].find(':');
    let start = colon.map_or(phrase, |at| phrase + at + 1);
    Some(marked_list(prose, start)).filter(|list| !list.values.is_empty())
}

fn extend(values: &mut Vec<Value>, more: Vec<Value>) {
    for value in more {
        if !values.iter().any(|known| known.name == value.name) {
            values.push(value);
        }
    }
}

/// How the values of a list are marked.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Style {
    Code,
    Bold,
}

/// Values in backticks, or, where there are none, in bold or italic letters.
fn marked_list(prose: &Prose<'_, '_>, from: usize) -> ValueList {
    let code = list_in(prose, from, Style::Code);
    if code.values.is_empty() {
        list_in(prose, from, Style::Bold)
    } else {
        code
    }
}

/// Values that are marked in one way.
fn list_in(prose: &Prose<'_, '_>, from: usize, style: Style) -> ValueList {
    let mut list = ValueList {
        values: Vec::new(),
        range: from..from,
    };
    for (place, piece) in prose.pieces_from(from) {
        if place.start < from || mark_of(piece) != Some(style) {
            continue;
        }
        let gap = &prose.text[list.range.end..place.start];
        let is_first = list.values.is_empty();
        let joined = if is_first { is_lead(gap) } else { joins(gap) };
        if !joined || is_first && !begins(piece) {
            break;
        }
        if is_first {
            list.range.start = place.start;
        }
        extend(&mut list.values, names_in(piece));
        list.range.end = place.end;
    }
    list
}

fn mark_of(piece: &Piece<'_>) -> Option<Style> {
    match piece.kind {
        PieceKind::Code | PieceKind::Link { code: true, .. } => Some(Style::Code),
        PieceKind::Strong | PieceKind::Emphasis => Some(Style::Bold),
        _ => None,
    }
}

/// Whether a marked text can be the first value of a list: no header, path, option or expression.
/// Behind the first value, every marked text that a comma joins to it is one, whatever it holds.
fn begins(piece: &Piece<'_>) -> bool {
    if is_identifier(&piece.text) {
        return true;
    }
    let mut parts = parts(&piece.text).peekable();
    parts.peek().is_some() && parts.all(is_plain)
}

/// The values in one piece: mostly one, several when they share their backticks. A text with
/// signs that no name has is a single value.
fn names_in(piece: &Piece<'_>) -> Vec<Value> {
    let value = |name: &str| Value {
        name: name.to_owned(),
        span: piece.span,
    };
    if is_identifier(&piece.text) {
        return vec![value(&piece.text)];
    }
    if parts(&piece.text).all(is_plain) {
        return parts(&piece.text).map(value).collect();
    }
    let whole = piece.text.trim();
    let name = Some(whole).filter(|name| !name.is_empty());
    name.map(value).into_iter().collect()
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    let parts = text
        .split([',', '|', ';'])
        .map(|part| part.trim().trim_matches(['"', '\'', '.']).trim());
    parts.filter(|part| !part.is_empty())
}

fn is_plain(name: &str) -> bool {
    let foreign = |sign: char| "$:=(){}<>@?&%".contains(sign);
    !name.contains(foreign) && !name.starts_with('/') && name.split_whitespace().count() <= 3
}

/// Whether a text can stand between the phrase and the first value.
fn is_lead(gap: &str) -> bool {
    !gap.contains(". ") && !gap.contains(';') && gap.len() <= LEAD_IN
}

/// Whether a text joins two values of one list. Words on the value before it are fine as long as a
/// separator follows them.
fn joins(gap: &str) -> bool {
    // What stands between most values is nothing but this.
    if gap == ", " {
        return true;
    }
    let gap = without_parentheses(gap);
    if gap.contains(". ") || gap.trim() == "." {
        return false;
    }
    let text = gap.trim();
    let ends_with_word = |word: &&str| {
        let before = text.strip_suffix(*word);
        before.is_some_and(|before| before.is_empty() || before.ends_with([' ', ',']))
    };
    text.ends_with([',', '，', ';', '|', '/', '&'])
        || ["and", "or", "and/or"].iter().any(ends_with_word)
        || text.is_empty() && gap.contains(char::is_whitespace)
}

fn without_parentheses(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(sign),
            _ => {}
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::possible_values;
    use crate::extract::prose::Prose;
    use crate::extract::testing::cell;

    fn values(text: &str) -> Vec<String> {
        let cell = cell(text);
        let list = possible_values(&Prose::new(&cell));
        list.values.into_iter().map(|value| value.name).collect()
    }

    #[test]
    fn lists_of_all_values_are_read() {
        let cases: &[(&str, &[&str])] = &[
            (
                "Kind. Possible values are: `a`, `b`, `c`. Default is `a`.",
                &["a", "b", "c"],
            ),
            (
                "The possible values are `a`, `b`, and `c`.",
                &["a", "b", "c"],
            ),
            ("Possible values: `a`, `b` or `c`", &["a", "b", "c"]),
            (
                "The task status. Values: `open`, `done`.",
                &["open", "done"],
            ),
            (
                "The possible values are: `null` (default value), `a `, `b`.",
                &["a", "b"],
            ),
            (
                "The possible values are: `full` (complete isolation), `part` (access to some, e.g. mail), `x`.",
                &["full", "part", "x"],
            ),
            ("Possible values are: `a`，`b`.", &["a", "b"]),
            ("Possible values are: *a*, *b*.", &["a", "b"]),
            (
                "Possible values are: **a**, **b**. The **name** is given.",
                &["a", "b"],
            ),
            (
                "Possible values: open, inProgress, completed.",
                &["open", "inProgress", "completed"],
            ),
            (
                "Possible values are: 0 - none, 1 - basic, 2 - full.",
                &["none", "basic", "full"],
            ),
            ("Possible values are: \"a\", \"b\"", &["a", "b"]),
            ("Valid values are `a` and `b`", &["a", "b"]),
            ("Supported values for **kind** are `a`, `b`.", &["a", "b"]),
            ("Can be one of `a`, `b`.", &["a", "b"]),
            ("One of the following values: `a`, `b`.", &["a", "b"]),
            ("Either `a` or `b`.", &["a", "b"]),
            ("Possible values are: `a, b, c`.", &["a", "b", "c"]),
            (
                "Possible values are: `a\"#b`, `*/`, `\\`, `}`, ` `, `#[test]`, `$x:y`, `z`.",
                &["a\"#b", "*/", "\\", "}", "#[test]", "$x:y", "z"],
            ),
            (
                "The possible values are: `a`, `unknownFutureValue`. Use the `Prefer: include-unknown-enum-members` request header \
                 to get the following values in this [evolvable enum](/graph/x): `b`, `c`. Read-only.",
                &["a", "unknownFutureValue", "b", "c"],
            ),
            (
                "When creating a task, these types are not supported: `c`, `d`. Possible values: `a`, `c`, `d`.",
                &["a", "c", "d"],
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(&values(text), expected, "{text}");
        }
    }

    #[test]
    fn ranges_and_references_are_no_lists() {
        let cases = [
            "Valid values 1 to 99",
            "Valid values -2147483648 to 2147483647",
            "Valid values are 1-1440.",
            "Valid values are described in the following table.",
            "Valid values are in the following [table](#x-values).",
            "Possible values include individuals or groups. This is used for `x`.",
            "Unsupported values are: `a`, `b`.",
            "These types are not supported: `a`, `b`.",
            "One of the settings.",
            "The number of possible values.",
            "Supports `$filter` (`eq`, `ne`).",
        ];
        for text in cases {
            assert!(values(text).is_empty(), "{text}: {:?}", values(text));
        }
    }
}
