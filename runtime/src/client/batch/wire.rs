//! What a batch looks like on the wire: parts to the body of the post, its answer to answers by id.

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};
use serde::de::Error as _;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value};

use super::super::opened::hide_secrets;
use super::super::response::header_text;
use super::super::{DecodeError, Error, Response};
use super::part::Part;

/// One object of JSON, its members still text.
type Object<'a> = BTreeMap<Cow<'a, str>, Box<RawValue>>;

/// The body of a post with those requests, each with the requests of the post that it depends on.
///
/// # Errors
///
/// What can't be written as JSON.
pub(super) fn post<'a>(
    requests: impl Iterator<Item = (usize, &'a Part, Vec<usize>)>,
) -> Result<Vec<u8>, serde_json::Error> {
    let requests: Result<Vec<Object<'_>>, _> = requests
        .map(|(index, part, depends_on)| request(index, part, depends_on))
        .collect();
    serde_json::to_vec(&BTreeMap::from([("requests", requests?)]))
}

fn request(
    index: usize,
    part: &Part,
    depends_on: Vec<usize>,
) -> Result<Object<'static>, serde_json::Error> {
    let mut object = BTreeMap::from([
        ("id".into(), to_raw_value(&id(index))?),
        ("method".into(), to_raw_value(part.method.as_str())?),
        ("url".into(), to_raw_value(&part.url)?),
    ]);
    if !part.headers.is_empty() {
        let headers = part.headers.iter();
        let headers: BTreeMap<&str, Cow<'_, str>> = headers
            .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes())))
            .collect();
        object.insert("headers".into(), to_raw_value(&headers)?);
    }
    if let Some(body) = &part.body {
        object.insert("body".into(), body.clone());
    }
    if !depends_on.is_empty() {
        let depends_on: Vec<String> = depends_on.into_iter().map(id).collect();
        object.insert("dependsOn".into(), to_raw_value(&depends_on)?);
    }
    Ok(object)
}

/// The id of a request, by which its answer is found.
pub(super) fn id(index: usize) -> String {
    (index + 1).to_string()
}

/// The answer to a post: answers by id, the first where one is given twice, and the link to
/// further answers, which the service may send as they come.
pub(super) struct PostAnswer {
    pub(super) answers: BTreeMap<String, Response>,
    pub(super) next_link: Option<String>,
}

impl PostAnswer {
    /// Reads the answer to a post. What has no id and no status is no answer.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] for what is no answer to a batch.
    pub(super) fn read(whole: &Response) -> Result<Self, Error> {
        let (parts, next_link) = parts(&whole.body)
            .map_err(|error| Error::Decode(Box::new(DecodeError::new(whole.clone(), error))))?;
        let mut answers = BTreeMap::new();
        for part in parts {
            if let Some((id, response)) = answer(&part, whole) {
                answers.entry(id).or_insert(response);
            }
        }
        Ok(Self { answers, next_link })
    }
}

fn parts(body: &[u8]) -> Result<(Vec<Object<'static>>, Option<String>), serde_json::Error> {
    let whole: Object<'_> = serde_json::from_slice(body)?;
    let responses = whole.get("responses");
    let responses = responses.ok_or_else(|| serde_json::Error::missing_field("responses"))?;
    let link = ["nextLink", "@odata.nextLink"]
        .iter()
        .find_map(|name| whole.get(*name));
    let link = link.and_then(|link| serde_json::from_str(link.get()).ok());
    Ok((serde_json::from_str(responses.get())?, link))
}

/// The answer to one request, as if it had come by itself but for the method, and the id of the
/// request.
fn answer(part: &Object<'_>, whole: &Response) -> Option<(String, Response)> {
    let member = |name: &str| serde_json::from_str::<Value>(part.get(name)?.get()).ok();
    let mut headers = match member("headers") {
        Some(Value::Object(headers)) => header_map(headers),
        _ => HeaderMap::new(),
    };
    hide_secrets(&mut headers);
    let body = part.get("body");
    let body = body.map_or_else(Bytes::new, |body| bytes(&headers, body));
    let response = Response {
        status: status(&member("status")?)?,
        headers,
        body,
        client_request_id: whole.client_request_id.clone(),
        method: whole.method.clone(),
        attempts: whole.attempts,
    };
    Some((text(&member("id")?)?, response))
}

/// A status as a number, or as the text of one.
fn status(value: &Value) -> Option<StatusCode> {
    let code = match value {
        Value::Number(number) => number.as_u64().and_then(|code| u16::try_from(code).ok()),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    StatusCode::from_u16(code?).ok()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The headers of an object, without those that could be no headers.
fn header_map(object: Map<String, Value>) -> HeaderMap {
    let headers = object.into_iter().filter_map(|(name, value)| {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        let value = HeaderValue::from_str(&text(&value)?).ok()?;
        Some((name, value))
    });
    headers.collect()
}

/// The body of an answer as it would have come by itself.
///
/// Text and binary data come as base64, in either alphabet; text sometimes as it is. So do some JSON
/// bodies, those of answers to requests whose body was base64.
fn bytes(headers: &HeaderMap, body: &RawValue) -> Bytes {
    let raw = || Bytes::copy_from_slice(body.get().as_bytes());
    match serde_json::from_str(body.get()) {
        Ok(Value::Null) => Bytes::new(),
        Ok(Value::String(text)) => match decoded(&text) {
            Some(decoded) if !is_json(headers) || is_object(&decoded) => decoded.into(),
            _ if is_json(headers) => raw(),
            _ => text.into(),
        },
        _ => raw(),
    }
}

/// What text in base64 stands for.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let config =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let engine = GeneralPurpose::new(&alphabet::STANDARD, config);
    engine.decode(text.replace('-', "+").replace('_', "/")).ok()
}

/// Whether a text is the JSON of an object or an array.
fn is_object(text: &[u8]) -> bool {
    let start = text.trim_ascii_start().first();
    matches!(start, Some(b'{' | b'[')) && serde_json::from_slice::<&RawValue>(text).is_ok()
}

/// Whether the body is JSON, as it is where nothing else is said.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let Some(media_type) = header_text(headers, CONTENT_TYPE.as_str()) else {
        return true;
    };
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// The error of a request that a post was to answer and did not.
pub(super) fn missing(whole: Response) -> Error {
    let error = serde_json::Error::custom("the batch has no answer to this request");
    Error::Decode(Box::new(DecodeError::new(whole, error)))
}
