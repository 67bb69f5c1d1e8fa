//! JSON of examples into bytes and back: what `borsh` does not know by itself.

use std::io::{self, Read, Write};

use borsh::{BorshDeserialize, BorshSerialize};
use serde_json::{Map, Number, Value};

/// The deepest nesting that is read; what was written was parsed before, with a lower limit.
const MAX_DEPTH: usize = 256;

/// What a value begins with.
mod tag {
    pub(super) const ABSENT: u8 = 0;
    pub(super) const NULL: u8 = 1;
    pub(super) const FALSE: u8 = 2;
    pub(super) const TRUE: u8 = 3;
    pub(super) const UNSIGNED: u8 = 4;
    pub(super) const SIGNED: u8 = 5;
    pub(super) const FLOAT: u8 = 6;
    pub(super) const STRING: u8 = 7;
    pub(super) const ARRAY: u8 = 8;
    pub(super) const OBJECT: u8 = 9;
}

/// Writes a value, or that there is none.
pub(super) fn write<W: Write>(value: &Option<Value>, out: &mut W) -> io::Result<()> {
    match value {
        None => tag::ABSENT.serialize(out),
        Some(value) => write_value(value, out),
    }
}

fn write_value<W: Write>(value: &Value, out: &mut W) -> io::Result<()> {
    match value {
        Value::Null => tag::NULL.serialize(out),
        Value::Bool(false) => tag::FALSE.serialize(out),
        Value::Bool(true) => tag::TRUE.serialize(out),
        Value::Number(number) => write_number(number, out),
        Value::String(text) => {
            tag::STRING.serialize(out)?;
            text.serialize(out)
        }
        Value::Array(items) => {
            tag::ARRAY.serialize(out)?;
            length(items.len())?.serialize(out)?;
            items.iter().try_for_each(|item| write_value(item, out))
        }
        Value::Object(members) => {
            tag::OBJECT.serialize(out)?;
            length(members.len())?.serialize(out)?;
            members.iter().try_for_each(|(name, member)| {
                name.serialize(out)?;
                write_value(member, out)
            })
        }
    }
}

/// As the kind of number that it is held as, to the last bit.
fn write_number<W: Write>(number: &Number, out: &mut W) -> io::Result<()> {
    if let Some(number) = number.as_u64() {
        tag::UNSIGNED.serialize(out)?;
        return number.serialize(out);
    }
    if let Some(number) = number.as_i64() {
        tag::SIGNED.serialize(out)?;
        return number.serialize(out);
    }
    tag::FLOAT.serialize(out)?;
    let number = number.as_f64().ok_or_else(|| invalid("a number"))?;
    number.serialize(out)
}

fn length(length: usize) -> io::Result<u32> {
    u32::try_from(length).map_err(|_| invalid("a length"))
}

/// Reads what [`write`] has written.
pub(super) fn read<R: Read>(input: &mut R) -> io::Result<Option<Value>> {
    match u8::deserialize_reader(input)? {
        tag::ABSENT => Ok(None),
        tag => read_value(tag, input, MAX_DEPTH).map(Some),
    }
}

fn read_value<R: Read>(tag: u8, input: &mut R, depth: usize) -> io::Result<Value> {
    let below = depth.checked_sub(1).ok_or_else(|| invalid("a depth"))?;
    let next = |input: &mut R| read_value(u8::deserialize_reader(input)?, input, below);
    Ok(match tag {
        tag::NULL => Value::Null,
        tag::FALSE => Value::Bool(false),
        tag::TRUE => Value::Bool(true),
        tag::UNSIGNED => Value::Number(u64::deserialize_reader(input)?.into()),
        tag::SIGNED => Value::Number(i64::deserialize_reader(input)?.into()),
        tag::FLOAT => {
            let number = Number::from_f64(f64::deserialize_reader(input)?);
            Value::Number(number.ok_or_else(|| invalid("a number"))?)
        }
        tag::STRING => Value::String(String::deserialize_reader(input)?),
        tag::ARRAY => {
            let length = u32::deserialize_reader(input)?;
            let items = (0..length).map(|_| next(input));
            Value::Array(items.collect::<io::Result<_>>()?)
        }
        tag::OBJECT => {
            let length = u32::deserialize_reader(input)?;
            let members = (0..length).map(|_| {
                let name = String::deserialize_reader(input)?;
                Ok((name, next(input)?))
            });
            Value::Object(members.collect::<io::Result<Map<_, _>>>()?)
        }
        _ => return Err(invalid("a tag")),
    })
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("{what} of JSON"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn bytes(value: &Option<Value>) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(value, &mut bytes).expect("bytes");
        bytes
    }

    #[test]
    fn every_value_comes_back() {
        let table = [
            None,
            Some(json!(null)),
            Some(json!([true, false, "", "é\u{0}"])),
            Some(json!([0, -1, u64::MAX, i64::MIN, 1.1, 5.0, -0.0, 1e300])),
            Some(json!({"b": {"a": []}, "a": {}, "@odata.type": "#x"})),
        ];
        for value in table {
            let bytes = bytes(&value);
            let mut rest = &*bytes;
            let found = read(&mut rest).expect("a value");
            assert_eq!(format!("{found:?}"), format!("{value:?}"));
            assert!(rest.is_empty(), "{value:?}");
        }
    }

    #[test]
    fn what_was_not_written_so_is_refused() {
        let whole = bytes(&Some(json!({"a": [1, "b"]})));
        for end in 0..whole.len() {
            assert!(read(&mut &whole[..end]).is_err(), "{end}");
        }
        let nested = [tag::ARRAY, 1, 0, 0, 0].repeat(100_000);
        for bytes in [&[99][..], &nested] {
            assert!(read(&mut &*bytes).is_err());
        }
    }
}
