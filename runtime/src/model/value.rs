//! [`Value`]: anything a property can hold, seen from the outside as one of a few shapes.

use std::any::Any;
use std::fmt::{Debug, Display};

use super::{Decimal, Json, OptionalPlace, Sequence, Slot, Structured, Tagged};

/// Anything a property can hold: a primitive, a structure, a hierarchy, or `Option`, [`Patch`],
/// `Box` or `Vec` of these.
///
/// The macros implement it for generated types.
///
/// [`Patch`]: super::Patch
pub trait Value: Any + Debug + Concrete {
    /// A place to decode into, and what an absent member leaves behind.
    fn empty() -> Self
    where
        Self: Sized;

    /// What is to be encoded.
    fn read(&self) -> ValueRef<'_>;

    /// Where the next value is to be decoded into.
    fn slot(&mut self) -> Slot<'_>;
}

/// What only the type itself can do, behind a trait object: `PartialEq`, `Clone` and emptying.
///
/// With it structures are cloned and compared by walking their tables, as they are read and written.
pub trait Concrete {
    /// Whether `other` is of the same type and equal.
    fn is_equal(&self, other: &dyn Any) -> bool;

    /// Puts a clone into `place`, if that is of the same type.
    fn clone_into(&self, place: &mut dyn Any);

    /// Becomes [`empty`](Value::empty).
    fn clear(&mut self);
}

impl<T: Value + Clone + PartialEq> Concrete for T {
    fn is_equal(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }

    fn clone_into(&self, place: &mut dyn Any) {
        if let Some(place) = place.downcast_mut::<T>() {
            place.clone_from(self);
        }
    }

    fn clear(&mut self) {
        *self = T::empty();
    }
}

/// What a [`Value`] holds, ready to be encoded. It implements [`serde::Serialize`].
#[derive(Clone, Copy)]
pub enum ValueRef<'a> {
    /// Nothing: a structure leaves the member out; anywhere else it is `null`.
    Unset,
    /// An explicit `null`.
    Null,
    /// `Edm.Boolean`.
    Boolean(bool),
    /// Every integer type of OData.
    Integer(i64),
    /// `Edm.Single`.
    Single(f32),
    /// `Edm.Double`.
    Double(f64),
    /// `Edm.Decimal`.
    Decimal(&'a Decimal),
    /// `Edm.String`, and the members of enumerations.
    String(&'a str),
    /// A primitive with a textual form.
    Text(&'a dyn Display),
    /// An object whose members are known.
    Structured(&'a dyn Structured),
    /// An object whose type depends on `@odata.type`.
    Tagged(&'a dyn Tagged),
    /// An array.
    Sequence(&'a dyn Sequence),
    /// Untyped JSON.
    Json(&'a Json),
}

impl ValueRef<'_> {
    /// Whether a structure leaves the member out.
    pub fn is_unset(&self) -> bool {
        matches!(self, ValueRef::Unset)
    }
}

impl<T: Value + Clone + PartialEq> Value for Option<T> {
    fn empty() -> Self {
        None
    }

    fn read(&self) -> ValueRef<'_> {
        self.as_ref().map_or(ValueRef::Unset, T::read)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Optional(self)
    }
}

impl<T: Value + Clone + PartialEq> OptionalPlace for Option<T> {
    fn present(&mut self) -> Slot<'_> {
        self.insert(T::empty()).slot()
    }

    fn null(&mut self) -> bool {
        *self = None;
        false
    }
}

impl<T: Value + Clone + PartialEq> Value for Box<T> {
    fn empty() -> Self {
        Box::new(T::empty())
    }

    fn read(&self) -> ValueRef<'_> {
        (**self).read()
    }

    fn slot(&mut self) -> Slot<'_> {
        (**self).slot()
    }
}

impl<T: Value + Clone + PartialEq> Value for Vec<T> {
    fn empty() -> Self {
        Vec::new()
    }

    fn read(&self) -> ValueRef<'_> {
        ValueRef::Sequence(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Sequence(self)
    }
}

impl<T: Value + Clone + PartialEq> Sequence for Vec<T> {
    fn clear(&mut self) {
        Vec::clear(self);
    }

    fn push(&mut self) -> Slot<'_> {
        let index = self.len();
        Vec::push(self, T::empty());
        self[index].slot()
    }

    fn len(&self) -> usize {
        Vec::len(self)
    }

    fn get(&self, index: usize) -> ValueRef<'_> {
        self.as_slice().get(index).map_or(ValueRef::Unset, T::read)
    }
}
