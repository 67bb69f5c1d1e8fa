//! [`Trail`]: the path to a failure, noted on the way out so that success costs nothing.

use std::fmt;

/// The path to where reading failed, innermost segment first.
#[derive(Debug, Default)]
pub(super) struct Trail(Vec<Segment>);

/// One step of the path.
#[derive(Debug)]
pub(super) enum Segment {
    /// A documented member.
    Documented(&'static str),
    /// Any other member.
    Other(String),
    /// An element of an array.
    Index(usize),
}

impl Trail {
    /// Notes that what failed was inside of `segment`.
    pub(super) fn note(&mut self, segment: Segment) {
        self.0.push(segment);
    }

    /// Whether what failed was the outermost value itself.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Trail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, segment) in self.0.iter().rev().enumerate() {
            let dot = if depth == 0 { "" } else { "." };
            match segment {
                Segment::Documented(name) => write!(f, "{dot}{name}")?,
                Segment::Other(name) => write!(f, "{dot}{name}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
