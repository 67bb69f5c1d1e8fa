//! The lines between the first two `---` of a page into keys and values.
//!
//! The pages use a corner of YAML: `key: value`, values in quotes, lists in brackets or on lines of
//! their own. The value of a list is its text; nothing here needs its items.

use std::ops::Range;

use super::{FrontMatterEntry, blank};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// The front matter of a page and the place where its body begins.
#[derive(Default)]
pub(super) struct FrontMatter<'s> {
    pub(super) entries: Vec<FrontMatterEntry<'s>>,
    pub(super) body: usize,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Reads the front matter; a page without any has no entries and a body that begins at 0.
pub(super) fn read(file: FileId, text: &str) -> FrontMatter<'_> {
    let mut front = FrontMatter::default();
    let mut lines = Lines { text, at: 0 };
    match lines.next() {
        Some(line) if is_fence(slice(text, &line)) => front.body = lines.at,
        _ => return front,
    }
    let opener = Span::new(file, 0, 3);
    let mut after_blank = false;
    loop {
        let before = lines.at;
        let Some(line) = lines.next() else {
            front.unclosed(opener, before);
            return front;
        };
        let content = slice(text, &line);
        if is_fence(content) {
            front.body = lines.at;
            return front;
        }
        // A comment of YAML looks the same, but nobody puts a blank line before it.
        if after_blank && content.starts_with("# ") {
            front.unclosed(opener, before);
            return front;
        }
        after_blank = blank::is_blank(content);
        front.read_line(file, text, line);
    }
}

impl<'s> FrontMatter<'s> {
    fn read_line(&mut self, file: FileId, text: &'s str, line: Range<usize>) {
        let content = slice(text, &line);
        if blank::is_blank(content) || content.starts_with('#') {
            return;
        }
        if content.starts_with([' ', '\t', '-']) {
            return self.continue_value(text, line);
        }
        let colon = memchr::memchr(b':', content.as_bytes());
        match colon.map(|at| (&content[..at], &content[at + 1..])) {
            Some((key, value)) => self.push(file, key, value, line.end),
            None => self.bad_line(Span::new(file, line.start, line.end)),
        }
    }

    fn push(&mut self, file: FileId, key: &'s str, written: &'s str, end: usize) {
        let start = end - blank::trim_start(written).len();
        let written = blank::trim(written);
        let value = unquote(written);
        let start = start + usize::from(value.len() < written.len());
        self.entries.push(FrontMatterEntry {
            key: blank::trim(key),
            value,
            span: Span::new(file, start, start + value.len()),
        });
    }

    /// An indented line or a list item belongs to the value above it.
    fn continue_value(&mut self, text: &'s str, line: Range<usize>) {
        let Some(entry) = self.entries.last_mut() else {
            return;
        };
        let value = slice(text, &(entry.span.start as usize..line.end));
        entry.value = value.trim();
        let start = line_start(entry.span, value);
        entry.span = Span::new(entry.span.file, start, start + entry.value.len());
    }

    fn bad_line(&mut self, span: Span) {
        let message = "a line of the front matter has no colon";
        let diagnostic = Diagnostic::new(Code::FrontMatterSyntax, span, message);
        self.diagnostics
            .push(diagnostic.with_label("expected `key: value`"));
    }

    fn unclosed(&mut self, opener: Span, body: usize) {
        let message = "the front matter is never closed";
        let diagnostic = Diagnostic::new(Code::FrontMatterSyntax, opener, message);
        let diagnostic = diagnostic.with_label("opened here");
        self.diagnostics
            .push(diagnostic.with_help("close it with a line `---`"));
        self.body = body;
    }
}

fn line_start(span: Span, value: &str) -> usize {
    span.start as usize + (value.len() - value.trim_start().len())
}

fn is_fence(line: &str) -> bool {
    line.starts_with("---") && blank::trim_end(line) == "---"
}

fn unquote(value: &str) -> &str {
    for quote in ['"', '\''] {
        let inner = value
            .strip_prefix(quote)
            .and_then(|rest| rest.strip_suffix(quote));
        if let Some(inner) = inner {
            return inner;
        }
    }
    value
}

fn slice<'s>(text: &'s str, range: &Range<usize>) -> &'s str {
    text.get(range.clone()).unwrap_or_default()
}

/// The ranges of a text's lines without their ends.
struct Lines<'s> {
    text: &'s str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let line = self.at..self.at + length;
        self.at = (line.end + 1).min(self.text.len());
        Some(line)
    }
}
