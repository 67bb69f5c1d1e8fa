//! What the end-to-end tests stand on: a server that behaves as `docs-src/` says.

pub mod canned;
pub mod server;
