//! What comes back: status, headers and body in, the output of an operation out.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde::de::{DeserializeOwned, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{DecodeError, Error, Origin};
use crate::model::{self, Collection};

/// An answer, read to its end: one of success where it is an output, a redirect in an error.
#[derive(Clone)]
#[non_exhaustive]
pub struct Response {
    /// The HTTP status: 200 to 299 where the answer is an output.
    pub status: StatusCode,
    /// All headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub body: Bytes,
    /// The `client-request-id` that was sent.
    pub client_request_id: String,
    /// The method of the request.
    pub method: Method,
    /// How often the request was sent until this answer came.
    pub attempts: u32,
}

impl Response {
    /// Reads the body as the JSON of a `T`.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when it is none.
    pub fn json<T: DeserializeOwned>(self) -> Result<T, Error> {
        decode_json(self)
    }

    /// The `ETag` of what the body shows, for a later `If-Match`. Many services put it into the body
    /// instead: see [`odata_etag`](crate::model::odata_etag).
    #[must_use]
    pub fn etag(&self) -> Option<&str> {
        header_text(&self.headers, "etag")
    }
}

// The body may hold what was just made secret: passwords, keys. Its size will do.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("client_request_id", &self.client_request_id)
            .field("method", &self.method)
            .field("attempts", &self.attempts)
            .finish()
    }
}

/// How the answer to a request is read, as its [`RequestType`](super::RequestType) says.
pub trait ResponseKind: 'static {
    /// What awaiting the request gives.
    type Output: Send + 'static;

    /// The media types to ask for in `Accept`.
    const ACCEPT: &'static str = "application/json";

    /// Whether requests go to another host for the content without being told to, as
    /// [`Request::follow_download`](super::Request::follow_download) does.
    const FOLLOWS_DOWNLOAD: bool = false;

    /// Reads an answer of success; `origin` is where it comes from.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when the body is not what the operation returns.
    fn decode(response: Response, origin: &Origin<'_>) -> Result<Self::Output, Error>;
}

/// The body is the JSON of a `T`.
pub struct Json<T>(PhantomData<fn() -> T>);

impl<T: DeserializeOwned + Send + 'static> ResponseKind for Json<T> {
    type Output = T;

    fn decode(response: Response, _origin: &Origin<'_>) -> Result<T, Error> {
        decode_json(response)
    }
}

/// The answer is a page of a list: requests for it can be made streams.
pub trait ListKind: ResponseKind<Output = Collection<Self::Item>> {
    /// What the list is of.
    type Item: Send + 'static;
}

impl<T: Send + 'static> ListKind for Json<Collection<T>>
where
    Collection<T>: DeserializeOwned,
{
    type Item = T;
}

/// The body is `{"value": …}` around the JSON of a `T` (OData JSON format §11).
pub struct Single<T>(PhantomData<fn() -> T>);

impl<T: DeserializeOwned + Send + 'static> ResponseKind for Single<T> {
    type Output = T;

    fn decode(response: Response, _origin: &Origin<'_>) -> Result<T, Error> {
        decode_json::<ValueMember<T>>(response).map(|member| member.0)
    }
}

/// The status says it all; a body is not looked at.
pub struct NoContent;

impl ResponseKind for NoContent {
    type Output = ();

    fn decode(_response: Response, _origin: &Origin<'_>) -> Result<(), Error> {
        Ok(())
    }
}

/// The body is JSON that no page describes, or there is none, which reads as `null`.
pub struct AnyJson;

impl ResponseKind for AnyJson {
    type Output = model::Json;

    fn decode(response: Response, _origin: &Origin<'_>) -> Result<model::Json, Error> {
        match response.body.is_empty() {
            true => Ok(model::Json::Null),
            false => decode_json(response),
        }
    }
}

/// The body is taken as it is, whatever its media type.
///
/// Where the service redirects to another host for it,
/// [`Request::follow_download`](super::Request::follow_download) goes there; without it, awaiting the
/// request gives [`Error::ForeignHost`].
pub struct RawBytes;

impl ResponseKind for RawBytes {
    type Output = Bytes;

    const ACCEPT: &'static str = "*/*";

    fn decode(response: Response, _origin: &Origin<'_>) -> Result<Bytes, Error> {
        Ok(response.body)
    }
}

/// The body is taken as it is, from the host that the service redirects to: it is documented to answer
/// `302 Found` with a link that opens the content without a token.
///
/// The token stays behind; [`Request::stay_on_host`](super::Request::stay_on_host) gives the link in
/// an [`Error::ForeignHost`] instead.
pub struct LinkedBytes;

impl ResponseKind for LinkedBytes {
    type Output = Bytes;

    const ACCEPT: &'static str = "*/*";

    const FOLLOWS_DOWNLOAD: bool = true;

    fn decode(response: Response, _origin: &Origin<'_>) -> Result<Bytes, Error> {
        Ok(response.body)
    }
}

/// The body is text in UTF-8, such as the number that `$count` gives.
pub struct Text;

impl ResponseKind for Text {
    type Output = String;

    const ACCEPT: &'static str = "text/plain";

    fn decode(response: Response, _origin: &Origin<'_>) -> Result<String, Error> {
        match std::str::from_utf8(&response.body) {
            Ok(text) => Ok(text.trim_start_matches('\u{feff}').to_owned()),
            Err(error) => Err(undecodable(response, serde_json::Error::custom(error))),
        }
    }
}

/// The body is the number of items, as plain text: what `$count` gives.
pub struct Count;

impl ResponseKind for Count {
    type Output = u64;

    const ACCEPT: &'static str = "text/plain";

    fn decode(response: Response, _origin: &Origin<'_>) -> Result<u64, Error> {
        let text = std::str::from_utf8(&response.body).unwrap_or_default();
        match text.trim_start_matches('\u{feff}').trim().parse() {
            Ok(count) => Ok(count),
            Err(error) => Err(undecodable(response, serde_json::Error::custom(error))),
        }
    }
}

/// The whole answer is the output.
pub struct Raw;

impl ResponseKind for Raw {
    type Output = Response;

    const ACCEPT: &'static str = "*/*";

    fn decode(response: Response, _origin: &Origin<'_>) -> Result<Response, Error> {
        Ok(response)
    }
}

pub(super) fn decode_json<T: DeserializeOwned>(response: Response) -> Result<T, Error> {
    match serde_json::from_slice(json_text(&response.body)) {
        Ok(value) => Ok(value),
        Err(error) => Err(undecodable(response, error)),
    }
}

/// JSON texts carry no byte order mark (RFC 8259 §8.1), yet readers may overlook one.
fn json_text(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

fn undecodable(response: Response, error: serde_json::Error) -> Error {
    let error = match response.body.is_empty() {
        true => serde_json::Error::custom("the body is empty where JSON was expected"),
        false => error,
    };
    Error::Decode(Box::new(DecodeError::new(response, error)))
}

/// The text of a header, when it is there and is text.
pub(super) fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// An object of which only the member `value` matters.
struct ValueMember<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ValueMember<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ValueMemberVisitor(PhantomData))
    }
}

struct ValueMemberVisitor<T>(PhantomData<fn() -> T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ValueMemberVisitor<T> {
    type Value = ValueMember<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a member `value`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut value = None;
        while let Some(name) = map.next_key::<String>()? {
            if name == "value" {
                value = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        value
            .map(ValueMember)
            .ok_or_else(|| A::Error::missing_field("value"))
    }
}
