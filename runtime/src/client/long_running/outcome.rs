//! [`Outcome`]: what operations give that are documented to be done at once or to go on.

use std::fmt;

use http::StatusCode;
use serde::de::DeserializeOwned;

use super::super::response::decode_json;
use super::super::{Error, Origin, Response, ResponseKind};
use super::Accepted;
use crate::model;

/// What an operation gives that is documented with `202 Accepted` beside an answer that has a body: a
/// `T`, or the way to what it has started.
#[must_use]
pub enum Outcome<T, M = model::Json> {
    /// The service was done at once.
    Done(T),
    /// It goes on.
    Accepted(Box<Accepted<M>>),
}

impl<T, M> Outcome<T, M> {
    /// What the service gave at once, if it did.
    #[must_use]
    pub fn done(self) -> Option<T> {
        match self {
            Self::Done(value) => Some(value),
            Self::Accepted(_) => None,
        }
    }

    /// The way to what goes on, if it does.
    #[must_use]
    pub fn accepted(&self) -> Option<&Accepted<M>> {
        match self {
            Self::Done(_) => None,
            Self::Accepted(accepted) => Some(accepted),
        }
    }
}

impl<T: DeserializeOwned + Send + 'static, M: 'static> ResponseKind for Outcome<T, M> {
    type Output = Self;

    fn decode(response: Response, origin: &Origin<'_>) -> Result<Self, Error> {
        match response.status {
            StatusCode::ACCEPTED => {
                Accepted::decode(response, origin).map(|way| Self::Accepted(Box::new(way)))
            }
            _ => decode_json(response).map(Self::Done),
        }
    }
}

// The value may hold what was just made secret.
impl<T, M> fmt::Debug for Outcome<T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done(_) => f.debug_tuple("Done").finish_non_exhaustive(),
            Self::Accepted(accepted) => f.debug_tuple("Accepted").field(accepted).finish(),
        }
    }
}
