//! What stands between a page's title and its first section: what the subject is, what it inherits
//! from, and which types inherit from it.

use std::ops::Range;

use crate::page::{BlockKind, Inline, PieceKind, Section};
use crate::schema::TypeRef;

use super::Reader;
use super::prose::{self, Prose};

/// The prose below the title.
#[derive(Clone, Debug, Default)]
pub(super) struct Summary {
    /// What the subject is, less what the fields below hold.
    pub(super) doc: String,
    /// "Inherits from [X]".
    pub(super) base_type: Option<TypeRef>,
    /// "This is an abstract type."
    pub(super) is_abstract: bool,
    /// "This is an open type."
    pub(super) open_type: bool,
    /// The types of a list of subtypes.
    pub(super) listed_subtypes: Vec<TypeRef>,
}

/// Ways to name the base type, in lower case; the link follows. A sentence that begins with one of
/// the first says nothing else.
const BARE_BASES: &[&str] = &[
    "inherits from",
    "inherited from",
    "it inherits from",
    "this type inherits from",
    "derived from",
];
const BASES: &[&str] = &[
    "inherits from",
    "inherit from",
    "inherited from",
    "derived from",
    "derives from",
    "is a subtype of",
    "extends the",
];

/// How far behind such words the link may stand.
const BASE_GAP: usize = 40;

const ABSTRACT: &[&str] = &[
    "abstract type",
    "type is abstract",
    "is abstract",
    "abstract base",
    "abstract entity",
    "abstract class",
    "abstract complex",
    "abstract resource",
];

const OPEN: &[&str] = &[
    "is an open type",
    "open type that",
    "open type, ",
    "an open type.",
];

/// Ways to say that the lists below hold subtypes.
const PARENT: &[&str] = &[
    "base type",
    "base class",
    "derived from it",
    "derived type",
    "derive from it",
    "inherit from it",
    "inherit from this",
    "inherited by",
    "abstract",
    "parent type",
    "subtype",
];

/// What every page includes, as it begins where includes are expanded in place, in lower case.
const BOILERPLATE: &[&str] = &[
    "important apis under the",
    "apis under the `/beta` version",
    "apis under the /beta version",
    "this api is available in the following national cloud deployments",
];

/// Reads the section below the title.
pub(super) fn read(reader: &Reader<'_, '_>) -> Summary {
    let Some(section) = reader
        .outline
        .title()
        .and_then(|index| reader.outline.section(index))
    else {
        return Summary::default();
    };
    let mut summary = Summary::default();
    let mut doc = Vec::new();
    let is_parent = section_says(section, PARENT);
    for block in &section.blocks {
        match &block.kind {
            BlockKind::Paragraph(inline) => doc.push(paragraph(reader, inline, &mut summary)),
            BlockKind::List(items) => {
                doc.push(list(reader, items));
                if is_parent {
                    summary
                        .listed_subtypes
                        .extend(items.iter().filter_map(|item| first_link(reader, item)));
                }
            }
            _ => {}
        }
    }
    doc.retain(|text| !text.is_empty());
    summary.doc = doc.join("\n\n");
    summary
}

fn section_says(section: &Section<'_>, phrases: &[&str]) -> bool {
    let mut paragraphs = section.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Paragraph(inline) => Some(Prose::new(inline)),
        _ => None,
    });
    paragraphs.any(|prose| prose.says(phrases))
}

/// A list as markdown.
pub(super) fn list(reader: &Reader<'_, '_>, items: &[Inline<'_>]) -> String {
    let items = items
        .iter()
        .map(|item| format!("- {}", prose::markdown(item, &reader.links)));
    items.collect::<Vec<_>>().join("\n")
}

fn first_link(reader: &Reader<'_, '_>, item: &Inline<'_>) -> Option<TypeRef> {
    let link = item
        .pieces
        .iter()
        .find(|piece| matches!(piece.kind, PieceKind::Link { .. }))?;
    let subtype = reader.links.type_ref(link, false);
    reader.links.leads_to_type(&subtype).then_some(subtype)
}

/// Takes in a paragraph; returns what of it is prose on the subject.
fn paragraph(reader: &Reader<'_, '_>, inline: &Inline<'_>, summary: &mut Summary) -> String {
    let prose = Prose::new(inline);
    let start = prose.lower.trim_start();
    if start.starts_with("[!include") || BOILERPLATE.iter().any(|words| start.starts_with(words)) {
        return String::new();
    }
    let mut dropped: Vec<Range<usize>> = namespace_line(&prose).into_iter().collect();
    for sentence in prose.sentences() {
        if read_sentence(reader, &prose, &sentence, summary) {
            dropped.push(sentence);
        }
    }
    prose::markdown(&prose.without(&dropped), &reader.links)
}

/// The `Namespace: x` line, which some pages let prose follow without a blank line.
fn namespace_line(prose: &Prose<'_, '_>) -> Option<Range<usize>> {
    let rest = prose.lower.strip_prefix("namespace")?;
    if !rest.trim_start().starts_with(':') {
        return None;
    }
    let mut breaks = prose
        .pieces_from(0)
        .filter(|(_, piece)| piece.kind == PieceKind::Break);
    let end = breaks
        .next()
        .map_or(prose.text.len(), |(range, _)| range.end);
    Some(0..end)
}

/// Takes in a sentence; tells whether it says nothing but what the base type is.
fn read_sentence(
    reader: &Reader<'_, '_>,
    prose: &Prose<'_, '_>,
    sentence: &Range<usize>,
    summary: &mut Summary,
) -> bool {
    let lower = &prose.lower[sentence.clone()];
    let base = base_type(reader, prose, sentence);
    let bare = BARE_BASES.iter().any(|phrase| {
        lower
            .trim_start()
            .trim_start_matches(['*', '_'])
            .starts_with(phrase)
    });
    let is_base = base.is_some();
    let about_base = BASES.iter().any(|phrase| lower.contains(phrase))
        && is_base
        && !lower.contains("this is an abstract");
    summary.is_abstract |= ABSTRACT.iter().any(|phrase| lower.contains(phrase)) && !about_base;
    summary.open_type |= OPEN.iter().any(|phrase| lower.contains(phrase));
    if summary.base_type.is_none() {
        summary.base_type = base;
    }
    summary
        .listed_subtypes
        .extend(inline_subtypes(reader, prose, sentence));
    is_base && bare
}

/// The type behind "inherits from": a link, or a bare name that ends the sentence.
fn base_type(
    reader: &Reader<'_, '_>,
    prose: &Prose<'_, '_>,
    sentence: &Range<usize>,
) -> Option<TypeRef> {
    let lower = &prose.lower[sentence.clone()];
    let ends = BASES.iter().filter_map(|phrase| {
        lower
            .find(phrase)
            .map(|at| sentence.start + at + phrase.len())
    });
    let from = ends.min()?;
    let Some((place, piece)) = prose.link_in(from..sentence.end) else {
        return bare_base(prose, from, sentence);
    };
    let base = reader.links.type_ref(piece, false);
    let own = base
        .link
        .as_deref()
        .is_some_and(|link| link.split('#').next() == Some(reader.path));
    (place.start - from <= BASE_GAP && !own).then_some(base)
}

fn bare_base(prose: &Prose<'_, '_>, from: usize, sentence: &Range<usize>) -> Option<TypeRef> {
    let rest = &prose.text[from..sentence.end];
    let name = rest.trim().trim_end_matches('.').trim_start_matches("the ");
    if !prose::is_type_name(name) {
        return None;
    }
    let start = from + rest.find(name)?;
    Some(TypeRef {
        name: name.to_owned(),
        span: prose.span(&(start..start + name.len())),
        ..TypeRef::default()
    })
}

/// The links of "Base type of [a], [b], and [c]."
fn inline_subtypes(
    reader: &Reader<'_, '_>,
    prose: &Prose<'_, '_>,
    sentence: &Range<usize>,
) -> Vec<TypeRef> {
    let lower = &prose.lower[sentence.clone()];
    let phrases = [
        "base type of",
        "base type for",
        "base class of",
        "inherited by",
        "parent type of",
        "parent type for",
    ];
    let Some(at) = phrases.iter().filter_map(|phrase| lower.find(phrase)).min() else {
        return Vec::new();
    };
    let links = prose.pieces_in(sentence.start + at..sentence.end);
    let links = links.filter(|(_, piece)| matches!(piece.kind, PieceKind::Link { .. }));
    let types = links.map(|(_, piece)| reader.links.type_ref(piece, false));
    types
        .filter(|subtype| reader.links.leads_to_type(subtype))
        .collect()
}
