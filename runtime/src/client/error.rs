//! Everything that can go wrong between awaiting a request and holding its output.

use std::error;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::response::header_text;
use super::{
    CredentialError, DocumentedError, OperationError, Response, RetryAfter, ServiceError,
    TransportError, TransportErrorKind, UnfollowedLink, Warning,
};

/// Why a request has no output. Nothing of an answer is lost on the way into it.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The credential had no token to give; nothing was sent.
    Credential(CredentialError),
    /// The endpoint is not one a token may be sent to.
    Endpoint(String),
    /// The client can't be made as asked for.
    Builder(String),
    /// The request can't be written as HTTP; nothing was sent.
    InvalidRequest(String),
    /// The connection failed, before or in the middle of the answer, or the answer did not end in time
    /// or within bounds.
    Transport(Box<TransportError>),
    /// The service answered with a status other than success. To requests that change something,
    /// these are all others; to `GET` and `HEAD`, all but redirects that could be read.
    Service(Box<ServiceError>),
    /// The service answered with success, and with a body that is not what was expected.
    Decode(Box<DecodeError>),
    /// A link, or a redirect of a `GET` or `HEAD`, leads away from the configured scheme, host and
    /// port; not followed.
    ///
    /// Downloads (reports, the `/content` of files) are documented as `302 Found` with a `Location`
    /// elsewhere: that address, which needs no token and must get none, is in [`Error::location`],
    /// and made absolute in [`UnfollowedLink::url`].
    ForeignHost(Box<UnfollowedLink>),
    /// Links from page to page, or redirects, lead in a circle; the pages up to here were handed out.
    RepeatedLink(Box<UnfollowedLink>),
    /// The post of a [`Batch`](super::Batch) that carried this request failed as a whole; all its
    /// requests share the error. Whether any of them was carried out is not known.
    Batch(Arc<Error>),
    /// An operation that was accepted failed, was cancelled, or was not over in time.
    Operation(Box<OperationError>),
}

impl Error {
    /// The status of the answer, where there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Batch(error) => error.status(),
            Self::Operation(error) => error.report.as_ref().map(|report| report.status),
            Self::Service(error) => Some(error.status),
            Self::Decode(error) => Some(error.status),
            Self::Transport(error) => error.status,
            _ => self.redirecting().map(|response| response.status),
        }
    }

    /// The service's own id of the request, from the `request-id` header or the error object.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Batch(error) => error.request_id(),
            Self::Operation(error) => error.report.as_ref()?.request_id.as_deref(),
            Self::Service(error) => error.request_id.as_deref(),
            Self::Decode(error) => header_text(&error.headers, "request-id"),
            Self::Transport(error) => header_text(&error.headers, "request-id"),
            _ => header_text(&self.redirecting()?.headers, "request-id"),
        }
    }

    /// The id that was sent along with the request, which the service logs too.
    #[must_use]
    pub fn client_request_id(&self) -> Option<&str> {
        match self {
            Self::Batch(error) => error.client_request_id(),
            Self::Operation(error) => error.report.as_ref()?.client_request_id.as_deref(),
            Self::Service(error) => error.client_request_id.as_deref(),
            Self::Decode(error) => Some(&error.client_request_id),
            Self::Transport(error) => Some(&error.client_request_id),
            _ => Some(&self.redirecting()?.client_request_id),
        }
    }

    /// How often the request was sent; 0 when it was not, or when it is not known.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Batch(error) => error.attempts(),
            Self::Operation(error) => error.report.as_ref().map_or(0, |report| report.attempts),
            Self::Service(error) => error.attempts,
            Self::Decode(error) => error.attempts,
            Self::Transport(error) => error.attempts,
            _ => self.redirecting().map_or(0, |response| response.attempts),
        }
    }

    /// Whether the same request may succeed another time and can be sent again without harm.
    ///
    /// It knows the method: for `GET`, `HEAD`, `OPTIONS`, `PUT` and `DELETE` after a failed connection and
    /// after 408, 429, 500, 502, 503 and 504; for all others after 429, and after 503 with a `Retry-After`.
    /// An action of which nobody knows whether it was carried out is not retryable.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Batch(error) => error.is_retryable(),
            Self::Service(error) => error.is_retryable(),
            Self::Transport(error) => error.is_retryable(),
            _ => false,
        }
    }

    /// Whether the service may have done what was asked, though there is no output that says so.
    ///
    /// What reads the state of things, not what sends the action again, is then the way on: the connection
    /// failed behind the request, an answer of success could not be read, or the service answered with 408 or 5xx
    /// in the middle of its work. False when nothing was sent, and for answers that refuse the request.
    #[must_use]
    pub fn may_have_been_carried_out(&self) -> bool {
        match self {
            Self::Batch(error) => error.may_have_been_carried_out(),
            Self::Transport(error) => {
                error.kind != TransportErrorKind::Connect && error.attempts > 0
            }
            Self::Service(error) => error.may_have_been_carried_out(),
            Self::Decode(_) => true,
            // It was accepted. What it came to, the report says, where there is one.
            Self::Operation(error) => error.report.is_none(),
            Self::Credential(_)
            | Self::Endpoint(_)
            | Self::Builder(_)
            | Self::InvalidRequest(_)
            | Self::ForeignHost(_)
            | Self::RepeatedLink(_) => false,
        }
    }

    /// When the service asks to be called again, where the answer says so.
    #[must_use]
    pub fn retry_after(&self) -> Option<RetryAfter> {
        RetryAfter::parse(header_text(self.headers()?, "retry-after")?)
    }

    /// What the service warns of beside its answer.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        self.headers().map(Warning::all).unwrap_or_default()
    }

    /// Whether this is that error, which the page of an operation documents: the same status, and the same
    /// code on some level of the error object, in whatever case.
    #[must_use]
    pub fn is(&self, documented: &DocumentedError) -> bool {
        let same_status = self.status().map(|status| status.as_u16()) == Some(documented.status);
        same_status && self.has_code(documented.code)
    }

    /// Whether the error object has that code on some level, in whatever case: the inner levels are more
    /// specific than the code of the error itself.
    #[must_use]
    pub fn has_code(&self, code: &str) -> bool {
        match self {
            Self::Batch(error) => error.has_code(code),
            Self::Operation(error) => error
                .report
                .as_ref()
                .is_some_and(|report| report.has_code(code)),
            Self::Service(error) => error.has_code(code),
            _ => false,
        }
    }

    /// The `code` of the error object.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Batch(error) => error.code(),
            Self::Service(error) => error.code.as_deref(),
            Self::Operation(error) => error.report.as_ref()?.code.as_deref(),
            _ => None,
        }
    }

    /// The raw body of the answer, where there was one.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        match self {
            Self::Batch(error) => error.body(),
            Self::Operation(error) => error.report.as_ref().map(|report| &report.body),
            Self::Service(error) => Some(&error.body),
            Self::Decode(error) => Some(&error.body),
            _ => self.redirecting().map(|response| &response.body),
        }
    }

    /// The headers of the answer, where there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::Batch(error) => error.headers(),
            Self::Operation(error) => error.report.as_ref().map(|report| &report.headers),
            Self::Service(error) => Some(&error.headers),
            Self::Decode(error) => Some(&error.headers),
            Self::Transport(error) => error.status.map(|_| &error.headers),
            _ => self.redirecting().map(|response| &response.headers),
        }
    }

    /// The `Location` header of the answer, as it came: where a redirect leads, downloads among
    /// them. It may be secret, since pre-authenticated links need no token.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        header_text(self.headers()?, "location")
    }

    /// The answer that holds the redirect which was not followed.
    fn redirecting(&self) -> Option<&Response> {
        match self {
            Self::ForeignHost(link) | Self::RepeatedLink(link) => link.response(),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Credential(error) => write!(f, "no access token: {error}"),
            Self::Endpoint(reason) | Self::Builder(reason) => f.write_str(reason),
            Self::InvalidRequest(reason) => write!(f, "the request can't be sent: {reason}"),
            Self::Transport(error) => error.fmt(f),
            Self::Service(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::ForeignHost(link) => {
                write!(f, "not followed, it leads away from the endpoint: {link}")
            }
            Self::RepeatedLink(link) => write!(f, "the way leads in a circle: {link}"),
            Self::Batch(error) => write!(f, "the batch failed: {error}"),
            Self::Operation(error) => error.fmt(f),
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Batch(error) => error.source(),
            Self::Credential(error) => error.source(),
            Self::Transport(error) => error::Error::source(&**error),
            Self::Decode(error) => error.source(),
            _ => None,
        }
    }
}

/// An answer of success whose body is not what the operation returns.
#[non_exhaustive]
pub struct DecodeError {
    /// The status of the answer.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, as it came.
    pub body: Bytes,
    /// The `client-request-id` that was sent.
    pub client_request_id: String,
    /// How often the request was sent until this answer came.
    pub attempts: u32,
    /// What is wrong with the body, and where.
    pub source: serde_json::Error,
}

impl DecodeError {
    pub(super) fn new(response: Response, source: serde_json::Error) -> Self {
        Self {
            status: response.status,
            headers: response.headers,
            body: response.body,
            client_request_id: response.client_request_id,
            attempts: response.attempts,
            source,
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}, with an unexpected body: {}",
            self.status, self.source
        )?;
        write_ids(
            f,
            header_text(&self.headers, "request-id"),
            Some(&self.client_request_id),
            self.attempts,
        )
    }
}

// An answer of success may hold what was just made secret: passwords, keys. Its size will do.
impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("client_request_id", &self.client_request_id)
            .field("attempts", &self.attempts)
            .field("source", &self.source)
            .finish()
    }
}

impl error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Appends the ids that support asks for, those that are known, and how often it was tried, where that
/// was more than once.
pub(super) fn write_ids(
    f: &mut fmt::Formatter<'_>,
    request_id: Option<&str>,
    client_request_id: Option<&str>,
    attempts: u32,
) -> fmt::Result {
    let parts = [
        request_id.map(|id| format!("request-id {id}")),
        client_request_id.map(|id| format!("client-request-id {id}")),
        (attempts > 1).then(|| format!("{attempts} attempts")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match parts.is_empty() {
        true => Ok(()),
        false => write!(f, " ({})", parts.join(", ")),
    }
}
