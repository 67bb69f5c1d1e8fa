//! A copy of a page that has lost its headings, fences or tables into the page that it was.
//!
//! Such copies come from rendered pages: a heading is a line like others, a table has its cells on
//! lines of their own, and what stood in a fence begins in the middle of a line. What is left to go
//! by are words: the titles of sections, the headings of columns, methods and statuses. Whatever
//! is told from them stands where the text has it, so that places in files stay true.

mod extent;
mod grid;
mod words;

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::page::{
    Block, BlockKind, CodeBlock, FrontMatterEntry, Inline, Page, Parts, Piece, PieceKind, Section,
    Table, is_delimiter_row,
};
use crate::source::{FileId, Span};

use super::message::Side;
use words::Rows;

/// A page that was restored.
pub(super) struct Restored<'s> {
    /// The page.
    pub(super) page: Page<'s>,
    /// What of the copy can't be told.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Restores the page that a text without headings is a copy of. Nothing when the text holds no
/// table, request or response: it is a copy of no such page.
pub(super) fn restore(file: FileId, text: &str) -> Option<Restored<'_>> {
    let mut restorer = Restorer::new(file, text);
    while restorer.at < text.len() {
        restorer.step();
    }
    restorer.finish()
}

/// The page so far, and the place in the text that is reached.
struct Restorer<'s> {
    text: &'s str,
    parts: Parts<'s>,
    page: Page<'s>,
    diagnostics: Vec<Diagnostic>,
    at: usize,
    /// The page shows a request line: it is one on a call.
    shows_request: bool,
    shows_example: bool,
    found: bool,
}

impl<'s> Restorer<'s> {
    fn new(file: FileId, text: &'s str) -> Self {
        Self {
            text,
            parts: Parts::new(file, text),
            page: Page {
                file,
                front_matter: Vec::new(),
                sections: vec![Section::default()],
            },
            diagnostics: Vec::new(),
            at: 0,
            shows_request: false,
            shows_example: false,
            found: false,
        }
    }

    /// Takes in the next line, or all lines of what begins with it.
    fn step(&mut self) {
        let line = line_at(self.text, self.at);
        let text = self.parts.slice(line.clone());
        if text.trim().is_empty() {
            self.at = line.end + 1;
        } else if let Some(header) = self.piped_header(&line) {
            if header.start > line.start {
                self.line(line.start..header.start);
            }
            self.piped_table(header);
        } else if text.trim_start().starts_with('{') {
            self.json(line.start);
        } else if let Some(grid) = grid::at(&self.parts, self.text, line.start) {
            self.found = true;
            self.diagnostics.extend(grid.diagnostics);
            self.at = grid.end;
            let span = self.parts.span(line.start..grid.end);
            self.place(grid.table, span);
        } else {
            self.line(line);
        }
    }

    /// Takes in a line without a table: a message, the title of a section, or prose.
    fn line(&mut self, line: Range<usize>) {
        let text = self.parts.slice(line.clone());
        let trimmed = text.trim();
        self.at = line.end + 1;
        match extent::side_of(trimmed) {
            Some(side) if side == Side::Response || self.is_example(trimmed) => {
                self.message(side, &line);
            }
            Some(_) => self.request_line(line),
            None if words::is_section(trimmed) => self.open(2, line),
            None if words::values_of(trimmed).is_some() => self.open(3, line),
            None if self.page.sections.len() == 1 && words::is_title(trimmed) => self.open(1, line),
            None => self.prose(line),
        }
    }

    /// A request with an address, or one behind an answer, is no description of a path.
    fn is_example(&self, line: &str) -> bool {
        self.shows_example || line.contains("://")
    }

    fn request_line(&mut self, line: Range<usize>) {
        self.found = true;
        self.shows_request = true;
        self.ensure("HTTP request", line.start);
        self.code("http", line);
    }

    /// Takes in a whole message: its start line, its headers, its body.
    fn message(&mut self, side: Side, line: &Range<usize>) {
        self.found = true;
        self.shows_example |= side == Side::Response;
        self.ensure("Example", line.start);
        let end = extent::message(self.text, line);
        self.code("http", line.start..end);
        self.at = end;
    }

    /// Takes in a JSON object that belongs to no message.
    fn json(&mut self, start: usize) {
        let end = extent::json(self.text, start);
        if !self.shows_request && !self.shows_example {
            self.found = true;
            self.ensure("JSON representation", start);
        }
        self.code("json", start..end);
        self.at = end;
    }

    fn prose(&mut self, line: Range<usize>) {
        let text = self.parts.slice(line.clone());
        let lower = text.to_ascii_lowercase();
        if lower.trim_start().starts_with("namespace:") && self.page.sections.len() == 1 {
            self.title_above();
        }
        if lower.trim_start().starts_with("[!include") {
            return;
        }
        if let Some(section) = words::section_of(&lower) {
            self.ensure(section, line.start);
        }
        let inline = self.parts.inline(line);
        let span = inline.span;
        self.push(BlockKind::Paragraph(inline), span);
    }

    /// Opens the section with the title at the last short line so far, which stands above the
    /// namespace.
    fn title_above(&mut self) {
        let Some(first) = self.page.sections.first_mut() else {
            return;
        };
        let is_title = |block: &Block<'_>| match &block.kind {
            BlockKind::Paragraph(inline) => words::may_be_title(&inline.text()),
            _ => false,
        };
        let Some(place) = first.blocks.iter().rposition(is_title) else {
            return;
        };
        if let BlockKind::Paragraph(heading) = first.blocks.remove(place).kind {
            self.push_section(1, heading);
        }
    }

    fn piped_header(&self, line: &Range<usize>) -> Option<Range<usize>> {
        let below = self.parts.slice(line_at(self.text, line.end + 1)).trim();
        if !below.contains("--") || !is_delimiter_row(below) {
            return None;
        }
        let pipes = self.parts.slice(line.clone()).match_indices('|');
        let pipes: Vec<usize> = pipes.map(|(at, _)| line.start + at).collect();
        let wanted = below.matches('|').count();
        let first = pipes.len().checked_sub(wanted)?;
        pipes.get(first).map(|&start| start..line.end)
    }

    /// Takes in a table with pipes. The first may be the front matter.
    fn piped_table(&mut self, header: Range<usize>) {
        let mut end = line_at(self.text, header.end + 1).end;
        loop {
            let next = line_at(self.text, end + 1);
            if end >= self.text.len() || !self.parts.slice(next.clone()).starts_with('|') {
                break;
            }
            end = next.end;
        }
        self.found = true;
        self.at = end + 1;
        let span = self.parts.span(header.start..end);
        let (table, diagnostics) = self.parts.table(header.start..end);
        self.diagnostics.extend(diagnostics);
        if words::is_front_matter(&table) {
            self.front_matter(&table);
        } else {
            self.place(table, span);
        }
    }

    /// Takes in the keys of the front matter. The title becomes the heading of the page.
    fn front_matter(&mut self, table: &Table<'s>) {
        let rows = std::iter::once(&table.header).chain(table.rows.iter().map(|row| &row.cells));
        for row in rows {
            let (Some(key), Some(value)) = (row.first(), row.get(1)) else {
                continue;
            };
            self.page.front_matter.push(FrontMatterEntry {
                key: self.parts.slice(key.span.range()),
                value: self.parts.slice(value.span.range()),
                span: value.span,
            });
            if key.text().trim().eq_ignore_ascii_case("title") {
                self.push_section(1, value.clone());
            }
        }
    }

    /// Puts a table into the section that its columns tell.
    fn place(&mut self, table: Table<'s>, span: Span) {
        let rows = words::rows_of(&table);
        let section = match rows {
            Rows::Properties if self.shows_request => Some("Request body"),
            Rows::Properties => Some("Properties"),
            Rows::Relationships => Some("Relationships"),
            Rows::Methods => Some("Methods"),
            Rows::Permissions => Some("Permissions"),
            Rows::Headers => Some("Request headers"),
            Rows::Other => None,
        };
        // A section that has a title keeps its tables: there are several names for most.
        let titled = words::holds(&self.current_heading(), rows);
        if let Some(section) = section.filter(|_| !titled) {
            self.ensure(section, span.start as usize);
        }
        self.push(BlockKind::Table(table), span);
    }

    fn current_heading(&self) -> String {
        let heading = self.page.sections.last().map(|section| &section.heading);
        heading
            .map(|heading| heading.text().trim().to_lowercase())
            .unwrap_or_default()
    }

    /// Opens a section that has lost its title, unless it is open.
    fn ensure(&mut self, title: &'static str, at: usize) {
        if self.current_heading() == title.to_lowercase() {
            return;
        }
        let span = self.parts.span(at..at);
        let piece = Piece {
            text: Cow::Borrowed(title),
            kind: PieceKind::Text,
            span,
        };
        let heading = Inline {
            pieces: vec![piece],
            span,
        };
        self.push_section(2, heading);
    }

    fn open(&mut self, level: u8, line: Range<usize>) {
        let heading = self.parts.inline(line);
        self.push_section(level, heading);
    }

    fn push_section(&mut self, level: u8, heading: Inline<'s>) {
        let mut above = self.page.sections.iter().enumerate().rev();
        let parent = above.find(|(_, section)| section.level > 0 && section.level < level);
        self.page.sections.push(Section {
            level,
            heading,
            parent: parent.map(|(place, _)| place),
            blocks: Vec::new(),
        });
    }

    fn code(&mut self, language: &'static str, range: Range<usize>) {
        let span = self.parts.span(range.clone());
        let code = CodeBlock {
            language: Cow::Borrowed(language),
            text: Cow::Borrowed(self.parts.slice(range)),
            text_span: span,
            ..CodeBlock::default()
        };
        self.push(BlockKind::Code(code), span);
    }

    fn push(&mut self, kind: BlockKind<'s>, span: Span) {
        if let Some(section) = self.page.sections.last_mut() {
            section.blocks.push(Block { kind, span });
        }
    }

    fn finish(mut self) -> Option<Restored<'s>> {
        let first = self.text.len() - self.text.trim_start().len();
        let span = self.parts.span(line_at(self.text, first));
        let message = "the page has lost its headings: its parts are told from their words";
        let flattened = Diagnostic::new(Code::FlattenedPage, span, message);
        self.diagnostics.insert(0, flattened);
        self.found.then_some(Restored {
            page: self.page,
            diagnostics: self.diagnostics,
        })
    }
}

/// The rest of the line at a place, without its end.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let start = at.min(text.len());
    let rest = text.get(start..).unwrap_or_default();
    start..start + rest.find('\n').unwrap_or(rest.len())
}

#[cfg(test)]
mod tests;
