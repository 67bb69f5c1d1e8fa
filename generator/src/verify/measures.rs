//! What is measured: the names of the figures, and what each of them counts.

/// A thing that is measured. [`MEASURES`] says what each counts.
#[expect(
    missing_docs,
    reason = "the table below explains every variant, for users as well"
)]
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Measure {
    Coverage,
    TypesWithPage,
    EntityTypes,
    ComplexTypes,
    EnumTypes,
    TypeKinds,
    Properties,
    NavigationProperties,
    PropertiesOnPage,
    NavigationOnPage,
    PropertiesInherited,
    NavigationInherited,
    PropertyRoles,
    PropertyTypes,
    RowTypes,
    TypesAsWritten,
    Spelling,
    BaseTypes,
    BaseTypesRead,
    BaseTypesStated,
    Abstract,
    AbstractOrBase,
    EnumMembers,
    EnumMembersButWorst,
    EnumMembersOnPage,
    EnumNumbers,
    Actions,
    Functions,
    ActionParameters,
    FunctionParameters,
    ParameterTypes,
    RequestLines,
    RequestPaths,
    RequestPathsLenient,
    ExampleRequests,
    ExamplesPaired,
    ExampleJson,
}

/// A row of [`MEASURES`].
#[derive(Clone, Copy, Debug)]
pub struct MeasureInfo {
    /// The measure.
    pub measure: Measure,
    /// Its name in JSON and in files of floors.
    pub name: &'static str,
    /// What it counts, for people.
    pub title: &'static str,
}

impl Measure {
    /// The name, `kebab-case`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.info().map_or("unlisted-measure", |info| info.name)
    }

    /// What is counted.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.info().map_or("", |info| info.title)
    }

    /// The measure of a name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let info = MEASURES.iter().find(|info| info.name == name);
        info.map(|info| info.measure)
    }

    /// The row of the table; a test sees to it that every measure has one.
    fn info(self) -> Option<&'static MeasureInfo> {
        MEASURES.iter().find(|info| info.measure == self)
    }
}

const fn row(measure: Measure, name: &'static str, title: &'static str) -> MeasureInfo {
    MeasureInfo {
        measure,
        name,
        title,
    }
}

/// Every measure, in the order in which it is printed.
#[rustfmt::skip]
pub const MEASURES: &[MeasureInfo] = &[
    row(Measure::Coverage, "coverage", "types of the service that the documents describe"),
    row(Measure::TypesWithPage, "types-with-page", "types of the service with a page: read"),
    row(Measure::EntityTypes, "entity-types", "entity types with a page"),
    row(Measure::ComplexTypes, "complex-types", "complex types with a page"),
    row(Measure::EnumTypes, "enum-types", "enum types with a list of members"),
    row(Measure::TypeKinds, "type-kinds", "structured types: entity or complex"),
    row(Measure::Properties, "properties", "own properties"),
    row(Measure::NavigationProperties, "navigation-properties", "own navigation properties"),
    row(Measure::PropertiesOnPage, "properties-on-page", "own properties whose name stands on the page of their type: read"),
    row(Measure::NavigationOnPage, "navigation-on-page", "own navigation properties whose name stands on the page of their type: read"),
    row(Measure::PropertiesInherited, "properties-with-inherited", "properties, inherited ones too"),
    row(Measure::NavigationInherited, "navigation-with-inherited", "navigation properties, inherited ones too"),
    row(Measure::PropertyRoles, "property-roles", "properties: structural or navigation"),
    row(Measure::PropertyTypes, "property-types", "type and collection flag of own properties"),
    row(Measure::RowTypes, "row-types", "type and collection flag of all rows, inherited ones too"),
    row(Measure::TypesAsWritten, "types-as-written", "type cells of rows: read as they are written"),
    row(Measure::Spelling, "spelling", "names of properties, members and parameters: upper and lower case"),
    row(Measure::BaseTypes, "base-types", "base types, `entity` inferred for entity types of the service"),
    row(Measure::BaseTypesRead, "base-types-read", "base types, `entity` inferred for types read as entity types"),
    row(Measure::BaseTypesStated, "base-types-stated", "base types as stated"),
    row(Measure::Abstract, "abstract", "abstract types, as stated"),
    row(Measure::AbstractOrBase, "abstract-or-base", "abstract types, any base taken for one"),
    row(Measure::EnumMembers, "enum-members", "enum members"),
    row(Measure::EnumMembersButWorst, "enum-members-but-worst", "enum members, one enum type left out"),
    row(Measure::EnumMembersOnPage, "enum-members-on-page", "enum members whose name stands in the section of their list: read"),
    row(Measure::EnumNumbers, "enum-numbers", "numbers of enum members"),
    row(Measure::Actions, "actions", "actions of documented types, by name"),
    row(Measure::Functions, "functions", "functions of documented types, by name"),
    row(Measure::ActionParameters, "action-parameters", "parameters of documented actions"),
    row(Measure::FunctionParameters, "function-parameters", "parameters of documented functions"),
    row(Measure::ParameterTypes, "parameter-types", "type and collection flag of parameters"),
    row(Measure::RequestLines, "request-lines", "request lines bound to an operation"),
    row(Measure::RequestPaths, "request-paths", "request lines that the service has"),
    row(Measure::RequestPathsLenient, "request-paths-lenient", "request lines that the service has, casts supplied, words taken for keys"),
    row(Measure::ExampleRequests, "example-requests", "requests in examples: read"),
    row(Measure::ExamplesPaired, "examples-paired", "requests with a response; responses with a request"),
    row(Measure::ExampleJson, "example-json", "JSON in examples: read"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_has_its_row_in_order() {
        assert!(MEASURES.is_sorted_by_key(|info| info.measure));
        let last = MEASURES.last().map(|info| info.measure as usize);
        assert_eq!(last, Some(MEASURES.len() - 1));
        for info in MEASURES {
            assert_eq!(Measure::of_name(info.name), Some(info.measure));
        }
    }
}
