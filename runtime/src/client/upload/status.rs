//! [`UploadStatus`]: what a session says of itself, read.

use serde::de::Error as _;
use serde_json::{Map, Value};

use super::super::{DecodeError, Error, Response};
use crate::model::DateTimeOffset;

/// What the service has yet to get of an upload.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UploadStatus {
    /// The ranges of bytes that are missing, as (first, last), the last being `None` for all that
    /// follow. Not always all of them.
    pub next_expected_ranges: Vec<(u64, Option<u64>)>,
    /// When the session expires, where the service says.
    pub expiration: Option<DateTimeOffset>,
}

impl UploadStatus {
    /// Reads an `uploadSession` object; services differ in the case of its members.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] for what is none.
    pub(super) fn of(response: Response) -> Result<Self, Error> {
        match serde_json::from_slice(&response.body) {
            Ok(Value::Object(object)) => Ok(Self::read(&object)),
            Ok(_) => {
                let error = serde_json::Error::custom("an upload session is an object");
                Err(Error::Decode(Box::new(DecodeError::new(response, error))))
            }
            Err(error) => Err(Error::Decode(Box::new(DecodeError::new(response, error)))),
        }
    }

    fn read(object: &Map<String, Value>) -> Self {
        let ranges = member(object, "nextExpectedRanges").and_then(Value::as_array);
        let ranges = ranges.into_iter().flatten().filter_map(Value::as_str);
        let expiration = member(object, "expirationDateTime").and_then(Value::as_str);
        Self {
            next_expected_ranges: ranges.filter_map(range).collect(),
            expiration: expiration.and_then(|text| text.parse().ok()),
        }
    }

    /// The first byte that is missing; `None` when the service names none.
    pub(super) fn next_expected(&self) -> Option<u64> {
        self.next_expected_ranges
            .iter()
            .map(|(start, _)| *start)
            .min()
    }
}

fn member<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let mut members = object.iter();
    let (_, value) = members.find(|(other, _)| other.eq_ignore_ascii_case(name))?;
    Some(value)
}

/// `26-127`, `26-` or, as Outlook has it, `26`.
fn range(text: &str) -> Option<(u64, Option<u64>)> {
    let (first, last) = text.split_once('-').unwrap_or((text, ""));
    let last = match last.trim() {
        "" => None,
        last => Some(last.parse().ok()?),
    };
    Some((first.trim().parse().ok()?, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_as_the_services_write_them() {
        let table = [
            ("26-", Some((26, None))),
            ("26", Some((26, None))),
            ("0-25", Some((0, Some(25)))),
            (" 77829 - 99375 ", Some((77829, Some(99375)))),
            ("", None),
            ("-5", None),
            ("a-b", None),
            ("5-b", None),
            ("99999999999999999999-", None),
        ];
        for (text, expected) in table {
            assert_eq!(range(text), expected, "{text:?}");
        }
    }
}
