//! "The API supports only these action types:" and the list below it into a restriction.

use crate::page::{BlockKind, Inline, PieceKind};
use crate::schema::{RestrictionKind, ValueRestriction};

use super::Reader;
use super::phrases::{restriction_context, restriction_kind};
use super::prose::Prose;
use super::values;

/// Reads the restrictions that the prose of an API page states, wherever it does so but in
/// examples.
pub(super) fn read(reader: &Reader<'_, '_>) -> Vec<ValueRestriction> {
    let mut found = Vec::new();
    for (index, section) in reader.page.sections.iter().enumerate() {
        if reader
            .outline
            .within(index, |heading| heading.starts_with("example"))
        {
            continue;
        }
        let mut announced: Option<Announced> = None;
        for block in &section.blocks {
            match (&block.kind, announced.take()) {
                (BlockKind::Paragraph(inline), _) => announced = paragraph(inline, &mut found),
                (BlockKind::List(items), Some(announced)) => {
                    found.extend(from_list(announced, items, block.span))
                }
                _ => {}
            }
        }
    }
    found
}

/// A sentence that ends in a colon and says what the list below it holds.
struct Announced {
    kind: RestrictionKind,
    context: String,
}

fn paragraph(inline: &Inline<'_>, found: &mut Vec<ValueRestriction>) -> Option<Announced> {
    let mut pieces = inline.pieces.iter();
    if !pieces.any(|piece| memchr::memchr(b':', piece.text.as_bytes()).is_some()) {
        return None;
    }
    let prose = Prose::new(inline);
    for sentence in prose.sentences() {
        let (lower, text) = (
            &prose.lower[sentence.clone()],
            &prose.text[sentence.clone()],
        );
        let Some(colon) = lower.find(':') else {
            continue;
        };
        let Some(kind) = restriction_kind(&lower[..colon]) else {
            continue;
        };
        if lower[..colon].contains('$') || lower[..colon].contains("query") {
            continue;
        }
        let context = restriction_context(text);
        if lower.trim_end().ends_with(':') && sentence.end == prose.text.len() {
            return Some(Announced { kind, context });
        }
        let list = values::read_list(&prose, sentence.start + colon + 1);
        if !list.values.is_empty() && list.range.end <= sentence.end {
            let span = prose.span(&list.range);
            let values = list.values.into_iter().map(|value| value.name).collect();
            found.push(restriction(Announced { kind, context }, values, span));
        }
    }
    None
}

fn restriction(
    announced: Announced,
    values: Vec<String>,
    span: crate::source::Span,
) -> ValueRestriction {
    ValueRestriction {
        kind: announced.kind,
        context: announced.context,
        values,
        enum_type: None,
        property: None,
        span,
    }
}

/// The values of a list, one an item. An item that is a sentence makes it a list of something else.
fn from_list(
    announced: Announced,
    items: &[Inline<'_>],
    span: crate::source::Span,
) -> Option<ValueRestriction> {
    let values: Option<Vec<String>> = items.iter().map(item_value).collect();
    values
        .filter(|values| !values.is_empty())
        .map(|values| restriction(announced, values, span))
}

fn item_value(item: &Inline<'_>) -> Option<String> {
    let first = item
        .pieces
        .iter()
        .find(|piece| !piece.text.trim().is_empty())?;
    let text = first.text.trim();
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .chars()
                .all(|sign| sign.is_ascii_alphanumeric() || "_-.".contains(sign))
    };
    if first.kind != PieceKind::Text {
        return is_name(text).then(|| text.to_owned());
    }
    let mut words = text.split_whitespace();
    let name = words.next()?.trim_matches([',', ':', ';', '.']);
    let alone = words
        .next()
        .is_none_or(|next| matches!(next, "-" | "–" | "—") || next.starts_with('('));
    (is_name(name) && alone).then(|| name.to_owned())
}
