//! [`Condition`]: conditions to one condition, with the parentheses that it needs.

use std::borrow::Cow;
use std::fmt;
use std::ops::Not;

use super::Fragment;

/// What items must meet to be in the answer: the value of `$filter`.
///
/// Made by the methods of [`Field`](super::Field), or from text, which is taken as it is.
#[derive(Clone, Debug)]
#[must_use = "a condition does nothing until a request takes it"]
pub struct Condition {
    fragment: Fragment,
    strength: Strength,
}

/// How strongly the outermost operator of an expression binds, the weakest first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Strength {
    /// Text of the caller, which may hold any operator.
    Unknown,
    Or,
    And,
    /// A comparison, a call or something in parentheses, which `and` and `or` leave whole.
    Comparison,
}

impl Condition {
    /// A comparison or a call.
    pub(super) fn comparison(fragment: Fragment) -> Self {
        Self {
            fragment,
            strength: Strength::Comparison,
        }
    }

    /// Both this condition and the other.
    pub fn and(self, other: impl Into<Condition>) -> Self {
        self.combined(" and ", Strength::And, other.into())
    }

    /// This condition or the other, or both.
    pub fn or(self, other: impl Into<Condition>) -> Self {
        self.combined(" or ", Strength::Or, other.into())
    }

    /// The opposite of this condition, as `!condition` is.
    #[expect(
        clippy::should_implement_trait,
        reason = "the trait is implemented; the method saves importing it and reads on in a chain"
    )]
    pub fn not(self) -> Self {
        let negated = Fragment::new("not ").join(self.fragment.enclosed());
        Self::comparison(negated)
    }

    /// The expression as OData writes it, not yet percent-encoded.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.fragment.text
    }

    /// The expression, or why it can't be sent.
    pub(in crate::client) fn into_text(self) -> Result<String, String> {
        match self.fragment.fault {
            Some(fault) => Err(fault),
            None => Ok(self.fragment.text),
        }
    }

    /// The expression within another.
    pub(super) fn into_fragment(self) -> Fragment {
        self.fragment
    }

    fn combined(self, operator: &str, strength: Strength, other: Self) -> Self {
        let left = self.at_least(strength).then(operator);
        Self {
            fragment: left.join(other.at_least(strength)),
            strength,
        }
    }

    /// The expression as an operand: in parentheses if it would fall apart without them.
    fn at_least(self, strength: Strength) -> Fragment {
        match self.strength < strength {
            true => self.fragment.enclosed(),
            false => self.fragment,
        }
    }
}

impl Not for Condition {
    type Output = Self;

    fn not(self) -> Self {
        Condition::not(self)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<String> for Condition {
    fn from(text: String) -> Self {
        Self {
            fragment: Fragment::new(text),
            strength: Strength::Unknown,
        }
    }
}

impl From<&str> for Condition {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<&String> for Condition {
    fn from(text: &String) -> Self {
        text.clone().into()
    }
}

impl From<Cow<'_, str>> for Condition {
    fn from(text: Cow<'_, str>) -> Self {
        text.into_owned().into()
    }
}

impl From<&Condition> for Condition {
    fn from(condition: &Condition) -> Self {
        condition.clone()
    }
}
