//! [`Reference`]: the body that links one object to another.

use super::AdditionalProperties;

/// A reference to an object: the body of a `POST` or `PUT` to `…/$ref`, which links the object
/// ([OData JSON 4.01, §14](https://docs.oasis-open.org/odata/odata-json-format/v4.01/odata-json-format-v4.01.html)).
///
/// Written as `{"@odata.id": "https://…"}`. It is made from the absolute URL of the object, or, with the
/// client, from the request builder that leads to the object: `(&client.users().by_id(id)).into()`.
#[non_exhaustive]
pub struct Reference {
    /// The URL of the object, which is absolute as services want it. `None` refers to nothing, which some
    /// services take for the wish to unlink what is there.
    pub id: Option<String>,

    /// Whatever else stands beside the URL, by wire name.
    pub additional_properties: AdditionalProperties,
}

impl Reference {
    /// A reference to the object at that URL.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: Some(id.into()),
            ..Self::default()
        }
    }

    /// The URL of the object.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }
}

crate::structured! {
    Reference: Default { 0 "@odata.id" => id }
}

impl From<String> for Reference {
    fn from(id: String) -> Self {
        Self::new(id)
    }
}

impl From<&str> for Reference {
    fn from(id: &str) -> Self {
        Self::new(id)
    }
}
