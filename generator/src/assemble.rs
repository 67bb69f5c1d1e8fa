//! The facts of all pages into one [`Schema`]: pages merged, names bound, enumerations that only
//! prose lists made types, inherited rows told from own ones.

mod enums;
mod inherit;
mod merge;
mod names;
mod operations;
mod relationships;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub(crate) use names::{is_primitive, local_name, namespace_of};

use crate::diagnostic::Diagnostic;
use crate::extract::PageFacts;
use crate::schema::{EnumType, Operation, Schema, StructuredType};

/// The namespace of a page that names none.
pub(crate) const ROOT_NAMESPACE: &str = "microsoft.graph";

/// The facts while they are brought together: types by the lower case of their qualified names.
#[derive(Debug, Default)]
struct Draft {
    types: BTreeMap<String, StructuredType>,
    enums: BTreeMap<String, EnumType>,
    operations: Vec<Operation>,
}

/// Brings the facts of all pages together.
///
/// The order of `facts` decides which page of several wins where they differ, so it has to be the
/// same on every run; path order is.
pub fn assemble(mut facts: Vec<PageFacts>) -> (Schema, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    names::adopt_namespaces(&mut facts);
    for page in &mut facts {
        names::qualify(page);
    }
    let names = names::Names::of(&facts);
    facts.par_iter_mut().for_each(|page| names.bind_page(page));
    let inline = enums::inline_enums(&mut facts, &names);
    let mut draft = merge::merge(facts, &mut diagnostics);
    for enumeration in inline {
        draft
            .enums
            .entry(enumeration.name.to_lowercase())
            .or_insert(enumeration);
    }
    enums::add_listed_members(&mut draft);
    relationships::add(&mut draft);
    inherit::link_subtypes(&mut draft);
    inherit::infer_abstract(&mut draft);
    inherit::drop_cycles(&mut draft, &mut diagnostics);
    inherit::mark_inherited(&mut draft);
    operations::bind(&mut draft);
    (schema(draft), diagnostics)
}

/// Sorts the types into the schema's lists, each in the order of qualified names.
fn schema(draft: Draft) -> Schema {
    let entities = inherit::entities(&draft);
    let mut schema = Schema {
        enum_types: draft.enums.into_values().collect(),
        operations: draft.operations,
        ..Schema::default()
    };
    for (key, structured) in draft.types {
        if entities.contains(&key) {
            schema.entity_types.push(structured);
        } else {
            schema.complex_types.push(structured);
        }
    }
    schema
}
