//! Everything that can go wrong between awaiting a request and holding its output.

use std::error;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::response::header_text;
use super::{CredentialError, Response, ServiceError, UnfollowedLink};

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
    /// The connection failed, before or in the middle of the answer.
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
}

impl Error {
    /// The status of the answer, where there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
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
            Self::Service(error) => error.client_request_id.as_deref(),
            Self::Decode(error) => Some(&error.client_request_id),
            Self::Transport(error) => Some(&error.client_request_id),
            _ => Some(&self.redirecting()?.client_request_id),
        }
    }

    /// The `code` of the error object.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Service(error) => error.code.as_deref(),
            _ => None,
        }
    }

    /// The raw body of the answer, where there was one.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        match self {
            Self::Service(error) => Some(&error.body),
            Self::Decode(error) => Some(&error.body),
            _ => self.redirecting().map(|response| &response.body),
        }
    }

    /// The headers of the answer, where there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
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
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Credential(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Decode(error) => error.source(),
            _ => None,
        }
    }
}

/// A connection that failed.
#[derive(Debug)]
#[non_exhaustive]
pub struct TransportError {
    /// The status, when the connection failed after it had arrived.
    pub status: Option<StatusCode>,
    /// The headers that had arrived; none when the status is none.
    pub headers: HeaderMap,
    /// The `client-request-id` that was sent or about to be.
    pub client_request_id: String,
    /// What the transport says; without the URL, whose query may hold what logs should not.
    pub source: reqwest::Error,
}

impl TransportError {
    /// An answer that broke off after its headers.
    pub(super) fn in_body(
        status: StatusCode,
        headers: HeaderMap,
        client_request_id: &str,
        source: reqwest::Error,
    ) -> Self {
        Self {
            status: Some(status),
            headers,
            ..Self::before_answer(client_request_id, source)
        }
    }

    /// A connection that failed before an answer had come.
    pub(super) fn before_answer(client_request_id: &str, source: reqwest::Error) -> Self {
        Self {
            status: None,
            headers: HeaderMap::new(),
            client_request_id: client_request_id.to_owned(),
            source: source.without_url(),
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the connection failed")?;
        if let Some(status) = self.status {
            write!(f, " after the status {status}")?;
        }
        write!(f, ": {}", self.source)?;
        write_ids(
            f,
            header_text(&self.headers, "request-id"),
            Some(&self.client_request_id),
        )
    }
}

impl error::Error for TransportError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.source()
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
            .field("source", &self.source)
            .finish()
    }
}

impl error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Appends the ids that support asks for, those that are known.
pub(super) fn write_ids(
    f: &mut fmt::Formatter<'_>,
    request_id: Option<&str>,
    client_request_id: Option<&str>,
) -> fmt::Result {
    match (request_id, client_request_id) {
        (Some(id), Some(client_id)) => {
            write!(f, " (request-id {id}, client-request-id {client_id})")
        }
        (Some(id), None) => write!(f, " (request-id {id})"),
        (None, Some(client_id)) => write!(f, " (client-request-id {client_id})"),
        (None, None) => Ok(()),
    }
}
