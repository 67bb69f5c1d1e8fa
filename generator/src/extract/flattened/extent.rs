//! Where a message or a JSON object ends in a text that no fence parts.

use std::ops::Range;

use super::line_at;
use crate::extract::message::Side;

/// Headers without a hyphen in their names.
const HEADERS: &[&str] = &[
    "accept",
    "allow",
    "authorization",
    "etag",
    "host",
    "location",
    "prefer",
];

const METHODS: &[&str] = &["GET ", "POST ", "PATCH ", "PUT ", "DELETE "];

/// Which side of a call a line begins. Prose begins with such words, too, so that a method has to
/// be in capitals and an address to follow it.
pub(super) fn side_of(line: &str) -> Option<Side> {
    if line.starts_with("HTTP/1.1 ") || line.starts_with("HTTP/2 ") {
        return Some(Side::Response);
    }
    let address = METHODS
        .iter()
        .find_map(|method| line.strip_prefix(method))?;
    let address = address.trim_start();
    let is_address = address.starts_with('/') || address.starts_with("https://");
    is_address.then_some(Side::Request)
}

/// The end of the message that begins with a line: behind its headers, or behind its JSON body.
pub(super) fn message(text: &str, first: &Range<usize>) -> usize {
    let mut end = first.end;
    while let Some(line) = next_line(text, end).filter(|line| is_header(slice(text, line))) {
        end = line.end;
    }
    let body = text.get(end..).unwrap_or_default();
    let start = end + body.len() - body.trim_start().len();
    match text.get(start..) {
        Some(body) if body.starts_with(['{', '[']) && !body.starts_with("[!") => json(text, start),
        _ => end,
    }
}

fn next_line(text: &str, end: usize) -> Option<Range<usize>> {
    (end < text.len()).then(|| line_at(text, end + 1))
}

fn slice<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    text.get(range.clone()).unwrap_or_default()
}

fn is_header(line: &str) -> bool {
    let Some((name, _)) = line.split_once(':') else {
        return false;
    };
    let token = |sign: char| sign.is_ascii_alphanumeric() || sign == '-';
    let known = name.contains('-') || HEADERS.contains(&name.to_ascii_lowercase().as_str());
    known && !name.is_empty() && name.chars().all(token)
}

/// The end of the JSON value that begins with a bracket: behind the bracket that closes it, or the
/// end of the text when nothing does.
pub(super) fn json(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, sign) in rest.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            // A string does not go beyond its line: a quotation mark is missing.
            '\n' => quoted = false,
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 && !quoted && matches!(sign, '}' | ']') {
            return start + at + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{json, message, side_of};
    use crate::extract::message::Side;

    #[test]
    fn messages_end_behind_their_bodies() {
        let cases = [
            ("GET /x\nProse.", "GET /x"),
            (
                "HTTP/1.1 204 No Content\n\nNote: prose.",
                "HTTP/1.1 204 No Content",
            ),
            (
                "HTTP/1.1 200 OK\nContent-Type: a\n\n{\"b\": \"}\"}Prose.",
                "HTTP/1.1 200 OK\nContent-Type: a\n\n{\"b\": \"}\"}",
            ),
            ("POST /x\n{ \"a\": 1", "POST /x\n{ \"a\": 1"),
            ("POST /x\n[!INCLUDE y]", "POST /x"),
        ];
        for (text, expected) in cases {
            let line = 0..text.find('\n').unwrap_or(text.len());
            assert_eq!(text.get(..message(text, &line)), Some(expected), "{text}");
        }
    }

    #[test]
    fn prose_begins_no_message() {
        assert_eq!(side_of("GET /x"), Some(Side::Request));
        assert_eq!(side_of("Get the book"), None);
        assert_eq!(side_of("HTTP/1.1 200 OK"), Some(Side::Response));
        assert_eq!(side_of("HTTP request"), None);
        assert_eq!(json("{\"a\": [1]} x", 0), 10);
    }
}
