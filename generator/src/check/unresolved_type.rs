//! Types that are named and described nowhere.

use std::collections::BTreeMap;

use super::subject::Subject;
use crate::assemble::is_primitive;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Operation, RequestBody, TypeRef};

/// Reports each type that a property, a parameter, a body or a response is of and that no page
/// describes, at the first place that names it.
///
/// Base types have a lint of their own.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut unknown: BTreeMap<&str, Vec<&TypeRef>> = BTreeMap::new();
    let types = subject.index.structured_types();
    let of_types = types.flat_map(|t| {
        let properties = t.properties.iter().map(|property| &property.type_ref);
        properties.chain(
            t.navigation_properties
                .iter()
                .map(|navigation| &navigation.type_ref),
        )
    });
    let of_operations = subject.index.operations().iter().flat_map(operation_types);
    for type_ref in of_types.chain(of_operations) {
        let name = type_ref.name.as_str();
        if !name.is_empty() && !is_primitive(name) && subject.described(name).is_none() {
            unknown.entry(name).or_default().push(type_ref);
        }
    }
    unknown
        .into_iter()
        .filter_map(|(name, uses)| report(subject, name, uses))
        .collect()
}

fn operation_types(operation: &Operation) -> Vec<&TypeRef> {
    let mut found: Vec<&TypeRef> = operation.parameters.iter().map(|p| &p.type_ref).collect();
    match &operation.request_body {
        RequestBody::Properties {
            type_ref,
            properties,
        } => {
            found.extend(type_ref);
            found.extend(properties.iter().map(|property| &property.type_ref));
        }
        RequestBody::Type { type_ref } => found.push(type_ref),
        RequestBody::None | RequestBody::Content { .. } | RequestBody::Undocumented => {}
    }
    found.extend(
        operation
            .responses
            .iter()
            .flat_map(|response| response.type_ref.iter().chain(&response.monitor)),
    );
    found
}

fn report(subject: &Subject<'_>, name: &str, mut uses: Vec<&TypeRef>) -> Option<Diagnostic> {
    uses.sort_by_key(|type_ref| type_ref.span);
    uses.dedup_by_key(|type_ref| type_ref.span);
    let (first, others) = uses.split_first()?;
    let message = format!("`{name}` is named as a type, but no page describes it");
    let diagnostic = Diagnostic::new(Code::UnresolvedType, first.span, message)
        .with_label("described nowhere")
        .with_help(subject.type_help(name));
    Some(match others {
        [] => diagnostic,
        [second] => diagnostic.with_related(second.span, "also named here"),
        [second, more @ ..] => {
            let label = format!("also named here, and {} more times", more.len());
            diagnostic.with_related(second.span, label)
        }
    })
}
