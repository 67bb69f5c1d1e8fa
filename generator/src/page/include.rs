//! The lines `[!INCLUDE [label](target)]` of a paragraph, told from its prose.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::text::line_around;
use super::{Block, BlockKind, Include, Inline, PieceKind, blank};
use crate::source::Span;

/// What opens an include.
const OPENER: &str = "[!INCLUDE";

/// A paragraph that holds an include somewhere.
pub(super) fn occurs_in(paragraph: &str) -> bool {
    let mut brackets = memchr::memchr_iter(b'[', paragraph.as_bytes());
    brackets.any(|at| {
        paragraph
            .get(at..)
            .is_some_and(|rest| rest.starts_with(OPENER))
    })
}

/// A paragraph into blocks: each line that is an include one of its own, the prose between as
/// paragraphs.
pub(super) fn split<'s>(paragraph: Inline<'s>, text: &'s str) -> Vec<Block<'s>> {
    let mut blocks = Vec::new();
    let mut prose = Inline::default();
    let lines = paragraph
        .pieces
        .split(|piece| piece.kind == PieceKind::Break);
    for line in lines.filter(|line| !line.is_empty()) {
        let (Some(first), Some(last)) = (line.first(), line.last()) else {
            continue;
        };
        let span = first.span.to(last.span);
        match read_line(text.get(span.range()).unwrap_or_default()) {
            Some(include) => {
                flush(&mut prose, &mut blocks);
                let kind = BlockKind::Include(include);
                blocks.push(Block { kind, span });
            }
            None => {
                prose.span = if prose.pieces.is_empty() {
                    span
                } else {
                    prose.span.to(span)
                };
                prose.push_line(line.to_vec());
            }
        }
    }
    flush(&mut prose, &mut blocks);
    blocks
}

/// Takes includes out of a cell or an entry, where their text can't be put.
pub(super) fn strip(mut inline: Inline<'_>) -> Inline<'_> {
    // What names the file is a link behind the opener.
    if inline.pieces.len() < 2 {
        return inline;
    }
    let opens = |text: &str| blank::trim_end(text).ends_with(OPENER);
    while let Some(at) = inline.pieces.iter().position(|piece| opens(&piece.text)) {
        let is_link = |kind: &PieceKind<'_>| matches!(kind, PieceKind::Link { .. });
        match inline.pieces.get(at + 1) {
            Some(piece) if is_link(&piece.kind) => drop(inline.pieces.remove(at + 1)),
            _ => return inline,
        }
        if let Some(behind) = inline.pieces.get_mut(at + 1) {
            cut(&mut behind.text, |text| {
                text.strip_prefix(']').unwrap_or(text)
            });
        }
        if let Some(before) = inline.pieces.get_mut(at) {
            cut(&mut before.text, |text| {
                text.trim_end().trim_end_matches(OPENER).trim_end()
            });
        }
        inline.pieces.retain(|piece| !piece.text.is_empty());
    }
    inline
}

fn cut<'s>(text: &mut Cow<'s, str>, kept: impl Fn(&str) -> &str) {
    *text = match text {
        Cow::Borrowed(whole) => Cow::Borrowed(kept(whole)),
        Cow::Owned(whole) => Cow::Owned(kept(whole).to_owned()),
    };
}

fn flush<'s>(prose: &mut Inline<'s>, blocks: &mut Vec<Block<'s>>) {
    let prose = std::mem::take(prose);
    if !prose.pieces.is_empty() {
        let span: Span = prose.span;
        let kind = BlockKind::Paragraph(prose);
        blocks.push(Block { kind, span });
    }
}

/// The lines that include language snippets and nothing else. Upstream generates several for each
/// example, and nothing reads them: a text goes faster without.
pub(super) fn snippet_lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    let marks = SNIPPETS.find_iter(text.as_bytes());
    marks.filter_map(move |at| {
        // A line with two marks is one line.
        let line = Some(at)
            .filter(|at| *at >= from)
            .map(|at| line_around(text, at))?;
        from = line.end;
        let written = text.get(line.clone())?;
        let is_alone = written.starts_with(OPENER)
            && written.ends_with(")]")
            && memchr::memchr_iter(b'(', written.as_bytes()).count() == 1;
        is_alone.then_some(line)
    })
}

/// What the path of a language snippet holds, and hardly anything else does.
static SNIPPETS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("/snippets/"));

/// Reads `[!INCLUDE [label](target)]`.
fn read_line(line: &str) -> Option<Include<'_>> {
    let inner = line.trim().strip_prefix(OPENER)?.trim_start();
    let (label, rest) = inner.strip_prefix('[')?.split_once("](")?;
    let (target, _) = rest.split_once(')')?;
    let target = target.trim().trim_start_matches('<').trim_end_matches('>');
    Some(Include {
        label: Cow::Borrowed(label),
        target: Cow::Borrowed(target),
    })
}

#[cfg(test)]
mod tests {
    use super::{read_line, snippet_lines};

    #[test]
    fn a_line_is_read_as_written() {
        let include = read_line("[!INCLUDE [a label](../includes/a b.md)]").expect("an include");
        assert_eq!(
            (&*include.label, &*include.target),
            ("a label", "../includes/a b.md")
        );
        assert!(read_line("See [!INCLUDE [a](b)]").is_none());
        assert!(read_line("[!NOTE]").is_none());
    }

    #[test]
    fn lines_of_snippets_include_nothing_else() {
        let table = [
            ("[!INCLUDE [a](../includes/snippets/b.md)]", Some(0)),
            ("a\n[!INCLUDE [a](x/snippets/snippets/b.md)]\nb", Some(2)),
            ("[!INCLUDE [a](../includes/b.md)]", None),
            ("[!INCLUDE [a](/snippets/b.md)][!INCLUDE [a](b.md)]", None),
            ("- [!INCLUDE [a](/snippets/b.md)]", None),
            ("See /snippets/.", None),
        ];
        for (text, start) in table {
            let found: Vec<_> = snippet_lines(text).map(|line| line.start).collect();
            assert_eq!(found, Vec::from_iter(start), "{text}");
        }
    }
}
