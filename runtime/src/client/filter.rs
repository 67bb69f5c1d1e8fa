//! Conditions for `$filter`: names of properties and values in, an OData expression out.
//!
//! [`Request::filter`](crate::Request::filter) takes text as it is. What is put together of
//! variables is better built: [`field`] names a property, its methods compare it, and the
//! [`Condition`]s that come of it combine, with literals written as OData wants them (quotes
//! doubled, dates bare, durations marked) and parentheses where the precedence needs them
//! ([OData 4.01 URL conventions, §5.1.1](https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html)).
//!
//! ```
//! use graph_runtime::filter::field;
//!
//! let mine = field("status").eq("open").and(field("tags").any("t", |tag| tag.eq("it's urgent")));
//! assert_eq!(mine.as_str(), "status eq 'open' and tags/any(t:t eq 'it''s urgent')");
//! let either = mine.or(field("priority").gt(3)).and(field("closedDateTime").is_null());
//! assert!(either.as_str().starts_with("(status eq 'open' and "));
//! assert!(either.as_str().ends_with(" or priority gt 3) and closedDateTime eq null"));
//! ```

mod condition;
mod field;
mod operand;

pub use self::condition::Condition;
pub use self::field::{Field, field};
pub use self::operand::Operand;

/// A part of an expression, and why it can't be sent, if it can't.
///
/// Faults are remembered so that expressions chain without a `?` each; they surface as
/// [`Error::InvalidRequest`](crate::Error::InvalidRequest) of the request.
#[derive(Clone, Debug, Default)]
struct Fragment {
    text: String,
    fault: Option<String>,
}

impl Fragment {
    fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            fault: None,
        }
    }

    /// Appends text of this module's own.
    fn then(mut self, text: &str) -> Self {
        self.text.push_str(text);
        self
    }

    /// Appends another part, the first fault of both being the fault of the whole.
    fn join(self, other: Self) -> Self {
        let fault = self.fault.or(other.fault);
        Self {
            text: self.text + &other.text,
            fault,
        }
    }

    /// The same part in parentheses.
    fn enclosed(self) -> Self {
        Self {
            text: format!("({})", self.text),
            fault: self.fault,
        }
    }

    fn note(mut self, fault: String) -> Self {
        self.fault.get_or_insert(fault);
        self
    }
}
