//! `Edm.Guid` as `uuid::Uuid`.

use super::textual::textual;

/// A globally unique identifier: `Edm.Guid`
/// ([OData CSDL 4.01, §3.3](https://docs.oasis-open.org/odata/odata-csdl-json/v4.01/odata-csdl-json-v4.01.html)).
///
/// Read in either case, with hyphens or without, in braces or as a `urn:uuid:`; written in lower
/// case with hyphens.
pub type Guid = uuid::Uuid;

textual!(
    Guid,
    Guid::nil(),
    "a GUID, such as 01234567-89ab-cdef-0123-456789abcdef"
);
