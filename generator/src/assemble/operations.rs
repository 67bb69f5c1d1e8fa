//! What an operation leaves to other pages: the type that it belongs to, the enumerations of its
//! arguments, and the enumeration and property that its lists of values are of.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Draft;
use crate::schema::{
    CallParameter, Operation, Property, RequestBody, Segment, StructuredType, ValueRestriction,
};

/// Binds all operations, and puts them in the order of their paths.
pub(super) fn bind(draft: &mut Draft) {
    let owners = owners(draft);
    let mut operations = std::mem::take(&mut draft.operations);
    let all: &Draft = draft;
    operations.par_iter_mut().for_each(|operation| {
        bind_resource(operation, &owners, all);
        bind_literals(operation, all);
        collect_restrictions(operation, all);
    });
    operations.par_sort_by(|a, b| order(a).cmp(&order(b)));
    draft.operations = operations;
    let keys: Vec<String> = draft.types.keys().cloned().collect();
    for key in keys {
        bind_property_restrictions(draft, &key);
    }
}

fn order(operation: &Operation) -> (&str, &str, &str) {
    let path = operation
        .path_templates
        .first()
        .map_or("", |p| p.text.as_str());
    (path, &operation.method, &operation.page.path)
}

/// API page → the type whose methods table links to it.
fn owners(draft: &Draft) -> BTreeMap<String, String> {
    let mut owners = BTreeMap::new();
    for structured in draft.types.values() {
        for page in structured.methods.iter().filter_map(|m| m.page.as_ref()) {
            owners
                .entry(page.to_lowercase())
                .or_insert_with(|| structured.name.clone());
        }
    }
    owners
}

/// Gives an operation that names no type of its own the type whose methods table lists it. A name
/// that no page describes is no type: it may be a word of the title.
fn bind_resource(operation: &mut Operation, owners: &BTreeMap<String, String>, draft: &Draft) {
    let known = operation
        .resource
        .as_ref()
        .is_some_and(|r| draft.types.contains_key(&r.name.to_lowercase()));
    if known {
        return;
    }
    let owner = owners.get(&operation.page.path.to_lowercase());
    operation.resource = owner.map(|owner| crate::schema::TypeRef {
        name: owner.clone(),
        span: operation.span,
        ..Default::default()
    });
}

/// Names the enumerations whose members are arguments in the operation's paths: as their pages name
/// them where a path does so, and by the table of parameters where it shows no literal.
fn bind_literals(operation: &mut Operation, draft: &Draft) {
    let parameters = &operation.parameters;
    for template in &mut operation.path_templates {
        for segment in &mut template.segments {
            if let Segment::Call {
                parameters: arguments,
                ..
            } = segment
            {
                for argument in arguments {
                    bind_literal(argument, parameters, draft);
                }
            }
        }
    }
}

fn bind_literal(argument: &mut CallParameter, parameters: &[Property], draft: &Draft) {
    let in_table = || {
        if argument.quoted {
            // The path shows how it is sent, and services take the quoted member alone as well.
            return None;
        }
        let mut rows = parameters.iter();
        let row = rows.find(|row| row.name.eq_ignore_ascii_case(&argument.name))?;
        (!row.type_ref.is_collection).then(|| row.type_ref.name.clone())
    };
    let named = argument.type_name.clone().or_else(in_table);
    let known = named.and_then(|name| draft.enums.get(&name.to_lowercase()));
    if let Some(enumeration) = known {
        argument.type_name = Some(enumeration.name.clone());
    }
}

/// Gathers the lists of values that an operation is limited to: its own, those of the properties
/// in its body, and those that its type's properties give for this kind of call.
fn collect_restrictions(operation: &mut Operation, draft: &Draft) {
    let resource = operation
        .resource
        .as_ref()
        .and_then(|r| draft.types.get(&r.name.to_lowercase()));
    for restriction in &mut operation.restrictions {
        if let Some(property) = resource.and_then(|r| property_with(r, restriction, draft)) {
            bind_to(restriction, property);
        }
    }
    if let RequestBody::Properties { properties, .. } = &operation.request_body {
        let found = properties
            .iter()
            .flat_map(|p| bound(p, draft))
            .collect::<Vec<_>>();
        add(&mut operation.restrictions, found);
    }
    let of_type = resource.into_iter().flat_map(|r| &r.properties);
    let found = of_type
        .flat_map(|p| bound(p, draft))
        .filter(|r| concerns(&r.context, operation))
        .collect::<Vec<_>>();
    add(&mut operation.restrictions, found);
}

/// Whether the words before a list of values name this kind of call.
fn concerns(context: &str, operation: &Operation) -> bool {
    use crate::schema::OperationKind::{Create, Update};
    let stem = match operation.kind {
        Create => "creat",
        Update => "updat",
        _ => return false,
    };
    context.to_lowercase().contains(stem)
}

fn add(restrictions: &mut Vec<ValueRestriction>, found: Vec<ValueRestriction>) {
    for restriction in found {
        let same = |known: &ValueRestriction| {
            known.kind == restriction.kind && known.values == restriction.values
        };
        if !restrictions.iter().any(same) {
            restrictions.push(restriction);
        }
    }
}

/// The restrictions of a property, each bound to it.
fn bound<'p>(property: &'p Property, draft: &'p Draft) -> impl Iterator<Item = ValueRestriction> {
    property.restrictions.iter().map(|restriction| {
        let mut restriction = restriction.clone();
        if has_all(property, &restriction, draft) {
            bind_to(&mut restriction, property);
        }
        restriction
    })
}

fn bind_to(restriction: &mut ValueRestriction, property: &Property) {
    restriction.property = Some(property.name.clone());
    restriction.enum_type = Some(property.type_ref.name.clone());
}

/// The property whose enumeration has all the values.
fn property_with<'d>(
    resource: &'d StructuredType,
    restriction: &ValueRestriction,
    draft: &Draft,
) -> Option<&'d Property> {
    resource
        .properties
        .iter()
        .find(|p| has_all(p, restriction, draft))
}

fn has_all(property: &Property, restriction: &ValueRestriction, draft: &Draft) -> bool {
    let Some(enumeration) = draft.enums.get(&property.type_ref.name.to_lowercase()) else {
        return false;
    };
    let member = |value: &String| enumeration.members.iter().any(|m| m.name == *value);
    restriction.values.iter().all(member)
}

fn bind_property_restrictions(draft: &mut Draft, key: &str) {
    let Some(structured) = draft.types.get(key) else {
        return;
    };
    let restrictions: Vec<Vec<ValueRestriction>> = structured
        .properties
        .iter()
        .map(|p| bound(p, draft).collect())
        .collect();
    if let Some(structured) = draft.types.get_mut(key) {
        for (property, restrictions) in structured.properties.iter_mut().zip(restrictions) {
            property.restrictions = restrictions;
        }
    }
}
