//! The section Response into what a call answers with.

use std::ops::Range;

use crate::page::{BlockKind, Inline, Piece, PieceKind, trim};
use crate::schema::{DocumentedError, Response, TypeRef};

use super::prose::{self, Prose};
use super::{Reader, type_cell};

pub(super) const HEADINGS: &[&str] = &["response", "responses", "return value", "return type"];

/// Words that say that the body is no JSON, in lower case.
const CONTENT: &[&str] = &[
    "binary",
    "byte stream",
    "content stream",
    "the contents of",
    "the content of",
    "mime content",
    "mime format",
    "raw content",
    "csv",
    "in the form of a stream",
];

/// What the section says. A section that names a type and no status means `200 OK`.
#[derive(Clone, Debug, Default)]
pub(super) struct Answers {
    /// The successful ones.
    pub(super) responses: Vec<Response>,
    /// The statuses of 400 and above that its prose names.
    pub(super) errors: Vec<DocumentedError>,
}

/// The section of the page, examples left out.
pub(super) fn section(reader: &Reader<'_, '_>) -> Option<usize> {
    let sections = reader.outline.all(HEADINGS);
    sections.into_iter().find(|&index| {
        !reader
            .outline
            .within(index, |heading| heading.starts_with("example"))
    })
}

/// Reads the section, and the sections nested in it.
pub(super) fn read(reader: &Reader<'_, '_>, index: usize) -> Answers {
    let mut answers = Answers::default();
    for place in reader.outline.under(index) {
        if reader
            .outline
            .within(place, |heading| heading.contains("error"))
        {
            continue;
        }
        let Some(section) = reader.outline.section(place) else {
            continue;
        };
        for block in &section.blocks {
            match &block.kind {
                BlockKind::Paragraph(inline) => paragraph(reader, inline, &mut answers),
                BlockKind::List(items) => items
                    .iter()
                    .for_each(|item| paragraph(reader, item, &mut answers)),
                _ => {}
            }
        }
    }
    answers
}

fn paragraph(reader: &Reader<'_, '_>, inline: &Inline<'_>, answers: &mut Answers) {
    let prose = Prose::new(inline);
    let statuses = statuses(&prose);
    for (position, (place, status)) in statuses.iter().enumerate() {
        let end = statuses
            .get(position + 1)
            .map_or(prose.text.len(), |(next, _)| next.start);
        let part = place.end..end;
        if *status >= 400 {
            add_error(&prose, place, *status, reader, answers);
        } else {
            add_response(reader, &prose, place, *status, &part, answers);
        }
    }
    if statuses.is_empty() {
        without_status(reader, &prose, answers);
    }
}

/// A paragraph without a status may name the type of the only answer before it. Where there is no
/// answer yet, it is what the call returns when all is well.
fn without_status(reader: &Reader<'_, '_>, prose: &Prose<'_, '_>, answers: &mut Answers) {
    match answers.responses.as_mut_slice() {
        [response] => complete(reader, prose, response),
        [] if prose.says(&["returns", "return value", "response body"]) => {
            let type_ref = type_in(reader, prose, 0, &(0..prose.text.len()));
            answers.responses.extend(type_ref.map(|type_ref| Response {
                status: 200,
                span: type_ref.span,
                type_ref: Some(type_ref),
                ..Response::default()
            }));
        }
        _ => {}
    }
}

fn complete(reader: &Reader<'_, '_>, prose: &Prose<'_, '_>, response: &mut Response) {
    let whole = 0..prose.text.len();
    if response.status == 202 && response.monitor.is_none() {
        response.monitor = monitor_in(reader, prose, &whole);
        if response.monitor.is_some() {
            return;
        }
    }
    if response.type_ref.is_none()
        && response.status != 204
        && prose.says(&["response body", "returns", "response contains"])
    {
        response.type_ref = type_in(reader, prose, 0, &whole);
    }
}

/// The statuses in a text: three digits that begin a code span, or that "HTTP" precedes or a
/// capital letter follows.
fn statuses(prose: &Prose<'_, '_>) -> Vec<(Range<usize>, u16)> {
    let mut found = Vec::new();
    let bytes = prose.text.bytes().enumerate();
    for (at, _) in bytes.filter(|(_, byte)| matches!(byte, b'2'..=b'5')) {
        let Some(digits) = prose.text.get(at..at + 3) else {
            continue;
        };
        let Some(status) = digits.parse().ok().filter(|status| is_registered(*status)) else {
            continue;
        };
        let (before, after) = (&prose.text[..at], &prose.text[at + 3..]);
        let after = after.strip_prefix("-series").unwrap_or(after);
        let apart = !before.ends_with(|sign: char| sign.is_alphanumeric() || ".-$/".contains(sign))
            && !after.starts_with(|sign: char| sign.is_alphanumeric() || sign == '-');
        if apart && is_status(prose, at, before, after) {
            found.push((at..at + 3, status));
        }
    }
    found
}

/// Whether a number is in the ranges of statuses that are in use.
fn is_registered(status: u16) -> bool {
    matches!(status, 200..=208 | 226 | 300..=308 | 400..=451 | 500..=511)
}

fn is_status(prose: &Prose<'_, '_>, at: usize, before: &str, after: &str) -> bool {
    let marked = prose.pieces_from(at).next().is_some_and(|(place, piece)| {
        let lead = piece
            .text
            .get(..at.saturating_sub(place.start))
            .unwrap_or_default()
            .trim();
        is_marked(piece) && (lead.is_empty() || lead.to_ascii_lowercase().starts_with("http"))
    });
    let named = before.trim_end().to_ascii_lowercase().ends_with("http")
        || before.trim_end().ends_with("HTTP/1.1");
    let reason = after.strip_prefix([' ', ',']).is_some_and(|rest| {
        rest.trim_start()
            .starts_with(|first: char| first.is_ascii_uppercase())
    });
    let code = after.trim_start().starts_with("response code")
        || after.trim_start().starts_with("status code");
    marked || named || reason || code
}

fn is_marked(piece: &Piece<'_>) -> bool {
    matches!(
        piece.kind,
        PieceKind::Code | PieceKind::Strong | PieceKind::Emphasis | PieceKind::Link { .. }
    )
}

fn add_error(
    prose: &Prose<'_, '_>,
    place: &Range<usize>,
    status: u16,
    reader: &Reader<'_, '_>,
    answers: &mut Answers,
) {
    let sentence = sentence_of(prose, place.start);
    if ["other than", "2xx"]
        .iter()
        .any(|words| prose.lower[sentence.clone()].contains(words))
    {
        return;
    }
    let whole = [0..sentence.start, sentence.end..prose.text.len()];
    answers.errors.push(DocumentedError {
        status: Some(status),
        title: piece_text(prose, place),
        doc: prose::markdown(&prose.without(&whole), &reader.links),
        span: prose.span(place),
        ..DocumentedError::default()
    });
}

/// The words that the status stands in: `404 Not Found`.
fn piece_text(prose: &Prose<'_, '_>, place: &Range<usize>) -> String {
    let piece = prose.pieces_from(place.start).next();
    let marked = piece.filter(|(_, piece)| is_marked(piece));
    marked.map_or_else(
        || prose.text[place.clone()].to_owned(),
        |(_, piece)| piece.text.trim().to_owned(),
    )
}

fn sentence_of(prose: &Prose<'_, '_>, at: usize) -> Range<usize> {
    let mut sentences = prose.sentences().into_iter();
    sentences
        .find(|sentence| sentence.contains(&at))
        .unwrap_or(0..prose.text.len())
}

fn add_response(
    reader: &Reader<'_, '_>,
    prose: &Prose<'_, '_>,
    place: &Range<usize>,
    status: u16,
    part: &Range<usize>,
    answers: &mut Answers,
) {
    let sentence = sentence_of(prose, place.start);
    let lower = &prose.lower[sentence.clone()];
    if lower.contains("other than") || lower.contains("instead of") {
        return;
    }
    let begins = if part.end == prose.text.len() {
        sentence.start
    } else {
        place.start
    };
    let monitor = match status {
        202 => monitor_in(reader, prose, part),
        _ => None,
    };
    let type_ref = if status == 204 || monitor.is_some() {
        None
    } else {
        type_in(reader, prose, begins, part)
    };
    let is_content =
        type_ref.is_none() && status == 200 && CONTENT.iter().any(|words| lower.contains(words));
    let known = answers
        .responses
        .iter_mut()
        .find(|known| known.status == status);
    match known {
        Some(known) if known.type_ref.is_none() && known.monitor.is_none() => {
            known.type_ref = type_ref;
            known.monitor = monitor;
        }
        Some(_) => {}
        None => answers.responses.push(Response {
            status,
            type_ref,
            is_content,
            monitor,
            span: prose.span(place),
        }),
    }
}

/// Words before a link to the type of what a link in the headers leads to, in lower case.
const LEADS_TO: &[&str] = &[
    "location", "link to", "uri to", "url to", "uri of", "url of",
];

/// The type of what the link in the headers of an answer leads to: "a `Location` header with a link to
/// the [X]", "a link to the [X] in the `Operation-Location` header". What is in the body is none.
fn monitor_in(
    reader: &Reader<'_, '_>,
    prose: &Prose<'_, '_>,
    part: &Range<usize>,
) -> Option<TypeRef> {
    let links = prose.pieces_in(part.clone());
    links
        .filter(|(_, piece)| matches!(piece.kind, PieceKind::Link { .. }))
        .find_map(|(place, piece)| {
            let before = prose.lower.get(part.start..place.start)?;
            let after = prose
                .lower
                .get(place.end..sentence_of(prose, place.end).end)?;
            let in_body = after.contains("response body");
            let leads = LEADS_TO.iter().any(|words| before.contains(words))
                || after.contains("location` header")
                || after.contains("location header");
            let type_ref = reader.links.type_ref(piece, false);
            let leads = leads && !in_body && reader.links.leads_to_type(&type_ref);
            leads.then(|| named_by_link(type_ref))
        })
}

/// The type that a link leads to, whatever its words: "the [operation](teamsasyncoperation.md)".
fn named_by_link(type_ref: TypeRef) -> TypeRef {
    let link = type_ref.link.as_deref().unwrap_or_default();
    let file = link.rsplit('/').next().unwrap_or(link);
    let stem = file.split(['.', '#']).next().unwrap_or(file);
    let named = stem.rsplit('-').next().unwrap_or(stem).to_owned();
    let local = type_ref.name.rsplit('.').next().unwrap_or_default();
    match named.is_empty() || local.eq_ignore_ascii_case(&named) {
        true => type_ref,
        false => TypeRef {
            name: named,
            ..type_ref
        },
    }
}

/// The type in a part of a text: the first link to a resource that stands in the sentence of the
/// status or the one after it, or a marked name with "object" or "collection" behind it.
fn type_in(
    reader: &Reader<'_, '_>,
    prose: &Prose<'_, '_>,
    begins: usize,
    part: &Range<usize>,
) -> Option<TypeRef> {
    for (place, piece) in prose.pieces_in(part.clone()) {
        if matches!(piece.kind, PieceKind::Link { .. }) {
            let type_ref = reader
                .links
                .type_ref(piece, is_collection(prose, begins, &place));
            if reader.links.leads_to_type(&type_ref) && !is_reference(prose, &place) {
                return Some(with_primitive(type_ref));
            }
        } else if is_named_type(prose, &place, piece) {
            let mut type_ref = type_cell::from_text(&piece.text, piece.span);
            type_ref.is_collection |= is_collection(prose, begins, &place);
            return Some(type_ref);
        }
    }
    bare_type(prose, part).or_else(|| bare_object(prose, begins, part))
}

/// "the updated security-incidentTask object": a name that has lost its link. A capital letter
/// inside tells it from a word; what precedes a hyphen is part of the page's name.
fn bare_object(prose: &Prose<'_, '_>, begins: usize, part: &Range<usize>) -> Option<TypeRef> {
    let text = prose.text.get(part.clone())?;
    if !text.contains(" object") && !text.contains(" collection") {
        return None;
    }
    let ends = text
        .match_indices(" object")
        .chain(text.match_indices(" collection"));
    ends.map(|(at, _)| part.start + at).find_map(|end| {
        let word = prose.text.get(..end)?.rsplit(char::is_whitespace).next()?;
        let name = word.rsplit('-').next().unwrap_or(word);
        let local = name.rsplit('.').next().unwrap_or(name);
        let cased = local.starts_with(|first: char| first.is_ascii_lowercase())
            && local.contains(|sign: char| sign.is_ascii_uppercase());
        let place = end - name.len()..end;
        (cased && prose::is_type_name(name)).then(|| TypeRef {
            name: name.to_owned(),
            is_collection: is_collection(prose, begins, &place),
            span: prose.span(&place),
            link: None,
        })
    })
}

/// `[String](…)` names a primitive type.
fn with_primitive(mut type_ref: TypeRef) -> TypeRef {
    if let Some(name) = type_cell::primitive(&type_ref.name).filter(|name| *name != "Edm.Untyped") {
        type_ref.name = name.to_owned();
    }
    type_ref
}

/// "… see [X]": a place to read on, and no type.
fn is_reference(prose: &Prose<'_, '_>, place: &Range<usize>) -> bool {
    let before = prose.lower[..place.start].trim_end();
    [
        "see",
        "see the",
        "about",
        "more about",
        "in the",
        "refer to",
    ]
    .iter()
    .any(|words| {
        let lead = before.strip_suffix(words);
        lead.is_some_and(|lead| lead.ends_with(' '))
    })
}

fn is_collection(prose: &Prose<'_, '_>, begins: usize, place: &Range<usize>) -> bool {
    let before = prose.lower.get(begins..place.start).unwrap_or_default();
    let after = prose
        .lower
        .get(place.end..)
        .unwrap_or_default()
        .trim_start();
    let words = [
        "collection of",
        "list of",
        "array of",
        "collection containing",
        "set of",
        "collection that contains",
    ];
    let inside = prose
        .lower
        .get(place.clone())
        .is_some_and(|text| text.contains("collection"));
    inside
        || words.iter().any(|words| before.contains(words))
        || [
            "collection",
            "object collection",
            "objects collection",
            "array",
        ]
        .iter()
        .any(|word| after.starts_with(word))
}

fn is_named_type(prose: &Prose<'_, '_>, place: &Range<usize>, piece: &Piece<'_>) -> bool {
    let after = prose
        .lower
        .get(place.end..)
        .unwrap_or_default()
        .trim_start();
    let followed = [
        "object",
        "collection",
        "resource",
        "value in the response",
        "entity",
    ]
    .iter()
    .any(|word| after.starts_with(word));
    let marked = matches!(
        piece.kind,
        PieceKind::Code | PieceKind::Strong | PieceKind::Emphasis
    );
    marked
        && followed
        && prose::is_type_name(piece.text.trim())
        && piece.text.trim().len() > 1
        && piece.text.trim() != "value"
}

/// "a Boolean in the response body", "a String collection": a primitive type that nothing marks.
fn bare_type(prose: &Prose<'_, '_>, part: &Range<usize>) -> Option<TypeRef> {
    let text = prose.text.get(part.clone())?;
    let mut offset = part.start;
    for word in text.split_inclusive(char::is_whitespace) {
        let name = trim(word).trim_matches([',', '.']);
        let is_name = name.starts_with(|first: char| first.is_ascii_uppercase())
            && !matches!(
                name,
                "Time" | "Number" | "Object" | "Any" | "Url" | "URL" | "JSON" | "Date"
            );
        let primitive = Some(name).filter(|_| is_name);
        if let Some(primitive) = primitive.and_then(type_cell::primitive) {
            let place = offset..offset + name.len();
            return Some(TypeRef {
                name: primitive.to_owned(),
                is_collection: is_collection(prose, part.start, &place),
                span: prose.span(&place),
                link: None,
            });
        }
        offset += word.len();
    }
    None
}
