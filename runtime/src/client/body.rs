//! What a request carries: nothing, bytes that may be sent again, or a stream that is sent once.

use std::convert::Infallible;

use bytes::Bytes;
use futures_util::stream;

/// How much of a large body is handed to the transport at once, so that it can be seen to move: time
/// that a slow line takes is not time that the service is silent for.
const PART: usize = 64 * 1024;

/// The body of a request on its way out.
#[derive(Default)]
pub(super) enum Body {
    /// No body at all.
    #[default]
    Empty,
    /// Bytes in memory: another attempt sends the same.
    Bytes(Bytes),
    /// Bytes that are made as they are sent. Whoever has sent a part of them can't begin anew, so a
    /// request with such a body has one attempt.
    Stream {
        /// Where the bytes come from.
        source: reqwest::Body,
        /// How many there will be, for `Content-Length`; without it they go out in chunks.
        length: Option<u64>,
    },
    /// A stream that has been handed to the transport.
    Spent,
}

impl Body {
    /// What `Content-Length` has to say, where the transport would not say it by itself.
    pub(super) fn length(&self) -> Option<u64> {
        match self {
            Self::Empty => Some(0),
            Self::Stream { length, .. } => *length,
            Self::Bytes(bytes) if bytes.len() > PART => Some(bytes.len() as u64),
            Self::Bytes(_) | Self::Spent => None,
        }
    }

    /// Whether another attempt can send the same.
    pub(super) fn can_be_sent_again(&self) -> bool {
        matches!(self, Self::Empty | Self::Bytes(_))
    }

    /// Whether the transport gets it bit by bit.
    pub(super) fn goes_in_parts(&self) -> bool {
        match self {
            Self::Stream { .. } => true,
            Self::Bytes(bytes) => bytes.len() > PART,
            Self::Empty | Self::Spent => false,
        }
    }

    /// Hands the body to the transport; `None` where there is none.
    pub(super) fn take(&mut self) -> Option<reqwest::Body> {
        match self {
            Self::Empty | Self::Spent => None,
            Self::Bytes(bytes) if bytes.len() > PART => Some(in_parts(bytes.clone())),
            Self::Bytes(bytes) => Some(bytes.clone().into()),
            Self::Stream { .. } => match std::mem::replace(self, Self::Spent) {
                Self::Stream { source, .. } => Some(source),
                _ => None,
            },
        }
    }
}

fn in_parts(bytes: Bytes) -> reqwest::Body {
    let starts = (0..bytes.len()).step_by(PART);
    let parts = starts.map(move |start| {
        let end = start.saturating_add(PART).min(bytes.len());
        Ok::<_, Infallible>(bytes.slice(start..end))
    });
    reqwest::Body::wrap_stream(stream::iter(parts))
}
