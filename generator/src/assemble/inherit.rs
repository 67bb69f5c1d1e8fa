//! The inheritance between types: what is inherited, what is an entity.

use std::collections::BTreeSet;

use super::Draft;
use super::names::{is_primitive, local_name, namespace_of};
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Origin, StructuredType, TypeRef};

/// Makes a type of each subtype that a page lists and no page describes, and gives listed subtypes
/// that name no base the type that lists them.
pub(super) fn link_subtypes(draft: &mut Draft) {
    let listed: Vec<(TypeRef, TypeRef)> = draft
        .types
        .values()
        .flat_map(|base| {
            base.listed_subtypes
                .iter()
                .map(|sub| (reference(base), sub.clone()))
        })
        .collect();
    for (base, subtype) in listed {
        let key = subtype.name.to_lowercase();
        if let Some(known) = draft.types.get_mut(&key) {
            if known.base_type.is_none() && key != base.name.to_lowercase() {
                known.base_type = Some(base);
            }
        } else if is_type_name(&subtype.name) {
            let name = match subtype.name.contains('.') {
                true => subtype.name,
                false => format!("{}.{}", namespace_of(&base.name), subtype.name),
            };
            let stub = StructuredType {
                name: name.clone(),
                base_type: Some(base),
                span: subtype.span,
                ..StructuredType::default()
            };
            draft.types.entry(name.to_lowercase()).or_insert(stub);
        }
    }
    qualify_listed(draft);
}

/// Qualifies the listed subtypes that have become types only by being listed.
fn qualify_listed(draft: &mut Draft) {
    let known: BTreeSet<String> = draft.types.keys().cloned().collect();
    for base in draft.types.values_mut() {
        let namespace = namespace_of(&base.name).to_owned();
        for subtype in &mut base.listed_subtypes {
            let qualified = format!("{namespace}.{}", subtype.name);
            if !subtype.name.contains('.') && known.contains(&qualified.to_lowercase()) {
                subtype.name = qualified;
            }
        }
    }
}

fn reference(structured: &StructuredType) -> TypeRef {
    TypeRef {
        name: structured.name.clone(),
        span: structured.span,
        ..TypeRef::default()
    }
}

/// Whether the text of a link is a type's name, not a phrase.
fn is_type_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
        && text.contains(|c: char| c.is_ascii_uppercase())
}

/// Makes a type abstract that lists the types it is the base of. Pages rarely say so in words. A
/// single subtype does not tell, nor do those of a type that itself extends one with values.
pub(super) fn infer_abstract(draft: &mut Draft) {
    let lists = |structured: &StructuredType| structured.listed_subtypes.len() > 1;
    let bare = |base: &TypeRef| {
        let known = draft.types.get(&base.name.to_lowercase());
        local_name(&base.name).eq_ignore_ascii_case("entity")
            || known.is_none_or(|base| base.is_abstract || lists(base))
    };
    let types = draft.types.iter();
    let found: Vec<String> = types
        .filter(|(_, structured)| {
            lists(structured) && structured.base_type.as_ref().is_none_or(bare)
        })
        .map(|(key, _)| key.clone())
        .collect();
    for key in found {
        if let Some(structured) = draft.types.get_mut(&key) {
            structured.is_abstract = true;
        }
    }
}

/// Takes the base from a type that would inherit from itself.
pub(super) fn drop_cycles(draft: &mut Draft, diagnostics: &mut Vec<Diagnostic>) {
    let cyclic: Vec<String> = draft
        .types
        .keys()
        .filter(|key| chain(draft, key).any(|base| base.name.to_lowercase() == **key))
        .cloned()
        .collect();
    for key in cyclic {
        if let Some(structured) = draft.types.get_mut(&key)
            && let Some(base) = structured.base_type.take()
        {
            diagnostics.push(
                Diagnostic::new(
                    Code::BaseTypeConflict,
                    base.span,
                    format!("`{}` inherits from itself", structured.name),
                )
                .with_label("the base type is left out"),
            );
        }
    }
}

/// The bases of a type, nearest first, as far as they are described.
pub(super) fn chain<'d>(draft: &'d Draft, key: &str) -> impl Iterator<Item = &'d StructuredType> {
    let base_of = |structured: &StructuredType| {
        let base = structured.base_type.as_ref()?;
        draft.types.get(&base.name.to_lowercase())
    };
    let first = draft.types.get(key).and_then(base_of);
    // A cycle ends where it is as long as there are types.
    std::iter::successors(first, move |s| base_of(s)).take(draft.types.len())
}

/// Marks the rows that repeat a property of a base, and leaves out what only the JSON
/// representation has and a base or a relationship explains.
pub(super) fn mark_inherited(draft: &mut Draft) {
    let keys: Vec<String> = draft.types.keys().cloned().collect();
    for key in keys {
        let inherited: Vec<(String, TypeRef)> = chain(draft, &key)
            .flat_map(|base| {
                let properties = base.properties.iter().map(|p| &p.name);
                let navigations = base.navigation_properties.iter().map(|n| &n.name);
                properties
                    .chain(navigations)
                    .map(|name| (name.clone(), reference(base)))
            })
            .collect();
        let Some(structured) = draft.types.get_mut(&key) else {
            continue;
        };
        mark(structured, &inherited);
    }
}

fn mark(structured: &mut StructuredType, inherited: &[(String, TypeRef)]) {
    let from = |name: &str| {
        inherited
            .iter()
            .rev()
            .find(|(n, _)| n == name)
            .map(|(_, t)| t)
    };
    let navigations: BTreeSet<String> = structured
        .navigation_properties
        .iter()
        .map(|n| n.name.clone())
        .collect();
    structured.properties.retain(|p| {
        p.origin != Origin::Json || (from(&p.name).is_none() && !navigations.contains(&p.name))
    });
    let own_name = structured.name.to_lowercase();
    let clean = |marked: &mut Option<TypeRef>, name: &str| {
        if marked
            .as_ref()
            .is_some_and(|t| t.name.to_lowercase() == own_name)
        {
            *marked = None;
        }
        if marked.is_none() {
            *marked = from(name).cloned();
        }
    };
    for property in &mut structured.properties {
        clean(&mut property.inherited_from, &property.name);
    }
    for navigation in &mut structured.navigation_properties {
        clean(&mut navigation.inherited_from, &navigation.name);
    }
}

/// The keys of the types with identity: their key, or a property `id`, is their own or inherited.
pub(super) fn entities(draft: &Draft) -> BTreeSet<String> {
    let is_entity = |key: &str| {
        let own = draft.types.get(key).into_iter();
        own.chain(chain(draft, key)).any(has_key_property)
    };
    draft
        .types
        .keys()
        .filter(|key| is_entity(key))
        .cloned()
        .collect()
}

fn has_key_property(structured: &StructuredType) -> bool {
    let key = structured.key.as_deref().unwrap_or("id");
    structured
        .properties
        .iter()
        .any(|p| p.name == key && is_primitive(&p.type_ref.name) && !p.type_ref.is_collection)
}
