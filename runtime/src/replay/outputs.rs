//! Outputs that are no models: what replaying holds to the documented body of each.

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::client::{Accepted, Outcome, Upload};

/// The body that came with the answer; null where there was none.
impl<M> Serialize for Accepted<M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let body = serde_json::from_slice::<Value>(&self.response.body);
        body.unwrap_or_default().serialize(serializer)
    }
}

impl<T: Serialize, M> Serialize for Outcome<T, M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Done(value) => value.serialize(serializer),
            Self::Accepted(accepted) => accepted.serialize(serializer),
        }
    }
}

impl<T: Serialize> Serialize for Upload<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        T::serialize(self, serializer)
    }
}
