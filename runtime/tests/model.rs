//! Generated-shaped types, read from JSON and written back: nothing lost, errors in their place.

#[path = "model/derived.rs"]
mod derived;
#[path = "model/errors.rs"]
mod errors;
#[path = "model/fixture.rs"]
mod fixture;
#[path = "model/hierarchies.rs"]
mod hierarchies;
#[path = "model/macros.rs"]
mod macros;
#[path = "model/members.rs"]
mod members;
#[path = "model/primitives.rs"]
mod primitives;
#[path = "model/wrappers.rs"]
mod wrappers;
