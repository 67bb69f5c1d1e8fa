//! IR 2: the crate that will be printed.
//!
//! `lower` takes every decision (identifiers, `Option`, `Box`, variants, methods, where a type
//! lives); `emit` only prints. The records are inert data in the order of the output. Identifiers
//! are final: keywords escaped, collisions resolved. They are hashed, so that a file need not be printed
//! again that would be the same.

mod client;
mod examples;
mod models;
mod operation;

pub use client::*;
pub use examples::*;
pub use models::*;
pub use operation::*;

/// A generated crate.
#[derive(Clone, Debug, Default, Hash)]
pub struct Crate {
    /// What goes into `Cargo.toml`.
    pub manifest: Manifest,
    /// The front page of the rustdoc: what stands before the program.
    pub doc: Doc,
    /// What stands behind the program, or without one behind the rest.
    pub topics: Doc,
    /// The program of the front page; none without a call that it could show.
    pub start: Option<Start>,
    /// The README, as markdown that stands alone.
    pub readme: Doc,
    /// One module a namespace below `models`, in name order.
    pub namespaces: Vec<Namespace>,
    /// The client: `GraphClient` and the tree of request builders below it.
    pub client: Option<Client>,
    /// Documented exchanges, each a test.
    pub examples: Vec<ExampleTest>,
    /// How many of the documented messages those are.
    pub replays: Replays,
}

/// How much of the examples can be replayed.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Replays {
    /// The requests of examples that are calls of the client.
    pub requests: usize,
    /// The responses that those calls are answered with, errors included.
    pub responses: usize,
    /// Examples that are no test because their page leaves out or misstates what they show.
    pub page_at_fault: usize,
    /// Examples that are no test because of themselves.
    pub example_at_fault: usize,
}

/// What goes into `Cargo.toml`.
#[derive(Clone, Debug, Default, Hash)]
pub struct Manifest {
    /// The package name: `graph-security`.
    pub name: String,
    /// The package version.
    pub version: String,
    /// One sentence.
    pub description: String,
    /// An SPDX expression.
    pub license: Option<String>,
    /// The lowest Rust version.
    pub rust_version: String,
    /// Where `graph-runtime` stands, relative to the crate: `../runtime`.
    pub runtime_path: String,
    /// The crate is the root of its own workspace (it stands outside of ours).
    pub standalone: bool,
}

/// Documentation: the lines that are printed behind `///`. Empty for none.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Doc(pub Vec<String>);
