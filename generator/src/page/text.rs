//! The text of a page into markdown events, with the parser's options in one place.
//!
//! The parser loses a table when a TAB stands in its delimiter row, and takes its time over lines that
//! nothing reads. It therefore gets a copy in which such TABs and lines are spaces: every offset means
//! the same in both texts, and what the parser borrows from the copy is borrowed from the page's text
//! instead.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser};

use super::inline::InlineReader;
use super::{Inline, include, piece};
use crate::source::FileId;

/// A page's text and what the parser gets to read of it.
pub(super) struct Text<'s> {
    /// The text as it stands in the file.
    pub(super) original: &'s str,
    parsed: Cow<'s, str>,
    is_ascii: bool,
}

impl<'s> Text<'s> {
    pub(super) fn new(original: &'s str) -> Self {
        let parsed = as_parsed(original);
        Self {
            original,
            parsed,
            is_ascii: original.is_ascii(),
        }
    }

    /// A part of the text without the characters that nobody sees. Few pages hold any.
    pub(super) fn cleaned(&self, part: Cow<'s, str>) -> Cow<'s, str> {
        match part {
            Cow::Borrowed(_) if self.is_ascii => part,
            part => piece::clean(part),
        }
    }

    /// The events of a part of the text, with ranges that count from the text's beginning.
    pub(super) fn events(
        &self,
        part: Range<usize>,
    ) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        let from = part.start;
        let part = self.parsed.get(part).unwrap_or_default();
        let options = Options::ENABLE_TABLES | Options::ENABLE_GFM;
        let events = Parser::new_ext(part, options).into_offset_iter();
        events.map(move |(event, range)| (event, range.start + from..range.end + from))
    }

    /// A part of the text read as one run of prose, whatever markdown takes it for.
    pub(super) fn inline(&self, file: FileId, part: Range<usize>) -> Inline<'s> {
        let source = self.slice(part.clone());
        let start = part.start + (source.len() - source.trim_start().len());
        let mut reader = InlineReader::new(file);
        for (event, range) in self.events(start..part.end) {
            reader.read(event, range, self);
        }
        reader.finish(part, self)
    }

    /// A part of the text; empty when the range is none of its own.
    pub(super) fn slice(&self, range: Range<usize>) -> &'s str {
        self.original.get(range).unwrap_or_default()
    }

    /// What the parser borrowed from its copy, borrowed from the page's text.
    pub(super) fn borrow(&self, parsed: CowStr<'_>) -> Cow<'s, str> {
        let CowStr::Borrowed(part) = parsed else {
            return Cow::Owned(parsed.into_string());
        };
        let base = self.parsed.as_ptr() as usize;
        let start = (part.as_ptr() as usize).wrapping_sub(base);
        let own = self.original.get(start..start.saturating_add(part.len()));
        own.map_or_else(|| Cow::Owned(part.to_owned()), Cow::Borrowed)
    }
}

/// What the parser reads: the text, less TABs in delimiter rows and lines that include snippets.
fn as_parsed(text: &str) -> Cow<'_, str> {
    let mut copy: Option<Vec<u8>> = None;
    let mut blank = |part: Range<usize>| {
        let copy = copy.get_or_insert_with(|| text.as_bytes().to_vec());
        copy.get_mut(part).unwrap_or_default().fill(b' ');
    };
    for tab in memchr::memchr_iter(b'\t', text.as_bytes()) {
        let line = line_around(text, tab);
        if is_delimiter_row(text.get(line.clone()).unwrap_or_default()) {
            blank(tab..tab + 1);
        }
    }
    include::snippet_lines(text).for_each(blank);
    let copy = copy.and_then(|bytes| String::from_utf8(bytes).ok());
    copy.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The line that holds the byte `at`, without its end.
pub(super) fn line_around(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let before = bytes.get(..at).unwrap_or_default();
    let after = bytes.get(at..).unwrap_or_default();
    let start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
    let end = memchr::memchr(b'\n', after).map_or(text.len(), |length| at + length);
    start..end
}

/// A row such as `|:---|---|`.
pub(crate) fn is_delimiter_row(line: &str) -> bool {
    let is_part = |byte: &u8| matches!(byte, b'|' | b':' | b'-' | b' ' | b'\t');
    let bytes = line.as_bytes();
    bytes.contains(&b'|') && bytes.contains(&b'-') && bytes.iter().all(is_part)
}
