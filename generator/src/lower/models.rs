//! Documented types into structs and enums.

use super::docs::{self, Paragraphs};
use super::names::{self, Scope};
use super::types::{Place, Types};
use crate::assemble::local_name;
use crate::resolve::EffectiveProperty;
use crate::rust::{Construction, Doc, Field, Model, Presence, Struct, TypePath};
use crate::schema::{EnumType, StructuredType};

/// Decides all structs and enums that pages describe. An abstract type is a hierarchy, made later:
/// it has no struct of its own.
pub(super) fn lower(types: &mut Types<'_>) {
    let index = types.index;
    for enumeration in &index.schema().enum_types {
        if let Some(path) = types.path(&enumeration.name).cloned() {
            let made = types.open_enum(
                path.name.clone(),
                enum_doc(enumeration),
                &enumeration.members,
            );
            types.insert(path, Model::OpenEnum(made));
        }
    }
    for structured in index.structured_types() {
        if let Some(path) = types.path(&structured.name).cloned()
            && !index.is_abstract(&structured.name)
        {
            let made = lower_struct(types, structured, &path, type_doc(structured));
            types.insert(path, Model::Struct(made));
        }
    }
}

/// The struct of a type: the properties of its bases and its own.
pub(super) fn lower_struct(
    types: &mut Types<'_>,
    structured: &StructuredType,
    path: &TypePath,
    doc: Doc,
) -> Struct {
    let mut scope = Scope::with(&["additional_properties"]);
    let properties = types.index.properties(&structured.name);
    let listed = properties
        .iter()
        .filter(|p| !is_annotation(p.declaration.name()));
    Struct {
        name: path.name.clone(),
        doc,
        odata_type: Some(format!("#{}", structured.name)),
        tag: None,
        fields: listed
            .map(|p| lower_field(types, structured, p, &mut scope))
            .collect(),
        construction: Construction::Read,
    }
}

/// Whether a row is a control annotation (`@odata.type`), which `additional_properties` keeps.
pub(super) fn is_annotation(name: &str) -> bool {
    name.contains('@') || name.starts_with("odata.")
}

fn lower_field(
    types: &mut Types<'_>,
    structured: &StructuredType,
    property: &EffectiveProperty<'_>,
    scope: &mut Scope,
) -> Field {
    let declaration = property.declaration;
    let place = Place {
        owner: &property.owner.name,
        property: declaration.name(),
        values: declaration.allowed_values(),
    };
    let wanted = names::snake(declaration.name());
    let name = types.claim_in(scope, &wanted, declaration.name(), declaration.span());
    Field {
        setter: names::setter(&name),
        name,
        wire_name: declaration.name().to_owned(),
        doc: Paragraphs::default().add(property.doc).doc(),
        ty: types.of(declaration.type_ref(), Some(place), Some(&structured.name)),
        presence: Presence::Optional,
    }
}

/// What the page says of a type.
pub(super) fn type_doc(structured: &StructuredType) -> Doc {
    let neutral = match &structured.base_type {
        Some(base) if structured.pages.is_empty() => format!(
            "{} `{}` that is documented by name only.",
            docs::article(local_name(&base.name)),
            local_name(&base.name)
        ),
        _ => format!("The type `{}`.", local_name(&structured.name)),
    };
    Paragraphs::default()
        .add(if structured.doc.is_empty() {
            &neutral
        } else {
            &structured.doc
        })
        .page(structured.pages.first())
        .doc()
}

fn enum_doc(enumeration: &EnumType) -> Doc {
    let neutral = format!(
        "The documented values of `{}`.",
        local_name(&enumeration.name)
    );
    Paragraphs::default()
        .add(if enumeration.doc.is_empty() {
            &neutral
        } else {
            &enumeration.doc
        })
        .page(enumeration.pages.first())
        .doc()
}
