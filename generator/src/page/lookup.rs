//! Finding things in a page that was read.

use std::borrow::Cow;

use super::{
    BlockKind, CodeBlock, FrontMatterEntry, Inline, Page, Piece, PieceKind, Section, Table,
    is_blank,
};

impl<'s> Page<'s> {
    /// The first section with a heading, case and outer spaces aside.
    #[must_use]
    pub fn section(&self, heading: &str) -> Option<&Section<'s>> {
        self.section_index(heading)
            .and_then(|at| self.sections.get(at))
    }

    /// The place in [`Page::sections`] of the first section with a heading.
    #[must_use]
    pub fn section_index(&self, heading: &str) -> Option<usize> {
        let heading = heading.trim();
        self.sections.iter().position(|section| {
            section.level > 0 && section.heading.text().trim().eq_ignore_ascii_case(heading)
        })
    }

    /// The sections nested in a section at any depth, in the order of the page.
    pub fn subsections(&self, index: usize) -> impl Iterator<Item = &Section<'s>> {
        let level = self
            .sections
            .get(index)
            .map_or(u8::MAX, |section| section.level);
        let later = self.sections.iter().skip(index.saturating_add(1));
        later.take_while(move |section| section.level > level)
    }

    /// The value of a key of the front matter.
    #[must_use]
    pub fn front(&self, key: &str) -> Option<&FrontMatterEntry<'s>> {
        self.front_matter.iter().find(|entry| entry.key == key)
    }

    /// The heading of the first section of level 1.
    #[must_use]
    pub fn title(&self) -> Option<&Inline<'s>> {
        let title = self.sections.iter().find(|section| section.level == 1);
        title.map(|section| &section.heading)
    }
}

impl<'s> Section<'s> {
    /// The paragraphs directly in the section.
    pub fn paragraphs(&self) -> impl Iterator<Item = &Inline<'s>> {
        self.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Paragraph(inline) => Some(inline),
            _ => None,
        })
    }

    /// The tables directly in the section.
    pub fn tables(&self) -> impl Iterator<Item = &Table<'s>> {
        self.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Table(table) => Some(table),
            _ => None,
        })
    }

    /// The fenced blocks directly in the section.
    pub fn code_blocks(&self) -> impl Iterator<Item = &CodeBlock<'s>> {
        self.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Code(code) => Some(code),
            _ => None,
        })
    }
}

impl<'s> Inline<'s> {
    /// The visible text: marks left out, one space for each line break.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        let is_visible = |piece: &&Piece<'_>| !matches!(piece.kind, PieceKind::Html);
        let mut visible = self.pieces.iter().filter(is_visible);
        match (visible.next(), visible.next()) {
            (None, _) => Cow::Borrowed(""),
            (Some(only), None) => Cow::Borrowed(&only.text),
            (Some(_), Some(_)) => {
                let length = self.pieces.iter().map(|piece| piece.text.len()).sum();
                let mut text = String::with_capacity(length);
                let visible = self.pieces.iter().filter(is_visible);
                text.extend(visible.map(|piece| piece.text.as_ref()));
                Cow::Owned(text)
            }
        }
    }

    /// There is nothing to see.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces
            .iter()
            .all(|piece| matches!(piece.kind, PieceKind::Html) || is_blank(&piece.text))
    }

    /// The links as (text, target). A link of several pieces comes once for each.
    pub fn links(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pieces.iter().filter_map(|piece| match &piece.kind {
            PieceKind::Link { target, .. } => Some((piece.text.as_ref(), target.as_ref())),
            _ => None,
        })
    }

    /// The code spans, those that are the text of a link too.
    pub fn code_spans(&self) -> impl Iterator<Item = &Piece<'s>> {
        self.pieces.iter().filter(|piece| {
            matches!(
                piece.kind,
                PieceKind::Code | PieceKind::Link { code: true, .. }
            )
        })
    }

    /// Adds pieces behind a line break.
    pub(super) fn push_line(&mut self, pieces: Vec<Piece<'s>>) {
        let (Some(last), Some(next)) = (self.pieces.last(), pieces.first()) else {
            self.pieces.extend(pieces);
            return;
        };
        let mut span = last.span;
        (span.start, span.end) = (last.span.end, next.span.start);
        self.pieces.push(Piece {
            text: Cow::Borrowed(" "),
            kind: PieceKind::Break,
            span,
        });
        self.pieces.extend(pieces);
    }

    /// The run with the span from its first piece to its last.
    pub(super) fn with_span_of_pieces(mut self) -> Self {
        if let (Some(first), Some(last)) = (self.pieces.first(), self.pieces.last()) {
            self.span = first.span.to(last.span);
        }
        self
    }
}
