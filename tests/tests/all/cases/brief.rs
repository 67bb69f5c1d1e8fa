//! What came of a case, as short as it can be read and compared.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value};

/// How wide a line may get before a value is broken into several.
const WIDTH: usize = 100;

/// The exported schema without what is empty, places as `path:line:column`, and what is short on
/// one line.
pub(super) fn ir(export: &Value) -> String {
    let mut text = String::new();
    write(&mut text, &shorten(export).unwrap_or_default(), 0);
    text
}

/// Writes JSON: on one line where it fits, else with a line for each member or item.
fn write(text: &mut String, value: &Value, indent: usize) {
    let line = value.to_string();
    if 2 * indent + line.len() <= WIDTH {
        text.push_str(&line);
        return;
    }
    match value {
        Value::Object(members) => {
            let lead = |name: &String| format!("{}: ", Value::from(name.as_str()));
            block(
                text,
                ('{', '}'),
                indent,
                members.iter().map(|(name, v)| (lead(name), v)),
            );
        }
        Value::Array(items) => {
            block(
                text,
                ('[', ']'),
                indent,
                items.iter().map(|item| (String::new(), item)),
            );
        }
        _ => text.push_str(&line),
    }
}

fn block<'v>(
    text: &mut String,
    (open, close): (char, char),
    indent: usize,
    items: impl ExactSizeIterator<Item = (String, &'v Value)>,
) {
    let last = items.len().saturating_sub(1);
    let _ = writeln!(text, "{open}");
    for (place, (lead, value)) in items.enumerate() {
        let _ = write!(text, "{:1$}{lead}", "", 2 * indent + 2);
        write(text, value, indent + 1);
        text.push_str(if place < last { ",\n" } else { "\n" });
    }
    let _ = write!(text, "{:1$}{close}", "", 2 * indent);
}

/// A value without members that are null, false or empty; none when nothing is left of it. That
/// something is not nullable says something: silence is null.
fn shorten(value: &Value) -> Option<Value> {
    match value {
        Value::Null | Value::Bool(false) => None,
        Value::String(text) if text.is_empty() => None,
        Value::Object(members) => place(members).or_else(|| {
            let kept = members.iter().filter_map(|(name, v)| match name.as_str() {
                "nullable" if v.is_boolean() => Some((name.clone(), v.clone())),
                _ => Some((name.clone(), shorten(v)?)),
            });
            let kept: Map<_, _> = kept.collect();
            (!kept.is_empty()).then_some(Value::Object(kept))
        }),
        Value::Array(items) if items.is_empty() => None,
        Value::Array(items) => {
            let items = items
                .iter()
                .map(|item| shorten(item).unwrap_or_else(|| item.clone()));
            Some(Value::Array(items.collect()))
        }
        other => Some(other.clone()),
    }
}

fn place(members: &Map<String, Value>) -> Option<Value> {
    let (path, line) = (members.get("path")?.as_str()?, members.get("line")?);
    Some(Value::String(format!(
        "{path}:{line}:{}",
        members.get("column")?
    )))
}

/// The files that hold what was generated, one behind the other; not those that are the same in
/// every crate or only say which files there are.
pub(super) fn rust(files: &BTreeMap<String, String>) -> String {
    let mut text = String::new();
    for (path, content) in files.iter().filter(|(path, content)| tells(path, content)) {
        let rest = content
            .split_once("\n\n")
            .map_or(content.as_str(), |(_, rest)| rest);
        let _ = writeln!(text, "// ---- {path}\n{}", rest.trim_end());
    }
    text
}

/// Whether a file holds an item of its own.
fn tells(path: &str, content: &str) -> bool {
    let is_source = path.ends_with(".rs") && path != "src/lib.rs";
    let items = ["macro_rules", "fn ", "struct ", "enum "];
    let is_root = path == "src/client.rs" && !content.contains("OPERATION");
    is_source && !is_root && items.iter().any(|item| content.contains(item))
}
