//! Enumerations that no table lists: a property names the type, and its description the members.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Draft;
use super::names::{Names, is_primitive, namespace};
use crate::extract::PageFacts;
use crate::schema::{EnumOrigin, EnumType, Member, Property, RequestBody, TypeRef};
use crate::source::Span;

/// Makes an enumeration of each type that no page defines and whose members a property lists, and
/// binds the references to it. A list that several properties repeat is the union of all of them.
pub(super) fn inline_enums(facts: &mut [PageFacts], names: &Names) -> Vec<EnumType> {
    let mut found: BTreeMap<String, EnumType> = BTreeMap::new();
    for page in facts.iter() {
        for property in properties(page) {
            if !property.allowed_values.is_empty() && is_unbound(&property.type_ref, names) {
                let name = qualified(&property.type_ref.name, namespace(page));
                let entry = found.entry(name.to_lowercase());
                add(
                    entry.or_insert_with(|| start(name, page, property)),
                    property,
                );
            }
        }
    }
    facts.par_iter_mut().for_each(|page| {
        let namespace = namespace(page).to_owned();
        super::names::for_each_type_ref(page, &mut |type_ref| {
            bind(type_ref, &namespace, &found, names);
        });
    });
    found.into_values().collect()
}

/// Adds to the tables of members what only the list of a property has: "The possible values are: …"
/// is as good a word as the table. A lint tells of each that differs.
pub(super) fn add_listed_members(draft: &mut Draft) {
    let properties = draft.types.values().flat_map(|t| &t.properties);
    for property in properties.filter(|p| !p.allowed_values.is_empty()) {
        let enumeration = draft.enums.get_mut(&property.type_ref.name.to_lowercase());
        if let Some(enumeration) = enumeration.filter(|e| e.origin == EnumOrigin::Table) {
            add_missing(enumeration, property);
        }
    }
}

fn add_missing(enumeration: &mut EnumType, property: &Property) {
    for (place, value) in property.allowed_values.iter().enumerate() {
        let mut members = enumeration.members.iter();
        let is_known = members.any(|member| member.name.eq_ignore_ascii_case(value));
        if !is_known && value != "null" {
            enumeration.members.push(Member {
                name: value.clone(),
                listed_only: true,
                span: span_of(property, place),
                ..Member::default()
            });
        }
    }
}

/// Every property of a page, also those that are sent.
fn properties(page: &PageFacts) -> impl Iterator<Item = &Property> {
    let of_types = page.types.iter().flat_map(|t| &t.properties);
    let of_operations = page.operations.iter().flat_map(|operation| {
        let body: &[Property] = match &operation.request_body {
            RequestBody::Properties { properties, .. } => properties,
            RequestBody::None
            | RequestBody::Type { .. }
            | RequestBody::Content { .. }
            | RequestBody::Undocumented => &[],
        };
        operation.parameters.iter().chain(body)
    });
    of_types.chain(of_operations)
}

fn is_unbound(type_ref: &TypeRef, names: &Names) -> bool {
    !is_primitive(&type_ref.name) && !names.is_defined(&type_ref.name)
}

fn qualified(name: &str, namespace: &str) -> String {
    if name.contains('.') {
        name.to_owned()
    } else {
        format!("{namespace}.{name}")
    }
}

fn start(name: String, page: &PageFacts, property: &Property) -> EnumType {
    let page_ref = page.types.iter().flat_map(|t| &t.pages).next();
    EnumType {
        name,
        origin: EnumOrigin::Inline,
        pages: page_ref.cloned().into_iter().collect(),
        span: property.type_ref.span,
        ..EnumType::default()
    }
}

fn add(enumeration: &mut EnumType, property: &Property) {
    enumeration.is_flags |= property.is_flags;
    for (place, value) in property.allowed_values.iter().enumerate() {
        if !enumeration.members.iter().any(|m| m.name == *value) {
            enumeration.members.push(Member {
                name: value.clone(),
                span: span_of(property, place),
                ..Member::default()
            });
        }
    }
}

/// Where a property lists a value.
fn span_of(property: &Property, place: usize) -> Span {
    let span = property.allowed_value_spans.get(place);
    span.copied().unwrap_or(property.span)
}

fn bind(
    type_ref: &mut TypeRef,
    namespace: &str,
    found: &BTreeMap<String, EnumType>,
    names: &Names,
) {
    if is_unbound(type_ref, names) {
        let name = qualified(&type_ref.name, namespace).to_lowercase();
        if let Some(enumeration) = found.get(&name) {
            type_ref.name.clone_from(&enumeration.name);
        }
    }
}
