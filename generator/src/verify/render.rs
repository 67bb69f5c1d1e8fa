//! A [`Report`](super::Report) into text.

mod human;
mod json;

pub use human::human;
pub use json::json;
