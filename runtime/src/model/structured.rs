//! [`Structured`]: an object with a table of documented members and a place for all others.

use super::{AdditionalProperties, Value};

/// An object whose members are known. Implemented by [`structured!`](crate::structured).
pub trait Structured {
    /// The wire names of the documented members, in the order of [`Fields::values`].
    fn names(&self) -> &'static [&'static str];

    /// Calls `with` once, with what the object holds.
    fn fields<'a>(&'a self, with: &mut dyn FnMut(Fields<'a, '_>));

    /// Calls `with` once, with the places the object consists of.
    fn fields_mut(&mut self, with: &mut dyn FnMut(FieldsMut<'_, '_>));

    /// Empties the object, so that it can be decoded into anew.
    fn reset(&mut self);
}

/// What a [`Structured`] value holds.
#[derive(Clone, Copy)]
pub struct Fields<'a, 'list> {
    /// The documented members, in the order of [`Structured::names`].
    pub values: &'list [&'a dyn Value],
    /// All others.
    pub additional_properties: &'a AdditionalProperties,
}

/// The places a [`Structured`] value consists of.
pub struct FieldsMut<'a, 'list> {
    /// The documented members, in the order of [`Structured::names`].
    pub values: &'list mut [&'a mut dyn Value],
    /// All others.
    pub additional_properties: &'a mut AdditionalProperties,
}

impl dyn Structured + '_ {
    /// The documented member called `wire_name`, whether it is set or not.
    pub fn property(&self, wire_name: &str) -> Option<&dyn Value> {
        let index = self.names().iter().position(|name| *name == wire_name)?;
        let mut found = None;
        self.fields(&mut |fields| found = fields.values.get(index).copied());
        found
    }

    /// The members that the documents do not list.
    pub fn additional_properties(&self) -> Option<&AdditionalProperties> {
        let mut found = None;
        self.fields(&mut |fields| found = Some(fields.additional_properties));
        found
    }
}
