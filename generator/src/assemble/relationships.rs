//! Relationships that no table lists: the Methods table of a type leads to a page that reads them.
//!
//! The page `riskyuser-list-history.md`, linked from `riskyUser`, has `GET /riskyUsers/{id}/history`:
//! so the type has a relationship `history`, whatever its own tables say.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, inherit, is_primitive, local_name};
use crate::schema::{
    Method, NavigationProperty, Operation, OperationKind, Origin, Segment, StructuredType, TypeRef,
};

/// The words between a type and a relationship in the name of a page.
const VERBS: [&str; 2] = ["list", "get"];

/// Adds the relationships that only Methods tables lead to.
pub(super) fn add(draft: &mut Draft) {
    let found: Vec<(String, Vec<NavigationProperty>)> = {
        let pages = pages(&draft.operations);
        let types = draft.types.iter();
        let found = types.map(|(key, structured)| {
            let known = || known(draft, key, structured);
            (key.clone(), of_type(structured, &pages, known))
        });
        found.collect()
    };
    for (key, relationships) in found {
        if let Some(structured) = draft.types.get_mut(&key) {
            structured.navigation_properties.extend(relationships);
        }
    }
}

/// API page → the operations that read something.
fn pages(operations: &[Operation]) -> BTreeMap<&str, Vec<&Operation>> {
    let mut pages: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
    for operation in operations {
        if matches!(operation.kind, OperationKind::List | OperationKind::Get) {
            let path = operation.page.path.as_str();
            pages.entry(path).or_default().push(operation);
        }
    }
    pages
}

/// Lower case of the members that tables or the JSON representation give, those of bases too.
fn known(draft: &Draft, key: &str, structured: &StructuredType) -> BTreeSet<String> {
    let lineage = std::iter::once(structured).chain(inherit::chain(draft, key));
    let names = lineage.flat_map(|s| {
        let properties = s.properties.iter().map(|p| &p.name);
        properties.chain(s.navigation_properties.iter().map(|n| &n.name))
    });
    names.map(|name| name.to_lowercase()).collect()
}

fn of_type(
    structured: &StructuredType,
    pages: &BTreeMap<&str, Vec<&Operation>>,
    known: impl FnOnce() -> BTreeSet<String>,
) -> Vec<NavigationProperty> {
    let mut found = Vec::new();
    // Few methods lead to a relationship that is not known yet.
    let mut known = LazyCell::new(known);
    for method in &structured.methods {
        let Some(stem) = method.page.as_deref().and_then(stem) else {
            continue;
        };
        let page = method.page.as_deref().unwrap_or_default();
        for operation in pages.get(page).into_iter().flatten() {
            let relationship = read(structured, &stem, method, operation);
            found.extend(relationship.filter(|r| known.insert(r.name.to_lowercase())));
        }
    }
    found
}

/// Lower case of a page's name, without folders and extension.
fn stem(page: &str) -> Option<String> {
    let name = page.rsplit('/').next()?.to_lowercase();
    name.strip_suffix(".md").map(str::to_owned)
}

/// The relationship that an operation reads, when the page's name says whose it is.
fn read(
    structured: &StructuredType,
    stem: &str,
    method: &Method,
    operation: &Operation,
) -> Option<NavigationProperty> {
    let type_ref = method.return_type.as_ref();
    let type_ref = type_ref.filter(|t| !is_primitive(&t.name))?;
    let names = operation.path_templates.iter();
    let name = names
        .filter_map(|template| last_literal(&template.segments))
        .find(|name| names_relationship(stem, &structured.name, name))?;
    Some(NavigationProperty {
        name: name.to_owned(),
        type_ref: TypeRef {
            is_collection: operation.kind == OperationKind::List,
            ..type_ref.clone()
        },
        doc: method.doc.clone(),
        origin: Origin::Method,
        span: method.span,
        ..NavigationProperty::default()
    })
}

fn last_literal(segments: &[Segment]) -> Option<&str> {
    let mut segments = segments.iter().rev();
    match segments.find(|segment| !matches!(segment, Segment::System { .. }))? {
        Segment::Literal { name } => Some(name),
        _ => None,
    }
}

/// Whether a page is named after a type and a relationship: `riskyuser-list-history`, with or
/// without the end of the namespace before it.
fn names_relationship(stem: &str, type_name: &str, relationship: &str) -> bool {
    let namespace = type_name.rsplit_once('.').map_or("", |(space, _)| space);
    let area = local_name(namespace).to_lowercase();
    let (owner, tail) = (
        local_name(type_name).to_lowercase(),
        relationship.to_lowercase(),
    );
    let bare = stem
        .strip_prefix(area.as_str())
        .and_then(|rest| rest.strip_prefix('-'));
    let fits = |stem: &str| {
        VERBS
            .iter()
            .any(|verb| stem == format!("{owner}-{verb}-{tail}"))
    };
    fits(stem) || bare.is_some_and(fits)
}

#[cfg(test)]
mod tests {
    use super::names_relationship;

    #[test]
    fn pages_are_named_after_a_type_and_a_relationship() {
        let cases = [
            (
                "group-list-members",
                "microsoft.graph.group",
                "members",
                true,
            ),
            ("group-get-team", "microsoft.graph.group", "team", true),
            (
                "security-case-list-tags",
                "microsoft.graph.security.case",
                "tags",
                true,
            ),
            (
                "case-list-tags",
                "microsoft.graph.security.case",
                "tags",
                true,
            ),
            (
                "plannergroup-list-plans",
                "microsoft.graph.group",
                "plans",
                false,
            ),
            ("group-list", "microsoft.graph.group", "group", false),
            (
                "group-post-members",
                "microsoft.graph.group",
                "members",
                false,
            ),
            (
                "group-list-members",
                "microsoft.graph.group",
                "owners",
                false,
            ),
        ];
        for (stem, owner, relationship, expected) in cases {
            let found = names_relationship(stem, owner, relationship);
            assert_eq!(found, expected, "{stem} {owner} {relationship}");
        }
    }
}
