//! Documented and actual in, the first difference out: where it is and what stands on either side.

use std::fmt::Debug;

use serde_json::{Map, Number, Value};

/// Compares JSON by meaning: members in any order, numbers by value.
///
/// # Errors
///
/// The path of the first member that differs, and both values.
pub(super) fn json(documented: &Value, actual: &Value) -> Result<(), String> {
    json_at("", documented, actual)
}

fn json_at(path: &str, documented: &Value, actual: &Value) -> Result<(), String> {
    match (documented, actual) {
        (Value::Object(documented), Value::Object(actual)) => objects(path, documented, actual),
        (Value::Array(documented), Value::Array(actual)) => arrays(path, documented, actual),
        (Value::Number(one), Value::Number(other)) if numbers_equal(one, other) => Ok(()),
        _ if documented == actual => Ok(()),
        _ => Err(difference(path, Some(documented), Some(actual))),
    }
}

fn objects(
    path: &str,
    documented: &Map<String, Value>,
    actual: &Map<String, Value>,
) -> Result<(), String> {
    let member = |name: &str| match path {
        "" => name.to_owned(),
        _ => format!("{path}.{name}"),
    };
    for (name, value) in documented {
        match actual.get(name) {
            Some(other) => json_at(&member(name), value, other)?,
            None => return Err(difference(&member(name), Some(value), None)),
        }
    }
    match actual
        .iter()
        .find(|(name, _)| !documented.contains_key(*name))
    {
        Some((name, value)) => Err(difference(&member(name), None, Some(value))),
        None => Ok(()),
    }
}

fn arrays(path: &str, documented: &[Value], actual: &[Value]) -> Result<(), String> {
    for index in 0..documented.len().max(actual.len()) {
        let item = format!("{path}[{index}]");
        match (documented.get(index), actual.get(index)) {
            (Some(one), Some(other)) => json_at(&item, one, other)?,
            (one, other) => return Err(difference(&item, one, other)),
        }
    }
    Ok(())
}

/// Integers as integers, so that no digit of a long one counts for nothing; others as doubles.
fn numbers_equal(one: &Number, other: &Number) -> bool {
    match (one.as_i128(), other.as_i128()) {
        (Some(one), Some(other)) => one == other,
        _ => one.as_f64() == other.as_f64(),
    }
}

fn difference(path: &str, documented: Option<&Value>, actual: Option<&Value>) -> String {
    let path = if path.is_empty() { "the whole" } else { path };
    let shown = |value: Option<&Value>| value.map_or("nothing".to_owned(), Value::to_string);
    format!(
        "{path}:\n  documented: {}\n  actual:     {}",
        shown(documented),
        shown(actual)
    )
}

/// The part of a documented body that an output stands for: all of it, or its `value` where the
/// body is that and annotations, and the output came without the wrapping.
pub(super) fn unwrapped<'a>(documented: &'a Value, output: &Value) -> &'a Value {
    let Value::Object(members) = documented else {
        return documented;
    };
    let wraps = |members: &Map<String, Value>| {
        members.contains_key("value")
            && members
                .keys()
                .all(|name| name == "value" || name.contains('@'))
    };
    match members.get("value") {
        Some(value) if wraps(members) && output.get("value").is_none() => value,
        _ => documented,
    }
}

/// The text that an output of bytes holds; `None` for any other output.
pub(super) fn text_of_bytes(output: &Value) -> Option<String> {
    let byte = |value: &Value| u8::try_from(value.as_u64()?).ok();
    let bytes = output.as_array()?.iter().map(byte);
    String::from_utf8(bytes.collect::<Option<Vec<u8>>>()?).ok()
}

/// Compares an output with a documented body that is not JSON.
///
/// # Errors
///
/// Both, where they differ.
pub(super) fn text(documented: &str, output: &Value) -> Result<(), String> {
    let actual = match output {
        Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    };
    equal("text", documented, &actual)
}

/// Compares two of anything.
///
/// # Errors
///
/// The name of what differs, and both.
pub(super) fn equal<T: Debug + PartialEq + ?Sized>(
    what: &str,
    documented: &T,
    actual: &T,
) -> Result<(), String> {
    match documented == actual {
        true => Ok(()),
        false => Err(format!(
            "{what}:\n  documented: {documented:?}\n  actual:     {actual:?}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Value {
        serde_json::from_str(text).expect(text)
    }

    #[test]
    fn json_is_compared_by_meaning() {
        let table = [
            ("5", "5.0", None),
            ("1e2", "100", None),
            ("1.1", "1.100000023841858", Some("the whole:")),
            ("9007199254740993", "9007199254740992", Some("the whole:")),
            (r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#, None),
            (
                r#"{"a":null}"#,
                "{}",
                Some("a:\n  documented: null\n  actual:     nothing"),
            ),
            ("{}", r#"{"a":{"b":1}}"#, Some("a:\n  documented: nothing")),
            (
                r#"{"a":[{"b":"x"}]}"#,
                r#"{"a":[{"b":"y"}]}"#,
                Some("a[0].b:\n  documented: \"x\""),
            ),
            ("[1,2]", "[2,1]", Some("[0]:")),
            ("[1]", "[1,2]", Some("[1]:\n  documented: nothing")),
            ("\"5\"", "5", Some("the whole:")),
        ];
        for (documented, actual, expected) in table {
            let found = json(&parsed(documented), &parsed(actual));
            match expected {
                None => assert_eq!(found, Ok(()), "{documented} {actual}"),
                Some(start) => {
                    let fault = found.expect_err(documented);
                    assert!(fault.starts_with(start), "{fault}");
                }
            }
        }
    }

    #[test]
    fn a_wrapped_value_is_compared_unwrapped_only_with_what_came_unwrapped() {
        let wrapped = parsed(r#"{"@odata.context":"c","value":[1]}"#);
        assert_eq!(unwrapped(&wrapped, &parsed("[1]")), &parsed("[1]"));
        assert_eq!(unwrapped(&wrapped, &wrapped), &wrapped);
        let entity = parsed(r#"{"id":"1","value":[1]}"#);
        assert_eq!(unwrapped(&entity, &parsed("[1]")), &entity);
    }
}
