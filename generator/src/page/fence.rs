//! Code block events into a [`CodeBlock`], and the end of a fence that nobody closed.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr};

use super::text::Text;
use super::{CodeBlock, piece};
use crate::source::{FileId, Span};

/// The languages in which no line begins as a markdown heading or an HTML comment does.
const DATA_LANGUAGES: &[&str] = &["", "http", "json", "msgraph-interactive"];

/// The code block that is being read.
pub(super) struct FenceReader<'s> {
    file: FileId,
    language: Cow<'s, str>,
    pub(super) fenced: bool,
    range: Range<usize>,
    text: Cow<'s, str>,
    text_range: Option<Range<usize>>,
}

/// A code block, and where to read on when its fence swallows what follows.
pub(super) struct Fence<'s> {
    pub(super) code: CodeBlock<'s>,
    pub(super) span: Span,
    /// The fence is never closed, or closed by the fence of another block.
    pub(super) resume: Option<usize>,
}

impl<'s> FenceReader<'s> {
    pub(super) fn new(
        file: FileId,
        kind: CodeBlockKind<'_>,
        range: Range<usize>,
        text: &Text<'s>,
    ) -> Self {
        let (language, fenced) = match kind {
            CodeBlockKind::Fenced(info) => (language(info, text), true),
            CodeBlockKind::Indented => (Cow::Borrowed(""), false),
        };
        Self {
            file,
            language,
            fenced,
            range,
            text: Cow::Borrowed(""),
            text_range: None,
        }
    }

    pub(super) fn push(&mut self, line: CowStr<'_>, range: Range<usize>, text: &Text<'s>) {
        let line = text.borrow(line);
        let Some(before) = self.text_range.replace(range.clone()) else {
            self.text = line;
            return;
        };
        self.text_range = Some(before.start..range.end);
        piece::append(&mut self.text, before, line, range, text.original);
    }

    pub(super) fn finish(self, text: &Text<'s>) -> Fence<'s> {
        let source = text.slice(self.range.clone());
        let closed = !self.fenced || is_closed(source);
        let body = self.body_range(source);
        let swallowed = self.swallowed(body.clone(), closed, text);
        let written_end = self.range.start + source.trim_end().len();
        let code = CodeBlock {
            language: self.language,
            text: match swallowed {
                Some(at) => Cow::Borrowed(text.slice(body.start..at)),
                None => self.text,
            },
            text_span: Span::new(self.file, body.start, swallowed.unwrap_or(body.end)),
            annotation: None,
            unclosed: !closed || swallowed.is_some(),
            tab: None,
        };
        let end = swallowed.unwrap_or(written_end);
        Fence {
            code,
            span: Span::new(self.file, self.range.start, end),
            resume: swallowed,
        }
    }

    /// Where the text stands; an empty one stands behind the line of the opening fence.
    fn body_range(&self, source: &str) -> Range<usize> {
        let opener = source.find('\n').map_or(source.len(), |end| end + 1);
        let empty = self.range.start + opener..self.range.start + opener;
        self.text_range.clone().unwrap_or(empty)
    }

    /// Where the markdown begins that the block swallows.
    fn swallowed(&self, body: Range<usize>, closed: bool, text: &Text<'s>) -> Option<usize> {
        let is_data = DATA_LANGUAGES.contains(&self.language.as_ref());
        if !self.fenced || (closed && !is_data) {
            return None;
        }
        first_swallowed(text.slice(body.clone())).map(|offset| body.start + offset)
    }
}

/// The first word of an info string, in lower case.
fn language<'s>(info: CowStr<'_>, text: &Text<'s>) -> Cow<'s, str> {
    let info = text.borrow(info);
    let word = match info {
        Cow::Borrowed(info) => Cow::Borrowed(info.split_whitespace().next().unwrap_or_default()),
        Cow::Owned(info) => Cow::Owned(info.split_whitespace().next().unwrap_or_default().into()),
    };
    match word.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(word.to_ascii_lowercase()),
        false => word,
    }
}

/// The last line of a block is a fence at least as long as the one that opens it.
fn is_closed(block: &str) -> bool {
    let Some((first, rest)) = block.split_once('\n') else {
        return false;
    };
    let Some(mark) = first.chars().next() else {
        return false;
    };
    let opener = first.chars().take_while(|c| *c == mark).count();
    let last = rest.trim_end().rsplit('\n').next().unwrap_or_default();
    let last = last.trim_start_matches([' ', '\t', '>']);
    last.len() >= opener && last.chars().all(|c| c == mark)
}

/// The first line in a block that is certainly none of its text: a heading, a metadata comment, or
/// the opener of another fence.
fn first_swallowed(code: &str) -> Option<usize> {
    // Far fewer of these signs stand in a message than lines.
    let mut signs = memchr::memchr3_iter(b'#', b'<', b'`', code.as_bytes());
    signs.find(|at| {
        let (before, rest) = code.split_at_checked(*at).unwrap_or_default();
        (before.is_empty() || before.ends_with('\n')) && is_markdown(rest)
    })
}

fn is_markdown(rest: &str) -> bool {
    let line = rest.split('\n').next().unwrap_or_default();
    let hashes = line.len() - line.trim_start_matches('#').len();
    let is_heading = (2..=6).contains(&hashes) && line.get(hashes..).is_some_and(starts_blank);
    let is_tab = line.starts_with("# [") && line.contains("](#tab/");
    let is_opener = line.strip_prefix("```").is_some_and(|info| {
        let info = info.trim();
        !info.is_empty() && info.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    });
    let comment = rest.strip_prefix("<!--").map(str::trim_start);
    is_heading || is_tab || is_opener || comment.is_some_and(|body| body.starts_with('{'))
}

fn starts_blank(rest: &str) -> bool {
    rest.starts_with([' ', '\t'])
}

#[cfg(test)]
mod tests {
    use super::{first_swallowed, is_closed};

    #[test]
    fn a_block_is_closed_by_a_fence_of_its_own_kind() {
        let table = [
            ("```json\n{}\n```", true),
            ("```json\n{}\n```  \n", true),
            ("````\n```\n````", true),
            ("````\n```", false),
            ("```json\n{}\n", false),
            ("```", false),
            ("~~~\nx\n~~~", true),
            ("```\n> x\n> ```", true),
        ];
        for (block, closed) in table {
            assert_eq!(is_closed(block), closed, "{block:?}");
        }
    }

    #[test]
    fn markdown_in_a_block_shows_that_it_should_have_ended() {
        let table = [
            ("{}\n\n## Response\n", Some(4)),
            ("{}\n<!-- { \"blockType\": 1 } -->", Some(3)),
            ("{}\n```http\nGET /", Some(3)),
            ("{}\n# [C#](#tab/csharp)\n", Some(3)),
            ("# a comment\n#if x\n", None),
            ("<!-- words -->\n", None),
        ];
        for (code, at) in table {
            assert_eq!(first_swallowed(code), at, "{code:?}");
        }
    }
}
