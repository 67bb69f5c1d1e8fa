//! Diagnostics into text: for people as rustc draws it, and for tools.

mod github;
mod human;
mod json;
mod sarif;

pub use github::github;
pub use human::human;
pub use json::json;
pub use sarif::sarif;

/// A path below the documents folder as one from where `root` is relative to. An empty `root` is
/// the documents folder itself.
fn join(root: &str, path: &str) -> String {
    match root.trim_end_matches('/') {
        "" => path.to_owned(),
        root => format!("{root}/{path}"),
    }
}

#[cfg(test)]
mod tests;
