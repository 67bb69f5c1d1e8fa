//! [`Operand`]: values of Rust to literals of OData.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

use super::{Field, Fragment};
use crate::model::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, OpenEnum, TimeOfDay};

/// What a property is compared with: a literal, or another property.
///
/// Made from text, numbers, `bool`, the primitive types of [`model`](crate::model), members of open
/// enums, [`Field`]s, and `Option`s of these, `None` being `null`.
#[derive(Clone, Debug)]
pub struct Operand(Fragment);

impl Operand {
    /// No value.
    #[must_use]
    pub fn null() -> Self {
        Self::literal("null")
    }

    fn literal(text: impl Into<String>) -> Self {
        Self(Fragment::new(text))
    }

    pub(super) fn into_fragment(self) -> Fragment {
        self.0
    }
}

/// Text in quotes, those in it doubled (OData URL conventions §5.1.1.14.1).
fn quoted(text: &str) -> Operand {
    Operand::literal(format!("'{}'", text.replace('\'', "''")))
}

/// A number as Rust writes it, which is as OData does but for what is none.
fn float(text: &str) -> Operand {
    Operand::literal(text.replace("inf", "INF"))
}

/// Makes operands of a type and of references to it.
macro_rules! operands {
    ($($type:ty: |$value:ident| $operand:expr;)+) => {
        $(
            impl From<&$type> for Operand {
                fn from($value: &$type) -> Self {
                    $operand
                }
            }

            impl From<$type> for Operand {
                fn from(value: $type) -> Self {
                    Self::from(&value)
                }
            }
        )+
    };
}

operands! {
    String: |text| quoted(text);
    Cow<'_, str>: |text| quoted(text);
    bool: |value| Operand::literal(value.to_string());
    i16: |number| Operand::literal(number.to_string());
    i32: |number| Operand::literal(number.to_string());
    i64: |number| Operand::literal(number.to_string());
    u8: |number| Operand::literal(number.to_string());
    u32: |number| Operand::literal(number.to_string());
    f32: |number| float(&format!("{number:?}"));
    f64: |number| float(&format!("{number:?}"));
    Decimal: |number| Operand::literal(number.as_str());
    Guid: |id| Operand::literal(id.to_string());
    Date: |date| Operand::literal(date.to_string());
    DateTimeOffset: |moment| Operand::literal(moment.to_string());
    Timestamp: |moment| Operand::literal(moment.to_string());
    TimeOfDay: |time| Operand::literal(time.to_string());
    Duration: |duration| Operand::literal(format!("duration'{}'", duration.as_str()));
    Binary: |bytes| Operand::literal(format!("binary'{}'", URL_SAFE_NO_PAD.encode(bytes)));
    Field: |field| Operand(field.clone().into_fragment());
}

impl From<&str> for Operand {
    fn from(text: &str) -> Self {
        quoted(text)
    }
}

/// Microsoft Graph takes members of enums as text.
impl<E: OpenEnum> From<E> for Operand {
    fn from(member: E) -> Self {
        quoted(member.as_str())
    }
}

impl<T: Into<Operand>> From<Option<T>> for Operand {
    fn from(value: Option<T>) -> Self {
        value.map_or_else(Self::null, Into::into)
    }
}
