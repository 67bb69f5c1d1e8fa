//! Any `serde` format to a [`Slot`]: the one place that reads models.
//!
//! Everything is generic over the deserializer only, so a program holds one copy of this code for
//! each format it reads, however many models it has.

mod object;
mod trail;

use std::fmt;

use serde::Deserializer;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use self::trail::{Segment, Trail};
use super::primitive::{integral, not_finite_from};
use super::{Json, OptionalPlace, Sequence, Slot, Value};

/// Reads a `T`; what every generated `Deserialize` is.
///
/// # Errors
///
/// What the deserializer reports, and values of a shape that `T` does not have, each behind the
/// path from here to where it was met. An error of `serde_json` keeps its line and column.
pub fn deserialize<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::empty();
    read_into(value.slot(), deserializer)?;
    Ok(value)
}

fn read_into<'de, D: Deserializer<'de>>(slot: Slot<'_>, deserializer: D) -> Result<(), D::Error> {
    let mut trail = Trail::default();
    let root = Fill {
        slot,
        trail: &mut trail,
    };
    match root.deserialize(deserializer) {
        Ok(_) => Ok(()),
        Err(error) if trail.is_empty() => Err(error),
        Err(error) => Err(D::Error::custom(format_args!("{trail}: {error}"))),
    }
}

/// What became of a value.
#[derive(Debug, PartialEq)]
enum Filled {
    /// The slot holds it.
    Kept,
    /// It was a `null`, and the slot looks as if there had been nothing.
    NullForgotten,
}

/// A slot about to be filled, and where to note the way to it should that fail.
struct Fill<'a, 't> {
    slot: Slot<'a>,
    trail: &'t mut Trail,
}

impl<'de> DeserializeSeed<'de> for Fill<'_, '_> {
    type Value = Filled;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        let Fill { slot, trail } = self;
        match slot {
            Slot::Optional(place) => deserializer.deserialize_option(Optional { place, trail }),
            Slot::Json(place) => {
                *place = Json::deserialize(deserializer)?;
                Ok(Filled::Kept)
            }
            Slot::Decimal(place) => {
                place.fill(deserializer)?;
                Ok(Filled::Kept)
            }
            slot => deserializer.deserialize_any(Fill { slot, trail }),
        }
    }
}

struct Optional<'a, 't> {
    place: &'a mut dyn OptionalPlace,
    trail: &'t mut Trail,
}

impl<'de> Visitor<'de> for Optional<'_, '_> {
    type Value = Filled;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<Filled, E> {
        if self.place.null() {
            return Ok(Filled::Kept);
        }
        Ok(Filled::NullForgotten)
    }

    fn visit_unit<E: Error>(self) -> Result<Filled, E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        Fill {
            slot: self.place.present(),
            trail: self.trail,
        }
        .deserialize(deserializer)
    }
}

impl<'de> Visitor<'de> for Fill<'_, '_> {
    type Value = Filled;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slot.expecting())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Filled, E> {
        match self.slot {
            Slot::Boolean(place) => *place = value,
            slot => return Err(invalid_type(&slot, Unexpected::Bool(value))),
        }
        Ok(Filled::Kept)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Filled, E> {
        integer(self.slot, value, Unexpected::Signed(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Filled, E> {
        match i64::try_from(value) {
            Ok(signed) => integer(self.slot, signed, Unexpected::Unsigned(value)),
            Err(_) => self.visit_f64(value as f64),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Filled, E> {
        if let (Slot::Integer(_), Some(integral)) = (&self.slot, integral(value)) {
            return integer(self.slot, integral, Unexpected::Float(value));
        }
        match self.slot {
            Slot::Double(place) => *place = value,
            Slot::Single(place) => *place = value as f32,
            slot => return Err(invalid_type(&slot, Unexpected::Float(value))),
        }
        Ok(Filled::Kept)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Filled, E> {
        match self.slot {
            Slot::String(place) => value.clone_into(place),
            Slot::Text(place) => {
                if !place.set(value) {
                    return Err(E::invalid_value(Unexpected::Str(value), &place.expecting()));
                }
            }
            slot => return not_finite(slot, value),
        }
        Ok(Filled::Kept)
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Filled, E> {
        if let Slot::String(place) = self.slot {
            *place = value;
            return Ok(Filled::Kept);
        }
        self.visit_str(&value)
    }

    fn visit_unit<E: Error>(self) -> Result<Filled, E> {
        Err(invalid_type(&self.slot, Unexpected::Unit))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Filled, A::Error> {
        match self.slot {
            Slot::Sequence(place) => elements(place, self.trail, seq),
            slot => Err(invalid_type(&slot, Unexpected::Seq)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Filled, A::Error> {
        match self.slot {
            Slot::Structured(body) => object::structured(body, self.trail, map),
            Slot::Tagged(place) => object::tagged(place, self.trail, map),
            _ => self.wrapped_number(map),
        }
    }
}

impl Fill<'_, '_> {
    /// With its feature `arbitrary_precision`, which any crate of a program can turn on for all,
    /// `serde_json` shows a number as a map.
    fn wrapped_number<'de, A: MapAccess<'de>>(self, map: A) -> Result<Filled, A::Error> {
        let value = Json::deserialize(MapAccessDeserializer::new(map))?;
        if let Some(integer) = value.as_i64() {
            return self.visit_i64(integer);
        }
        match value.as_f64() {
            Some(number) => self.visit_f64(number),
            None => Err(invalid_type(&self.slot, Unexpected::Map)),
        }
    }
}

fn invalid_type<E: Error>(slot: &Slot<'_>, unexpected: Unexpected<'_>) -> E {
    E::invalid_type(unexpected, &slot.expecting())
}

/// OData numbers are one kind of JSON number: 5 is as good a double as 5.0.
fn integer<E: Error>(slot: Slot<'_>, value: i64, unexpected: Unexpected<'_>) -> Result<Filled, E> {
    match slot {
        Slot::Integer(place) => {
            if !place.set(value) {
                return Err(E::invalid_value(unexpected, &place.expecting()));
            }
        }
        Slot::Double(place) => *place = value as f64,
        Slot::Single(place) => *place = value as f32,
        slot => return Err(invalid_type(&slot, unexpected)),
    }
    Ok(Filled::Kept)
}

/// The numbers that OData writes as strings.
fn not_finite<E: Error>(slot: Slot<'_>, text: &str) -> Result<Filled, E> {
    match (slot, not_finite_from(text)) {
        (Slot::Double(place), Some(value)) => *place = value,
        (Slot::Single(place), Some(value)) => *place = value as f32,
        (slot, _) => return Err(invalid_type(&slot, Unexpected::Str(text))),
    }
    Ok(Filled::Kept)
}

fn elements<'de, A: SeqAccess<'de>>(
    place: &mut dyn Sequence,
    trail: &mut Trail,
    mut seq: A,
) -> Result<Filled, A::Error> {
    place.clear();
    let mut index = 0;
    loop {
        match seq.next_element_seed(Element { place, trail }) {
            Ok(Some(_)) => index += 1,
            Ok(None) => return Ok(Filled::Kept),
            Err(error) => {
                trail.note(Segment::Index(index));
                return Err(error);
            }
        }
    }
}

/// The next element of a sequence, which comes into being only when there is one to read.
struct Element<'a, 't> {
    place: &'a mut dyn Sequence,
    trail: &'t mut Trail,
}

impl<'de> DeserializeSeed<'de> for Element<'_, '_> {
    type Value = Filled;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        Fill {
            slot: self.place.push(),
            trail: self.trail,
        }
        .deserialize(deserializer)
    }
}
