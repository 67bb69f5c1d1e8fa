//! [`Collection`]: the object that a list of results comes in.

use super::{AdditionalProperties, Slot, Structured, Value, ValueRef, deserialize, serialize};

/// A page of results, with the links and counts that come with it
/// ([OData JSON 4.01, §4.6](https://docs.oasis-open.org/odata/odata-json-format/v4.01/odata-json-format-v4.01.html)).
#[derive(Clone, Debug, PartialEq)]
pub struct Collection<T> {
    /// The results.
    pub value: Vec<T>,
    /// `@odata.nextLink`: where the next page is, if there is one.
    pub next_link: Option<String>,
    /// `@odata.deltaLink`: where later changes to these results are, after the last page.
    pub delta_link: Option<String>,
    /// `@odata.count`: the number of results on all pages, if it was asked for.
    pub count: Option<i64>,
    /// All other members, such as `@odata.context`.
    pub additional_properties: AdditionalProperties,
}

impl<T> Default for Collection<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T> From<Vec<T>> for Collection<T> {
    fn from(value: Vec<T>) -> Self {
        Collection {
            value,
            next_link: None,
            delta_link: None,
            count: None,
            additional_properties: AdditionalProperties::new(),
        }
    }
}

impl<T> IntoIterator for Collection<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.value.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Collection<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.value.iter()
    }
}

impl<T: Value + Clone + PartialEq> Structured for Collection<T> {
    fn names(&self) -> &'static [&'static str] {
        &[
            "@odata.count",
            "@odata.nextLink",
            "@odata.deltaLink",
            "value",
        ]
    }

    fn member(&self, index: usize) -> Option<&dyn Value> {
        Some(match index {
            0 => &self.count,
            1 => &self.next_link,
            2 => &self.delta_link,
            3 => &self.value,
            _ => return None,
        })
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        Some(match index {
            0 => &mut self.count,
            1 => &mut self.next_link,
            2 => &mut self.delta_link,
            3 => &mut self.value,
            _ => return None,
        })
    }

    fn additional_properties(&self) -> &AdditionalProperties {
        &self.additional_properties
    }

    fn additional_properties_mut(&mut self) -> &mut AdditionalProperties {
        &mut self.additional_properties
    }
}

impl<T: Value + Clone + PartialEq> Value for Collection<T> {
    fn empty() -> Self {
        Self::default()
    }

    fn read(&self) -> ValueRef<'_> {
        ValueRef::Structured(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Structured(self)
    }
}

impl<T: Value + Clone + PartialEq> serde::Serialize for Collection<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl<'de, T: Value + Clone + PartialEq> serde::Deserialize<'de> for Collection<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}
