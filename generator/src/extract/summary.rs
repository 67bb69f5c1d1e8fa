//! What stands between a page's title and its first section: what the subject is, what it inherits
//! from, and which types inherit from it.

use std::ops::Range;

use crate::page::{BlockKind, Inline, PieceKind};
use crate::schema::TypeRef;

use super::prose::{self, PhraseTable, Prose};
use super::{Reader, resource};

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
pub(super) const BASES: PhraseTable = PhraseTable {
    hints: &["inherit", "deriv", "sub", "extends"],
    phrases: &[
        "inherits from",
        "will inherit from",
        "inherited from",
        "derived from",
        "derives from",
        "derivative of",
        "is a subtype of",
        "a subclass of",
        "extends the",
    ],
};

/// Words that may follow these and name no type: "inherited from here".
const NO_TYPES: &[&str] = &["here", "it", "them", "there", "this", "type"];

/// How far behind such words the link may stand.
const BASE_GAP: usize = 40;

pub(super) const ABSTRACT: PhraseTable = PhraseTable {
    hints: &["abstract"],
    phrases: &[
        "abstract type",
        "type is abstract",
        "is abstract",
        "abstract base",
        "abstract entity",
        "abstract class",
        "abstract complex",
        "abstract resource",
    ],
};

pub(super) const OPEN: PhraseTable = PhraseTable {
    hints: &["open type"],
    phrases: &[
        "is an open type",
        "open type that",
        "open type, ",
        "an open type.",
    ],
};

/// Words that the types follow of which the subject is the base.
pub(super) const PARENT_OF: PhraseTable = PhraseTable {
    hints: &["base ", "inherited by", "parent type"],
    phrases: &[
        "base type of",
        "base type for",
        "base class of",
        "inherited by",
        "parent type of",
        "parent type for",
    ],
};

/// Ways in which the paragraph above a list says that it holds subtypes.
pub(super) const PARENT: PhraseTable = PhraseTable {
    hints: &[
        "base ", "derive", "inherit", "abstract", "parent", "subtype",
    ],
    phrases: &[
        "base type",
        "base class",
        "derived from",
        "derived type",
        "derive from",
        "inherit from",
        "inherited by",
        "abstract",
        "parent type",
        "subtype",
    ],
};

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
    let mut is_parent = false;
    for block in &section.blocks {
        match &block.kind {
            BlockKind::Paragraph(inline) => {
                let prose = Prose::new(inline);
                doc.push(paragraph(reader, &prose, &mut summary));
                is_parent =
                    prose.says_any(&PARENT) || summary.is_abstract && prose.says(&["following"]);
            }
            BlockKind::Quote(paragraphs) => {
                summary.is_abstract |= paragraphs.iter().any(says_abstract);
            }
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
    if summary.base_type.is_none() {
        summary.base_type = base_above_properties(reader);
    }
    summary
}

/// Whether a note says that the type itself is abstract.
fn says_abstract(note: &Inline<'_>) -> bool {
    Prose::new(note).says(&["type is abstract", "is an abstract type"])
}

/// The base type that the section of the properties names: "derives from [X]", or "the following
/// properties are inherited from [X]".
fn base_above_properties(reader: &Reader<'_, '_>) -> Option<TypeRef> {
    let sections = reader.outline.all(resource::PROPERTIES).into_iter();
    let mut blocks = sections.flat_map(|index| reader.outline.blocks(index..index + 1));
    blocks.find_map(|block| match &block.kind {
        BlockKind::Paragraph(inline) => {
            let prose = Prose::new(inline);
            let mut sentences = prose.sentences().into_iter();
            sentences.find_map(|sentence| base_type(reader, &prose, &sentence))
        }
        _ => None,
    })
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
    let subtype = named_by_page(subtype);
    reader.links.leads_to_type(&subtype).then_some(subtype)
}

/// A link whose text is a word and no name, `[Call](callactivitystatistics.md)`, names a type by
/// its page. Pages in a namespace have it before a hyphen.
fn named_by_page(mut found: TypeRef) -> TypeRef {
    let is_name = prose::is_type_name(&found.name)
        && found
            .name
            .starts_with(|first: char| first.is_ascii_lowercase());
    let page = found
        .link
        .as_deref()
        .and_then(|link| link.split('#').next());
    let file = page.and_then(|page| page.rsplit(['/', '-']).next());
    if let (false, Some(stem)) = (is_name, file.and_then(|file| file.strip_suffix(".md"))) {
        stem.clone_into(&mut found.name);
    }
    found
}

/// Takes in a paragraph; returns what of it is prose on the subject.
fn paragraph(reader: &Reader<'_, '_>, prose: &Prose<'_, '_>, summary: &mut Summary) -> String {
    let start = prose.lower.trim_start();
    if start.starts_with("[!include") || BOILERPLATE.iter().any(|words| start.starts_with(words)) {
        return String::new();
    }
    let mut dropped: Vec<Range<usize>> = namespace_line(prose).into_iter().collect();
    for sentence in prose.sentences() {
        if read_sentence(reader, prose, &sentence, summary) {
            dropped.push(sentence);
        }
    }
    prose.markdown_without(&dropped, &reader.links)
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
    let start = lower.trim_start().trim_start_matches(['*', '_']);
    let bare = BARE_BASES.iter().any(|phrase| start.starts_with(phrase));
    let is_base = base.is_some();
    // Whatever names a base holds one of the phrases that do.
    let about_base = is_base && !lower.contains("this is an abstract");
    let is_abstract =
        lower.trim_start().starts_with("an abstract ") || prose.says_any_in(sentence, &ABSTRACT);
    summary.is_abstract |= is_abstract && !about_base;
    summary.open_type |= prose.says_any_in(sentence, &OPEN);
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
    let from = sentence.start + prose.first_end_in(sentence, &BASES)?;
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
    let name = name.trim_matches(['[', ']', '`', '*']);
    if !prose::is_type_name(name) || NO_TYPES.contains(&name) {
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
    let Some(end) = prose.first_end_in(sentence, &PARENT_OF) else {
        return Vec::new();
    };
    let from = sentence.start + end;
    let links = prose.pieces_in(from..sentence.end);
    let links = links.filter(|(_, piece)| matches!(piece.kind, PieceKind::Link { .. }));
    let types = links.map(|(_, piece)| reader.links.type_ref(piece, false));
    types
        .filter(|subtype| reader.links.leads_to_type(subtype))
        .collect()
}
