//! The lines `[!INCLUDE [label](target)]` of a paragraph, told from its prose.

use std::borrow::Cow;

use super::{Block, BlockKind, Include, Inline, PieceKind};
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
    let opens = |text: &str| text.trim_end().ends_with(OPENER);
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
    use super::read_line;

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
}
