//! Connections that failed: how far the answer had come, and what the transport says.

use std::error;
use std::fmt;

use http::{HeaderMap, StatusCode};

use super::error::write_ids;
use super::opened::Sent;
use super::response::header_text;
use super::retry;

/// A connection that failed, or an answer that did not end in time or within bounds.
#[derive(Debug)]
#[non_exhaustive]
pub struct TransportError {
    /// What went wrong.
    pub kind: TransportErrorKind,
    /// The status, when the connection failed after it had arrived.
    pub status: Option<StatusCode>,
    /// The headers that had arrived; none when the status is none.
    pub headers: HeaderMap,
    /// The `client-request-id` that was sent or about to be.
    pub client_request_id: String,
    /// How often the request was sent.
    pub attempts: u32,
    /// What the transport says, where it was the transport that failed; without the URL, whose query
    /// may hold what logs should not.
    pub source: Option<reqwest::Error>,
    retryable: bool,
}

/// What can go wrong with a connection.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// There was no connection to be had; nothing of the request was sent.
    Connect,
    /// The connection broke off, before the answer or in it, or what came is no HTTP.
    Interrupted,
    /// The headers of the answer did not come in time. The request may have been carried out.
    ResponseTimeout,
    /// The service fell silent in the middle of the body.
    IdleTimeout,
    /// The call did not come to an end before its deadline.
    DeadlineExceeded,
    /// The body is larger than is kept in memory.
    TooLarge,
}

impl TransportErrorKind {
    /// What the error says of it; lengths of time are the client's settings.
    fn text(self) -> &'static str {
        match self {
            Self::Connect => "no connection could be made",
            Self::Interrupted => "the connection failed",
            Self::ResponseTimeout => "no answer came in time",
            Self::IdleTimeout => "the service fell silent in the middle of its answer",
            Self::DeadlineExceeded => "the call's deadline passed",
            Self::TooLarge => "the answer is larger than what is kept in memory",
        }
    }
}

impl From<&reqwest::Error> for TransportErrorKind {
    fn from(error: &reqwest::Error) -> Self {
        if error.is_connect() {
            Self::Connect
        } else if error.is_timeout() {
            Self::ResponseTimeout
        } else {
            Self::Interrupted
        }
    }
}

impl TransportError {
    /// A request that has no answer.
    pub(super) fn before_answer(sent: &Sent, kind: TransportErrorKind) -> Self {
        Self {
            kind,
            status: None,
            headers: HeaderMap::new(),
            client_request_id: sent.client_request_id.clone(),
            attempts: sent.attempts,
            source: None,
            retryable: kind != TransportErrorKind::TooLarge
                && retry::may_follow_silence(&sent.method),
        }
    }

    /// The same after a status and headers have come.
    pub(super) fn in_answer(self, status: StatusCode, headers: HeaderMap) -> Self {
        Self {
            status: Some(status),
            headers,
            ..self
        }
    }

    /// The same with what the transport says.
    pub(super) fn because(self, source: reqwest::Error) -> Self {
        Self {
            source: Some(source.without_url()),
            ..self
        }
    }

    /// Whether the request can be sent again without harm: see
    /// [`Error::is_retryable`](super::Error::is_retryable).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.retryable
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.text())?;
        if let Some(status) = self.status {
            write!(f, " after the status {status}")?;
        }
        if let Some(source) = &self.source {
            write!(f, ": {source}")?;
        }
        write_ids(
            f,
            header_text(&self.headers, "request-id"),
            Some(&self.client_request_id),
            self.attempts,
        )
    }
}

impl error::Error for TransportError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_ref()?.source()
    }
}
