//! JSON as people write it in pages, strict or not, into values.
//!
//! Strict JSON (RFC 8259) gives exactly what `serde_json` makes of it. Else a tolerant reader has a
//! try, which forgives what occurs in real pages and says so: trailing and missing commas, keys and
//! words without quotes, line ends in strings, comments, ellipses, prose behind the value.

mod reader;
mod strict;
mod string;

use serde_json::Value;

use reader::Reader;

/// Something that strict JSON does not allow.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// The byte of the text at which it stands.
    pub offset: usize,
    /// What it is, as a sentence without a full stop.
    pub message: String,
}

impl Fault {
    pub(crate) fn new(offset: usize, message: impl Into<String>) -> Self {
        Self {
            offset,
            message: message.into(),
        }
    }
}

/// A member whose name an object has had before.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Repeated {
    /// The name.
    pub name: String,
    /// The byte of the text at which the first member of that name begins.
    pub first: usize,
    /// The byte at which this one begins.
    pub offset: usize,
}

/// A JSON value that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The value. Of several members of one name, the last.
    pub value: Value,
    /// What had to be forgiven; nothing for strict JSON.
    pub faults: Vec<Fault>,
    /// The members, at any depth, whose names their objects have had before. Strict JSON may have them, but
    /// readers keep one of each name (RFC 8259 section 4).
    pub repeated: Vec<Repeated>,
}

/// Reads a JSON value.
///
/// # Errors
///
/// When even the tolerant reader can't make sense of the text: the first thing it stumbles over.
pub fn read(text: &str) -> Result<Document, Fault> {
    let mut reader = Reader::new(text);
    let Some((value, has_repeated)) = strict::value(text) else {
        let value = reader.read_document()?;
        return Ok(Document {
            value,
            faults: reader.faults,
            repeated: reader.repeated,
        });
    };
    if has_repeated {
        // Of the tolerant reader, no more is asked than where the members stand.
        let _ = reader.read_document();
    }
    Ok(Document {
        value,
        faults: Vec::new(),
        repeated: reader.repeated,
    })
}

/// Reads a JSON value and what had to be forgiven for it; nothing for strict JSON.
///
/// # Errors
///
/// As [`read`].
pub fn parse(text: &str) -> Result<(Value, Vec<Fault>), Fault> {
    let read = read(text)?;
    Ok((read.value, read.faults))
}

/// A member of an object.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Member {
    /// Its key.
    pub key: String,
    /// The first byte of the key.
    pub offset: usize,
    /// Its value, or that of the last member with the key.
    pub value: Value,
}

/// The members of the object that the text holds, in the order of the text. None of a text that is
/// no object, or unreadable.
#[must_use]
pub fn members_in_order(text: &str) -> Vec<Member> {
    strict::members(text).unwrap_or_else(|| tolerant_members(text))
}

fn tolerant_members(text: &str) -> Vec<Member> {
    let mut reader = Reader::new(text);
    let Ok(Value::Object(values)) = reader.read_document() else {
        return Vec::new();
    };
    let members = reader.top_keys.into_iter().filter_map(|(key, offset)| {
        let value = values.get(&key)?.clone();
        Some(Member { key, offset, value })
    });
    members.collect()
}

/// The length in bytes of the object with which the text begins, its last brace included.
#[must_use]
pub(crate) fn object_length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            b'"' => while bytes.next().is_some_and(|(_, byte)| byte != b'"') {},
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests;
