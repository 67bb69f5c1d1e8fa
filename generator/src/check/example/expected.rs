//! What the pages say that a value is.

use crate::resolve::{AnyProperty, EffectiveProperty};
use crate::schema::{Property, StructuredType, TypeRef};
use crate::source::Span;

/// What a value is documented as.
#[derive(Clone, Copy)]
pub(super) struct Expected<'w> {
    /// The type's name.
    pub(super) type_name: &'w str,
    /// A collection of it.
    pub(super) is_collection: bool,
    /// The property that the value is of; none for the body itself.
    pub(super) property: Option<AnyProperty<'w>>,
    /// The type that the property belongs to, or that the body is of.
    pub(super) owner: &'w str,
    /// The description.
    pub(super) doc: &'w str,
    /// Where the page says so.
    pub(super) span: Span,
}

impl<'w> Expected<'w> {
    /// A property as `owner` has it, be it its own or inherited.
    pub(super) fn property(property: EffectiveProperty<'w>, owner: &'w StructuredType) -> Self {
        let type_ref = property.declaration.type_ref();
        let name = property.declaration.name();
        let own = owner.properties.iter().find(|own| own.name == name);
        Self {
            type_name: &type_ref.name,
            is_collection: type_ref.is_collection,
            property: Some(property.declaration),
            owner: &owner.name,
            doc: property.doc,
            span: own.map_or(property.declaration.span(), |own| own.span),
        }
    }

    /// A row of the table of a request body.
    pub(super) fn row(row: &'w Property) -> Self {
        Self {
            type_name: &row.type_ref.name,
            is_collection: row.type_ref.is_collection,
            property: Some(AnyProperty::Structural(row)),
            owner: "",
            doc: &row.doc,
            span: row.span,
        }
    }

    /// A body that is of one type.
    pub(super) fn body(type_ref: &'w TypeRef) -> Self {
        Self {
            type_name: &type_ref.name,
            is_collection: type_ref.is_collection,
            property: None,
            owner: &type_ref.name,
            doc: "",
            span: type_ref.span,
        }
    }

    /// What the value is called in a message.
    pub(super) fn name(&self) -> String {
        match (self.property, self.owner) {
            (Some(property), "") => format!("`{}` of the request body", property.name()),
            (Some(property), owner) => format!("`{}` of `{owner}`", property.name()),
            (None, _) => "the body".to_owned(),
        }
    }

    /// The values of "The possible values are: …".
    pub(super) fn inline_values(&self) -> &'w [String] {
        self.property.map_or(&[], AnyProperty::allowed_values)
    }
}
