//! What generated Microsoft Graph crates stand on.
//!
//! [`model`] reads and writes every generated type through one piece of code, losing nothing.
//! `client` sends requests and reads answers; `replay` plays a documented exchange against a
//! server on loopback and holds the client to it.

pub mod model;

#[cfg(feature = "client")]
pub mod client;

#[cfg(feature = "replay")]
pub mod replay;

#[cfg(feature = "client")]
pub use client::*;

/// What the macros of this crate name, so that a crate using them needs no dependency of its own.
#[doc(hidden)]
pub mod __private {
    pub use serde;
}
