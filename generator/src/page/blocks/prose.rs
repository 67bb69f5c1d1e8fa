//! Paragraphs, headings, lists and quotes into blocks and sections.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::HeadingLevel;

use super::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::table::{self, TableReader};
use crate::page::{Block, BlockKind, Inline, PieceKind, Section, include};
use crate::source::Span;

impl<'s> Reader<'_, 's> {
    /// Paragraphs of a quote are entries of their own, those of a list item lines of one entry.
    pub(super) fn start_paragraph(&mut self, range: Range<usize>) {
        if self.containers.quotes > 0 {
            self.end_entry(range.start);
        } else if self.containers.is_open() {
            self.inline.push_break(range.start..range.start);
        }
    }

    pub(super) fn end_paragraph(&mut self, range: Range<usize>) {
        if self.containers.quotes > 0 {
            self.end_entry(range.end);
        } else if !self.containers.is_open() {
            let inline = self.inline.finish(range.clone(), self.text);
            self.push_paragraph(inline, range);
        }
        self.push_inline_comments();
    }

    pub(super) fn push_paragraph(&mut self, inline: Inline<'s>, range: Range<usize>) {
        let source = self.text.slice(range);
        if include::occurs_in(source) {
            let blocks = include::split(inline, self.text.original);
            self.pending = None;
            self.blocks().extend(blocks);
            return;
        }
        match table::find_lines(source) {
            Some(lines) => self.push_broken_table(lines, inline.span),
            None if is_end_of_row(source) => {}
            None => {
                let span = inline.span;
                self.push(BlockKind::Paragraph(inline), span);
            }
        }
    }

    /// Reads a table that is none to markdown, out of the paragraph that markdown takes it for.
    pub(super) fn push_broken_table(&mut self, header: Range<usize>, paragraph: Span) {
        let start = paragraph.start as usize;
        let header = start + header.start..start + header.end;
        let prose = self.text.inline(self.file, start..header.start);
        if !prose.pieces.is_empty() {
            let span = prose.span;
            self.push(BlockKind::Paragraph(prose), span);
        }
        let span = Span::new(self.file, header.start, header.end);
        let message = "these lines look like a table, but are none to markdown";
        let diagnostic = Diagnostic::new(Code::UnrecognisedTable, span, message);
        let help = "give the row of dashes as many cells as the header has";
        self.diagnostics
            .push(diagnostic.with_label("header of the table").with_help(help));
        let lines = header.start..paragraph.end as usize;
        self.table = Some(TableReader::read_lines(self.file, lines.clone(), self.text));
        self.end_table(lines);
    }

    pub(super) fn end_heading(&mut self, level: HeadingLevel, range: Range<usize>) {
        if self.containers.is_open() {
            return;
        }
        let underlined = !self.text.slice(range.clone()).trim_start().starts_with('#');
        let heading = self.inline.finish(range.clone(), self.text);
        if underlined && (self.tab.is_some() || include::occurs_in(self.text.slice(range.clone())))
        {
            // The line of dashes was meant to end a group of tabs.
            self.push_paragraph(heading, range);
            self.tab = None;
            return;
        }
        match tab_of(&heading) {
            Some(kind) => self.push_tab(kind, heading.span),
            None => self.open_section(level as u8, heading),
        }
    }

    pub(super) fn push_tab(&mut self, kind: BlockKind<'s>, span: Span) {
        if let BlockKind::Tab { id, .. } = &kind {
            self.tab = Some(id.clone());
        }
        self.push(kind, span);
    }

    pub(super) fn open_section(&mut self, level: u8, heading: Inline<'s>) {
        let parents = self.sections.iter().enumerate().rev();
        let mut parents = parents.filter(|(_, section)| section.level > 0);
        let parent = parents
            .find(|(_, section)| section.level < level)
            .map(|(at, _)| at);
        let blocks: Vec<_> = self.take_trailing_annotation().into_iter().collect();
        self.pending = (!blocks.is_empty()).then_some(0);
        self.tab = None;
        self.sections.push(Section {
            level,
            heading,
            parent,
            blocks,
        });
    }

    /// Some pages put the comment of a fence above the heading of the fence's section.
    pub(super) fn take_trailing_annotation(&mut self) -> Option<Block<'s>> {
        let at = self.pending.take()?;
        let blocks = self.blocks();
        (at + 1 == blocks.len()).then(|| blocks.pop()).flatten()
    }

    pub(super) fn end_entry(&mut self, end: usize) {
        if self.containers.is_open() && !self.inline.is_empty() {
            let entry = self.inline.finish(end..end, self.text);
            self.containers
                .push(include::strip(entry.with_span_of_pieces()));
        }
    }

    pub(super) fn end_container(&mut self) {
        if !self.containers.is_open() {
            self.flush_container();
        }
        self.push_inline_comments();
    }

    /// What is no prose ends the list or quote so far, so that the order of blocks is the page's.
    pub(super) fn interrupt_container(&mut self, at: usize) {
        self.end_entry(at);
        self.flush_container();
    }

    pub(super) fn flush_container(&mut self) {
        if let Some(block) = self.containers.take() {
            self.blocks().push(block);
        }
    }
}

/// A pipe alone is the end of a row that was broken over two lines.
fn is_end_of_row(paragraph: &str) -> bool {
    let mut signs = paragraph.bytes();
    signs.all(|sign| matches!(sign, b'|' | b' ' | b'\t' | b'\n'))
}

/// The tab that a heading labels: `# [HTTP](#tab/http)`.
fn tab_of<'s>(heading: &Inline<'s>) -> Option<BlockKind<'s>> {
    let mut pieces = heading.pieces.iter();
    pieces.find_map(|piece| match &piece.kind {
        PieceKind::Link { target, .. } => Some(BlockKind::Tab {
            label: piece.text.clone(),
            id: tab_id(target)?,
        }),
        _ => None,
    })
}

fn tab_id<'s>(target: &Cow<'s, str>) -> Option<Cow<'s, str>> {
    match target {
        Cow::Borrowed(target) => target.strip_prefix("#tab/").map(Cow::Borrowed),
        Cow::Owned(target) => target
            .strip_prefix("#tab/")
            .map(|id| Cow::Owned(id.to_owned())),
    }
}
