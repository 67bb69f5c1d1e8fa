//! Strict JSON: its value, and the members of an object with the places at which they stand.

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer as _;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::Member;

/// The value that a text is, as `serde_json` has it, and whether an object in it has two members of one
/// name, of which the value holds the last. Nothing when the text is no strict JSON.
pub(super) fn value(text: &str) -> Option<(Value, bool)> {
    let mut json = serde_json::Deserializer::from_str(text);
    let mut has_repeated = false;
    let seed = Values {
        has_repeated: &mut has_repeated,
    };
    let value = seed.deserialize(&mut json).ok()?;
    json.end().ok()?;
    Some((value, has_repeated))
}

/// Reads values as `serde_json` does, and notes a name that comes again.
struct Values<'r> {
    has_repeated: &'r mut bool,
}

impl<'de> DeserializeSeed<'de> for Values<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<Value, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Values<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::from(text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let Self { has_repeated } = self;
        let mut values = Vec::new();
        while let Some(value) = items.next_element_seed(Values { has_repeated })? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let Self { has_repeated } = self;
        let mut values = Map::new();
        while let Some(name) = members.next_key()? {
            let value = members.next_value_seed(Values { has_repeated })?;
            *has_repeated |= values.insert(name, value).is_some();
        }
        Ok(Value::Object(values))
    }
}

/// The members of the object that a text is, in the order of the text. Nothing when the text is no
/// strict JSON, no object, or has a key with an escape.
pub(super) fn members(text: &str) -> Option<Vec<Member>> {
    let mut json = serde_json::Deserializer::from_str(text);
    let members = json.deserialize_map(Members { text }).ok()??;
    json.end().ok()?;
    Some(members)
}

struct Members<'t> {
    text: &'t str,
}

impl<'de> Visitor<'de> for Members<'de> {
    type Value = Option<Vec<Member>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members: Option<Vec<Member>> = Some(Vec::new());
        while let Some((Key(key), value)) = map.next_entry()? {
            let place = match &key {
                Cow::Borrowed(key) => place_in(self.text, key),
                Cow::Owned(_) => None,
            };
            match (&mut members, place) {
                (Some(members), Some(offset)) => {
                    let key = key.into_owned();
                    members.push(Member { key, offset, value });
                }
                _ => members = None,
            }
        }
        Ok(members)
    }
}

/// A key, borrowed unless it holds an escape.
#[derive(serde::Deserialize)]
struct Key<'t>(#[serde(borrow)] Cow<'t, str>);

/// Where the opening quote of a key stands that is borrowed from the text.
fn place_in(text: &str, key: &str) -> Option<usize> {
    let quote = (key.as_ptr() as usize).checked_sub(text.as_ptr() as usize + 1)?;
    (text.as_bytes().get(quote) == Some(&b'"')).then_some(quote)
}
