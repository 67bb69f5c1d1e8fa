//! [`Structured`]: an object with a table of documented members and a place for all others.

use std::fmt;

use super::{AdditionalProperties, Value};

/// An object whose members are known. Implemented by [`structured!`](crate::structured).
pub trait Structured {
    /// The wire names of the documented members, in the order of their indices.
    fn names(&self) -> &'static [&'static str];

    /// The documented member that [`names`](Self::names) has at `index`, whether it is set or not.
    fn member(&self, index: usize) -> Option<&dyn Value>;

    /// The same, to be changed.
    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value>;

    /// The members that the documents do not list.
    fn additional_properties(&self) -> &AdditionalProperties;

    /// The same, to be changed.
    fn additional_properties_mut(&mut self) -> &mut AdditionalProperties;
}

impl dyn Structured + '_ {
    /// The documented members with their names, whether they are set or not.
    pub fn members(&self) -> impl Iterator<Item = (&'static str, &dyn Value)> {
        let names = self.names().iter().enumerate();
        names.filter_map(|(index, name)| Some((*name, self.member(index)?)))
    }

    /// The documented member called `wire_name`, whether it is set or not.
    pub fn property(&self, wire_name: &str) -> Option<&dyn Value> {
        let index = self.names().iter().position(|name| *name == wire_name)?;
        self.member(index)
    }
}

/// Whether two objects of one type hold the same; what every generated `PartialEq` is.
pub fn is_equal(left: &dyn Structured, right: &dyn Structured) -> bool {
    let mut members = left.members().zip(right.members());
    members.all(|((_, left), (_, right))| left.is_equal(right))
        && left.additional_properties() == right.additional_properties()
}

/// The same object once more; what every generated `Clone` is.
pub fn cloned<T: Structured + Value>(from: &T) -> T {
    let mut to = T::empty();
    clone_members(from, &mut to);
    to
}

fn clone_members(from: &dyn Structured, to: &mut dyn Structured) {
    for (index, (_, value)) in from.members().enumerate() {
        if let Some(place) = to.member_mut(index) {
            value.clone_into(place);
        }
    }
    let additional_properties = from.additional_properties();
    to.additional_properties_mut()
        .clone_from(additional_properties);
}

/// Shows what is set, by wire name; what every generated `Debug` is. The dots at the end stand for
/// what is not set.
pub fn debug(name: &str, value: &dyn Structured, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    for (name, value) in value
        .members()
        .filter(|(_, value)| !value.read().is_unset())
    {
        shown.field(name, &value);
    }
    let additional_properties = value.additional_properties();
    if !additional_properties.is_empty() {
        shown.field("additional_properties", additional_properties);
    }
    shown.finish_non_exhaustive()
}
