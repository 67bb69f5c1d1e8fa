//! An answer that is no success: status, headers and body in, what the service says out.
//!
//! The shape read is that of the OData JSON format §21.1 and of Microsoft Graph; what has another
//! shape, or none, still keeps status, headers and raw body.

use std::error;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use super::error::write_ids;
use super::response::header_text;
use super::{Response, RetryAfter, challenge, retry};

/// What the service answered instead of doing what was asked.
#[derive(Clone)]
#[non_exhaustive]
pub struct ServiceError {
    /// The HTTP status.
    pub status: StatusCode,
    /// The status by name.
    pub kind: ServiceErrorKind,
    /// The `code` of the error object, such as `UnsupportedActionType`.
    pub code: Option<String>,
    /// The `message` of the error object, for people.
    pub message: Option<String>,
    /// What in the request the error is about.
    pub target: Option<String>,
    /// Further errors found on the way.
    pub details: Vec<ErrorDetail>,
    /// What the service adds for those who debug it.
    pub inner_error: Option<InnerError>,
    /// The service's id of the request: the `request-id` header, else the error object.
    pub request_id: Option<String>,
    /// The id that the client sent along: as the service repeats it, else as it was sent.
    pub client_request_id: Option<String>,
    /// The `Retry-After` header as it came; [`ServiceError::retry_after`] reads it.
    pub retry_after: Option<String>,
    /// How often the request was sent until this answer came.
    pub attempts: u32,
    /// All headers.
    pub headers: HeaderMap,
    /// The body as it came: an error object, another shape of JSON, HTML, half of something, nothing.
    pub body: Bytes,
    retryable: bool,
}

/// The statuses that Microsoft Graph documents, by name.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ServiceErrorKind {
    /// 400: the request is malformed or not supported.
    BadRequest,
    /// 401: the token is missing or not valid.
    Unauthorized,
    /// 402: the payment requirements are not met.
    PaymentRequired,
    /// 403: the token lacks a permission.
    Forbidden,
    /// 404: there is no such resource.
    NotFound,
    /// 405: the resource does not have this method.
    MethodNotAllowed,
    /// 406: the service can't answer in the format asked for.
    NotAcceptable,
    /// 408: the request took too long to arrive.
    RequestTimeout,
    /// 409: the current state forbids it.
    Conflict,
    /// 410: the resource is gone for good.
    Gone,
    /// 411: a `Content-Length` is needed.
    LengthRequired,
    /// 412: the resource is not as `If-Match` says.
    PreconditionFailed,
    /// 413: the request is too large.
    PayloadTooLarge,
    /// 415: the body is in a format the service does not read.
    UnsupportedMediaType,
    /// 416: the range asked for is not there.
    RangeNotSatisfiable,
    /// 422: the request can be read but not processed.
    UnprocessableEntity,
    /// 423: the resource is locked.
    Locked,
    /// 429: too many requests; see [`ServiceError::retry_after`].
    TooManyRequests,
    /// 500: the service failed.
    InternalServerError,
    /// 501: the feature is not there.
    NotImplemented,
    /// 502: a service behind the service failed.
    BadGateway,
    /// 503: the service is busy or down for a while; see [`ServiceError::retry_after`].
    ServiceUnavailable,
    /// 504: a service behind the service did not answer in time.
    GatewayTimeout,
    /// 507: the quota is reached.
    InsufficientStorage,
    /// 509: the bandwidth limit is reached.
    BandwidthLimitExceeded,
    /// Any other status; [`ServiceError::status`] says which.
    Other,
}

/// Which status has which name.
const KINDS: [(u16, ServiceErrorKind); 25] = [
    (400, ServiceErrorKind::BadRequest),
    (401, ServiceErrorKind::Unauthorized),
    (402, ServiceErrorKind::PaymentRequired),
    (403, ServiceErrorKind::Forbidden),
    (404, ServiceErrorKind::NotFound),
    (405, ServiceErrorKind::MethodNotAllowed),
    (406, ServiceErrorKind::NotAcceptable),
    (408, ServiceErrorKind::RequestTimeout),
    (409, ServiceErrorKind::Conflict),
    (410, ServiceErrorKind::Gone),
    (411, ServiceErrorKind::LengthRequired),
    (412, ServiceErrorKind::PreconditionFailed),
    (413, ServiceErrorKind::PayloadTooLarge),
    (415, ServiceErrorKind::UnsupportedMediaType),
    (416, ServiceErrorKind::RangeNotSatisfiable),
    (422, ServiceErrorKind::UnprocessableEntity),
    (423, ServiceErrorKind::Locked),
    (429, ServiceErrorKind::TooManyRequests),
    (500, ServiceErrorKind::InternalServerError),
    (501, ServiceErrorKind::NotImplemented),
    (502, ServiceErrorKind::BadGateway),
    (503, ServiceErrorKind::ServiceUnavailable),
    (504, ServiceErrorKind::GatewayTimeout),
    (507, ServiceErrorKind::InsufficientStorage),
    (509, ServiceErrorKind::BandwidthLimitExceeded),
];

impl From<StatusCode> for ServiceErrorKind {
    fn from(status: StatusCode) -> Self {
        KINDS
            .iter()
            .find(|(code, _)| *code == status.as_u16())
            .map_or(Self::Other, |(_, kind)| *kind)
    }
}

/// One of several errors in an answer.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct ErrorDetail {
    /// Its code.
    pub code: Option<String>,
    /// Its message.
    pub message: Option<String>,
    /// What in the request it is about.
    pub target: Option<String>,
}

/// What the service adds to an error for those who debug it; wire name `innerError` or `innererror`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct InnerError {
    /// A code more specific than the error's own.
    pub code: Option<String>,
    /// A message more specific than the error's own.
    pub message: Option<String>,
    /// The service's id of the request.
    pub request_id: Option<String>,
    /// The id that the client sent along.
    pub client_request_id: Option<String>,
    /// When it happened, as the service writes it: often without an offset.
    pub date: Option<String>,
    /// Members not named here.
    pub additional_properties: Map<String, Value>,
    /// A level further down.
    pub inner_error: Option<Box<InnerError>>,
}

impl ServiceError {
    /// When the service asks to be called again, if the header can be read.
    #[must_use]
    pub fn retry_after(&self) -> Option<RetryAfter> {
        RetryAfter::parse(self.retry_after.as_deref()?)
    }

    /// Whether the error object has that code on some level; see [`Error::has_code`](super::Error::has_code).
    #[must_use]
    pub fn has_code(&self, code: &str) -> bool {
        let is_same = |own: &Option<String>| {
            own.as_deref()
                .is_some_and(|own| own.eq_ignore_ascii_case(code))
        };
        let mut inner = std::iter::successors(self.inner_error.as_ref(), |inner| {
            inner.inner_error.as_deref()
        });
        is_same(&self.code) || inner.any(|inner| is_same(&inner.code))
    }

    /// The claims that a new token must have, as the text of a JSON object: what the `WWW-Authenticate` of a 401
    /// asks for under continuous access evaluation. A client has then asked its credential for such a
    /// token, without success.
    #[must_use]
    pub fn claims_challenge(&self) -> Option<String> {
        challenge::claims(&self.headers)
    }

    /// Whether the request can be sent again without harm: see [`Error::is_retryable`](super::Error::is_retryable).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.retryable
    }

    /// Whether the service may have done what was asked: see
    /// [`Error::may_have_been_carried_out`](super::Error::may_have_been_carried_out).
    #[must_use]
    pub fn may_have_been_carried_out(&self) -> bool {
        match self.status {
            StatusCode::REQUEST_TIMEOUT => true,
            // The service says when to come again, as it has not begun.
            StatusCode::SERVICE_UNAVAILABLE => retry::wait_asked_for(&self.headers).is_none(),
            // There is no such method.
            StatusCode::NOT_IMPLEMENTED => false,
            status => status.is_server_error(),
        }
    }

    pub(crate) fn new(response: Response) -> Self {
        let mut error = error_object(&response.body);
        let inner_error = take_inner_error(&mut error);
        let of_inner = |id: fn(&InnerError) -> &Option<String>| {
            inner_error.as_ref().and_then(|inner| id(inner).clone())
        };
        let of_header = |name| header_text(&response.headers, name).map(str::to_owned);
        Self {
            status: response.status,
            kind: response.status.into(),
            code: take_text(&mut error, "code"),
            message: take_message(&mut error),
            target: take_text(&mut error, "target"),
            details: take_details(&mut error),
            request_id: of_header("request-id").or_else(|| of_inner(|inner| &inner.request_id)),
            client_request_id: of_header("client-request-id")
                .or_else(|| of_inner(|inner| &inner.client_request_id))
                .or(Some(response.client_request_id)),
            retry_after: of_header("retry-after"),
            inner_error,
            attempts: response.attempts,
            retryable: retry::may_follow_answer(
                &response.method,
                response.status,
                &response.headers,
            ),
            headers: response.headers,
            body: response.body,
        }
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        if let Some(code) = said(&self.code) {
            write!(f, ", {code}")?;
        }
        if let Some(message) = said(&self.message) {
            write!(f, ": {message}")?;
        }
        write_ids(
            f,
            self.request_id.as_deref(),
            self.client_request_id.as_deref(),
            self.attempts,
        )
    }
}

// The body of a redirect mostly repeats its `Location`, which may be pre-authenticated.
impl fmt::Debug for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body: &dyn fmt::Debug = match self.status.is_redirection() {
            true => &format_args!("{} bytes", self.body.len()),
            false => &self.body,
        };
        f.debug_struct("ServiceError")
            .field("status", &self.status)
            .field("kind", &self.kind)
            .field("code", &self.code)
            .field("message", &self.message)
            .field("target", &self.target)
            .field("details", &self.details)
            .field("inner_error", &self.inner_error)
            .field("request_id", &self.request_id)
            .field("client_request_id", &self.client_request_id)
            .field("retry_after", &self.retry_after)
            .field("attempts", &self.attempts)
            .field("headers", &self.headers)
            .field("body", body)
            .finish()
    }
}

impl error::Error for ServiceError {}

/// Text that is there and not empty: services fill in members that they have nothing to say in.
fn said(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty())
}

/// The error object of a body; empty when the body holds none.
///
/// Besides `{"error": {…}}` two shapes are met in front of Graph: the object by itself, and the
/// flat `error` and `error_description` of OAuth (RFC 6749 §5.2).
fn error_object(body: &[u8]) -> Map<String, Value> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let Ok(Value::Object(mut whole)) = serde_json::from_slice(body) else {
        return Map::new();
    };
    match whole.remove("error") {
        Some(Value::Object(error)) => error,
        Some(Value::String(code)) => {
            whole.insert("code".to_owned(), Value::String(code));
            whole
        }
        _ => whole,
    }
}

fn take_message(error: &mut Map<String, Value>) -> Option<String> {
    // OData before version 4 wraps the text with its language.
    if let Some(Value::Object(message)) = error.get_mut("message") {
        return take_text(message, "value");
    }
    take_text(error, "message").or_else(|| take_text(error, "error_description"))
}

/// Takes a text member out; numbers that stand where text belongs are taken as text.
fn take_text(object: &mut Map<String, Value>, name: &str) -> Option<String> {
    match object.remove(name)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn take_details(error: &mut Map<String, Value>) -> Vec<ErrorDetail> {
    let Some(Value::Array(details)) = error.remove("details") else {
        return Vec::new();
    };
    details.into_iter().filter_map(detail).collect()
}

fn detail(value: Value) -> Option<ErrorDetail> {
    let Value::Object(mut detail) = value else {
        return None;
    };
    Some(ErrorDetail {
        code: take_text(&mut detail, "code"),
        message: take_message(&mut detail),
        target: take_text(&mut detail, "target"),
    })
}

fn take_inner_error(object: &mut Map<String, Value>) -> Option<InnerError> {
    let inner = ["innerError", "innererror"]
        .iter()
        .find_map(|name| object.remove(*name))?;
    let Value::Object(mut inner) = inner else {
        return None;
    };
    Some(InnerError {
        code: take_text(&mut inner, "code"),
        message: take_message(&mut inner),
        request_id: take_text(&mut inner, "request-id"),
        client_request_id: take_text(&mut inner, "client-request-id"),
        date: take_text(&mut inner, "date"),
        inner_error: take_inner_error(&mut inner).map(Box::new),
        additional_properties: inner,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_named_status_has_one_row() {
        for (index, (code, kind)) in KINDS.iter().enumerate() {
            let status = StatusCode::from_u16(*code).expect("a status code");
            assert_eq!(ServiceErrorKind::from(status), *kind);
            let rows = KINDS[index + 1..].iter();
            assert!(rows.clone().all(|(other, _)| other > code), "{code}");
            assert!(rows.clone().all(|(_, other)| other != kind), "{code}");
        }
        assert_eq!(
            ServiceErrorKind::from(StatusCode::IM_A_TEAPOT),
            ServiceErrorKind::Other
        );
    }
}
