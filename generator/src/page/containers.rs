//! Lists and quotes into flat runs of entries.

use super::{Block, BlockKind, Inline};
use crate::source::Span;

/// The list or quote that is being read, with all that is nested in it.
#[derive(Default)]
pub(super) struct Containers<'s> {
    /// The outermost container is a quote.
    is_quote: bool,
    /// The number of quotes that are open.
    pub(super) quotes: u32,
    lists: u32,
    start: usize,
    entries: Vec<Inline<'s>>,
}

impl<'s> Containers<'s> {
    /// A list or quote is open.
    pub(super) fn is_open(&self) -> bool {
        self.quotes + self.lists > 0
    }

    pub(super) fn open_quote(&mut self, start: usize) {
        if !self.is_open() {
            (self.is_quote, self.start) = (true, start);
        }
        self.quotes += 1;
    }

    pub(super) fn open_list(&mut self, start: usize) {
        if !self.is_open() {
            (self.is_quote, self.start) = (false, start);
        }
        self.lists += 1;
    }

    pub(super) fn close_quote(&mut self) {
        self.quotes = self.quotes.saturating_sub(1);
    }

    pub(super) fn close_list(&mut self) {
        self.lists = self.lists.saturating_sub(1);
    }

    pub(super) fn push(&mut self, entry: Inline<'s>) {
        if !entry.pieces.is_empty() {
            self.entries.push(entry);
        }
    }

    /// The entries so far as a block, if there are any; later entries begin another.
    pub(super) fn take(&mut self) -> Option<Block<'s>> {
        let entries = std::mem::take(&mut self.entries);
        let (first, last) = (entries.first()?, entries.last()?);
        let whole = first.span.to(last.span);
        let start = self.start.min(whole.start as usize);
        self.start = whole.end as usize;
        let span = Span::new(whole.file, start, whole.end as usize);
        let kind = match self.is_quote {
            true => BlockKind::Quote(entries),
            false => BlockKind::List(entries),
        };
        Some(Block { kind, span })
    }
}
