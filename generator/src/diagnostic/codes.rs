//! The codes of diagnostics, and what each of them means.
//!
//! To add a code, put its variant and its row of [`CODES`] in their places; both are in the order
//! of the alphabet.

use borsh::{BorshDeserialize, BorshSerialize};

use super::Severity;

/// The kind of a diagnostic. [`CODES`] says what each means.
#[expect(
    missing_docs,
    reason = "the table below explains every variant, for users as well"
)]
#[derive(
    BorshDeserialize, BorshSerialize, Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd,
)]
pub enum Code {
    AbstractConflict,
    BaseTypeConflict,
    BodyTypeUnknown,
    DuplicateProperty,
    DuplicateType,
    EnumListsDiffer,
    EnumValueUndocumented,
    ErrorUnreadable,
    ExampleIncomplete,
    ExampleJson,
    ExampleMemberRepeated,
    ExamplePropertyUndocumented,
    ExampleRequestUnmatched,
    ExampleTypeUndocumented,
    ExampleUndecodable,
    ExampleUnpaired,
    ExampleValueFormat,
    FixupStale,
    FlattenedPage,
    FrontMatterSyntax,
    IncludeOutsideRoot,
    JsonPropertyNotInTable,
    MessageUnread,
    MetadataSyntax,
    MissingInclude,
    MissingPage,
    NameCollision,
    NoHttpRequest,
    NoResponse,
    PageWithoutFacts,
    PermissionName,
    PermissionsUnreadable,
    PropertyNotInJson,
    QueryOptionUnlisted,
    QueryPropertyUnknown,
    RelationshipNotInTable,
    RequiredUnknown,
    ResponseTypeUnknown,
    RowCellCount,
    RowUnreadable,
    RowsUnread,
    SubtypeUndocumented,
    TableUnknown,
    UnclosedComment,
    UnclosedFence,
    UnknownBaseType,
    UnlistedMethod,
    UnrecognisedTable,
    UnresolvedType,
    UnsupportedPath,
}

/// A row of [`CODES`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct CodeInfo {
    /// The code.
    pub code: Code,
    /// Its name in messages, `kebab-case`.
    pub name: &'static str,
    /// The severity of a diagnostic with this code, unless a stage knows better.
    pub severity: Severity,
    /// What it means, in one sentence.
    pub meaning: &'static str,
}

impl Code {
    /// The name, `kebab-case`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.info().map_or("unlisted-code", |info| info.name)
    }

    /// The usual severity.
    #[must_use]
    pub fn severity(self) -> Severity {
        self.info().map_or(Severity::Warning, |info| info.severity)
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

const fn row(
    code: Code,
    name: &'static str,
    severity: Severity,
    meaning: &'static str,
) -> CodeInfo {
    CodeInfo {
        code,
        name,
        severity,
        meaning,
    }
}

/// Every code, in the order of the alphabet.
#[rustfmt::skip]
pub const CODES: &[CodeInfo] = &[
    row(Code::AbstractConflict, "abstract-conflict", Severity::Warning, "A page and its metadata disagree on whether a type is abstract."),
    row(Code::BaseTypeConflict, "base-type-conflict", Severity::Warning, "A page states more than one base type for a type."),
    row(Code::BodyTypeUnknown, "body-type-unknown", Severity::Warning, "The type of a request body can't be told from the page."),
    row(Code::DuplicateProperty, "duplicate-property", Severity::Warning, "A type documents one property more than once."),
    row(Code::DuplicateType, "duplicate-type", Severity::Warning, "More than one page or block documents a type."),
    row(Code::EnumListsDiffer, "enum-lists-differ", Severity::Warning, "The lists of an enumeration's members differ."),
    row(Code::EnumValueUndocumented, "enum-value-undocumented", Severity::Warning, "A value is used that the enumeration's list lacks."),
    row(Code::ErrorUnreadable, "error-unreadable", Severity::Warning, "A documented error could not be read."),
    row(Code::ExampleIncomplete, "example-incomplete", Severity::Note, "An example lacks a message, or one of its messages can't be read whole, so that no test is made of it."),
    row(Code::ExampleJson, "example-json", Severity::Warning, "The JSON of an example is invalid."),
    row(Code::ExampleMemberRepeated, "example-member-repeated", Severity::Warning, "An object in an example has more than one member of a name, of which readers keep one."),
    row(Code::ExamplePropertyUndocumented, "example-property-undocumented", Severity::Warning, "An example holds a property that its type does not document."),
    row(Code::ExampleRequestUnmatched, "example-request-unmatched", Severity::Warning, "The request of an example fits no HTTP request of its page."),
    row(Code::ExampleTypeUndocumented, "example-type-undocumented", Severity::Warning, "An example holds an `@odata.type` that no page documents."),
    row(Code::ExampleUndecodable, "example-undecodable", Severity::Note, "An example is no value of the documented types, so that no test is made of it."),
    row(Code::ExampleUnpaired, "example-unpaired", Severity::Warning, "An example has a request without a response, or a response without a request."),
    row(Code::ExampleValueFormat, "example-value-format", Severity::Warning, "A value in an example contradicts the documented type of its property."),
    row(Code::FixupStale, "fixup-stale", Severity::Error, "A fix-up corrects what the documents no longer say."),
    row(Code::FlattenedPage, "flattened-page", Severity::Note, "A page has lost its headings: its parts are told from their words."),
    row(Code::FrontMatterSyntax, "front-matter-syntax", Severity::Warning, "The front matter of a page is not made of `key: value` lines between `---` lines."),
    row(Code::IncludeOutsideRoot, "include-outside-root", Severity::Note, "An include leads out of the documents folder and is not read."),
    row(Code::JsonPropertyNotInTable, "json-property-not-in-table", Severity::Note, "The JSON representation of a type has a property that its tables lack."),
    row(Code::MessageUnread, "message-unread", Severity::Note, "A request, a response or JSON of an example was not read."),
    row(Code::MetadataSyntax, "metadata-syntax", Severity::Warning, "A metadata comment is not strict JSON."),
    row(Code::MissingInclude, "missing-include", Severity::Warning, "An included file does not exist."),
    row(Code::MissingPage, "missing-page", Severity::Note, "A link leads to a page that does not exist."),
    row(Code::NameCollision, "name-collision", Severity::Warning, "Two things get the same name in Rust."),
    row(Code::NoHttpRequest, "no-http-request", Severity::Warning, "An API page shows no HTTP request."),
    row(Code::NoResponse, "no-response", Severity::Warning, "An API page does not say what it responds."),
    row(Code::PageWithoutFacts, "page-without-facts", Severity::Note, "Nothing could be read from a page."),
    row(Code::PermissionName, "permission-name", Severity::Warning, "A permission does not have the form of a permission's name."),
    row(Code::PermissionsUnreadable, "permissions-unreadable", Severity::Warning, "The permissions of an operation could not be read."),
    row(Code::PropertyNotInJson, "property-not-in-json", Severity::Note, "A property in the table of a type is missing from its JSON representation."),
    row(Code::QueryOptionUnlisted, "query-option-unlisted", Severity::Note, "An example uses a query option that its page does not list."),
    row(Code::QueryPropertyUnknown, "query-property-unknown", Severity::Warning, "A query option names a property that its type does not document."),
    row(Code::RelationshipNotInTable, "relationship-not-in-table", Severity::Note, "Only a row of the Methods table tells of a relationship of the type."),
    row(Code::RequiredUnknown, "required-unknown", Severity::Note, "Whether a property is required can't be told from the page."),
    row(Code::ResponseTypeUnknown, "response-type-unknown", Severity::Warning, "The type of a response can't be told from the page."),
    row(Code::RowCellCount, "row-cell-count", Severity::Warning, "A table row has more or fewer cells than the table's header."),
    row(Code::RowUnreadable, "row-unreadable", Severity::Warning, "A table row could not be read."),
    row(Code::RowsUnread, "rows-unread", Severity::Note, "Rows of a table were not read."),
    row(Code::SubtypeUndocumented, "subtype-undocumented", Severity::Warning, "A page names a derived type that no page documents."),
    row(Code::TableUnknown, "table-unknown", Severity::Note, "A table has columns that mean nothing here, and was passed over."),
    row(Code::UnclosedComment, "unclosed-comment", Severity::Warning, "A comment is opened and never closed."),
    row(Code::UnclosedFence, "unclosed-fence", Severity::Warning, "A code fence is opened and never closed."),
    row(Code::UnknownBaseType, "unknown-base-type", Severity::Warning, "The base type of a type is documented nowhere."),
    row(Code::UnlistedMethod, "unlisted-method", Severity::Note, "An API page belongs to a type whose Methods table does not list it."),
    row(Code::UnrecognisedTable, "unrecognised-table", Severity::Warning, "Lines that look like a table are none to markdown."),
    row(Code::UnresolvedType, "unresolved-type", Severity::Warning, "A type is named that is documented nowhere."),
    row(Code::UnsupportedPath, "unsupported-path", Severity::Warning, "The path of an HTTP request could not be read."),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The variants, as this file declares them.
    fn declared() -> Vec<&'static str> {
        let file = include_str!("codes.rs");
        let body = file
            .split("pub enum Code {")
            .nth(1)
            .and_then(|rest| rest.split('}').next());
        let lines = body.unwrap_or_default().lines().map(str::trim);
        let variants = lines.filter(|line| !line.is_empty() && !line.starts_with('/'));
        variants.map(|line| line.trim_end_matches(',')).collect()
    }

    #[test]
    fn every_code_has_its_row_in_order() {
        let listed: Vec<String> = CODES
            .iter()
            .map(|info| format!("{:?}", info.code))
            .collect();
        assert_eq!(listed, declared());
        assert!(CODES.is_sorted_by(|left, right| left.name < right.name));
    }

    #[test]
    fn names_are_the_variants_in_kebab_case() {
        for info in CODES {
            let words = info
                .name
                .split('-')
                .map(|word| word[..1].to_uppercase() + &word[1..]);
            assert_eq!(words.collect::<String>(), format!("{:?}", info.code));
        }
    }

    #[test]
    fn meanings_are_sentences() {
        for info in CODES {
            assert!(info.meaning.ends_with('.'), "{}", info.name);
            assert!(
                info.meaning.starts_with(char::is_uppercase),
                "{}",
                info.name
            );
        }
    }
}
