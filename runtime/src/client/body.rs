//! What a request carries: nothing, bytes that may be sent again, or a stream that is sent once.

use bytes::Bytes;

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
            Self::Bytes(_) | Self::Spent => None,
        }
    }

    /// Whether another attempt can send the same.
    pub(super) fn can_be_sent_again(&self) -> bool {
        matches!(self, Self::Empty | Self::Bytes(_))
    }

    /// Hands the body to the transport; `None` where there is none.
    pub(super) fn take(&mut self) -> Option<reqwest::Body> {
        match self {
            Self::Empty | Self::Spent => None,
            Self::Bytes(bytes) => Some(bytes.clone().into()),
            Self::Stream { .. } => match std::mem::replace(self, Self::Spent) {
                Self::Stream { source, .. } => Some(source),
                _ => None,
            },
        }
    }
}
