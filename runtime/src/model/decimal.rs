//! `Edm.Decimal` as the number that was written, digit for digit.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Error as _};
use serde::ser::Error as _;
use serde::{Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::primitive::not_finite_from;
use super::{InvalidText, Slot, Value, ValueRef};

/// A number with a fixed number of decimals: `Edm.Decimal`
/// ([OData CSDL 4.01, §3.3](https://docs.oasis-open.org/odata/odata-csdl-json/v4.01/odata-csdl-json-v4.01.html)).
///
/// It keeps the digits as they were written, and compares as such: `1.0` does not equal `1.00`.
/// Both the JSON number and the JSON string that services write under `IEEE754Compatible` are
/// read, and each is written back as it came. One thing takes digits away: what comes before the
/// `@odata.type` of an object is held as `serde_json` numbers until the type is known, and these
/// have the precision of an `f64`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Decimal {
    text: String,
    quoted: bool,
}

impl Decimal {
    pub(super) const EXPECTING: &'static str = "a decimal number";

    /// The number as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The nearest number that an `f64` can hold.
    pub fn to_f64(&self) -> f64 {
        not_finite_from(&self.text)
            .or_else(|| self.text.parse().ok())
            .unwrap_or(f64::NAN)
    }

    /// Reads a JSON number, or a JSON string with one in it.
    pub(super) fn fill<'de, D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
    ) -> Result<(), D::Error> {
        let raw = <Box<RawValue>>::deserialize(deserializer)?;
        let unquoted = raw
            .get()
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        *self = unquoted.unwrap_or(raw.get()).parse().map_err(|_| {
            D::Error::custom(format_args!(
                "invalid value: {raw}, expected {}",
                Self::EXPECTING
            ))
        })?;
        self.quoted |= unquoted.is_some();
        Ok(())
    }

    pub(super) fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.quoted {
            return serializer.serialize_str(&self.text);
        }
        RawValue::from_string(self.text.clone())
            .map_err(S::Error::custom)?
            .serialize(serializer)
    }
}

impl FromStr for Decimal {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let quoted = not_finite_from(text).is_some();
        if !quoted && !is_json_number(text) {
            return Err(InvalidText::new(Self::EXPECTING));
        }
        Ok(Decimal {
            text: text.to_owned(),
            quoted,
        })
    }
}

fn is_json_number(text: &str) -> bool {
    let starts_well = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    starts_well && serde_json::from_str::<&RawValue>(text).is_ok_and(|raw| raw.get() == text)
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

macro_rules! from_integer {
    ($($type:ty)*) => {$(
        impl From<$type> for Decimal {
            fn from(value: $type) -> Self {
                Decimal {
                    text: value.to_string(),
                    quoted: false,
                }
            }
        }
    )*};
}

from_integer!(i8 i16 i32 i64 i128 u8 u16 u32 u64 u128);

impl Value for Decimal {
    fn empty() -> Self {
        Decimal::from(0)
    }

    fn read(&self) -> ValueRef<'_> {
        ValueRef::Decimal(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Decimal(self)
    }
}

crate::__serde_by_value!(Decimal);
