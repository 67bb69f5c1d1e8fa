//! Parts of a text into prose and tables, whatever markdown takes them for.
//!
//! A copy of a page may have lost the blank lines and the marks that markdown needs. Who knows from
//! elsewhere what a part of such a copy is can still have it read.

use std::ops::Range;

use super::table::TableReader;
use super::text::Text;
use super::{Inline, Table};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

pub(crate) use super::text::is_delimiter_row;

/// The text of a file, to be read part by part.
pub(crate) struct Parts<'s> {
    file: FileId,
    text: Text<'s>,
}

impl<'s> Parts<'s> {
    /// The parts of a file's text.
    pub(crate) fn new(file: FileId, text: &'s str) -> Self {
        let text = Text::new(text);
        Self { file, text }
    }

    /// A part of the text as it is.
    pub(crate) fn slice(&self, part: Range<usize>) -> &'s str {
        self.text.slice(part)
    }

    /// Where a part of the text stands.
    pub(crate) fn span(&self, part: Range<usize>) -> Span {
        Span::new(self.file, part.start, part.end)
    }

    /// A part of the text as one run of prose.
    pub(crate) fn inline(&self, part: Range<usize>) -> Inline<'s> {
        self.text.inline(self.file, part)
    }

    /// Lines of cells with pipes between them as a table. The second line is one of dashes.
    pub(crate) fn table(&self, lines: Range<usize>) -> (Table<'s>, Vec<Diagnostic>) {
        let (table, _, diagnostics) =
            TableReader::read_lines(self.file, lines, &self.text).finish();
        (table, diagnostics)
    }
}
