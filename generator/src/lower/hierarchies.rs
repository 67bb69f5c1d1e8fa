//! Types with subtypes into tagged enums.

use super::docs::{self, Paragraphs};
use super::models::{lower_struct, type_doc};
use super::names::{self, Scope};
use super::types::{Types, namespace_module};
use crate::assemble::{local_name, namespace_of};
use crate::rust::{Accessor, Doc, Hierarchy, HierarchyVariant, Model, Struct, Type, TypePath};
use crate::schema::StructuredType;

/// Decides the hierarchies: of every abstract type, and of each concrete type that something
/// refers to while values may be of its subtypes.
pub(super) fn lower(types: &mut Types<'_>) {
    for structured in types.index.structured_types() {
        if types.index.is_abstract(&structured.name) {
            lower_abstract(types, structured);
        } else if types.used_any.contains(structured.name.as_str()) {
            lower_concrete(types, structured);
        }
    }
}

fn lower_abstract(types: &mut Types<'_>, base: &StructuredType) {
    let Some(path) = types.path(&base.name).cloned() else {
        return;
    };
    let unknown = types.claim(namespace_of(&base.name), &format!("Unknown{}", path.name));
    let doc = docs::doc(&format!(
        "{1} [`{0}`](super::{0}) of a type that the pages do not describe, with all that was received.",
        path.name,
        docs::article(&path.name),
    ));
    let mut made = lower_struct(types, base, &unknown, doc);
    made.odata_type = None;
    types.insert(unknown.clone(), Model::Struct(made));
    let doc = Paragraphs::default().add(type_doc(base).0.join("\n")).doc();
    let hierarchy = hierarchy(types, base, path.clone(), None, unknown, doc);
    types.insert(path, Model::Hierarchy(hierarchy));
}

fn lower_concrete(types: &mut Types<'_>, base: &StructuredType) {
    let (Some(own), Some(path)) = (
        types.path(&base.name).cloned(),
        types.any_path(&base.name).cloned(),
    ) else {
        return;
    };
    let article = docs::article(&own.name);
    let doc = docs::doc(&format!(
        "{article} [`{}`] or a value of one of its subtypes.",
        own.name
    ));
    let untagged = HierarchyVariant {
        name: names::camel(local_name(&base.name)),
        odata_type: base.name.clone(),
        ty: own.clone(),
        doc: docs::doc(&format!("{article} [`{}`] itself.", own.name)),
    };
    let hierarchy = hierarchy(types, base, path.clone(), Some(untagged), own, doc);
    types.insert(path, Model::Hierarchy(hierarchy));
}

fn hierarchy(
    types: &Types<'_>,
    base: &StructuredType,
    path: TypePath,
    untagged: Option<HierarchyVariant>,
    unknown: TypePath,
    doc: Doc,
) -> Hierarchy {
    let mut scope = Scope::with(&["Unknown"]);
    if let Some(untagged) = &untagged {
        scope.try_claim(&untagged.name);
    }
    let subtypes = types.index.descendants(&base.name);
    let concrete = subtypes
        .into_iter()
        .filter(|t| !types.index.is_abstract(&t.name));
    let variants: Vec<HierarchyVariant> = concrete
        .filter_map(|t| variant(types, base, t, &mut scope))
        .collect();
    let accessors = accessors(types, &variants, &unknown);
    Hierarchy {
        name: path.name,
        doc,
        variants,
        untagged,
        unknown,
        accessors,
    }
}

fn variant(
    types: &Types<'_>,
    base: &StructuredType,
    subtype: &StructuredType,
    scope: &mut Scope,
) -> Option<HierarchyVariant> {
    let ty = types.path(&subtype.name)?.clone();
    let short = short_name(local_name(&subtype.name), local_name(&base.name));
    let name = if scope.try_claim(&short) {
        short
    } else {
        scope.claim(&names::camel(local_name(&subtype.name)))
    };
    let text = docs::summary(&subtype.doc);
    let article = docs::article(&ty.name);
    let neutral = format!(
        "{article} {}.",
        link(&ty, &namespace_module(namespace_of(&base.name)))
    );
    let doc = docs::doc(if text.is_empty() { &neutral } else { text });
    Some(HierarchyVariant {
        name,
        odata_type: subtype.name.clone(),
        ty,
        doc,
    })
}

/// A link to a type from a file of the namespace `from`, as the file's imports name the type.
fn link(ty: &TypePath, from: &str) -> String {
    if ty.namespace == from {
        format!("[`{}`]", ty.name)
    } else {
        format!("[`{}::{}`]", ty.namespace, ty.name)
    }
}

/// The subtype's name less the words that it ends in like its base:
/// `isolateDeviceIncidentTaskResponseAction` of `incidentTaskResponseAction` → `IsolateDevice`.
fn short_name(subtype: &str, base: &str) -> String {
    let words = |name: &str| -> Vec<String> {
        use heck::ToSnakeCase;
        name.to_snake_case().split('_').map(str::to_owned).collect()
    };
    let (subtype_words, base_words) = (words(subtype), words(base));
    let shared = subtype_words
        .iter()
        .rev()
        .zip(base_words.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let rest = subtype_words
        .get(..subtype_words.len() - shared)
        .unwrap_or_default();
    if rest.is_empty() {
        names::camel(subtype)
    } else {
        names::camel(&rest.join("_"))
    }
}

/// The properties that every variant has with the same type.
fn accessors(
    types: &Types<'_>,
    variants: &[HierarchyVariant],
    unknown: &TypePath,
) -> Vec<Accessor> {
    let Some(base) = types.get_struct(unknown) else {
        return Vec::new();
    };
    let structs: Vec<&Struct> = variants
        .iter()
        .filter_map(|v| types.get_struct(&v.ty))
        .collect();
    let shared = |wire_name: &str, ty: &Type| {
        structs.iter().all(|s| {
            s.fields
                .iter()
                .any(|f| f.wire_name == wire_name && f.ty == *ty)
        })
    };
    let mut scope = Scope::with(&["odata_type"]);
    base.fields
        .iter()
        .filter(|field| shared(&field.wire_name, &field.ty))
        .map(|field| Accessor {
            name: scope.claim(&field.name),
            wire_name: field.wire_name.clone(),
            ty: match &field.ty {
                Type::Boxed(inner) => (**inner).clone(),
                other => other.clone(),
            },
            doc: field.doc.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::short_name;

    #[test]
    fn variants_are_named_by_what_sets_them_apart() {
        let table = [
            (
                "isolateDeviceIncidentTaskResponseAction",
                "incidentTaskResponseAction",
                "IsolateDevice",
            ),
            (
                "isolateDeviceIncidentTaskResponseAction",
                "responseAction",
                "IsolateDeviceIncidentTask",
            ),
            ("deviceEvidence", "alertEvidence", "Device"),
            ("user", "directoryObject", "User"),
            ("evidence", "evidence", "Evidence"),
        ];
        for (subtype, base, variant) in table {
            assert_eq!(short_name(subtype, base), variant);
        }
    }
}
