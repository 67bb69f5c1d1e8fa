//! Tables, fences and comments into blocks.

use std::ops::Range;

use pulldown_cmark::{CowStr, TagEnd};

use super::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Annotation, BlockKind, blank, comment, include, text};
use crate::source::Span;

impl<'s> Reader<'_, 's> {
    pub(super) fn end_cell(&mut self, range: Range<usize>) {
        let cell = include::strip(self.inline.finish(range, self.text));
        if let Some(table) = &mut self.table {
            table.push_cell(cell);
        }
    }

    pub(super) fn end_row(&mut self, tag: TagEnd, range: Range<usize>) {
        match (&mut self.table, tag) {
            (Some(table), TagEnd::TableHead) => table.end_header(range, self.text),
            (Some(table), _) => table.end_row(range, self.text),
            (None, _) => {}
        }
    }

    pub(super) fn end_table(&mut self, range: Range<usize>) {
        let Some(table) = self.table.take() else {
            return;
        };
        let (table, prose, diagnostics) = table.finish();
        self.diagnostics.extend(diagnostics);
        self.pending = None;
        let end = range.start + blank::trim_end(self.text.slice(range.clone())).len();
        let span = Span::new(self.file, range.start, end);
        self.push(BlockKind::Table(table), span);
        for inline in prose {
            let range = inline.span.range();
            self.push_paragraph(inline, range);
        }
        self.push_inline_comments();
    }

    pub(super) fn push_code(&mut self, line: CowStr<'_>, range: Range<usize>) {
        if let Some(fence) = &mut self.fence {
            fence.push(line, range, self.text);
        }
    }

    pub(super) fn end_fence(&mut self) {
        let Some(reader) = self.fence.take() else {
            return;
        };
        let takes_annotation = reader.fenced;
        let mut fence = reader.finish(self.text);
        if fence.code.unclosed {
            self.report_unclosed_fence(fence.span, fence.resume.is_some());
        }
        if takes_annotation {
            fence.code.annotation = self.take_pending();
        }
        fence.code.tab = self.tab.clone();
        self.resume = fence.resume;
        self.push(BlockKind::Code(fence.code), fence.span);
    }

    pub(super) fn take_pending(&mut self) -> Option<Annotation<'s>> {
        let at = self.pending.take()?;
        let blocks = self.blocks();
        match blocks.get(at)?.kind {
            BlockKind::Annotation(_) => match blocks.remove(at).kind {
                BlockKind::Annotation(annotation) => Some(annotation),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn report_unclosed_fence(&mut self, span: Span, swallows: bool) {
        let line = text::line_around(self.text.original, span.start as usize);
        let opener = Span::new(self.file, span.start as usize, line.end);
        let diagnostic = Diagnostic::new(Code::UnclosedFence, opener, "the fence is never closed");
        let help = match swallows {
            true => "it was read up to the next line that is certainly markdown",
            false => "it was read up to the end of the page",
        };
        self.diagnostics
            .push(diagnostic.with_label("opened here").with_help(help));
    }

    /// The comments of an HTML block, and what stands between them.
    pub(super) fn read_html(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while let Some(offset) = comment::opening_marker(self.text.slice(at..range.end)) {
            self.push_html(at..at + offset);
            let found = comment::find(self.text.original, at + offset);
            at = found.whole.end;
            self.push_comment(&found);
            // The comment is longer or shorter than markdown thinks.
            if found.unclosed || at > range.end {
                self.resume = Some(at);
                return;
            }
        }
        self.push_html(at..range.end);
    }

    pub(super) fn push_html(&mut self, range: Range<usize>) {
        let source = self.text.slice(range.clone());
        let html = source.trim();
        if !html.is_empty() {
            let start = range.start + (source.len() - source.trim_start().len());
            let span = Span::new(self.file, start, start + html.len());
            self.pending = None;
            self.push(BlockKind::Html(html), span);
        }
    }

    pub(super) fn push_comment(&mut self, found: &comment::Found) {
        let span = Span::new(self.file, found.whole.start, found.whole.end);
        if found.unclosed {
            let opener = Span::new(self.file, found.whole.start, found.whole.start + 4);
            let message = "the comment is never closed";
            let diagnostic = Diagnostic::new(Code::UnclosedComment, opener, message);
            self.diagnostics.push(diagnostic.with_label("opened here"));
        }
        let body = self.text.slice(found.body.clone());
        if !blank::trim_start(body).starts_with('{') {
            self.push(BlockKind::Comment(body), span);
            return;
        }
        let (annotation, diagnostic) = comment::annotation(self.file, found, self.text.original);
        self.diagnostics.extend(diagnostic);
        let waits = annotation.describes_fence();
        self.push(BlockKind::Annotation(annotation), span);
        self.pending = waits.then(|| self.blocks().len() - 1);
    }

    pub(super) fn is_metadata(&self, range: &Range<usize>) -> bool {
        let body = self.text.slice(range.clone()).strip_prefix("<!--");
        body.is_some_and(|body| body.trim_start().starts_with('{'))
    }

    pub(super) fn push_inline_comments(&mut self) {
        for found in std::mem::take(&mut self.inline_comments) {
            self.push_comment(&found);
        }
    }
}
