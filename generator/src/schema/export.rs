//! IR 1 as JSON: the records as they are, each span as `{ "path", "line", "column", … }`.

use serde_json::{Map, Value, json};

use super::Schema;
use crate::source::{FileId, SourceMap, Span};

/// The version of the exported form. It is raised when a member changes its meaning or goes away.
const FORMAT: u32 = 1;

/// The schema as JSON. `docs/ir.md` describes the form.
pub fn to_json(schema: &Schema, sources: &SourceMap) -> Value {
    // The records derive `Serialize` over plain data; nothing in them can refuse.
    let mut value = serde_json::to_value(schema).unwrap_or_default();
    place_spans(&mut value, sources);
    if let Value::Object(members) = &mut value {
        members.insert("format".to_owned(), json!(FORMAT));
    }
    value
}

/// Replaces each span by the place that it stands for.
fn place_spans(value: &mut Value, sources: &SourceMap) {
    match value {
        Value::Object(members) => match span(members) {
            Some(span) => *value = place(span, sources),
            None => members
                .values_mut()
                .for_each(|member| place_spans(member, sources)),
        },
        Value::Array(items) => items.iter_mut().for_each(|item| place_spans(item, sources)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The span that an object is the serialised form of.
fn span(members: &Map<String, Value>) -> Option<Span> {
    let number = |name| u32::try_from(members.get(name)?.as_u64()?).ok();
    if members.len() != 3 {
        return None;
    }
    Some(Span {
        file: FileId(number("file")?),
        start: number("start")?,
        end: number("end")?,
    })
}

/// The place of a span; `null` for one that stands for nothing, such as that of an empty body.
fn place(span: Span, sources: &SourceMap) -> Value {
    if span == Span::default() {
        return Value::Null;
    }
    let (start, end) = (sources.line_column(span), sources.end_line_column(span));
    json!({
        "path": sources.get(span.file).path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    })
}
