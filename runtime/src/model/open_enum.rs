//! [`OpenEnum`]: a string with documented values, which may hold any other.

use std::fmt::{self, Debug};

use super::TextPlace;

/// An enumeration that keeps the members it does not know. Implemented by
/// [`open_enum!`](crate::open_enum).
pub trait OpenEnum: Clone + Debug + PartialEq + Sized + 'static {
    /// The documented members, with their names on the wire.
    const MEMBERS: &'static [(&'static str, Self)];

    /// The member that the documents do not list.
    fn unknown(text: String) -> Self;

    /// The member as it is written on the wire.
    fn as_str(&self) -> &str;
}

/// The member that `text` names, documented or not.
pub fn parse_member<E: OpenEnum>(text: &str) -> E {
    E::MEMBERS
        .iter()
        .find(|(name, _)| *name == text)
        .map_or_else(|| E::unknown(text.to_owned()), |(_, member)| member.clone())
}

/// Shows a member that the documents do not list, as a derived `Debug` would.
pub fn debug_unknown(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_tuple("Unknown").field(&text).finish()
}

impl<E: OpenEnum> TextPlace for E {
    fn set(&mut self, text: &str) -> bool {
        *self = parse_member(text);
        true
    }

    fn expecting(&self) -> &'static str {
        "a string"
    }
}
