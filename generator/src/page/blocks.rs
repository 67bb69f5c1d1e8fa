//! Markdown events into the sections of a page and the blocks in them.

mod data;
mod prose;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::containers::Containers;
use super::fence::FenceReader;
use super::inline::InlineReader;
use super::table::TableReader;
use super::text::Text;
use super::{Block, BlockKind, Page, Section, comment, front_matter};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// Reads a whole page.
pub(super) fn read(file: FileId, text: &str) -> (Page<'_>, Vec<Diagnostic>) {
    let front = front_matter::read(file, text);
    let text = Text::new(text);
    let mut reader = Reader::new(file, &text, front.diagnostics);
    let mut from = Some(front.body);
    while let Some(at) = from {
        from = reader.read_from(at);
    }
    let page = Page {
        file,
        front_matter: front.entries,
        sections: reader.sections,
    };
    (page, reader.diagnostics)
}

/// The page so far, and what is open in it.
struct Reader<'t, 's> {
    file: FileId,
    text: &'t Text<'s>,
    sections: Vec<Section<'s>>,
    diagnostics: Vec<Diagnostic>,
    inline: InlineReader<'s>,
    containers: Containers<'s>,
    table: Option<TableReader<'s>>,
    fence: Option<FenceReader<'s>>,
    /// The place in the section of the annotation that waits for its fence.
    pending: Option<usize>,
    tab: Option<Cow<'s, str>>,
    /// Metadata in the middle of a paragraph, to be put behind it.
    inline_comments: Vec<comment::Found>,
    in_html_block: bool,
    /// Where to read on, when what is open swallows the rest of the page.
    resume: Option<usize>,
}

impl<'t, 's> Reader<'t, 's> {
    fn new(file: FileId, text: &'t Text<'s>, diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            file,
            text,
            sections: vec![Section::default()],
            diagnostics,
            inline: InlineReader::new(file),
            containers: Containers::default(),
            table: None,
            fence: None,
            pending: None,
            tab: None,
            inline_comments: Vec::new(),
            in_html_block: false,
            resume: None,
        }
    }

    /// Reads events until the page ends or a place is found from where to parse anew.
    fn read_from(&mut self, at: usize) -> Option<usize> {
        let text = self.text;
        for (event, range) in text.events(at..text.original.len()) {
            self.read_event(event, range);
            if let Some(resume) = self.resume.take() {
                self.close_all(resume);
                return Some(resume);
            }
        }
        self.close_all(text.original.len());
        None
    }

    fn read_event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(line) if self.fence.is_some() => self.push_code(line, range),
            Event::Text(part) => self
                .inline
                .push_text(self.text.borrow(part), range, self.text),
            Event::Html(_) if self.in_html_block => {}
            Event::InlineHtml(_) if self.is_metadata(&range) => {
                self.inline_comments
                    .push(comment::find(self.text.original, range.start));
            }
            Event::Rule => self.tab = None,
            event => self.inline.read(event, range, self.text),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.start_paragraph(range),
            Tag::Heading { .. } | Tag::TableCell | Tag::TableHead | Tag::TableRow => {}
            Tag::CodeBlock(kind) => {
                self.interrupt_container(range.start);
                self.fence = Some(FenceReader::new(self.file, kind, range, self.text));
            }
            Tag::HtmlBlock => {
                self.interrupt_container(range.start);
                self.in_html_block = true;
                self.read_html(range);
            }
            Tag::Table(_) => {
                self.interrupt_container(range.start);
                self.table = Some(TableReader::new(self.file));
            }
            Tag::BlockQuote(_) => {
                self.end_entry(range.start);
                self.containers.open_quote(range.start);
            }
            Tag::List(_) => {
                self.end_entry(range.start);
                self.containers.open_list(range.start);
            }
            Tag::Item => self.end_entry(range.start),
            tag => self.inline.open(tag, range, self.text),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(range),
            TagEnd::Heading(level) => self.end_heading(level, range),
            TagEnd::CodeBlock => self.end_fence(),
            TagEnd::HtmlBlock => self.in_html_block = false,
            TagEnd::TableCell => self.end_cell(range),
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(tag, range),
            TagEnd::Table => self.end_table(range),
            TagEnd::Item => self.end_entry(range.end),
            TagEnd::BlockQuote(_) => {
                self.end_entry(range.end);
                self.containers.close_quote();
                self.end_container();
            }
            TagEnd::List(_) => {
                self.end_entry(range.end);
                self.containers.close_list();
                self.end_container();
            }
            tag => self.inline.close(tag, range),
        }
    }
}

/// Where blocks go.
impl<'s> Reader<'_, 's> {
    fn push(&mut self, kind: BlockKind<'s>, span: Span) {
        self.blocks().push(Block { kind, span });
    }

    fn blocks(&mut self) -> &mut Vec<Block<'s>> {
        if self.sections.is_empty() {
            self.sections.push(Section::default());
        }
        let last = self.sections.len() - 1;
        &mut self.sections[last].blocks
    }

    /// Closes what is open at a place from where the text is parsed anew.
    fn close_all(&mut self, at: usize) {
        self.interrupt_container(at);
        self.containers = Containers::default();
        self.inline = InlineReader::new(self.file);
        self.in_html_block = false;
        self.push_inline_comments();
    }
}
