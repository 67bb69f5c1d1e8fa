//! [`Part`]: a request to its object in the batch, and its answer to an error.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE;
use http::header::{ACCEPT, USER_AGENT};
use http::{HeaderMap, Method};
use serde_json::value::{RawValue, to_raw_value};

use super::super::content::Payload;
use super::super::pipeline::Settings;
use super::super::request::Parts;
use super::super::response::header_text;
use super::super::{Error, Response, ServiceError, pipeline};
use super::{invalid, wire};

/// One request as the batch carries it.
pub(super) struct Part {
    pub(super) method: Method,
    /// The path below the endpoint and the query, encoded.
    pub(super) url: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Box<RawValue>>,
    /// What holds for this request in place of what holds for its client.
    pub(super) settings: Settings,
    /// The indexes of the requests that have to succeed before.
    pub(super) depends_on: Vec<usize>,
}

impl Part {
    /// What the batch has to hold of a request.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] for what can't be sent, or not in a batch.
    pub(super) fn new(parts: &Parts) -> Result<Self, Error> {
        if matches!(parts.content, Payload::Stream(_)) {
            return Err(invalid("a batch takes no streams"));
        }
        let outgoing = parts.outgoing()?;
        let endpoint = &parts.client.shared.endpoint;
        let url = parts.target.relative(endpoint)?;
        let url = url.ok_or_else(|| invalid("a batch takes URLs below the endpoint only"))?;
        let mut headers = outgoing.headers;
        pipeline::add_default_headers(&parts.client, &mut headers)?;
        // The post says who is calling. What is asked for is JSON unless something else is said.
        headers.remove(USER_AGENT);
        if header_text(&headers, ACCEPT.as_str()) == Some("application/json") {
            headers.remove(ACCEPT);
        }
        let body = match &parts.content {
            Payload::Bytes(body) => Some(written(&headers, body)?),
            Payload::None | Payload::Stream(_) => None,
        };
        Ok(Self {
            method: outgoing.method,
            url,
            headers,
            body,
            settings: outgoing.settings,
            depends_on: Vec::new(),
        })
    }
}

/// A body as the object of a request holds it: JSON as it is, all else as base64url
/// (OData JSON 4.01 §19.1).
fn written(headers: &HeaderMap, body: &[u8]) -> Result<Box<RawValue>, Error> {
    let value = if wire::is_json(headers) {
        serde_json::from_slice(body)
    } else {
        to_raw_value(&URL_SAFE.encode(body))
    };
    value.map_err(|error| Error::InvalidRequest(format!("the body is no JSON: {error}")))
}

/// The error that an answer other than success is.
pub(super) fn failure(response: Response) -> Error {
    Error::Service(Box::new(ServiceError::new(response)))
}
