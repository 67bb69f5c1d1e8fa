//! [`Tagged`]: one of the types of a hierarchy, chosen by the `@odata.type` of the object.

use std::any::Any;

use super::{Json, ODATA_TYPE, Structured, Value};

/// An object whose type depends on its `@odata.type`. Implemented by [`tagged!`](crate::tagged).
pub trait Tagged: Value {
    /// The tag that this variant is documented under, without `#`. `None` for the variant of an
    /// absent tag and for that of an unknown one.
    fn tag(&self) -> Option<&'static str>;

    /// The structure inside the variant.
    fn body(&self) -> &dyn Structured;

    /// Becomes the empty variant that `tag`, the mere name of a type, stands for, and returns its
    /// body.
    fn select(&mut self, tag: Option<&str>) -> &mut dyn Structured;
}

/// The name of the type of `value`: the fragment of the `@odata.type` received, or else the tag
/// documented for its variant.
pub fn odata_type(value: &dyn Tagged) -> Option<&str> {
    received_tag(value.body())
        .map(type_name)
        .or_else(|| value.tag())
}

/// The property that every type of a hierarchy has under `wire_name`, if it is set.
///
/// The field is a `T`, an `Option<T>` or either of a boxed `T`; anything else gives `None`.
pub fn base_property<'a, T: 'static>(value: &'a dyn Tagged, wire_name: &str) -> Option<&'a T> {
    let field: &dyn Any = value.body().property(wire_name)?;
    if let Some(field) = field.downcast_ref::<Option<T>>() {
        return field.as_ref();
    }
    if let Some(field) = field.downcast_ref::<Option<Box<T>>>() {
        return field.as_deref();
    }
    field
        .downcast_ref::<T>()
        .or_else(|| Some(&**field.downcast_ref::<Box<T>>()?))
}

/// The name of the type in a tag, which is a URL: a mere fragment, or the metadata document's own
/// before it
/// ([OData JSON 4.01, §4.6.3](https://docs.oasis-open.org/odata/odata-json-format/v4.01/odata-json-format-v4.01.html)).
/// Without a `#`, as services and documents write it too, it is all of the tag.
pub(super) fn type_name(tag: &str) -> &str {
    tag.split_once('#').map_or(tag, |(_, name)| name)
}

fn received_tag(body: &dyn Structured) -> Option<&str> {
    body.additional_properties()
        .get(ODATA_TYPE)
        .and_then(Json::as_str)
}
