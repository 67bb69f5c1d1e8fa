//! The section "Request body" into what a request carries.

use std::ops::Range;

use crate::page::{BlockKind, PieceKind};
use crate::schema::{Header, Operation, Property, RequestBody, TypeRef};
use crate::source::Span;

use super::prose::{PhraseTable, Prose, is_type_name};
use super::tables::Columns;
use super::{Reader, json_representation, properties, type_cell};

const HEADINGS: &[&str] = &[
    "request body",
    "request body parameters",
    "body",
    "request body properties",
];

/// Ways to say that there is no body, in lower case.
pub(super) const NONE: PhraseTable = PhraseTable {
    hints: &["not ", "n't ", "no request", "empty"],
    phrases: &[
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
        "not require any request body",
        "n't require any request body",
        "not submit a request body",
        "n't submit a request body",
        "no request content",
        "request body is not necessary",
        "request body isn't necessary",
        "request body should be empty",
        "request body must be empty",
    ],
};

/// Ways to say that the body is of the type that the call is about, without naming it.
pub(super) const OF_THE_SUBJECT: PhraseTable = PhraseTable {
    hints: &["representation of", "values ", "fields ", "properties "],
    phrases: &[
        "representation of",
        "values for relevant fields",
        "values for properties",
        "values for the properties",
        "values for the relevant",
        "values you want to update",
        "values to update",
        "values that should be updated",
        "fields that should be updated",
        "fields to be updated",
        "properties to update",
        "properties that should be updated",
        "properties you want to update",
    ],
};

/// Ways to say that the body is bytes.
pub(super) const CONTENT: PhraseTable = PhraseTable {
    hints: &["binary", "content", "mime", "bytes of"],
    phrases: &[
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
    ],
};

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
    /// The members of a JSON object that a fence shows.
    shown: Vec<Property>,
    of_the_subject: bool,
    /// The first paragraph or list item that says anything.
    said: Option<Span>,
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
                    let read = properties::read_body(reader, table);
                    found.properties.extend(read);
                }
                BlockKind::Code(code) if found.shown.is_empty() => {
                    found.shown = json_representation::read(code);
                }
                _ => {}
            }
        }
        found
    }

    fn paragraph(&mut self, reader: &Reader<'_, '_>, prose: &Prose<'_, '_>) {
        self.says_none |= prose.says_any(&NONE);
        self.is_none_word |= matches!(
            prose.lower.trim().trim_end_matches('.'),
            "none" | "empty" | "n/a"
        );
        self.of_the_subject |= prose.says_any(&OF_THE_SUBJECT);
        if self.said.is_none() && !prose.text.trim().is_empty() {
            self.said = Some(prose.span(&(0..prose.text.len())));
        }
        if prose.says_any(&CONTENT) {
            let media_type = media_type(prose);
            self.content.get_or_insert(media_type);
        }
        if self.type_ref.is_none() {
            self.type_ref = body_type(reader, prose);
        }
    }

    /// What the request of an operation carries, taken out of what the section holds. The
    /// operation's method, headers and responses are known.
    pub(super) fn take(&mut self, operation: &Operation) -> RequestBody {
        let method = operation.method.as_str();
        let tabled = !self.properties.is_empty();
        let silent = method == "DELETE" && !self.documented;
        if method == "GET" || silent || !tabled && (self.says_none || method == "DELETE") {
            return RequestBody::None;
        }
        if tabled {
            return RequestBody::Properties {
                type_ref: self.type_ref.take(),
                properties: std::mem::take(&mut self.properties),
            };
        }
        if let Some(media_type) = self.content_of(operation) {
            return RequestBody::Content { media_type };
        }
        let type_ref = self.type_ref.take();
        match type_ref.or_else(|| self.subject_of(operation)) {
            Some(type_ref) => RequestBody::Type { type_ref },
            None if self.is_none_word => RequestBody::None,
            None if !self.shown.is_empty() => RequestBody::Properties {
                type_ref: None,
                properties: std::mem::take(&mut self.shown),
            },
            None => RequestBody::Undocumented,
        }
    }

    /// The media type of a body that is no JSON: the prose says that it is none and may name its
    /// type, or the request headers do.
    fn content_of(&self, operation: &Operation) -> Option<Option<String>> {
        let of_header = content_type(&operation.headers);
        let of_prose = self.content.as_ref().filter(|_| self.type_ref.is_none());
        match (of_prose, of_header) {
            (Some(Some(media_type)), _) => Some(Some(media_type.clone())),
            (Some(None), of_header) => Some(of_header),
            (None, of_header) => of_header.filter(|_| self.said.is_some()).map(Some),
        }
    }

    /// The type that the call makes or changes, when the prose does not need to name it: it is the
    /// one that the call answers with.
    fn subject_of(&self, operation: &Operation) -> Option<TypeRef> {
        let makes = operation.method != "POST"
            || operation
                .responses
                .iter()
                .any(|response| response.status == 201);
        let answers = operation
            .responses
            .iter()
            .filter_map(|response| response.type_ref.as_ref());
        let mut answers = answers.filter(|found| !found.name.starts_with("Edm."));
        let answer = answers.next().filter(|_| makes && self.of_the_subject)?;
        Some(TypeRef {
            is_collection: false,
            ..answer.clone()
        })
    }

    /// Where the section says what the body is, in words that tell no type.
    pub(super) fn said(&self) -> Option<Span> {
        self.said
    }
}

/// The media type that the header `Content-Type` has, when it is not JSON.
fn content_type(headers: &[Header]) -> Option<String> {
    let is_content_type = |header: &&Header| header.name.eq_ignore_ascii_case("content-type");
    let value = &headers.iter().find(is_content_type)?.value;
    let words = value.split(|sign: char| sign.is_whitespace() || ",;`\"()".contains(sign));
    let types: Vec<&str> = words
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| is_media_type(word))
        .collect();
    let json = types.iter().any(|found| found.contains("json"));
    types
        .first()
        .filter(|_| !json)
        .map(|found| (*found).to_owned())
}

fn media_type(prose: &Prose<'_, '_>) -> Option<String> {
    let codes = prose
        .pieces_from(0)
        .filter(|(_, piece)| piece.kind == PieceKind::Code);
    let mut types = codes
        .map(|(_, piece)| piece.text.trim())
        .filter(|text| is_media_type(text));
    types.next().map(str::to_owned)
}

/// Whether a text is a media type such as `image/jpeg`.
fn is_media_type(text: &str) -> bool {
    let Some((kind, name)) = text.split_once('/') else {
        return false;
    };
    let known = matches!(
        kind.to_ascii_lowercase().as_str(),
        "image" | "text" | "application" | "audio" | "video" | "multipart"
    );
    let token = |sign: char| sign.is_ascii_alphanumeric() || "-+.*_".contains(sign);
    known && !name.is_empty() && name.chars().all(token)
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
    // A paragraph of one or two words around a link does not say what the link is for.
    if !prose.says(SUPPLIES) && prose.text.split_whitespace().count() > 3 {
        return None;
    }
    let from = prose.places_of("representation").next().unwrap_or(0);
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
    types.find(|(_, found)| reader.links.leads_to_type(found))
}

fn marked_type(prose: &Prose<'_, '_>) -> Option<(Range<usize>, TypeRef)> {
    let words = "representation of ";
    let from = prose.places_of(words).next()? + words.len();
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
