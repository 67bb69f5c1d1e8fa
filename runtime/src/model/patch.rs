//! [`Patch`]: a property of an update, which is left alone, set to `null` or given a value.

use super::{OptionalPlace, Slot, Value, ValueRef};

/// A property of an update.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Patch<T> {
    /// Not sent: the service leaves the property as it is.
    #[default]
    Unset,
    /// Sent as `null`: the service clears the property.
    Null,
    /// Sent: the service sets the property.
    Value(T),
}

impl<T> Patch<T> {
    /// Whether the property is left alone.
    pub const fn is_unset(&self) -> bool {
        matches!(self, Patch::Unset)
    }

    /// Whether the property is cleared.
    pub const fn is_null(&self) -> bool {
        matches!(self, Patch::Null)
    }

    /// The same, holding a reference.
    pub const fn as_ref(&self) -> Patch<&T> {
        match self {
            Patch::Unset => Patch::Unset,
            Patch::Null => Patch::Null,
            Patch::Value(value) => Patch::Value(value),
        }
    }

    /// The value, if the property is given one.
    pub fn value(&self) -> Option<&T> {
        self.as_ref().into_value()
    }

    /// The value, if the property is given one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Patch::Value(value) => Some(value),
            Patch::Unset | Patch::Null => None,
        }
    }

    /// `None` if the property is left alone, `Some(None)` if it is cleared.
    pub fn into_option(self) -> Option<Option<T>> {
        match self {
            Patch::Unset => None,
            Patch::Null => Some(None),
            Patch::Value(value) => Some(Some(value)),
        }
    }

    /// The same, the value being what `f` makes of it.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Patch<U> {
        match self {
            Patch::Unset => Patch::Unset,
            Patch::Null => Patch::Null,
            Patch::Value(value) => Patch::Value(f(value)),
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Patch::Value(value)
    }
}

impl From<&str> for Patch<String> {
    fn from(value: &str) -> Self {
        Patch::Value(value.to_owned())
    }
}

impl<T: Value + Clone + PartialEq> Value for Patch<T> {
    fn empty() -> Self {
        Patch::Unset
    }

    fn read(&self) -> ValueRef<'_> {
        match self {
            Patch::Unset => ValueRef::Unset,
            Patch::Null => ValueRef::Null,
            Patch::Value(value) => value.read(),
        }
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Optional(self)
    }
}

impl<T: Value + Clone + PartialEq> OptionalPlace for Patch<T> {
    fn present(&mut self) -> Slot<'_> {
        *self = Patch::Value(T::empty());
        match self {
            Patch::Value(value) => value.slot(),
            Patch::Unset | Patch::Null => Slot::Optional(self),
        }
    }

    fn null(&mut self) -> bool {
        *self = Patch::Null;
        true
    }
}
