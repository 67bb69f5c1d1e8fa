//! The JSON block of a resource page into properties that its tables lack.

use serde_json::Value;

use crate::lenient_json;
use crate::page::{BlockKind, CodeBlock};
use crate::schema::{Origin, Property, TypeRef};
use crate::source::Span;

use super::{Reader, resource, type_cell};

/// The ways in which sample values name a type in parentheses: `String (timestamp)`.
const NOTES: &[(&str, &str)] = &[
    ("binary", "Edm.Binary"),
    ("date", "Edm.Date"),
    ("datetime", "Edm.DateTimeOffset"),
    ("datetimeoffset", "Edm.DateTimeOffset"),
    ("duration", "Edm.Duration"),
    ("guid", "Edm.Guid"),
    ("iso 8601 duration", "Edm.Duration"),
    ("stream", "Edm.Stream"),
    ("time", "Edm.TimeOfDay"),
    ("time of day", "Edm.TimeOfDay"),
    ("timeofday", "Edm.TimeOfDay"),
    ("timestamp", "Edm.DateTimeOffset"),
];

/// The properties of a JSON representation in order, each with the type that its sample value
/// tells. Annotations (`@odata.type`) are left out.
pub(super) fn read(block: &CodeBlock<'_>) -> Vec<Property> {
    let mut properties: Vec<Property> = Vec::new();
    for member in lenient_json::members_in_order(&block.text) {
        let span = span_at(block, member.offset, member.key.len() + "\"\"".len());
        let known = properties.iter_mut().find(|known| known.name == member.key);
        match known {
            // Of several members with one key, the last counts, in the place of the first.
            Some(known) => known.type_ref = type_of(&member.value, known.span),
            None if is_property(&member.key) => {
                properties.push(property(member.key, type_of(&member.value, span), span));
            }
            None => {}
        }
    }
    properties
}

/// The JSON representation of a page that says nowhere which fence it is.
pub(super) fn block<'a, 's>(reader: &Reader<'a, 's>) -> Option<&'a CodeBlock<'s>> {
    let sections = reader.outline.all(resource::JSON).into_iter();
    let mut blocks = sections.flat_map(|index| reader.outline.blocks(reader.outline.under(index)));
    blocks.find_map(|block| match &block.kind {
        BlockKind::Code(code) if code.text.trim_start().starts_with('{') => Some(code),
        _ => None,
    })
}

/// The qualified name that the `@odata.type` of a JSON representation gives to the type. The page's
/// own namespace is more reliable.
pub(super) fn type_name(
    reader: &Reader<'_, '_>,
    block: Option<&CodeBlock<'_>>,
    name: &str,
) -> Option<String> {
    let block = block.filter(|_| reader.namespace.is_none())?;
    let (json, _) = lenient_json::parse(&block.text).ok()?;
    let found = json.get("@odata.type")?.as_str()?;
    let found = found.trim().trim_start_matches('#');
    let same = resource::short_name(found).eq_ignore_ascii_case(resource::short_name(name));
    (same && super::prose::is_type_name(found)).then(|| reader.qualify(found))
}

/// `id`, where its sample value is `String (identifier)`: metadata calls it the key of such a type.
pub(super) fn key(block: Option<&CodeBlock<'_>>) -> Option<String> {
    let (json, _) = lenient_json::parse(&block?.text).ok()?;
    let sample = json.get("id")?.as_str()?;
    sample.contains("(identifier)").then(|| "id".to_owned())
}

fn property(name: String, type_ref: TypeRef, span: Span) -> Property {
    Property {
        name,
        type_ref,
        origin: Origin::Json,
        span,
        ..Property::default()
    }
}

fn is_property(name: &str) -> bool {
    super::prose::is_identifier(name)
}

/// Where a part of a block's text stands in the file. A block in a list is indented in the file
/// and not in the text, so that places in it are only known as a whole.
pub(super) fn span_at(block: &CodeBlock<'_>, start: usize, length: usize) -> Span {
    let whole = block.text_span;
    if (whole.end - whole.start) as usize != block.text.len() {
        return whole;
    }
    let start = whole.start as usize + start;
    Span::new(whole.file, start, start + length)
}

/// The type that a sample value tells.
pub(super) fn type_of(sample: &Value, span: Span) -> TypeRef {
    match sample {
        Value::Array(items) => TypeRef {
            is_collection: true,
            ..items
                .first()
                .map_or_else(|| named("Edm.Untyped", span), |item| type_of(item, span))
        },
        Value::Object(members) => of_object(members.get("@odata.type"), span),
        Value::Bool(_) => named("Edm.Boolean", span),
        Value::Number(number) if number.is_f64() => named("Edm.Double", span),
        Value::Number(number)
            if number
                .as_i64()
                .is_none_or(|number| i32::try_from(number).is_err()) =>
        {
            named("Edm.Int64", span)
        }
        Value::Number(_) => named("Edm.Int32", span),
        Value::String(text) => of_text(text, span),
        Value::Null => named("Edm.Untyped", span),
    }
}

fn of_object(odata_type: Option<&Value>, span: Span) -> TypeRef {
    let name = odata_type.and_then(Value::as_str);
    name.map_or_else(
        || named("Edm.Untyped", span),
        |name| type_cell::from_text(name, span),
    )
}

fn of_text(text: &str, span: Span) -> TypeRef {
    let annotation = text.contains('@').then(|| text.split_once("@odata.type:"));
    if let Some((_, name)) = annotation.flatten() {
        return type_cell::from_text(name, span);
    }
    let lower = text.trim().to_ascii_lowercase();
    if let Some((word, note)) = lower.trim_end_matches(')').split_once('(') {
        let note = NOTES.iter().find(|(known, _)| *known == note.trim());
        if let (Some((_, name)), true) = (note, type_cell::primitive(word.trim()).is_some()) {
            return named(name, span);
        }
    }
    let word = lower.split([' ', '(', ',']).next().unwrap_or_default();
    match type_cell::primitive(word) {
        Some(name) if lower.contains("collection") => TypeRef {
            is_collection: true,
            ..named(name, span)
        },
        Some(name) => named(name, span),
        None if names_type(&lower) => type_cell::from_text(text, span),
        None => named("Edm.String", span),
    }
}

/// Whether a sample value, in lower case, is the name of a type: `Collection(microsoft.graph.x)`.
fn names_type(lower: &str) -> bool {
    let name = lower.strip_prefix("collection(").unwrap_or(lower);
    let name = name.trim_start_matches('#');
    name.starts_with("microsoft.graph.") || name.starts_with("edm.")
}

fn named(name: &str, span: Span) -> TypeRef {
    TypeRef {
        name: name.to_owned(),
        span,
        ..TypeRef::default()
    }
}

#[cfg(test)]
mod tests {
    use super::type_of;
    use crate::source::Span;
    use serde_json::json;

    #[test]
    fn sample_values_tell_types() {
        let cases = [
            (json!("String"), "Edm.String", false),
            (json!("String (timestamp)"), "Edm.DateTimeOffset", false),
            (json!("String (identifier)"), "Edm.String", false),
            (json!("String (ISO 8601 duration)"), "Edm.Duration", false),
            (json!("String (time of day)"), "Edm.TimeOfDay", false),
            (json!(true), "Edm.Boolean", false),
            (json!("Boolean"), "Edm.Boolean", false),
            (json!(1024), "Edm.Int32", false),
            (json!(5_000_000_000_i64), "Edm.Int64", false),
            (json!(1.5), "Edm.Double", false),
            (json!("Guid"), "Edm.Guid", false),
            (json!("Date"), "Edm.Date", false),
            (json!("a | b | c"), "Edm.String", false),
            (json!(["String"]), "Edm.String", true),
            (
                json!({"@odata.type": "#microsoft.graph.x"}),
                "microsoft.graph.x",
                false,
            ),
            (
                json!([{"@odata.type": "microsoft.graph.x"}]),
                "microsoft.graph.x",
                true,
            ),
            (
                json!("@odata.type: microsoft.graph.x"),
                "microsoft.graph.x",
                false,
            ),
            (
                json!("Collection(microsoft.graph.x)"),
                "microsoft.graph.x",
                true,
            ),
            (json!({"a": 1}), "Edm.Untyped", false),
            (json!([]), "Edm.Untyped", true),
        ];
        for (sample, name, is_collection) in cases {
            let found = type_of(&sample, Span::default());
            assert_eq!(
                (found.name.as_str(), found.is_collection),
                (name, is_collection),
                "{sample}"
            );
        }
    }
}
