//! Visible text into pieces: neighbours of one kind joined, invisible characters removed.

use std::borrow::Cow;
use std::ops::Range;

use super::{Piece, PieceKind, blank};
use crate::source::{FileId, Span};

/// Adds `next` to `text`, without a copy when the two are neighbours in `source`.
pub(super) fn append<'s>(
    text: &mut Cow<'s, str>,
    text_range: Range<usize>,
    next: Cow<'s, str>,
    next_range: Range<usize>,
    source: &'s str,
) {
    let is_verbatim = |text: &Cow<'_, str>, range: &Range<usize>| {
        matches!(text, Cow::Borrowed(_)) && text.len() == range.len()
    };
    let whole = text_range.start..next_range.end;
    let are_neighbours = text_range.end == next_range.start
        && is_verbatim(text, &text_range)
        && is_verbatim(&next, &next_range);
    match source.get(whole) {
        Some(both) if are_neighbours => *text = Cow::Borrowed(both),
        _ if text.is_empty() => *text = next,
        _ => text.to_mut().push_str(&next),
    }
}

/// A no-break space becomes a space; characters without width go.
pub(super) fn clean(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(|c| c == '\u{a0}' || is_zero_width(c)) {
        return text;
    }
    let visible = text.chars().filter(|c| !is_zero_width(*c));
    Cow::Owned(
        visible
            .map(|c| if c == '\u{a0}' { ' ' } else { c })
            .collect(),
    )
}

fn is_zero_width(c: char) -> bool {
    matches!(
        c,
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
    )
}

/// Removes spaces and line breaks at both ends of a run of prose.
pub(super) fn trim(pieces: &mut Vec<Piece<'_>>, file: FileId) {
    let first = pieces.first().and_then(|piece| piece.text.bytes().next());
    let last = pieces
        .last()
        .and_then(|piece| piece.text.bytes().next_back());
    // Nearly all runs begin and end with a letter or a mark.
    if [first, last]
        .iter()
        .all(|end| end.is_some_and(|byte| byte.is_ascii_graphic()))
    {
        return;
    }
    while let Some(last) = pieces.last_mut() {
        trim_piece(last, file, |text| (0, blank::trim_end(text).len()));
        if !is_blank(last) {
            break;
        }
        pieces.pop();
    }
    let leading = pieces.iter().take_while(|piece| is_blank(piece)).count();
    if leading > 0 {
        pieces.drain(..leading);
    }
    if let Some(first) = pieces.first_mut() {
        trim_piece(first, file, |text| {
            (text.len() - blank::trim_start(text).len(), text.len())
        });
    }
}

/// Blank text says nothing; a blank code span or link still does.
fn is_blank(piece: &Piece<'_>) -> bool {
    let says_nothing = matches!(
        piece.kind,
        PieceKind::Text | PieceKind::Break | PieceKind::Strong | PieceKind::Emphasis
    );
    says_nothing && blank::is_blank(&piece.text)
}

fn trim_piece(piece: &mut Piece<'_>, file: FileId, kept: impl Fn(&str) -> (usize, usize)) {
    if piece.kind != PieceKind::Text {
        return;
    }
    let (start, end) = kept(&piece.text);
    if (start, end) == (0, piece.text.len()) {
        return;
    }
    match &mut piece.text {
        Cow::Borrowed(text) => {
            let offset = piece.span.start as usize;
            *text = text.get(start..end).unwrap_or_default();
            piece.span = Span::new(file, offset + start, offset + end);
        }
        Cow::Owned(text) => *text = text.get(start..end).unwrap_or_default().to_owned(),
    }
}
