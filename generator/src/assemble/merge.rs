//! One record a type, whatever number of pages describe it.

use std::collections::btree_map::Entry;

use super::Draft;
use crate::diagnostic::{Code, Diagnostic};
use crate::extract::PageFacts;
use crate::schema::{EnumType, Member, PageRef, StructuredType};

/// Merges the facts of all pages. What an earlier page says stands; a later one adds to it.
pub(super) fn merge(facts: Vec<PageFacts>, diagnostics: &mut Vec<Diagnostic>) -> Draft {
    let mut draft = Draft::default();
    for page in facts {
        for structured in page.types {
            match draft.types.entry(structured.name.to_lowercase()) {
                Entry::Vacant(entry) => {
                    entry.insert(structured);
                }
                Entry::Occupied(mut entry) => {
                    merge_type(entry.get_mut(), structured, diagnostics);
                }
            }
        }
        for enumeration in page.enums {
            match draft.enums.entry(enumeration.name.to_lowercase()) {
                Entry::Vacant(entry) => {
                    entry.insert(enumeration);
                }
                Entry::Occupied(mut entry) => {
                    merge_enum(entry.get_mut(), enumeration, diagnostics);
                }
            }
        }
        draft.operations.extend(page.operations);
    }
    draft
}

fn merge_type(
    first: &mut StructuredType,
    second: StructuredType,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if differ(first, &second) {
        diagnostics.push(
            Diagnostic::new(
                Code::DuplicateType,
                second.span,
                format!(
                    "`{}` is described more than once, and differently",
                    second.name
                ),
            )
            .with_label("described here again")
            .with_related(first.span, "first described here"),
        );
    }
    first.is_abstract |= second.is_abstract;
    first.open_type |= second.open_type;
    first.base_type = first.base_type.take().or(second.base_type);
    first.key = first.key.take().or(second.key);
    if first.doc.is_empty() {
        first.doc = second.doc;
    }
    extend_by(&mut first.properties, second.properties, |a, b| {
        a.name == b.name
    });
    extend_by(
        &mut first.navigation_properties,
        second.navigation_properties,
        |a, b| a.name == b.name,
    );
    extend_by(
        &mut first.listed_subtypes,
        second.listed_subtypes,
        |a, b| a.name == b.name,
    );
    extend_by(&mut first.methods, second.methods, |a, b| {
        a.name == b.name && a.page == b.page
    });
    extend_by(&mut first.pages, second.pages, PageRef::eq);
}

/// Whether two descriptions of a type list different properties.
fn differ(first: &StructuredType, second: &StructuredType) -> bool {
    fn names(structured: &StructuredType) -> Vec<&str> {
        let mut names: Vec<_> = structured
            .properties
            .iter()
            .map(|p| p.name.as_str())
            .collect();
        names.sort_unstable();
        names
    }
    !second.properties.is_empty() && names(first) != names(second)
}

fn merge_enum(first: &mut EnumType, second: EnumType, diagnostics: &mut Vec<Diagnostic>) {
    let extra = |a: &[Member], b: &[Member]| b.iter().any(|m| !a.iter().any(|n| n.name == m.name));
    if extra(&first.members, &second.members) || extra(&second.members, &first.members) {
        diagnostics.push(
            Diagnostic::new(
                Code::EnumListsDiffer,
                second.span,
                format!(
                    "`{}` is listed more than once, with different members",
                    second.name
                ),
            )
            .with_label("listed here again")
            .with_related(first.span, "first listed here"),
        );
    }
    first.is_flags |= second.is_flags;
    extend_by(&mut first.members, second.members, |a, b| a.name == b.name);
    extend_by(&mut first.pages, second.pages, PageRef::eq);
}

/// Appends those of `second` that are not in `first`.
fn extend_by<T>(first: &mut Vec<T>, second: Vec<T>, same: impl Fn(&T, &T) -> bool) {
    for item in second {
        if !first.iter().any(|known| same(known, &item)) {
            first.push(item);
        }
    }
}
