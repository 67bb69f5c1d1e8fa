//! Query options that name properties which their type does not have.

use std::collections::BTreeSet;

use super::spelling::{did_you_mean, nearest};
use super::subject::{Subject, short};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::AnyProperty;
use crate::schema::{Operation, QueryOption, QueryProperty, TypeRef};
use crate::source::Span;

/// The options that take names of properties.
const OPTIONS: &[&str] = &["expand", "filter", "orderby", "select"];

/// Reports each name in `$filter`, `$orderby` and the like that is none of the properties of what
/// the operation works on or answers with.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut told: BTreeSet<Span> = BTreeSet::new();
    let operations = subject.index.operations().iter();
    let found = operations.flat_map(|operation| check_operation(subject, operation));
    found
        .filter(|diagnostic| told.insert(diagnostic.span))
        .collect()
}

fn check_operation(subject: &Subject<'_>, operation: &Operation) -> Vec<Diagnostic> {
    let types = types(subject, operation);
    let options = operation
        .query_options
        .iter()
        .filter(|option| takes_properties(option));
    let named: Vec<(&QueryOption, &QueryProperty)> = options
        .flat_map(|option| option.properties.iter().map(move |p| (option, p)))
        .collect();
    if types.is_empty()
        || !types
            .iter()
            .all(|type_ref| subject.is_closed(&type_ref.name))
    {
        return Vec::new();
    }
    let is_known = |property: &QueryProperty| {
        types.iter().any(|type_ref| {
            is_prose(&property.name, &type_ref.name)
                || leads_somewhere(subject, &type_ref.name, &property.name)
                || is_nested(subject, &type_ref.name, &property.name)
        })
    };
    let unknown = named
        .into_iter()
        .filter(|(_, property)| !is_known(property));
    unknown
        .filter_map(|(option, property)| report(subject, option, property, &types))
        .collect()
}

/// What the properties may be of: the answer, and what the call is bound to.
fn types<'o>(subject: &Subject<'_>, operation: &'o Operation) -> Vec<&'o TypeRef> {
    let answers = operation
        .responses
        .iter()
        .filter_map(|response| response.type_ref.as_ref());
    let named = answers.chain(&operation.resource);
    named
        .filter(|type_ref| subject.described(&type_ref.name).is_some())
        .collect()
}

fn takes_properties(option: &QueryOption) -> bool {
    let name = option.name.trim_start_matches('$').to_lowercase();
    OPTIONS.contains(&name.as_str())
}

/// Whether the word is the type's own name, one or many: a sentence about the option names it so.
fn is_prose(word: &str, type_name: &str) -> bool {
    let singular = short(type_name).to_lowercase();
    let word = word.to_lowercase();
    let stem = singular.strip_suffix('y').unwrap_or(&singular);
    word == singular || matches!(word.strip_prefix(stem), Some("s" | "es" | "ies"))
}

/// Whether a structural property of the type has a property of this name: the page leaves the way
/// to it out.
fn is_nested(subject: &Subject<'_>, type_name: &str, name: &str) -> bool {
    subject.shape(type_name).is_some_and(|shape| {
        shape
            .properties
            .values()
            .any(|property| match property.declaration {
                AnyProperty::Structural(property) => {
                    let of = subject.shape(&property.type_ref.name);
                    of.is_some_and(|of| of.properties.contains_key(name))
                }
                AnyProperty::Navigation(_) => false,
            })
    })
}

/// Whether a path of properties, e.g. `owner/displayName`, leads from the type to a property. What
/// stands behind something undocumented is taken on trust.
fn leads_somewhere(subject: &Subject<'_>, type_name: &str, path: &str) -> bool {
    let (name, rest) = match path.split_once('/') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path, None),
    };
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !is_name || name.is_empty() || !subject.is_closed(type_name) {
        return true;
    }
    match (subject.property_of_any(type_name, name), rest) {
        (Some(property), Some(rest)) => {
            leads_somewhere(subject, &property.declaration.type_ref().name, rest)
        }
        (found, _) => found.is_some(),
    }
}

fn report(
    subject: &Subject<'_>,
    option: &QueryOption,
    property: &QueryProperty,
    types: &[&TypeRef],
) -> Option<Diagnostic> {
    let owner = types.first()?;
    let structured = subject.index.structured(&owner.name)?;
    let known = subject.shape(&owner.name)?.properties.keys().copied();
    let help = nearest(&property.name, known).map_or_else(
        || "correct the name, or document the property on the type's page".to_owned(),
        did_you_mean,
    );
    let message = format!(
        "`{}` is documented for `{}`, which `{}` does not have",
        option.name, property.name, structured.name
    );
    Some(
        Diagnostic::new(Code::QueryPropertyUnknown, property.span, message)
            .with_label(format!("no property of `{}`", short(&structured.name)))
            .with_related(structured.span, "the type is described here")
            .with_help(help),
    )
}
