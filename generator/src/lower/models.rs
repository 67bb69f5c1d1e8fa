//! Documented types into structs and enums.

use rayon::prelude::*;

use super::docs::{self, Paragraphs};
use super::names::{self, Scope};
use super::types::{Place, Types};
use crate::assemble::local_name;
use crate::resolve::{EffectiveProperty, Index};
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
    let concrete: Vec<_> = index
        .structured_types()
        .filter(|structured| !index.is_abstract(&structured.name))
        .collect();
    // What needs no names of others is found out side by side; names are claimed one after the other.
    let prepared = concrete.into_par_iter();
    let prepared = prepared.map(|structured| Prepared::of(index, structured, type_doc(structured)));
    for prepared in prepared.collect::<Vec<_>>() {
        if let Some(path) = types.path(&prepared.structured.name).cloned() {
            let made = prepared.name(types, &path);
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
    Prepared::of(types.index, structured, doc).name(types, path)
}

/// A struct but for the names and types that depend on those of others.
struct Prepared<'i> {
    structured: &'i StructuredType,
    doc: Doc,
    fields: Vec<PreparedField<'i>>,
}

struct PreparedField<'i> {
    property: EffectiveProperty<'i>,
    wanted: String,
    doc: Doc,
}

impl<'i> Prepared<'i> {
    fn of(index: &'i Index<'i>, structured: &'i StructuredType, doc: Doc) -> Self {
        let properties = index.properties(&structured.name).into_iter();
        let listed = properties.filter(|p| !is_annotation(p.declaration.name()));
        let fields = listed.map(|property| PreparedField {
            wanted: names::snake(property.declaration.name()),
            doc: Paragraphs::default().add(property.doc).doc(),
            property,
        });
        Self {
            structured,
            doc,
            fields: fields.collect(),
        }
    }

    fn name(self, types: &mut Types<'_>, path: &TypePath) -> Struct {
        let mut scope = Scope::with(&["additional_properties"]);
        let fields = self.fields.into_iter();
        Struct {
            name: path.name.clone(),
            doc: self.doc,
            odata_type: Some(format!("#{}", self.structured.name)),
            tag: None,
            fields: fields
                .map(|field| field.name(types, self.structured, &mut scope))
                .collect(),
            construction: Construction::Read,
        }
    }
}

/// Whether a row is a control annotation (`@odata.type`), which `additional_properties` keeps.
pub(super) fn is_annotation(name: &str) -> bool {
    name.contains('@') || name.starts_with("odata.")
}

impl PreparedField<'_> {
    fn name(self, types: &mut Types<'_>, holder: &StructuredType, scope: &mut Scope) -> Field {
        let declaration = self.property.declaration;
        let place = Place {
            owner: &self.property.owner.name,
            property: declaration.name(),
            values: declaration.allowed_values(),
        };
        let name = types.claim_in(scope, &self.wanted, declaration.name(), declaration.span());
        Field {
            setter: names::setter(&name),
            name,
            wire_name: declaration.name().to_owned(),
            doc: self.doc,
            ty: types.of(declaration.type_ref(), Some(place), Some(&holder.name)),
            presence: Presence::Optional,
        }
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
