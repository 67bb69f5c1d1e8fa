//! Why an example can't be replayed, and whether its page or the example itself is at fault.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// What is at fault when an example and its page contradict each other.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Culprit {
    /// The page leaves out or misstates what the example, which was recorded, shows.
    Page,
    /// The example shows what the page rules out, or what nobody could have recorded.
    Example,
}

/// A contradiction.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Fault {
    pub(super) culprit: Culprit,
    /// What is wrong, as the end of a sentence.
    pub(super) reason: String,
}

impl Fault {
    pub(super) fn page(reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self {
            culprit: Culprit::Page,
            reason,
        }
    }

    pub(super) fn example(reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self {
            culprit: Culprit::Example,
            reason,
        }
    }

    /// The finding: which of both is at fault, and why.
    pub(super) fn diagnostic(&self, code: Code, span: Span) -> Diagnostic {
        let culprit = match self.culprit {
            Culprit::Page => "page",
            Culprit::Example => "example",
        };
        let message = format!("no test: the {culprit} is at fault: {}", self.reason);
        Diagnostic::new(code, span, message)
    }
}
