//! A path into a JSON text → the bytes at which its key and its value stand.
//!
//! The text is what a page shows, so it need not be strict JSON: comments are passed over, and a
//! missing or superfluous comma does no harm.

use std::ops::Range;

/// A step of a path.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Step<'k> {
    /// Into the member of an object.
    Key(&'k str),
    /// Into the item of an array; the first is 0.
    Item(usize),
}

/// Where a value stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Place {
    /// The key with its quotes, when the value is a member of an object.
    pub(super) key: Option<Range<usize>>,
    /// The value.
    pub(super) value: Range<usize>,
}

/// Finds the value at the end of `path`; none when the text has no such value.
pub(super) fn find(text: &str, path: &[Step<'_>]) -> Option<Place> {
    let mut finder = Finder {
        text,
        path,
        open: Vec::new(),
        found: None,
    };
    let mut rest = 0;
    while let Some((token, range)) = token(text, rest) {
        rest = range.end;
        if let Some(place) = finder.read(token, range) {
            return Some(place);
        }
    }
    None
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Token {
    Open {
        is_array: bool,
    },
    Close,
    Comma,
    Colon,
    /// A string with its quotes, a number, or a word.
    Scalar,
}

/// The next token at or behind byte `at`.
fn token(text: &str, at: usize) -> Option<(Token, Range<usize>)> {
    let start = skip_space(text, at);
    let bytes = text.as_bytes();
    let (token, length) = match bytes.get(start)? {
        b'{' => (Token::Open { is_array: false }, 1),
        b'[' => (Token::Open { is_array: true }, 1),
        b'}' | b']' => (Token::Close, 1),
        b',' => (Token::Comma, 1),
        b':' => (Token::Colon, 1),
        b'"' => (Token::Scalar, string_length(&bytes[start..])),
        _ => (Token::Scalar, word_length(&bytes[start..])),
    };
    Some((token, start..start + length))
}

/// The first byte at or behind `at` that is neither white space nor in a comment.
fn skip_space(text: &str, mut at: usize) -> usize {
    loop {
        let rest = text.get(at..).unwrap_or("");
        let trimmed = rest.trim_start();
        let start = at + rest.len() - trimmed.len();
        let comment = if trimmed.starts_with("//") {
            trimmed.find('\n').unwrap_or(trimmed.len())
        } else if trimmed.starts_with("/*") {
            trimmed.find("*/").map_or(trimmed.len(), |end| end + 2)
        } else {
            return start;
        };
        at = start + comment;
    }
}

/// The length of the string at the beginning, both quotes included.
fn string_length(bytes: &[u8]) -> usize {
    let mut escaped = false;
    for (at, byte) in bytes.iter().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    bytes.len()
}

fn word_length(bytes: &[u8]) -> usize {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"{}[],:\"".contains(byte);
    bytes.iter().position(ends).unwrap_or(bytes.len()).max(1)
}

/// An object or an array that is not closed yet.
#[derive(Debug)]
struct Container {
    is_array: bool,
    /// The container is a step of the path.
    on_path: bool,
    /// The key read last.
    key: Option<Range<usize>>,
    /// The key's colon has been read: a value is next.
    has_colon: bool,
    /// The number of items read.
    items: usize,
}

struct Finder<'t> {
    text: &'t str,
    path: &'t [Step<'t>],
    open: Vec<Container>,
    /// The wanted value is a container: its depth and where it begins.
    found: Option<(usize, Place)>,
}

impl Finder<'_> {
    fn read(&mut self, token: Token, range: Range<usize>) -> Option<Place> {
        match token {
            Token::Open { is_array } => self.open(is_array, range),
            Token::Close => return self.close(range.end),
            Token::Comma => self.set_colon(false),
            Token::Colon => self.set_colon(true),
            Token::Scalar => return self.scalar(range),
        }
        None
    }

    fn set_colon(&mut self, has_colon: bool) {
        if let Some(container) = self.open.last_mut() {
            container.has_colon = has_colon;
        }
    }

    fn open(&mut self, is_array: bool, range: Range<usize>) {
        let on_path = self.is_on_path();
        if on_path && self.open.len() == self.path.len() && self.found.is_none() {
            self.found = Some((self.open.len(), self.place(range)));
        }
        self.open.push(Container {
            is_array,
            on_path,
            key: None,
            has_colon: false,
            items: 0,
        });
    }

    fn close(&mut self, end: usize) -> Option<Place> {
        self.open.pop();
        self.found
            .take_if(|(depth, _)| *depth == self.open.len())
            .map_or_else(
                || {
                    self.end_value();
                    None
                },
                |(_, place)| {
                    let value = place.value.start..end;
                    Some(Place { value, ..place })
                },
            )
    }

    fn scalar(&mut self, range: Range<usize>) -> Option<Place> {
        if let Some(object) = self.open.last_mut().filter(|c| !c.is_array && !c.has_colon) {
            object.key = Some(range);
            return None;
        }
        if self.is_on_path() && self.open.len() == self.path.len() && self.found.is_none() {
            return Some(self.place(range));
        }
        self.end_value();
        None
    }

    /// Whether the value that begins now is a step of the path.
    fn is_on_path(&self) -> bool {
        let Some(parent) = self.open.last() else {
            return true;
        };
        let step = self.path.get(self.open.len() - 1);
        parent.on_path
            && match step {
                Some(Step::Item(item)) => parent.is_array && parent.items == *item,
                Some(Step::Key(key)) => !parent.is_array && self.key(parent) == Some(*key),
                None => false,
            }
    }

    /// The key of the value that begins now, without its quotes.
    fn key(&self, parent: &Container) -> Option<&str> {
        let key = self.text.get(parent.key.clone()?)?;
        let inner = key
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        Some(inner.unwrap_or(key))
    }

    fn place(&self, value: Range<usize>) -> Place {
        let key = self
            .open
            .last()
            .filter(|c| !c.is_array)
            .and_then(|c| c.key.clone());
        Place { key, value }
    }

    fn end_value(&mut self) {
        if let Some(container) = self.open.last_mut() {
            container.items += 1;
            container.has_colon = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Step::{Item, Key};

    /// The texts of the key and of the value that a path leads to.
    fn at<'t>(text: &'t str, path: &[Step<'_>]) -> Option<(Option<&'t str>, &'t str)> {
        let place = find(text, path)?;
        Some((place.key.map(|key| &text[key]), &text[place.value]))
    }

    const STRICT: &str = r#"{"a": {"b": [1, {"c": "x,}"}, [2]]}, "c": "y", "d": {"c": null}}"#;

    #[test]
    fn paths_lead_to_keys_and_values() {
        let cases: &[(&[Step<'_>], Option<&str>, &str)] = &[
            (&[], None, STRICT),
            (&[Key("c")], Some("\"c\""), "\"y\""),
            (
                &[Key("a"), Key("b")],
                Some("\"b\""),
                r#"[1, {"c": "x,}"}, [2]]"#,
            ),
            (&[Key("a"), Key("b"), Item(0)], None, "1"),
            (
                &[Key("a"), Key("b"), Item(1), Key("c")],
                Some("\"c\""),
                r#""x,}""#,
            ),
            (&[Key("a"), Key("b"), Item(2), Item(0)], None, "2"),
            (&[Key("d"), Key("c")], Some("\"c\""), "null"),
        ];
        for (path, key, value) in cases {
            assert_eq!(at(STRICT, path), Some((*key, *value)), "{path:?}");
        }
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        let paths: &[&[Step<'_>]] = &[
            &[Key("e")],
            &[Item(0)],
            &[Key("a"), Key("c")],
            &[Key("c"), Key("x")],
        ];
        for path in paths {
            assert_eq!(at(STRICT, path), None, "{path:?}");
        }
        assert_eq!(at("", &[]), None);
        assert_eq!(at("}]{", &[Key("a")]), None);
        assert_eq!(at(r#"{"a": "#, &[Key("a")]), None);
        assert_eq!(
            at(r#"{"a": "\"#, &[Key("a")]),
            Some((Some("\"a\""), "\"\\"))
        );
    }

    #[test]
    fn faults_of_the_text_do_no_harm() {
        let text =
            "{ // note: \"b\": 0\n a: 1 \"b\" : [ ... , 2 /* ] */ ,], \"c\": é 😀, ... \"d\": 3,}";
        assert_eq!(at(text, &[Key("a")]), Some((Some("a"), "1")));
        assert_eq!(at(text, &[Key("b"), Item(1)]), Some((None, "2")));
        assert_eq!(at(text, &[Key("c")]), Some((Some("\"c\""), "é")));
        assert_eq!(at(text, &[Key("d")]), Some((Some("\"d\""), "3")));
    }
}
