//! The kinds of differences, and who is to look at each of them.

/// The kind of a difference. [`CODES`] says what each means.
#[expect(
    missing_docs,
    reason = "the table below explains every variant, for users as well"
)]
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Code {
    AbstractExtra,
    AbstractUnstated,
    ActionUndocumented,
    ActionUnknown,
    BaseDiffers,
    BaseExtra,
    BaseUnstated,
    EnumUnlisted,
    EnumUnread,
    ExampleJson,
    ExampleUnpaired,
    ExampleUnread,
    FunctionUndocumented,
    FunctionUnknown,
    KindDiffers,
    MemberCase,
    MemberMentioned,
    MemberMissing,
    MemberNumber,
    MemberUnknown,
    NavigationAsProperty,
    ParameterCase,
    ParameterMissing,
    ParameterUnknown,
    PathCast,
    PathKey,
    PathKeyWord,
    PathRoot,
    PathSegment,
    PropertyAsNavigation,
    PropertyCase,
    PropertyElsewhere,
    PropertyMentioned,
    PropertyMissing,
    PropertyUnknown,
    PropertyUnread,
    RequestLineUnread,
    TypeCollection,
    TypeDiffers,
    TypeEnumAsString,
    TypeMisread,
    TypeNamespace,
    TypeNumberWidth,
    TypeUndocumented,
    TypeUnbound,
    TypeUnknown,
    TypeUnread,
}

/// Whom a difference concerns.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Concern {
    /// The documents don't say what the metadata says. Mostly they are wrong; at times the metadata
    /// is.
    Documents,
    /// The page seems to say it, and was not understood.
    Reader,
}

impl Concern {
    /// The name in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Reader => "reader",
        }
    }
}

/// A row of [`CODES`].
#[derive(Clone, Copy, Debug)]
pub struct CodeInfo {
    /// The code.
    pub code: Code,
    /// Its name, `kebab-case`.
    pub name: &'static str,
    /// Whom it concerns.
    pub concern: Concern,
    /// What it means, in one sentence.
    pub meaning: &'static str,
}

impl Code {
    /// The name, `kebab-case`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.info().map_or("unlisted-code", |info| info.name)
    }

    /// Whom it concerns.
    #[must_use]
    pub fn concern(self) -> Concern {
        self.info().map_or(Concern::Documents, |info| info.concern)
    }

    /// What it means, in one sentence.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        self.info().map_or("", |info| info.meaning)
    }

    /// The row of the table; a test sees to it that every code has one.
    fn info(self) -> Option<&'static CodeInfo> {
        CODES.iter().find(|info| info.code == self)
    }
}

const fn row(code: Code, name: &'static str, concern: Concern, meaning: &'static str) -> CodeInfo {
    CodeInfo {
        code,
        name,
        concern,
        meaning,
    }
}

use Concern::{Documents, Reader};

/// Every code, in the order of the alphabet.
#[rustfmt::skip]
pub const CODES: &[CodeInfo] = &[
    row(Code::AbstractExtra, "abstract-extra", Documents, "The page calls a type abstract that the service does not."),
    row(Code::AbstractUnstated, "abstract-unstated", Documents, "The page does not say that the type is abstract."),
    row(Code::ActionUndocumented, "action-undocumented", Documents, "No page describes the action."),
    row(Code::ActionUnknown, "action-unknown", Documents, "The service has no such action."),
    row(Code::BaseDiffers, "base-differs", Documents, "The page names another base type than the service."),
    row(Code::BaseExtra, "base-extra", Documents, "The type has a base on its page and none in the service."),
    row(Code::BaseUnstated, "base-unstated", Documents, "The page does not name the base type."),
    row(Code::EnumUnlisted, "enum-unlisted", Documents, "No page lists the members of the enumeration."),
    row(Code::EnumUnread, "enum-unread", Reader, "A page lists the members of the enumeration, and the list was not read."),
    row(Code::ExampleJson, "example-json", Documents, "The JSON of the example can't be read."),
    row(Code::ExampleUnpaired, "example-unpaired", Documents, "The example has a request without a response, or a response without a request."),
    row(Code::ExampleUnread, "example-unread", Reader, "The page marks more requests of examples than were read."),
    row(Code::FunctionUndocumented, "function-undocumented", Documents, "No page describes the function."),
    row(Code::FunctionUnknown, "function-unknown", Documents, "The service has no such function."),
    row(Code::KindDiffers, "kind-differs", Documents, "The documents and the service take the type for different kinds."),
    row(Code::MemberCase, "member-case", Documents, "The member is spelt in another case."),
    row(Code::MemberMentioned, "member-mentioned", Documents, "The list lacks the member; the section around it has the word."),
    row(Code::MemberMissing, "member-missing", Documents, "The list lacks the member, and the word is absent from its section."),
    row(Code::MemberNumber, "member-number", Documents, "The member has another number."),
    row(Code::MemberUnknown, "member-unknown", Documents, "The service has no such member."),
    row(Code::NavigationAsProperty, "navigation-as-property", Documents, "The navigation property is documented as a property."),
    row(Code::ParameterCase, "parameter-case", Documents, "The parameter is spelt in another case."),
    row(Code::ParameterMissing, "parameter-missing", Documents, "The page lacks the parameter."),
    row(Code::ParameterUnknown, "parameter-unknown", Documents, "The service has no such parameter."),
    row(Code::PathCast, "path-cast", Documents, "The path lacks the cast to the derived type that has the next segment."),
    row(Code::PathKey, "path-key", Documents, "The path has a key where none fits, or lacks one."),
    row(Code::PathKeyWord, "path-key-word", Documents, "The path has a word where the service has a key; it may be one."),
    row(Code::PathRoot, "path-root", Documents, "The service has no such root."),
    row(Code::PathSegment, "path-segment", Documents, "The service has nothing of this name at this place of the path."),
    row(Code::PropertyAsNavigation, "property-as-navigation", Documents, "The property is documented as a relationship."),
    row(Code::PropertyCase, "property-case", Documents, "The property is spelt in another case."),
    row(Code::PropertyElsewhere, "property-elsewhere", Documents, "The property is documented on a base or a derived type alone, and the word is absent from the page."),
    row(Code::PropertyMentioned, "property-mentioned", Documents, "No table of the page has the property; the word stands somewhere in its text."),
    row(Code::PropertyMissing, "property-missing", Documents, "The word is absent from the page."),
    row(Code::PropertyUnknown, "property-unknown", Documents, "The service has no such property."),
    row(Code::PropertyUnread, "property-unread", Reader, "A table of the page has a row of this name that is no property of the type as read."),
    row(Code::RequestLineUnread, "request-line-unread", Reader, "The request line belongs to no operation."),
    row(Code::TypeCollection, "type-collection", Documents, "One side has a collection, the other has not."),
    row(Code::TypeDiffers, "type-differs", Documents, "The types differ."),
    row(Code::TypeEnumAsString, "type-enum-as-string", Documents, "The page says String, the service an enumeration."),
    row(Code::TypeMisread, "type-misread", Reader, "The cell was read as something else than it says to the letter."),
    row(Code::TypeNamespace, "type-namespace", Documents, "The types have one name in different namespaces."),
    row(Code::TypeNumberWidth, "type-number-width", Documents, "Both are numbers, of different types."),
    row(Code::TypeUnbound, "type-unbound", Documents, "The page names a type that no page describes, and not as the service does."),
    row(Code::TypeUndocumented, "type-undocumented", Documents, "No page describes the type."),
    row(Code::TypeUnknown, "type-unknown", Documents, "The service has no such type."),
    row(Code::TypeUnread, "type-unread", Reader, "A page describes the type, and was not read as one."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_row_in_order() {
        assert!(CODES.is_sorted_by(|left, right| left.name < right.name));
        for (place, info) in CODES.iter().enumerate() {
            assert!(
                CODES
                    .iter()
                    .skip(place + 1)
                    .all(|later| later.code != info.code)
            );
            assert!(info.meaning.ends_with('.'), "{}", info.name);
            let words = info.name.split('-');
            let words = words.map(|word| word[..1].to_uppercase() + &word[1..]);
            assert_eq!(words.collect::<String>(), format!("{:?}", info.code));
        }
        let last = Code::TypeUnread as usize;
        assert_eq!(CODES.len(), last + 1, "a code lacks its row");
    }
}
