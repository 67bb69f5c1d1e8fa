//! [`Field`]: the name of a property to conditions on it.

use super::{Condition, Fragment, Operand};

/// A property of the items, or what a function makes of one.
#[derive(Clone, Debug)]
#[must_use = "a property is no condition yet"]
pub struct Field(Fragment);

/// The property of that name on the wire; of a property of a property, both with a slash between
/// them: `createdBy/user/displayName`.
///
/// Casts (`microsoft.graph.user/jobTitle`) and `$it` are names here too. A name that is none is a
/// fault of the request it is used in, since text from outside must not become an operator.
pub fn field(path: impl AsRef<str>) -> Field {
    Field(named(path.as_ref()))
}

impl Field {
    /// A property of this one.
    pub fn field(self, path: impl AsRef<str>) -> Self {
        Self(self.0.then("/").join(named(path.as_ref())))
    }

    /// Whether the property is equal to a value.
    pub fn eq(self, value: impl Into<Operand>) -> Condition {
        self.compared(" eq ", value.into())
    }

    /// Whether the property is other than a value.
    pub fn ne(self, value: impl Into<Operand>) -> Condition {
        self.compared(" ne ", value.into())
    }

    /// Whether the property is greater than a value.
    pub fn gt(self, value: impl Into<Operand>) -> Condition {
        self.compared(" gt ", value.into())
    }

    /// Whether the property is greater than a value or equal to it.
    pub fn ge(self, value: impl Into<Operand>) -> Condition {
        self.compared(" ge ", value.into())
    }

    /// Whether the property is less than a value.
    pub fn lt(self, value: impl Into<Operand>) -> Condition {
        self.compared(" lt ", value.into())
    }

    /// Whether the property is less than a value or equal to it.
    pub fn le(self, value: impl Into<Operand>) -> Condition {
        self.compared(" le ", value.into())
    }

    /// Whether the property, a set of flags, has all those of a value.
    pub fn has(self, value: impl Into<Operand>) -> Condition {
        self.compared(" has ", value.into())
    }

    /// Whether the property has no value.
    pub fn is_null(self) -> Condition {
        self.eq(Operand::null())
    }

    /// Whether the property has a value.
    pub fn is_not_null(self) -> Condition {
        self.ne(Operand::null())
    }

    /// Whether the property is equal to one of the values. No value at all is a fault: it is no
    /// OData, and no item could meet it.
    pub fn is_in<V: Into<Operand>>(self, values: impl IntoIterator<Item = V>) -> Condition {
        let mut values = values.into_iter().map(|value| value.into().into_fragment());
        let name = self.0.text.clone();
        let list = match values.next() {
            Some(first) => values.fold(first, |list, value| list.then(",").join(value)),
            None => Fragment::default().note(format!("`{name} in ()` lists no values")),
        };
        Condition::comparison(self.0.then(" in ").join(list.enclosed()))
    }

    /// Whether the text starts with another.
    pub fn starts_with(self, text: impl Into<Operand>) -> Condition {
        self.tested("startswith", text.into())
    }

    /// Whether the text ends with another.
    pub fn ends_with(self, text: impl Into<Operand>) -> Condition {
        self.tested("endswith", text.into())
    }

    /// Whether the text contains another.
    pub fn contains(self, text: impl Into<Operand>) -> Condition {
        self.tested("contains", text.into())
    }

    /// Whether any member of the collection meets a condition; `variable` stands for the member in
    /// it and must differ from those of lambdas around it.
    pub fn any(self, variable: &str, condition: impl FnOnce(Field) -> Condition) -> Condition {
        self.lambda("any", variable, condition)
    }

    /// Whether all members of the collection meet a condition; `variable` stands for the member in
    /// it and must differ from those of lambdas around it.
    pub fn all(self, variable: &str, condition: impl FnOnce(Field) -> Condition) -> Condition {
        self.lambda("all", variable, condition)
    }

    /// Whether the collection has members.
    pub fn is_not_empty(self) -> Condition {
        Condition::comparison(self.0.then("/any()"))
    }

    /// How many members the collection has.
    pub fn count(self) -> Self {
        Self(self.0.then("/$count"))
    }

    /// How many characters the text has.
    pub fn length(self) -> Self {
        self.called("length")
    }

    /// The text in lower case.
    pub fn to_lower(self) -> Self {
        self.called("tolower")
    }

    /// The text in upper case.
    pub fn to_upper(self) -> Self {
        self.called("toupper")
    }

    /// The text without white space at its ends.
    pub fn trim(self) -> Self {
        self.called("trim")
    }

    pub(super) fn into_fragment(self) -> Fragment {
        self.0
    }

    fn compared(self, operator: &str, value: Operand) -> Condition {
        Condition::comparison(self.0.then(operator).join(value.into_fragment()))
    }

    fn tested(self, function: &str, text: Operand) -> Condition {
        let arguments = self.0.then(",").join(text.into_fragment());
        Condition::comparison(Fragment::new(function).join(arguments.enclosed()))
    }

    fn called(self, function: &str) -> Self {
        Self(Fragment::new(function).join(self.0.enclosed()))
    }

    fn lambda(
        self,
        operator: &str,
        variable: &str,
        condition: impl FnOnce(Field) -> Condition,
    ) -> Condition {
        let mut member = Fragment::new(variable);
        if !is_identifier(variable) {
            member = member.note(format!("`{variable}` can't be a variable of a lambda"));
        }
        let condition = condition(Field(member.clone())).into_fragment();
        let body = member.then(":").join(condition).enclosed();
        Condition::comparison(self.0.then("/").then(operator).join(body))
    }
}

/// The path of a property, noting what can't be one.
fn named(path: &str) -> Fragment {
    let fragment = Fragment::new(path);
    match path.split('/').all(is_segment) {
        true => fragment,
        false => fragment.note(format!("`{path}` is no name of a property")),
    }
}

/// Whether text is a name, a qualified name with dots, or a name of OData's own with its `$`.
fn is_segment(text: &str) -> bool {
    let name = text.strip_prefix('$').unwrap_or(text);
    name.split('.').all(is_identifier)
}

/// Whether text is a simple identifier (OData CSDL 4.01 §15.2).
fn is_identifier(text: &str) -> bool {
    let mut characters = text.chars();
    characters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|character| character.is_alphanumeric() || character == '_')
}
