//! An answer whose headers have come and whose body has not been read: the body out, as the caller likes it.

use bytes::Bytes;
use http::header::{LOCATION, SET_COOKIE};
use http::{HeaderMap, StatusCode};

use super::{Error, Response, TransportError};

/// An answer of success, its body still on the wire.
pub(super) struct Opened {
    /// The HTTP status.
    pub(super) status: StatusCode,
    /// All headers.
    pub(super) headers: HeaderMap,
    /// The `client-request-id` that was sent.
    pub(super) client_request_id: String,
    body: reqwest::Response,
}

impl Opened {
    pub(super) fn new(mut answer: reqwest::Response, client_request_id: String) -> Self {
        let mut headers = std::mem::take(answer.headers_mut());
        hide_secrets(&mut headers);
        Self {
            status: answer.status(),
            headers,
            client_request_id,
            body: answer,
        }
    }

    /// The next part of the body, in the order of the wire; `None` when it is complete.
    ///
    /// # Errors
    ///
    /// [`Error::Transport`] when the connection fails before the body is complete.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        self.body.chunk().await.map_err(|error| {
            Error::Transport(Box::new(TransportError::in_body(
                self.status,
                self.headers.clone(),
                &self.client_request_id,
                error,
            )))
        })
    }

    /// Reads the body to its end.
    ///
    /// # Errors
    ///
    /// As [`Opened::chunk`].
    pub(super) async fn read(mut self) -> Result<Response, Error> {
        let body = self.rest().await?;
        Ok(Response {
            status: self.status,
            headers: self.headers,
            body,
            client_request_id: self.client_request_id,
        })
    }

    /// All parts as one. Most bodies come in one part, which is then not copied.
    async fn rest(&mut self) -> Result<Bytes, Error> {
        let Some(first) = self.chunk().await? else {
            return Ok(Bytes::new());
        };
        let Some(second) = self.chunk().await? else {
            return Ok(first);
        };
        let mut whole = Vec::from(first);
        whole.extend_from_slice(&second);
        while let Some(part) = self.chunk().await? {
            whole.extend_from_slice(&part);
        }
        Ok(whole.into())
    }
}

/// Keeps cookies and pre-authenticated links out of what `Debug` prints of headers.
fn hide_secrets(headers: &mut HeaderMap) {
    for (name, value) in headers.iter_mut() {
        if name == SET_COOKIE || name == LOCATION {
            value.set_sensitive(true);
        }
    }
}
