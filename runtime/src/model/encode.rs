//! A [`ValueRef`] to any `serde` format: the one place that writes models.

use serde::Serializer;
use serde::ser::{Serialize, SerializeMap, SerializeSeq};

use super::primitive::not_finite_text;
use super::{Json, ODATA_TYPE, Sequence, Structured, Tagged, Value, ValueRef};

/// Writes `value`; what every generated `Serialize` is.
pub fn serialize<S: Serializer>(value: &dyn Value, serializer: S) -> Result<S::Ok, S::Error> {
    value.read().serialize(serializer)
}

impl Serialize for ValueRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            ValueRef::Unset | ValueRef::Null => serializer.serialize_unit(),
            ValueRef::Boolean(value) => serializer.serialize_bool(value),
            ValueRef::Integer(value) => serializer.serialize_i64(value),
            ValueRef::Single(value) => match not_finite_text(value.into()) {
                Some(text) => serializer.serialize_str(text),
                None => serializer.serialize_f32(value),
            },
            ValueRef::Double(value) => match not_finite_text(value) {
                Some(text) => serializer.serialize_str(text),
                None => serializer.serialize_f64(value),
            },
            ValueRef::Decimal(value) => value.write(serializer),
            ValueRef::String(value) => serializer.serialize_str(value),
            ValueRef::Text(value) => serializer.collect_str(value),
            ValueRef::Structured(value) => object(value, None, serializer),
            ValueRef::Tagged(value) => tagged(value, serializer),
            ValueRef::Sequence(value) => array(value, serializer),
            ValueRef::Json(value) => value.serialize(serializer),
        }
    }
}

fn array<S: Serializer>(value: &dyn Sequence, serializer: S) -> Result<S::Ok, S::Error> {
    let mut array = serializer.serialize_seq(Some(value.len()))?;
    for index in 0..value.len() {
        array.serialize_element(&value.get(index))?;
    }
    array.end()
}

fn tagged<S: Serializer>(value: &dyn Tagged, serializer: S) -> Result<S::Ok, S::Error> {
    object(value.body(), value.tag(), serializer)
}

/// Writes the `@odata.type` first, since a reader wants to know it before all else; then the
/// documented members, then all others.
fn object<S: Serializer>(
    body: &dyn Structured,
    tag: Option<&'static str>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_map(None)?;
    type_member(body, tag, &mut object)?;
    documented_members(body, &mut object)?;
    additional_members(body, &mut object)?;
    object.end()
}

/// The tag as it was received, or else the one documented.
fn type_member<M: SerializeMap>(
    body: &dyn Structured,
    tag: Option<&'static str>,
    object: &mut M,
) -> Result<(), M::Error> {
    match (body.additional_properties().get(ODATA_TYPE), tag) {
        (Some(received), _) => object.serialize_entry(ODATA_TYPE, received),
        (None, Some(tag)) => object.serialize_entry(ODATA_TYPE, &Json::from(format!("#{tag}"))),
        (None, None) => Ok(()),
    }
}

fn documented_members<M: SerializeMap>(
    body: &dyn Structured,
    object: &mut M,
) -> Result<(), M::Error> {
    for (name, value) in body.members() {
        match value.read() {
            ValueRef::Unset => {}
            value => object.serialize_entry(name, &value)?,
        }
    }
    Ok(())
}

/// The members kept aside, less those that a documented member was set for since.
fn additional_members<M: SerializeMap>(
    body: &dyn Structured,
    object: &mut M,
) -> Result<(), M::Error> {
    for (name, value) in body.additional_properties() {
        if name != ODATA_TYPE && !is_set(body, name) {
            object.serialize_entry(name, value)?;
        }
    }
    Ok(())
}

fn is_set(body: &dyn Structured, name: &str) -> bool {
    let documented = body.property(name);
    documented.is_some_and(|value| !value.read().is_unset())
}
