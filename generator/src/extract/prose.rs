//! A run of prose into one text that can be searched, without losing where its parts stand.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use crate::page::{Inline, Piece, PieceKind, is_blank, trim};
use crate::source::Span;

use super::pairs::Pairs;
use super::site::Links;

/// A run of prose as one text.
#[derive(Clone, Debug)]
pub(super) struct Prose<'a, 's> {
    inline: &'a Inline<'s>,
    /// The visible text; most runs are a single piece, which is borrowed.
    pub(super) text: Cow<'a, str>,
    /// The same in lower case; offsets are those of `text`.
    pub(super) lower: String,
    /// Where each piece but the first begins.
    later_starts: Vec<usize>,
    /// The pairs of letters in `lower`, once somebody asks for a phrase.
    pairs: OnceCell<Pairs>,
}

/// Phrases of which a text may hold some, and what they share. Most texts hold none of a table's
/// phrases, and what they share tells so much sooner than all of them do.
#[derive(Clone, Copy, Debug)]
pub(super) struct PhraseTable {
    /// Parts of the phrases: each phrase holds at least one of them.
    pub(super) hints: &'static [&'static str],
    /// The phrases, in lower case.
    pub(super) phrases: &'static [&'static str],
}

impl PhraseTable {
    /// Whether a text, in lower case, holds a phrase.
    pub(super) fn occurs_in(&self, lower: &str) -> bool {
        self.is_hinted_in(lower) && self.phrases.iter().any(|phrase| lower.contains(phrase))
    }

    fn is_hinted_in(&self, lower: &str) -> bool {
        self.hints.iter().any(|hint| lower.contains(hint))
    }

    /// A phrase that no hint is part of, which would never be found.
    #[cfg(test)]
    pub(super) fn unhinted(&self) -> Option<&'static str> {
        let mut phrases = self.phrases.iter().copied();
        phrases.find(|phrase| !self.is_hinted_in(phrase))
    }
}

impl<'a, 's> Prose<'a, 's> {
    /// The prose of a paragraph, a cell or an item.
    pub(super) fn new(inline: &'a Inline<'s>) -> Self {
        let (text, later_starts) = match inline.pieces.as_slice() {
            [only] => (Cow::Borrowed(&*only.text), Vec::new()),
            pieces => joined(pieces),
        };
        let lower = text.to_ascii_lowercase();
        Self {
            inline,
            text,
            lower,
            later_starts,
            pairs: OnceCell::new(),
        }
    }

    /// Whether the text holds one of the phrases, which are in lower case.
    pub(super) fn says(&self, phrases: &[&str]) -> bool {
        phrases
            .iter()
            .any(|phrase| self.may_say(phrase) && self.lower.contains(phrase))
    }

    /// Whether the text holds a phrase of a table.
    pub(super) fn says_any(&self, table: &PhraseTable) -> bool {
        self.says(table.hints) && self.says(table.phrases)
    }

    /// Whether a part of the text holds a phrase of a table.
    pub(super) fn says_any_in(&self, part: &Range<usize>, table: &PhraseTable) -> bool {
        let lower = &self.lower[part.clone()];
        self.hinted(table).any(|phrase| lower.contains(phrase))
    }

    /// The first place behind a phrase of a table, counted from the beginning of a part of the text.
    pub(super) fn first_end_in(&self, part: &Range<usize>, table: &PhraseTable) -> Option<usize> {
        let lower = &self.lower[part.clone()];
        let ends = self
            .hinted(table)
            .filter_map(|phrase| places(lower, phrase).next().map(|at| at + phrase.len()));
        ends.min()
    }

    /// The phrases of a table that the text may hold.
    fn hinted(&self, table: &PhraseTable) -> impl Iterator<Item = &'static str> {
        let phrases = match self.says(table.hints) {
            true => table.phrases,
            false => &[],
        };
        phrases
            .iter()
            .copied()
            .filter(|phrase| self.may_say(phrase))
    }

    /// Whether the text may hold a phrase.
    fn may_say(&self, phrase: &str) -> bool {
        let pairs = self.pairs.get_or_init(|| Pairs::of(&self.lower));
        pairs.may_hold(phrase)
    }

    /// Where the text holds a phrase.
    pub(super) fn places_of<'p>(&'p self, phrase: &'p str) -> impl Iterator<Item = usize> + 'p {
        let is_likely = self.may_say(phrase);
        let places = is_likely.then(|| places(&self.lower, phrase));
        places.into_iter().flatten()
    }

    /// The pieces that reach beyond `from`, with their places in the text.
    pub(super) fn pieces_from(
        &self,
        from: usize,
    ) -> impl Iterator<Item = (Range<usize>, &'a Piece<'s>)> {
        let first = self.piece_at(from);
        let mut start = match first.checked_sub(1) {
            Some(before) => self.later_starts.get(before).copied().unwrap_or_default(),
            None => 0,
        };
        let pieces = self.inline.pieces.iter().skip(first);
        let placed = pieces.map(move |piece| {
            let place = start..start + piece.text.len();
            start = place.end;
            (place, piece)
        });
        placed.filter(move |(range, _)| range.end > from)
    }

    /// The pieces that begin in a part of the text.
    pub(super) fn pieces_in(
        &self,
        part: Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, &'a Piece<'s>)> {
        let pieces = self.pieces_from(part.start);
        pieces.filter(move |(range, _)| part.contains(&range.start))
    }

    /// The first link in a part of the text.
    pub(super) fn link_in(&self, part: Range<usize>) -> Option<(Range<usize>, &'a Piece<'s>)> {
        self.pieces_in(part)
            .find(|(_, piece)| matches!(piece.kind, PieceKind::Link { .. }))
    }

    /// Where the text of a range stands in the file, as exactly as the pieces tell.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let Some((place, piece)) = self.pieces_from(range.start).next() else {
            return self.inline.span;
        };
        let verbatim = (piece.span.end - piece.span.start) as usize == piece.text.len();
        if !verbatim || range.start < place.start || range.end > place.end {
            return piece.span;
        }
        let start = piece.span.start as usize + range.start - place.start;
        Span::new(piece.span.file, start, start + range.len())
    }

    /// The sentences of the text, each with its full stop.
    pub(super) fn sentences(&self) -> Vec<Range<usize>> {
        let mut sentences = Vec::new();
        let mut start = 0;
        for at in memchr::memchr3_iter(b'.', b'!', b'?', self.text.as_bytes()) {
            if self.ends_sentence(at) {
                sentences.push(start..at + 1);
                start = at + 1;
            }
        }
        if !is_blank(&self.text[start..]) {
            sentences.push(start..self.text.len());
        }
        sentences
    }

    /// Whether the full stop at a place ends a sentence: blank space or nothing follows it, it
    /// stands in no code, and it belongs to no abbreviation.
    pub(super) fn ends_sentence(&self, at: usize) -> bool {
        let next = self.text[at + 1..].chars().next();
        let breaks = next.is_none_or(|next| next.is_whitespace() || next == ')');
        breaks && !self.in_code(at) && !ends_abbreviation(&self.lower[..at])
    }

    fn in_code(&self, at: usize) -> bool {
        let piece = self.inline.pieces.get(self.piece_at(at));
        piece.is_some_and(|piece| matches!(piece.kind, PieceKind::Code | PieceKind::Html))
    }

    /// The number of the last piece that begins at a place or before it.
    fn piece_at(&self, place: usize) -> usize {
        self.later_starts.partition_point(|&start| start <= place)
    }

    /// The prose as documentation, less some parts of its text, which are in order.
    pub(super) fn markdown_without(&self, parts: &[Range<usize>], links: &Links<'_>) -> String {
        let has_blanks = || self.inline.pieces.iter().any(|piece| piece.text.is_empty());
        match parts {
            [] if !has_blanks() => markdown(self.inline, links),
            parts => markdown(&self.without(parts), links),
        }
    }

    /// The prose less some parts of its text, which are in order.
    pub(super) fn without(&self, parts: &[Range<usize>]) -> Inline<'s> {
        let mut pieces = Vec::new();
        for (place, piece) in self.pieces_from(0) {
            pieces.extend(rest_of(piece, &place, parts));
        }
        Inline {
            pieces,
            span: self.inline.span,
        }
    }
}

/// Where a text holds a phrase. The phrases are short and so are the texts: to prepare a search takes
/// longer than to look at each place where the first letter stands.
pub(super) fn places<'t>(text: &'t str, phrase: &'t str) -> impl Iterator<Item = usize> + 't {
    let first = phrase.bytes().next().unwrap_or_default();
    let places = memchr::memchr_iter(first, text.as_bytes());
    places.filter(move |at| text.get(*at..).is_some_and(|rest| rest.starts_with(phrase)))
}

/// The texts of some pieces as one, and where each but the first begins in it.
fn joined(pieces: &[Piece<'_>]) -> (Cow<'static, str>, Vec<usize>) {
    let mut text = String::with_capacity(pieces.iter().map(|piece| piece.text.len()).sum());
    let mut later_starts = Vec::with_capacity(pieces.len().saturating_sub(1));
    for (number, piece) in pieces.iter().enumerate() {
        if number > 0 {
            later_starts.push(text.len());
        }
        text.push_str(&piece.text);
    }
    (Cow::Owned(text), later_starts)
}

/// What is left of a piece when parts of the text are taken out.
fn rest_of<'s>(piece: &Piece<'s>, place: &Range<usize>, parts: &[Range<usize>]) -> Vec<Piece<'s>> {
    let mut rest = Vec::new();
    let mut from = place.start;
    for part in parts {
        if part.start > from && from < place.end {
            rest.push(slice(
                piece,
                from - place.start..part.start.min(place.end) - place.start,
            ));
        }
        from = from.max(part.end);
    }
    if from < place.end {
        rest.push(slice(piece, from - place.start..place.end - place.start));
    }
    rest
}

fn slice<'s>(piece: &Piece<'s>, range: Range<usize>) -> Piece<'s> {
    let text = match &piece.text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(range).unwrap_or_default()),
        Cow::Owned(text) => Cow::Owned(text.get(range).unwrap_or_default().to_owned()),
    };
    Piece {
        text,
        kind: piece.kind.clone(),
        span: piece.span,
    }
}

fn ends_abbreviation(before: &str) -> bool {
    ["e.g", "i.e", " etc", " vs"]
        .iter()
        .any(|short| before.ends_with(short))
}

/// Prose as documentation: canonical markdown with absolute links, no blank space around it.
pub(super) fn markdown(inline: &Inline<'_>, links: &Links<'_>) -> String {
    let text = inline.markdown(&|target| links.url(target));
    let trimmed = trim(&text);
    match trimmed.len() == text.len() {
        true => text,
        false => trimmed.to_owned(),
    }
}

/// A name as the wire writes one: letters, digits and underscores, no digit first.
pub(super) fn is_identifier(text: &str) -> bool {
    let mut signs = text.bytes();
    signs
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && signs.all(|sign| sign.is_ascii_alphanumeric() || sign == b'_')
}

/// A type's name: identifiers with full stops between them.
pub(super) fn is_type_name(text: &str) -> bool {
    let mut begins = true;
    let is_part = |byte: u8| {
        let is_letter = byte.is_ascii_alphabetic() || byte == b'_';
        let is_known = is_letter || !begins && (byte.is_ascii_digit() || byte == b'.');
        begins = byte == b'.';
        is_known
    };
    text.bytes().all(is_part) && !begins
}

#[cfg(test)]
mod tests {
    use super::{is_identifier, is_type_name};

    #[test]
    fn type_names_are_identifiers_with_full_stops_between_them() {
        let texts = [
            "",
            ".",
            "a",
            "a.",
            ".a",
            "a..b",
            "a.b",
            "a1._b",
            "1a",
            "a.1",
            "a b",
            "é",
            "microsoft.graph.x",
        ];
        for text in texts {
            let expected = text.split('.').all(is_identifier);
            assert_eq!(is_type_name(text), expected, "{text}");
        }
    }
}
