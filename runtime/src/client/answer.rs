//! The output of a call together with what the answer said beside it.

use std::fmt;

use http::{HeaderMap, StatusCode};

use super::response::header_text;
use super::{
    BoxFuture, Error, Origin, Request, RequestType, Response, ResponseKind, Warning, pipeline,
};

/// The output of a call, and the answer that it was read from.
#[derive(Clone)]
#[non_exhaustive]
pub struct Answer<T> {
    /// What awaiting the request gives.
    pub value: T,
    /// The HTTP status: 200 to 299.
    pub status: StatusCode,
    /// All headers.
    pub headers: HeaderMap,
    /// The `client-request-id` that was sent.
    pub client_request_id: String,
    /// How often the request was sent until this answer came.
    pub attempts: u32,
}

impl<T> Answer<T> {
    /// Whether the service says that the answer is not all there is: 206, which the APIs of security
    /// products give when one of their providers did not answer. [`Answer::warnings`] has which.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.status == StatusCode::PARTIAL_CONTENT
    }

    /// What the service warns of.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        Warning::all(&self.headers)
    }

    /// The service's own id of the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        header_text(&self.headers, "request-id")
    }

    fn read<K: ResponseKind<Output = T>>(
        response: Response,
        origin: &Origin<'_>,
    ) -> Result<Self, Error> {
        let (status, headers) = (response.status, response.headers.clone());
        let client_request_id = response.client_request_id.clone();
        let attempts = response.attempts;
        Ok(Self {
            value: K::decode(response, origin)?,
            status,
            headers,
            client_request_id,
            attempts,
        })
    }
}

// The value may hold what was just made secret; who wants to see it prints it.
impl<T> fmt::Debug for Answer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("client_request_id", &self.client_request_id)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

impl Response {
    /// Whether the service says that the answer is not all there is; see [`Answer::is_partial`].
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.status == StatusCode::PARTIAL_CONTENT
    }

    /// What the service warns of.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        Warning::all(&self.headers)
    }
}

impl<O: RequestType> Request<O> {
    /// Sends the request as [`Request::send`] does, and gives status, headers and warnings beside the
    /// output.
    ///
    /// # Errors
    ///
    /// Whatever keeps the output from being had; see [`Error`].
    pub fn send_with_response(
        self,
    ) -> BoxFuture<'static, Result<Answer<<O::Response as ResponseKind>::Output>, Error>> {
        Box::pin(async move {
            let client = self.parts.client.clone();
            let response = pipeline::send(self.parts).await?;
            Answer::read::<O::Response>(response, &Origin::of(&client))
        })
    }
}
