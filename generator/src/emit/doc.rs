//! Documentation to the lines behind `///`, and prose to inert markdown.
//!
//! A line of a [`Doc`](rust::Doc) is markdown that `lower` answers for. What is guarded here is the
//! boundary of the line: nothing in it ends the comment or changes how the compiler reads the file.

use crate::rust;

/// Documentation as it is printed: the lines of which none can end a comment.
#[derive(Debug, Default)]
pub(super) struct Docs(Vec<String>);

impl Docs {
    /// One line.
    pub(super) fn line(text: &str) -> Self {
        Self(vec![line(text)])
    }

    /// The documentation, or `fallback` where the documents say nothing: every public item of the
    /// output is documented.
    pub(super) fn or(doc: &rust::Doc, fallback: impl FnOnce() -> String) -> Self {
        match is_empty(doc) {
            true => Self::line(&fallback()),
            false => Self(doc.0.iter().flat_map(|text| lines(text)).collect()),
        }
    }

    /// Writes the lines, as `prettyplease` prints documentation.
    pub(super) fn print(&self, indent: usize, text: &mut String) {
        for line in &self.0 {
            text.extend(std::iter::repeat_n(' ', indent));
            text.push_str("///");
            if !line.is_empty() {
                text.push(' ');
                text.push_str(line);
            }
            text.push('\n');
        }
    }
}

/// The documentation as the lines of a file's `//!` header.
pub(super) fn header(doc: &rust::Doc, fallback: &str) -> Vec<String> {
    match is_empty(doc) {
        true => vec![line(fallback)],
        false => doc.0.iter().flat_map(|text| lines(text)).collect(),
    }
}

/// Text as a code span, in which markdown finds no link, no tag and no address.
pub(super) fn code_span(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return String::new();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // A backtick at either end would join the fence.
    let padding = if longest > 0 { " " } else { "" };
    format!("{fence}{padding}{text}{padding}{fence}")
}

/// One line that can stand in a comment: no line end of any kind, no control character, and none
/// of the marks that turn the direction of text, which the compiler refuses.
pub(super) fn line(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|c| !is_direction_mark(*c))
        .map(|c| {
            if ends_line(c) || c.is_control() {
                ' '
            } else {
                c
            }
        })
        .collect();
    text.trim_end().to_owned()
}

/// The characters of Unicode's bidirectional algorithm that reorder what follows them.
pub(super) fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The lines of a text that should have been one.
fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = text.lines().map(line).collect();
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

fn is_empty(doc: &rust::Doc) -> bool {
    doc.0.iter().all(|line| line.trim().is_empty())
}

fn ends_line(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_spans_outlast_the_backticks_in_them() {
        for (text, span) in [
            ("", ""),
            ("plain", "`plain`"),
            ("two\r\nlines", "`two lines`"),
            ("a `b` c", "`` a `b` c ``"),
            ("`", "`` ` ``"),
            ("```", "```` ``` ````"),
            ("<b>[x]</b>", "`<b>[x]</b>`"),
        ] {
            assert_eq!(code_span(text), span);
        }
    }

    #[test]
    fn a_line_stays_a_line() {
        for (text, expected) in [
            ("as it is", "as it is"),
            ("*/ \"# \\ #[test] ]]>", "*/ \"# \\ #[test] ]]>"),
            ("a\rb", "a b"),
            ("a\nb", "a b"),
            ("a\u{2028}b\u{2029}c\u{85}d", "a b c d"),
            ("a\tb\0c", "a b c"),
            ("a\u{202E}b\u{2066}c", "abc"),
            ("end \t", "end"),
        ] {
            assert_eq!(line(text), expected);
        }
    }

    #[test]
    fn a_line_with_a_line_end_becomes_two() {
        let doc = rust::Doc(vec!["one\ntwo".to_owned(), String::new()]);
        assert_eq!(header(&doc, ""), ["one", "two", ""]);
    }
}
