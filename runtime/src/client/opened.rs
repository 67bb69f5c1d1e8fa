//! An answer whose headers have come: its body out, in parts or whole.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use http::header::{LOCATION, SET_COOKIE};
use http::{HeaderMap, Method, StatusCode};
use tokio::time::{Instant, timeout};

use super::patience::Patience;
use super::{Error, Response, ServiceError, TransportError, TransportErrorKind};

/// How much of the body of a failure is kept. What a service says of one fits many times over.
const MAX_FAILURE: usize = 1024 * 1024;

/// How long the body of a failure is waited for. The status says the most of it.
const FAILURE_PATIENCE: Duration = Duration::from_secs(10);

/// Which attempt of which request an answer is to.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    /// The method of the request.
    pub(super) method: Method,
    /// The `client-request-id` of all attempts.
    pub(super) client_request_id: String,
    /// How many attempts there were, this one included.
    pub(super) attempts: u32,
}

/// An answer with its body still on the wire.
pub(super) struct Opened {
    /// The HTTP status.
    pub(super) status: StatusCode,
    /// All headers.
    pub(super) headers: HeaderMap,
    /// What it is the answer to.
    pub(super) sent: Sent,
    deadline: Option<Instant>,
    idle_timeout: Duration,
    max_body: usize,
    body: reqwest::Response,
}

/// What is done with an answer of success within the time of an attempt.
pub(super) trait Finish {
    /// What the call gives.
    type Output: Send;

    /// Does it.
    fn finish(opened: Opened) -> impl Future<Output = Result<Self::Output, Error>> + Send;

    /// Status and headers of what it gave.
    fn head(output: &Self::Output) -> (StatusCode, &HeaderMap);
}

/// The body is left to the caller, who reads it when the call is over.
pub(super) struct Unread;

impl Finish for Unread {
    type Output = Opened;

    async fn finish(opened: Opened) -> Result<Opened, Error> {
        // Who reads a stream takes the time that it takes.
        Ok(Opened {
            deadline: None,
            ..opened
        })
    }

    fn head(output: &Opened) -> (StatusCode, &HeaderMap) {
        (output.status, &output.headers)
    }
}

/// The body is read to its end.
pub(super) struct Whole;

impl Finish for Whole {
    type Output = Response;

    fn finish(opened: Opened) -> impl Future<Output = Result<Response, Error>> + Send {
        opened.read()
    }

    fn head(output: &Response) -> (StatusCode, &HeaderMap) {
        (output.status, &output.headers)
    }
}

impl Opened {
    pub(super) fn new(mut answer: reqwest::Response, sent: Sent) -> Self {
        let mut headers = std::mem::take(answer.headers_mut());
        hide_secrets(&mut headers);
        Self {
            status: answer.status(),
            headers,
            sent,
            deadline: None,
            idle_timeout: Duration::MAX,
            max_body: usize::MAX,
            body: answer,
        }
    }

    /// The same, its body to end before the deadline, and never to be silent for as long as that.
    pub(super) fn within(self, deadline: Option<Instant>, idle_timeout: Duration) -> Self {
        Self {
            deadline,
            idle_timeout,
            ..self
        }
    }

    /// The same, with that bound on what is kept of the body in memory.
    pub(super) fn of_at_most(self, max_body: usize) -> Self {
        Self { max_body, ..self }
    }

    /// The next part of the body, unpacked, in the order of the wire; `None` when it is complete.
    ///
    /// # Errors
    ///
    /// [`Error::Transport`] when the connection fails before the body is complete, or nothing comes
    /// for as long as the client's idle timeout.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let patience = Patience::until(self.deadline)
            .or_for(self.idle_timeout, TransportErrorKind::IdleTimeout);
        let part = patience.wait_for(pin!(self.body.chunk())).await;
        match part {
            Some(Ok(part)) => Ok(part),
            Some(Err(error)) => Err(self.broken(TransportErrorKind::from(&error), Some(error))),
            None => Err(self.broken(patience.kind, None)),
        }
    }

    /// Reads the body to its end.
    ///
    /// # Errors
    ///
    /// As [`Opened::chunk`], and for a body that is larger than what is kept in memory.
    pub(super) async fn read(mut self) -> Result<Response, Error> {
        let body = self.rest().await?;
        Ok(self.with_body(body))
    }

    /// Reads what can be had of the body of a failure. A body that breaks off, stalls or is too large is cut
    /// short: the status and the headers are worth more.
    pub(super) async fn read_failure(mut self) -> Response {
        let mut whole = Vec::new();
        let reading = async {
            while let Ok(Some(part)) = self.chunk().await {
                let room = MAX_FAILURE - whole.len();
                whole.extend_from_slice(part.get(..room).unwrap_or(&part));
                if whole.len() == MAX_FAILURE {
                    break;
                }
            }
        };
        // Out of patience or at its end: what has come is what there is.
        let _ = timeout(FAILURE_PATIENCE, reading).await;
        self.with_body(whole.into())
    }

    /// Reads an answer that is no success into the error that it is.
    pub(super) async fn into_failure(self) -> Error {
        let response = self.read_failure().await;
        Error::Service(Box::new(ServiceError::new(response)))
    }

    fn with_body(self, body: Bytes) -> Response {
        Response {
            status: self.status,
            headers: self.headers,
            body,
            client_request_id: self.sent.client_request_id,
            method: self.sent.method,
            attempts: self.sent.attempts,
        }
    }

    /// All parts as one. Most bodies come in one part, which is then not copied.
    async fn rest(&mut self) -> Result<Bytes, Error> {
        let announced = self.body.content_length().unwrap_or(0);
        if announced > self.max_body as u64 {
            return Err(self.broken(TransportErrorKind::TooLarge, None));
        }
        let Some(first) = self.kept_chunk(0).await? else {
            return Ok(Bytes::new());
        };
        let Some(second) = self.kept_chunk(first.len()).await? else {
            return Ok(first);
        };
        let mut whole = Vec::from(first);
        whole.extend_from_slice(&second);
        while let Some(part) = self.kept_chunk(whole.len()).await? {
            whole.extend_from_slice(&part);
        }
        Ok(whole.into())
    }

    /// The next part, where it still fits behind so many bytes.
    async fn kept_chunk(&mut self, before: usize) -> Result<Option<Bytes>, Error> {
        match self.chunk().await? {
            Some(part) if part.len() > self.max_body.saturating_sub(before) => {
                Err(self.broken(TransportErrorKind::TooLarge, None))
            }
            part => Ok(part),
        }
    }

    fn broken(&self, kind: TransportErrorKind, source: Option<reqwest::Error>) -> Error {
        let error = TransportError::before_answer(&self.sent, kind)
            .in_answer(self.status, self.headers.clone());
        Error::Transport(Box::new(match source {
            Some(source) => error.because(source),
            None => error,
        }))
    }
}

/// Keeps cookies and pre-authenticated links out of what `Debug` prints of headers.
pub(super) fn hide_secrets(headers: &mut HeaderMap) {
    for (name, value) in headers.iter_mut() {
        if name == SET_COOKIE || name == LOCATION {
            value.set_sensitive(true);
        }
    }
}
