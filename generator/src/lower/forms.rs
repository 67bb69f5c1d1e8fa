//! The end of a path to what it makes of a call, whatever else the call's page documents.
//!
//! A page may document a place together with its count or its content, as `/me/photo` and
//! `/me/photo/$value`: one set of facts, and two kinds of answers.

use crate::schema::{PathTemplate, Segment};

/// What the last segment of a path stands for.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Form {
    /// An object, a collection, an action, a function.
    Plain,
    /// `$count`: how many there are, as text
    /// (<https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html#sec_AddressingtheCountofaCollection>).
    Count,
    /// `$value` and `content`: bytes.
    Content,
    /// `$ref`: links between objects
    /// (<https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html#sec_ModifyingRelationshipsbetweenEntitie>).
    Reference,
}

/// The segments that tell, in lower case.
const ENDS: &[(&str, Form)] = &[
    ("$count", Form::Count),
    ("$value", Form::Content),
    ("content", Form::Content),
    ("$ref", Form::Reference),
];

impl Form {
    /// The form of a call at a path. What `$ref` lists is read as any list.
    pub(super) fn of_call(method: &str, template: &PathTemplate) -> Self {
        match Self::of(template) {
            Self::Reference if method == "GET" => Self::Plain,
            form => form,
        }
    }

    /// The form of what a path leads to.
    pub(super) fn of(template: &PathTemplate) -> Self {
        let name = match template.segments.last() {
            Some(Segment::Literal { name } | Segment::System { name }) => name.to_lowercase(),
            Some(
                Segment::Key { .. }
                | Segment::AlternateKey { .. }
                | Segment::RelativePath { .. }
                | Segment::Call { .. }
                | Segment::Cast { .. },
            )
            | None => return Self::Plain,
        };
        let end = ENDS.iter().find(|(end, _)| *end == name);
        end.map_or(Self::Plain, |(_, form)| *form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_segment_tells_the_form() {
        let literal = |name: &str| Segment::Literal {
            name: name.to_owned(),
        };
        let system = |name: &str| Segment::System {
            name: name.to_owned(),
        };
        let key = Segment::Key {
            name: "id".to_owned(),
        };
        let table = [
            (vec![literal("users"), system("$count")], Form::Count),
            (vec![literal("photo"), system("$value")], Form::Content),
            (vec![literal("item"), literal("Content")], Form::Content),
            (vec![literal("members"), system("$ref")], Form::Reference),
            (vec![literal("content"), key], Form::Plain),
            (vec![literal("contents")], Form::Plain),
            (vec![], Form::Plain),
        ];
        for (segments, expected) in table {
            let template = PathTemplate {
                segments,
                ..PathTemplate::default()
            };
            assert_eq!(Form::of(&template), expected, "{:?}", template.segments);
        }
    }
}
