//! The version of an object, for conditional requests: a model in, its ETag out.

use super::Structured;

/// The control information that holds the version of an object
/// ([OData JSON 4.01, §4.6.12](https://docs.oasis-open.org/odata/odata-json-format/v4.01/odata-json-format-v4.01.html)).
const ODATA_ETAG: &str = "@odata.etag";

/// The `@odata.etag` that came with an object: what `If-Match` wants, for a change to be made only
/// if nobody else has made one since. `None` when the service sent none.
///
/// Of a value of a hierarchy, ask its [`body`](super::Tagged::body).
pub fn odata_etag(object: &dyn Structured) -> Option<&str> {
    object.additional_properties().get(ODATA_ETAG)?.as_str()
}
