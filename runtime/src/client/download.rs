//! Bodies as they come: a request in, a stream of bytes out, from another host where the caller
//! wants that.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use futures_util::stream;
use http::header::{ACCEPT, CONTENT_LENGTH, IF_RANGE, RANGE};
use http::{HeaderMap, StatusCode};
use reqwest::Url;

use super::opened::Opened;
use super::pipeline::{self, Access, Outgoing};
use super::request::Parts;
use super::response::header_text;
use super::{Error, Request, RequestType, Response, origin};

/// What of a request is meant for whoever holds the content.
const CONTENT_HEADERS: [http::HeaderName; 3] = [ACCEPT, RANGE, IF_RANGE];

/// The body of an answer of success, in parts as they come from the network.
///
/// Nothing of it is kept. A connection that fails in the middle, or is silent for longer than the client's
/// idle timeout, ends the stream with [`Error::Transport`]; a new request with a `Range` header goes
/// on from there, where the service supports that.
#[must_use = "streams do nothing unless polled"]
pub struct Download {
    /// The status: 200, or 206 for a part of the content.
    pub status: StatusCode,
    /// All headers.
    pub headers: HeaderMap,
    body: Pin<Box<dyn Stream<Item = Result<Bytes, Error>> + Send>>,
}

impl<O: RequestType> Request<O> {
    /// Goes to another host for the content, when the service redirects there, without the token.
    ///
    /// Files and reports are documented as a redirect to a host that holds the content, with a link
    /// that opens it without a token. Unless this is called, such an answer is an
    /// [`Error::ForeignHost`]. The token, the request's own headers but `Accept`, `Range` and
    /// `If-Range`, and the client's preferences stay with the endpoint. Links that are not `https`
    /// are refused all the same.
    pub fn follow_download(mut self) -> Self {
        self.parts.follow_download = true;
        self
    }

    /// Stays on the endpoint's host: where the service redirects to another one for the content, the
    /// request gives [`Error::ForeignHost`], which has the link.
    pub fn stay_on_host(mut self) -> Self {
        self.parts.follow_download = false;
        self
    }

    /// Sends the request and gives the body as it comes, whatever it is, as soon as the headers are there.
    ///
    /// # Errors
    ///
    /// Whatever keeps an answer of success from being had; see [`Error`].
    pub async fn download(self) -> Result<Download, Error> {
        let parts = self.into_parts();
        let opened = pipeline::open(&parts.client, parts.outgoing()?).await;
        match opened {
            Err(error) => {
                let outgoing = elsewhere(&parts, error)?;
                let opened = pipeline::open(&parts.client, outgoing).await?;
                Ok(Download::new(opened))
            }
            Ok(opened) => Ok(Download::new(opened)),
        }
    }
}

/// Sends a request and reads the answer to its end, from another host where the caller wants that.
pub(super) async fn exchange(parts: Box<Parts>) -> Result<Response, Error> {
    if !parts.follow_download {
        let client = parts.client.clone();
        return pipeline::exchange(&client, parts.into_outgoing()?).await;
    }
    match pipeline::exchange(&parts.client, parts.outgoing()?).await {
        Err(error) => {
            let outgoing = elsewhere(&parts, error)?;
            pipeline::exchange(&parts.client, outgoing).await
        }
        response => response,
    }
}

/// The request for content that the service redirects to.
///
/// # Errors
///
/// The error itself when it is no such redirect, or the caller does not want to follow it.
fn elsewhere(parts: &Parts, error: Error) -> Result<Outgoing, Error> {
    let target = match &error {
        Error::ForeignHost(link) if follows(parts) && link.response().is_some() => {
            Url::parse(link.url()).ok()
        }
        _ => None,
    };
    let Some(url) = target.filter(origin::is_safe_without_token) else {
        return Err(error);
    };
    let headers = CONTENT_HEADERS.into_iter().filter_map(|name| {
        let value = parts.headers.get(&name)?.clone();
        Some((name, value))
    });
    Ok(Outgoing {
        headers: headers.collect(),
        access: Access::Link,
        ..parts.outgoing_to(url)
    })
}

fn follows(parts: &Parts) -> bool {
    parts.follow_download && !parts.client.shared.limits.stay_on_host
}

impl Download {
    fn new(mut opened: Opened) -> Self {
        Self {
            status: opened.status,
            headers: std::mem::take(&mut opened.headers),
            body: Box::pin(stream::try_unfold(opened, |mut opened| async {
                let part = opened.chunk().await?;
                Ok(part.map(|part| (part, opened)))
            })),
        }
    }

    /// How many bytes there will be, where the service says so and they come as they are.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        header_text(&self.headers, CONTENT_LENGTH.as_str())?
            .parse()
            .ok()
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.body.as_mut().poll_next(context)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .finish_non_exhaustive()
    }
}
