//! Values that a call does or does not take, held against the members of their enumeration.

use std::collections::BTreeMap;

use super::spelling::{did_you_mean, list, nearest};
use super::subject::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{EnumType, Operation, Property, RequestBody, ValueRestriction};
use crate::source::Span;

/// Reports restrictions that name values which their enumeration does not have.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found: BTreeMap<Span, Diagnostic> = BTreeMap::new();
    let mut add = |restriction: &ValueRestriction, enumeration: Option<&EnumType>| {
        if let Some(diagnostic) = enumeration.and_then(|e| compare(restriction, e)) {
            found.entry(restriction.span).or_insert(diagnostic);
        }
    };
    let types = subject.index.structured_types();
    let operations = subject.index.operations();
    let rows = types
        .flat_map(|t| &t.properties)
        .chain(operations.iter().flat_map(sent));
    for property in rows {
        for restriction in &property.restrictions {
            add(
                restriction,
                subject.index.enumeration(&property.type_ref.name),
            );
        }
    }
    for operation in operations {
        for restriction in &operation.restrictions {
            add(restriction, enumeration(subject, operation, restriction));
        }
    }
    found.into_values().collect()
}

fn sent(operation: &Operation) -> &[Property] {
    match &operation.request_body {
        RequestBody::Properties { properties, .. } => properties,
        RequestBody::None
        | RequestBody::Type { .. }
        | RequestBody::Content { .. }
        | RequestBody::Undocumented => &[],
    }
}

/// The enumeration of an operation's restriction: the one that it is bound to, or that of the
/// resource which has more than half of its values.
fn enumeration<'s>(
    subject: &Subject<'s>,
    operation: &Operation,
    restriction: &ValueRestriction,
) -> Option<&'s EnumType> {
    if let Some(name) = &restriction.enum_type {
        return subject.index.enumeration(name);
    }
    let resource = operation.resource.as_ref()?;
    let properties = subject.index.properties(&resource.name).into_iter();
    let enumerations = properties
        .filter_map(|p| subject.index.enumeration(&p.declaration.type_ref().name))
        .map(|enumeration| (unknown(restriction, enumeration).len(), enumeration));
    let (lacking, best) = enumerations.min_by_key(|(lacking, _)| *lacking)?;
    (lacking * 2 < restriction.values.len()).then_some(best)
}

fn unknown<'r>(restriction: &'r ValueRestriction, enumeration: &EnumType) -> Vec<&'r str> {
    let is_member = |value: &str| {
        enumeration
            .members
            .iter()
            .any(|member| member.name == value)
    };
    restriction
        .values
        .iter()
        .map(String::as_str)
        .filter(|value| !is_member(value))
        .collect()
}

fn compare(restriction: &ValueRestriction, enumeration: &EnumType) -> Option<Diagnostic> {
    let unknown = unknown(restriction, enumeration);
    let first = unknown.first()?;
    let members = enumeration
        .members
        .iter()
        .map(|member| member.name.as_str());
    let message = format!(
        "the restriction names {}, which `{}` lacks",
        list(&unknown),
        enumeration.name
    );
    let help = nearest(first, members).map_or_else(
        || "add the member to the list, or correct the restriction".to_owned(),
        did_you_mean,
    );
    Some(
        Diagnostic::new(Code::EnumValueUndocumented, restriction.span, message)
            .with_related(enumeration.span, "the members are listed here")
            .with_help(help),
    )
}
