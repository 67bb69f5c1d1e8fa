//! [`Flags`]: a set of members of an enumeration, in one string.

use std::fmt;
use std::str::FromStr;

use super::{OpenEnum, Slot, TextPlace, Value, ValueRef, deserialize, parse_member, serialize};

/// Members of an enumeration that can be combined, written as `a,b`
/// ([OData ABNF, `enumValue`](https://docs.oasis-open.org/odata/odata/v4.01/os/abnf/odata-abnf-construction-rules.txt)).
///
/// Members keep their order, and what was read is written back as it came as long as nothing is
/// inserted or removed. Comparing looks at which members there are.
#[derive(Clone, Debug)]
pub struct Flags<E> {
    members: Vec<E>,
    text: String,
}

impl<E: OpenEnum> Flags<E> {
    /// No member.
    pub const fn new() -> Self {
        Flags {
            members: Vec::new(),
            text: String::new(),
        }
    }

    /// Whether `member` is one of them.
    pub fn contains(&self, member: &E) -> bool {
        self.members.contains(member)
    }

    /// Adds `member`. Returns false if it is there already.
    pub fn insert(&mut self, member: E) -> bool {
        if self.contains(&member) {
            return false;
        }
        self.members.push(member);
        self.rewrite();
        true
    }

    /// Removes `member`. Returns false if it is not there.
    pub fn remove(&mut self, member: &E) -> bool {
        let before = self.members.len();
        self.members.retain(|present| present != member);
        let removed = self.members.len() < before;
        if removed {
            self.rewrite();
        }
        removed
    }

    fn rewrite(&mut self) {
        let names: Vec<&str> = self.members.iter().map(E::as_str).collect();
        self.text = names.join(",");
    }
}

impl<E> Flags<E> {
    /// The members as they are written on the wire.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The members, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, E> {
        self.members.iter()
    }

    /// The number of members.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}

impl<E: OpenEnum> From<&str> for Flags<E> {
    fn from(text: &str) -> Self {
        let names = text
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let mut members = Vec::new();
        for member in names.map(parse_member) {
            if !members.contains(&member) {
                members.push(member);
            }
        }
        Flags {
            members,
            text: text.to_owned(),
        }
    }
}

impl<E: OpenEnum> FromStr for Flags<E> {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.into())
    }
}

impl<E: OpenEnum> From<E> for Flags<E> {
    fn from(member: E) -> Self {
        [member].into_iter().collect()
    }
}

impl<E: OpenEnum> FromIterator<E> for Flags<E> {
    fn from_iter<I: IntoIterator<Item = E>>(members: I) -> Self {
        let mut flags = Flags::new();
        flags.extend(members);
        flags
    }
}

impl<E: OpenEnum> Extend<E> for Flags<E> {
    fn extend<I: IntoIterator<Item = E>>(&mut self, members: I) {
        for member in members {
            self.insert(member);
        }
    }
}

impl<E> IntoIterator for Flags<E> {
    type Item = E;
    type IntoIter = std::vec::IntoIter<E>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

impl<'a, E> IntoIterator for &'a Flags<E> {
    type Item = &'a E;
    type IntoIter = std::slice::Iter<'a, E>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<E> Default for Flags<E> {
    fn default() -> Self {
        Flags {
            members: Vec::new(),
            text: String::new(),
        }
    }
}

impl<E: PartialEq> PartialEq for Flags<E> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|member| other.members.contains(member))
    }
}

impl<E: Eq> Eq for Flags<E> {}

impl<E> fmt::Display for Flags<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl<E: OpenEnum> Value for Flags<E> {
    fn empty() -> Self {
        Flags::default()
    }

    fn read(&self) -> ValueRef<'_> {
        ValueRef::String(&self.text)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Text(self)
    }
}

impl<E: OpenEnum> TextPlace for Flags<E> {
    fn set(&mut self, text: &str) -> bool {
        *self = text.into();
        true
    }

    fn expecting(&self) -> &'static str {
        "a string"
    }
}

impl<E: OpenEnum> serde::Serialize for Flags<E> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl<'de, E: OpenEnum> serde::Deserialize<'de> for Flags<E> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}
