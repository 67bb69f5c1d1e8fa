//! What a request carries before it is sent: nothing, bytes, or a stream in; the body of an attempt out.

use std::error;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::Stream;
use futures_util::{StreamExt, stream};

use super::Error;
use super::body::Body;

/// Why a stream failed.
pub(super) type Failure = Box<dyn error::Error + Send + Sync>;

/// What a request carries that is no JSON: bytes, text, or a [stream](Self::stream).
///
/// Generated methods take whatever becomes one: `Bytes`, `Vec<u8>`, `String`, literals. Clones of a stream
/// are one stream.
#[derive(Clone)]
pub struct Content(pub(super) Payload);

/// The content of a request. Clones of a stream are one stream.
#[derive(Clone, Default)]
pub(super) enum Payload {
    #[default]
    None,
    Bytes(Bytes),
    Stream(Arc<OnceStream>),
}

/// A stream that whoever comes first may send.
pub(super) struct OnceStream {
    length: u64,
    source: Mutex<Option<reqwest::Body>>,
}

impl Content {
    /// A stream of exactly `length` bytes, which are sent as they are made and not kept.
    ///
    /// A request that carries it is sent once, as [`Request::body_stream`](super::Request::body_stream)
    /// tells.
    pub fn stream<S, E>(length: u64, source: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn error::Error + Send + Sync>> + 'static,
    {
        let source = reqwest::Body::wrap_stream(counted(length, source));
        Self(Payload::Stream(Arc::new(OnceStream {
            length,
            source: Mutex::new(Some(source)),
        })))
    }
}

/// Says what becomes content.
macro_rules! content_from {
    ($($ty:ty),+) => {
        $(impl From<$ty> for Content {
            fn from(bytes: $ty) -> Self {
                Self(Payload::Bytes(Bytes::from(bytes)))
            }
        })+
    };
}

content_from!(Bytes, Vec<u8>, String, &'static str, &'static [u8]);

impl<const N: usize> From<&'static [u8; N]> for Content {
    fn from(bytes: &'static [u8; N]) -> Self {
        Self::from(bytes.as_slice())
    }
}

// Content may be anybody's file.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content")
            .field("length", &self.0.len())
            .finish_non_exhaustive()
    }
}

impl Payload {
    /// What is handed to the transport.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] for a stream that was sent before.
    pub(super) fn to_body(&self) -> Result<Body, Error> {
        let stream = match self {
            Self::None => return Ok(Body::Empty),
            Self::Bytes(bytes) => return Ok(Body::Bytes(bytes.clone())),
            Self::Stream(stream) => stream,
        };
        let mut source = stream.source.lock().unwrap_or_else(PoisonError::into_inner);
        match source.take() {
            Some(source) => Ok(Body::Stream {
                source,
                length: Some(stream.length),
            }),
            None => Err(Error::InvalidRequest(
                "the stream that is its body was sent before".to_owned(),
            )),
        }
    }

    /// How many bytes there are; `None` when there is no content.
    pub(super) fn len(&self) -> Option<u64> {
        match self {
            Self::None => None,
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::Stream(stream) => Some(stream.length),
        }
    }
}

/// The same stream, failing when it does not hold as many bytes as announced: a transport would cut
/// off what is more, and leave the service waiting for what is less.
fn counted<S, E>(
    length: u64,
    source: S,
) -> impl Stream<Item = Result<Bytes, Failure>> + Send + 'static
where
    S: Stream<Item = Result<Bytes, E>> + Send + 'static,
    E: Into<Failure> + 'static,
{
    stream::unfold(Some((Box::pin(source), length)), |state| async {
        let (mut source, left) = state?;
        match next_part(source.as_mut(), left).await {
            Ok(None) => None,
            Ok(Some(part)) => {
                let left = left.saturating_sub(part.len() as u64);
                Some((Ok(part), Some((source, left))))
            }
            Err(error) => Some((Err(error), None)),
        }
    })
}

/// The next part of a stream that has so many bytes left; `None` when it has none.
///
/// The part that completes it is held back until it is known to be the last: the transport, too,
/// counts, and does not ask for more.
async fn next_part<S, E>(mut source: Pin<&mut S>, left: u64) -> Result<Option<Bytes>, Failure>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<Failure>,
{
    let part = match source.next().await.transpose().map_err(Into::into)? {
        Some(part) => part,
        None if left == 0 => return Ok(None),
        None => return Err("the stream ended before the announced length".into()),
    };
    let mut too_long = part.len() as u64 > left;
    if part.len() as u64 == left {
        while let Some(more) = source.next().await.transpose().map_err(Into::into)? {
            if !more.is_empty() {
                too_long = true;
                break;
            }
        }
    }
    match too_long {
        true => Err("the stream is longer than announced".into()),
        false => Ok(Some(part)),
    }
}
