//! The section "Request body" into what a request carries.

use std::ops::Range;

use crate::page::{BlockKind, PieceKind};
use crate::schema::{Property, RequestBody, TypeRef};

use super::prose::{Prose, is_type_name};
use super::tables::Columns;
use super::{Reader, properties, type_cell};

const HEADINGS: &[&str] = &[
    "request body",
    "request body parameters",
    "body",
    "request body properties",
];

/// Ways to say that there is no body, in lower case.
const NONE: &[&str] = &[
    "not supply a request body",
    "n't supply a request body",
    "not supply request body",
    "no request body",
    "not require a request body",
    "n't require a request body",
    "not specify a request body",
    "n't specify a request body",
    "not provide a request body",
    "n't provide a request body",
    "not have a request body",
    "empty request body",
    "request body is empty",
    "leave the request body empty",
    "supply an empty body",
    "body is not required",
    "body isn't required",
    "not applicable",
    "not needed",
];

/// Ways to say that the body is bytes.
const CONTENT: &[&str] = &[
    "binary",
    "contents of the binary stream",
    "content of the file",
    "contents of the file",
    "mime content",
    "mime format",
    "binary stream",
    "raw content",
    "bytes of",
    "content-type: image",
];

/// What the section holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// There is such a section.
    documented: bool,
    says_none: bool,
    is_none_word: bool,
    /// The rows of its tables. On pages of functions they are parameters.
    pub(super) properties: Vec<Property>,
    type_ref: Option<TypeRef>,
    content: Option<Option<String>>,
}

/// Reads the section of the page, examples left out.
pub(super) fn read(reader: &Reader<'_, '_>) -> Found {
    let in_example = |index| {
        reader
            .outline
            .within(index, |heading| heading.starts_with("example"))
    };
    let sections = reader.outline.all(HEADINGS);
    let section = sections.into_iter().find(|&index| !in_example(index));
    section
        .map(|index| Found::of(reader, index))
        .unwrap_or_default()
}

impl Found {
    fn of(reader: &Reader<'_, '_>, index: usize) -> Self {
        let mut found = Self {
            documented: true,
            ..Self::default()
        };
        for block in reader.outline.blocks(reader.outline.under(index)) {
            match &block.kind {
                BlockKind::Paragraph(inline) => found.paragraph(reader, &Prose::new(inline)),
                BlockKind::List(items) => items
                    .iter()
                    .for_each(|item| found.paragraph(reader, &Prose::new(item))),
                BlockKind::Table(table) if Columns::of(table).lists_properties() => {
                    let read = properties::read(reader, table);
                    found.properties.extend(read);
                }
                _ => {}
            }
        }
        found
    }

    fn paragraph(&mut self, reader: &Reader<'_, '_>, prose: &Prose<'_, '_>) {
        self.says_none |= prose.says(NONE);
        self.is_none_word |= matches!(
            prose.lower.trim().trim_end_matches('.'),
            "none" | "empty" | "n/a"
        );
        if prose.says(CONTENT) {
            let media_type = media_type(prose);
            self.content.get_or_insert(media_type);
        }
        if self.type_ref.is_none() {
            self.type_ref = body_type(reader, prose);
        }
    }

    /// What the request of a method carries.
    pub(super) fn body(&self, method: &str) -> RequestBody {
        let type_ref = self.type_ref.clone();
        let tabled = !self.properties.is_empty();
        let undescribed = type_ref.is_none() && self.content.is_none();
        let silent = method == "DELETE" && !self.documented;
        if method == "GET" || silent || !tabled && (self.says_none || method == "DELETE") {
            return RequestBody::None;
        }
        match (type_ref, &self.content) {
            (type_ref, _) if tabled => RequestBody::Properties {
                type_ref,
                properties: self.properties.clone(),
            },
            _ if undescribed && self.is_none_word => RequestBody::None,
            (None, Some(media_type)) => RequestBody::Content {
                media_type: media_type.clone(),
            },
            (Some(type_ref), _) => RequestBody::Type { type_ref },
            (None, None) => RequestBody::Undocumented,
        }
    }
}

fn media_type(prose: &Prose<'_, '_>) -> Option<String> {
    let codes = prose
        .pieces_from(0)
        .filter(|(_, piece)| piece.kind == PieceKind::Code);
    let mut types = codes.map(|(_, piece)| piece.text.trim()).filter(|text| {
        let mut parts = text.split('/');
        let (kind, name, end) = (parts.next(), parts.next(), parts.next());
        kind.is_some_and(|kind| {
            matches!(
                kind,
                "image" | "text" | "application" | "audio" | "video" | "multipart"
            )
        }) && name.is_some()
            && end.is_none()
    });
    types.next().map(str::to_owned)
}

/// Words of a paragraph that says what the body holds.
const SUPPLIES: &[&str] = &[
    "representation",
    "supply",
    "provide",
    "include",
    "specify",
    "request body",
    "json",
    "propert",
];

/// The type that the body is said to be of: a link to a resource behind words such as "a JSON
/// representation of", or a marked name right behind them.
fn body_type(reader: &Reader<'_, '_>, prose: &Prose<'_, '_>) -> Option<TypeRef> {
    if !prose.says(SUPPLIES) {
        return None;
    }
    let from = prose.lower.find("representation").unwrap_or(0);
    let (place, mut type_ref) = linked_type(reader, prose, from).or_else(|| marked_type(prose))?;
    let before = prose
        .lower
        .get(from..place.start)
        .unwrap_or_default()
        .trim_end();
    let before = before.strip_suffix(" the").unwrap_or(before);
    let after = prose
        .lower
        .get(place.end..)
        .unwrap_or_default()
        .trim_start();
    let several = ["collection of", "list of", "array of"];
    type_ref.is_collection =
        after.starts_with("collection") || several.iter().any(|words| before.ends_with(words));
    Some(type_ref)
}

fn linked_type(
    reader: &Reader<'_, '_>,
    prose: &Prose<'_, '_>,
    from: usize,
) -> Option<(Range<usize>, TypeRef)> {
    let links = prose.pieces_from(from).filter(|(place, piece)| {
        place.start >= from && matches!(piece.kind, PieceKind::Link { .. })
    });
    let mut types = links.map(|(place, piece)| (place, reader.links.type_ref(piece, false)));
    types.find(|(_, found)| {
        found
            .link
            .as_deref()
            .is_some_and(|link| link.contains("resources/"))
    })
}

fn marked_type(prose: &Prose<'_, '_>) -> Option<(Range<usize>, TypeRef)> {
    let words = "representation of ";
    let from = prose.lower.find(words)? + words.len();
    let (place, piece) = prose
        .pieces_from(from)
        .find(|(place, _)| place.start >= from)?;
    let marked = matches!(
        piece.kind,
        PieceKind::Strong | PieceKind::Code | PieceKind::Emphasis
    );
    let near = place.start - from <= "the ".len();
    (marked && near && is_type_name(piece.text.trim()))
        .then(|| (place, type_cell::from_text(&piece.text, piece.span)))
}
