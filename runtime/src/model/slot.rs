//! [`Slot`]: where a decoded value goes, in one of a few shapes, whatever the type behind it.

use super::{Decimal, Json, Structured, Tagged, ValueRef};

/// Where a decoded value goes.
pub enum Slot<'a> {
    /// `Edm.Boolean`.
    Boolean(&'a mut bool),
    /// Every integer type of OData.
    Integer(&'a mut dyn IntegerPlace),
    /// `Edm.Single`.
    Single(&'a mut f32),
    /// `Edm.Double`.
    Double(&'a mut f64),
    /// `Edm.Decimal`.
    Decimal(&'a mut Decimal),
    /// `Edm.String`.
    String(&'a mut String),
    /// An enumeration, or a primitive with a textual form.
    Text(&'a mut dyn TextPlace),
    /// An object whose members are known.
    Structured(&'a mut dyn Structured),
    /// An object whose type depends on `@odata.type`.
    Tagged(&'a mut dyn Tagged),
    /// What may be `null`.
    Optional(&'a mut dyn OptionalPlace),
    /// An array.
    Sequence(&'a mut dyn Sequence),
    /// Untyped JSON.
    Json(&'a mut Json),
}

impl Slot<'_> {
    /// What an error says was expected here.
    pub(super) fn expecting(&self) -> &'static str {
        match self {
            Slot::Boolean(_) => "a boolean",
            Slot::Integer(place) => place.expecting(),
            Slot::Single(_) | Slot::Double(_) => "a number, \"NaN\", \"INF\" or \"-INF\"",
            Slot::Decimal(_) => Decimal::EXPECTING,
            Slot::String(_) => "a string",
            Slot::Text(place) => place.expecting(),
            Slot::Structured(_) | Slot::Tagged(_) => "an object",
            Slot::Optional(_) | Slot::Json(_) => "a JSON value",
            Slot::Sequence(_) => "an array",
        }
    }
}

/// A place for an integer of some width.
pub trait IntegerPlace {
    /// Stores `value` and returns true, or false when the width cannot hold it.
    fn set(&mut self, value: i64) -> bool;

    /// What an error says was expected here.
    fn expecting(&self) -> &'static str;
}

/// A place for a value with a textual form.
pub trait TextPlace {
    /// Stores what `text` stands for and returns true, or false when it stands for nothing.
    fn set(&mut self, text: &str) -> bool;

    /// What an error says was expected here.
    fn expecting(&self) -> &'static str;
}

/// A place for a value that may be absent.
pub trait OptionalPlace {
    /// Puts an empty value in, in place of any other, and returns its slot.
    fn present(&mut self) -> Slot<'_>;

    /// Takes note of a `null`. Returns whether the place itself remembers that it was one, so that
    /// nobody else has to.
    fn null(&mut self) -> bool;
}

/// A place for an array.
pub trait Sequence {
    /// Removes all elements.
    fn clear(&mut self);

    /// Appends an empty element and returns its slot.
    fn push(&mut self) -> Slot<'_>;

    /// The number of elements.
    fn len(&self) -> usize;

    /// Whether there are no elements.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element at `index`, [`ValueRef::Unset`] beyond the end.
    fn get(&self, index: usize) -> ValueRef<'_>;
}
