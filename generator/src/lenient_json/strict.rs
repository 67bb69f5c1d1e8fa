//! The keys of an object in strict JSON, and where they stand.

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer as _;
use serde::de::{IgnoredAny, MapAccess, Visitor};

/// The keys of the object that a text is, each with its first byte, in the order of the text.
/// Nothing when the text is no strict JSON, no object, or has a key with an escape.
pub(super) fn keys(text: &str) -> Option<Vec<(String, usize)>> {
    let mut json = serde_json::Deserializer::from_str(text);
    let keys = json.deserialize_map(Keys { text }).ok()??;
    json.end().ok()?;
    Some(keys)
}

struct Keys<'t> {
    text: &'t str,
}

impl<'de> Visitor<'de> for Keys<'de> {
    type Value = Option<Vec<(String, usize)>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut keys = Some(Vec::new());
        while let Some((Key(key), IgnoredAny)) = members.next_entry()? {
            let place = match &key {
                Cow::Borrowed(key) => place_in(self.text, key),
                Cow::Owned(_) => None,
            };
            match (&mut keys, place) {
                (Some(keys), Some(place)) => keys.push((key.into_owned(), place)),
                _ => keys = None,
            }
        }
        Ok(keys)
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
