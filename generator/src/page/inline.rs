//! Inline events of one run of prose into an [`Inline`].

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::text::Text;
use super::{Inline, Piece, PieceKind, blank, html, piece};
use crate::source::{FileId, Span};

/// The run of prose that is being read, and the marks that are open in it.
#[derive(Default)]
pub(super) struct InlineReader<'s> {
    file: FileId,
    pieces: Vec<Piece<'s>>,
    strong: u32,
    emphasis: u32,
    images: u32,
    link: Option<OpenLink<'s>>,
}

struct OpenLink<'s> {
    target: Cow<'s, str>,
    /// The number of pieces when the link was opened.
    first: usize,
    start: usize,
}

impl<'s> InlineReader<'s> {
    pub(super) fn new(file: FileId) -> Self {
        Self {
            file,
            ..Self::default()
        }
    }

    /// No piece has been read since the last [`InlineReader::finish`].
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Reads an event that stands inside a run of prose; others are passed over.
    pub(super) fn read(&mut self, event: Event<'_>, range: Range<usize>, text: &Text<'s>) {
        match event {
            Event::Text(part) => self.push_text(text.borrow(part), range, text),
            Event::Code(code) => self.push_code(text.borrow(code), range),
            Event::SoftBreak | Event::HardBreak => self.push_break(range),
            Event::InlineHtml(_) | Event::Html(_) => self.push_html(range, text),
            Event::Start(tag) => self.open(tag, range, text),
            Event::End(tag) => self.close(tag, range),
            _ => {}
        }
    }

    /// A space between what was read and what comes next.
    pub(super) fn push_break(&mut self, range: Range<usize>) {
        let follows_text = self
            .pieces
            .last()
            .is_some_and(|last| last.kind != PieceKind::Break);
        if follows_text {
            self.push(Cow::Borrowed(" "), PieceKind::Break, range);
        }
    }

    /// The run of prose that was read; `range` is where it stands, spaces around it included.
    pub(super) fn finish(&mut self, range: Range<usize>, text: &Text<'s>) -> Inline<'s> {
        piece::trim(&mut self.pieces, self.file);
        // Most runs are a single piece: each gets the room that it needs, and no more.
        let mut pieces = Vec::with_capacity(self.pieces.len());
        pieces.append(&mut self.pieces);
        (self.strong, self.emphasis, self.images, self.link) = (0, 0, 0, None);
        let source = text.slice(range.clone());
        let written = blank::trim_start(source);
        let start = range.start + (source.len() - written.len());
        let end = start + blank::trim_end(written).len();
        let span = Span::new(self.file, start, end);
        Inline { pieces, span }
    }

    /// Opens a mark; tags that are none are passed over.
    pub(super) fn open(&mut self, tag: Tag<'_>, range: Range<usize>, text: &Text<'s>) {
        match tag {
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Image { .. } => self.images += 1,
            Tag::Link { dest_url, .. } => {
                self.link = Some(OpenLink {
                    target: text.borrow(dest_url),
                    first: self.pieces.len(),
                    start: range.start,
                });
            }
            _ => {}
        }
    }

    /// Closes a mark.
    pub(super) fn close(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            TagEnd::Link => self.close_link(range),
            _ => {}
        }
    }

    /// A link without text is kept too: its target may be what the page wants to say.
    fn close_link(&mut self, range: Range<usize>) {
        let Some(link) = self.link.take() else { return };
        if link.first == self.pieces.len() {
            let kind = PieceKind::Link {
                target: link.target,
                code: false,
            };
            self.push(Cow::Borrowed(""), kind, link.start..range.end);
        }
    }

    /// Adds a part of the visible text.
    pub(super) fn push_text(&mut self, part: Cow<'s, str>, range: Range<usize>, text: &Text<'s>) {
        let part = text.cleaned(part);
        if part.is_empty() {
            return;
        }
        let kind = self.kind(false);
        let first = self.link.as_ref().map_or(0, |link| link.first);
        let joins = !matches!(kind, PieceKind::Code) && self.pieces.len() > first;
        match self.pieces.last_mut() {
            Some(last) if joins && last.kind == kind => {
                let before = last.span.range();
                last.span = Span::new(self.file, before.start, range.end);
                piece::append(&mut last.text, before, part, range, text.original);
            }
            _ => self.push(part, kind, range),
        }
    }

    fn push_code(&mut self, code: Cow<'s, str>, range: Range<usize>) {
        let kind = self.kind(true);
        self.push(piece::clean(code), kind, range);
    }

    /// `<br>` is a line break; what is no HTML element, such as `<id>`, is text.
    fn push_html(&mut self, range: Range<usize>, text: &Text<'s>) {
        let tag = text.slice(range.clone());
        match html::tag_kind(tag) {
            html::TagKind::Break => self.push_break(range),
            html::TagKind::Element => self.push(Cow::Borrowed(tag), PieceKind::Html, range),
            html::TagKind::NoElement => self.push_text(Cow::Borrowed(tag), range, text),
        }
    }

    fn push(&mut self, text: Cow<'s, str>, kind: PieceKind<'s>, range: Range<usize>) {
        let span = Span::new(self.file, range.start, range.end);
        self.pieces.push(Piece { text, kind, span });
    }

    /// The mark that matters most of those that are open.
    fn kind(&self, code: bool) -> PieceKind<'s> {
        match &self.link {
            Some(link) => PieceKind::Link {
                target: link.target.clone(),
                code,
            },
            None if code => PieceKind::Code,
            None if self.images > 0 => PieceKind::Image,
            None if self.strong > 0 => PieceKind::Strong,
            None if self.emphasis > 0 => PieceKind::Emphasis,
            None => PieceKind::Text,
        }
    }
}
