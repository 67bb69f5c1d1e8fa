//! [`Reference`]: the body that links one object to another.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// A reference to an object: the body of a `POST` or `PUT` to `…/$ref`, which links the object
/// ([OData JSON 4.01, §14](https://docs.oasis-open.org/odata/odata-json-format/v4.01/odata-json-format-v4.01.html)).
///
/// Written as `{"@odata.id": "https://…"}`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Reference {
    id: String,
}

impl Reference {
    /// A reference to the object at that URL, which is absolute as services want it.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }

    /// The URL of the object.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("@odata.id", &self.id)?;
        map.end()
    }
}
