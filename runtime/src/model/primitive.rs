//! The primitives that Rust has a type for: booleans, integers, floating point, text, JSON.

use super::{IntegerPlace, Json, Slot, Value, ValueRef};

macro_rules! integer {
    ($($type:ty, $expecting:literal;)*) => {$(
        impl Value for $type {
            fn empty() -> Self {
                0
            }

            fn read(&self) -> ValueRef<'_> {
                ValueRef::Integer(i64::from(*self))
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::Integer(self)
            }
        }

        impl IntegerPlace for $type {
            fn set(&mut self, value: i64) -> bool {
                Self::try_from(value).is_ok_and(|value| {
                    *self = value;
                    true
                })
            }

            fn expecting(&self) -> &'static str {
                $expecting
            }
        }
    )*};
}

integer! {
    u8, "an integer from 0 to 255";
    i8, "an integer from -128 to 127";
    i16, "an integer of 16 bits";
    i32, "an integer of 32 bits";
    i64, "an integer of 64 bits";
}

macro_rules! plain {
    ($($type:ty, $empty:expr, $shape:ident, $read:expr;)*) => {$(
        impl Value for $type {
            fn empty() -> Self {
                $empty
            }

            fn read(&self) -> ValueRef<'_> {
                ValueRef::$shape($read(self))
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::$shape(self)
            }
        }
    )*};
}

plain! {
    bool, false, Boolean, |value: &bool| *value;
    f32, 0.0, Single, |value: &f32| *value;
    f64, 0.0, Double, |value: &f64| *value;
    String, String::new(), String, String::as_str;
    Json, Json::Null, Json, std::convert::identity;
}

/// How OData writes the numbers that JSON has no number for
/// ([ABNF, `nanInfinity`](https://docs.oasis-open.org/odata/odata/v4.01/os/abnf/odata-abnf-construction-rules.txt)).
const NOT_FINITE: [(&str, f64); 3] = [
    ("INF", f64::INFINITY),
    ("-INF", f64::NEG_INFINITY),
    ("NaN", f64::NAN),
];

/// The text of a number that is not finite.
pub(super) fn not_finite_text(value: f64) -> Option<&'static str> {
    NOT_FINITE
        .iter()
        .find(|(_, number)| number.total_cmp(&value).is_eq() || number.is_nan() && value.is_nan())
        .map(|(text, _)| *text)
}

/// The number that is not finite, of this text.
pub(super) fn not_finite_from(text: &str) -> Option<f64> {
    NOT_FINITE
        .iter()
        .find(|(name, _)| *name == text)
        .map(|(_, number)| *number)
}

/// `value` as an integer, if it is one that 64 bits can hold.
pub(super) fn integral(value: f64) -> Option<i64> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    (value.fract() == 0.0 && (-LIMIT..LIMIT).contains(&value)).then_some(value as i64)
}
