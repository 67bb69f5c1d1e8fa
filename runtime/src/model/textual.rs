//! What primitives with a textual form share.

use std::error::Error;
use std::fmt;

/// Text that is not of the form its type has.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvalidText {
    expected: &'static str,
}

impl InvalidText {
    pub(super) fn new(expected: &'static str) -> Self {
        InvalidText { expected }
    }
}

impl fmt::Display for InvalidText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not {}", self.expected)
    }
}

impl Error for InvalidText {}

/// Makes a type with `FromStr` and `Display` a value, `$empty` being any value of it.
macro_rules! textual {
    ($type:ty, $empty:expr, $expecting:expr) => {
        impl $crate::model::Value for $type {
            fn empty() -> Self {
                $empty
            }

            fn read(&self) -> $crate::model::ValueRef<'_> {
                $crate::model::ValueRef::Text(self)
            }

            fn slot(&mut self) -> $crate::model::Slot<'_> {
                $crate::model::Slot::Text(self)
            }
        }

        impl $crate::model::TextPlace for $type {
            fn set(&mut self, text: &str) -> bool {
                text.parse().is_ok_and(|value| {
                    *self = value;
                    true
                })
            }

            fn expecting(&self) -> &'static str {
                $expecting
            }
        }
    };
}

pub(super) use textual;
