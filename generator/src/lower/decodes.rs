//! Whether a documented body is a value of a generated type.
//!
//! An example that its page contradicts is a finding, not a test that can only fail. The primitive
//! types ask the runtime itself, so that the answer is the one that the generated crate would give.

use graph_runtime::model as runtime;
use serde_json::{Map, Value};

use super::types::Types;
use crate::rust::{Hierarchy, Model, Output, Presence, Primitive, Struct, Type, TypePath};

/// Where in a body the generated type can't follow it: `value[0].createdDateTime`.
pub(super) type Fault = String;

/// Whether the body of a response is what the request answers with.
pub(super) fn output(
    types: &Types<'_>,
    output: &Output,
    body: Option<&Value>,
) -> Result<(), Fault> {
    match (output, body) {
        (Output::None, _) | (Output::Content, _) => Ok(()),
        (_, None) => Err("there is no JSON".to_owned()),
        (Output::Json(ty), Some(body)) => value(types, ty, body),
        (Output::Single(ty), Some(body)) => match body.get("value") {
            Some(inner) => value(types, ty, inner).map_err(|fault| below("value", &fault)),
            None => Err("there is no `value`".to_owned()),
        },
        (Output::Collection(ty), Some(body)) => match body.get("value") {
            Some(Value::Array(items)) => {
                all(types, ty, items).map_err(|fault| below("value", &fault))
            }
            Some(_) | None => Err("there is no array `value`".to_owned()),
        },
    }
}

/// Whether a value is one of the type.
pub(super) fn value(types: &Types<'_>, ty: &Type, json: &Value) -> Result<(), Fault> {
    match ty {
        Type::Primitive(primitive) => holds(is_primitive(*primitive, json)),
        Type::Flags(_) => holds(json.is_string()),
        Type::Boxed(inner) => value(types, inner, json),
        Type::Collection(inner) => {
            output(types, &Output::Collection((**inner).clone()), Some(json))
        }
        Type::Vec(inner) => match json {
            Value::Array(items) => all(types, inner, items),
            _ => holds(false),
        },
        Type::Model(path) => model(types, path, json),
    }
}

fn all(types: &Types<'_>, ty: &Type, items: &[Value]) -> Result<(), Fault> {
    for (index, item) in items.iter().enumerate() {
        value(types, ty, item).map_err(|fault| below(&format!("[{index}]"), &fault))?;
    }
    Ok(())
}

fn model(types: &Types<'_>, path: &TypePath, json: &Value) -> Result<(), Fault> {
    match (types.model(path), json) {
        (Some(Model::OpenEnum(_)), Value::String(_)) | (None, _) => Ok(()),
        (Some(Model::Struct(found)), Value::Object(members)) => fields(types, found, members),
        (Some(Model::Hierarchy(found)), Value::Object(members)) => variant(types, found, members),
        (Some(_), _) => holds(false),
    }
}

/// The members of an object against the struct of the subtype that its tag names.
fn variant(
    types: &Types<'_>,
    found: &Hierarchy,
    members: &Map<String, Value>,
) -> Result<(), Fault> {
    let tag = match members.get("@odata.type") {
        Some(Value::String(tag)) => Some(tag.trim_start_matches('#')),
        Some(_) => return Err("@odata.type".to_owned()),
        None => None,
    };
    let path = match (tag, &found.untagged) {
        (None, Some(untagged)) => &untagged.ty,
        (None, None) => &found.unknown,
        (Some(tag), _) => {
            let named = found.variants.iter().find(|v| v.odata_type == tag);
            named.map_or(&found.unknown, |v| &v.ty)
        }
    };
    match types.get_struct(path) {
        Some(found) => fields(types, found, members),
        None => Ok(()),
    }
}

fn fields(types: &Types<'_>, found: &Struct, members: &Map<String, Value>) -> Result<(), Fault> {
    for field in &found.fields {
        match members.get(&field.wire_name) {
            None => {}
            Some(Value::Null) if field.presence != Presence::Required => {}
            Some(member) => {
                value(types, &field.ty, member).map_err(|fault| below(&field.wire_name, &fault))?
            }
        }
    }
    Ok(())
}

fn holds(condition: bool) -> Result<(), Fault> {
    if condition {
        Ok(())
    } else {
        Err(String::new())
    }
}

/// A path one level up: `a` and `[0].b` are `a[0].b`.
fn below(parent: &str, child: &str) -> Fault {
    match child.chars().next() {
        None => parent.to_owned(),
        Some('[') => format!("{parent}{child}"),
        Some(_) => format!("{parent}.{child}"),
    }
}

/// Whether the runtime reads the value as one of the primitive type.
fn is_primitive(primitive: Primitive, json: &Value) -> bool {
    match primitive {
        Primitive::String => json.is_string(),
        Primitive::Boolean => json.is_boolean(),
        Primitive::Byte => reads::<u8>(json),
        Primitive::SByte => reads::<i8>(json),
        Primitive::Int16 => reads::<i16>(json),
        Primitive::Int32 => reads::<i32>(json),
        Primitive::Int64 => reads::<i64>(json),
        Primitive::Single => reads::<f32>(json),
        Primitive::Double => reads::<f64>(json),
        Primitive::Decimal => reads::<runtime::Decimal>(json),
        Primitive::Guid => reads::<runtime::Guid>(json),
        Primitive::DateTimeOffset => reads::<runtime::DateTimeOffset>(json),
        Primitive::Date => reads::<runtime::Date>(json),
        Primitive::TimeOfDay => reads::<runtime::TimeOfDay>(json),
        Primitive::Duration => reads::<runtime::Duration>(json),
        Primitive::Binary => reads::<runtime::Binary>(json),
        Primitive::Json => true,
    }
}

fn reads<T: runtime::Value>(json: &Value) -> bool {
    runtime::deserialize::<T, _>(json).is_ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn primitive_types_take_what_the_runtime_takes() {
        let table = [
            (Primitive::Int32, json!(5), true),
            (Primitive::Int32, json!(5_000_000_000_i64), false),
            (Primitive::Int32, json!("5"), false),
            (
                Primitive::DateTimeOffset,
                json!("2023-06-26T19:07:39.7433333Z"),
                true,
            ),
            (
                Primitive::DateTimeOffset,
                json!("String (timestamp)"),
                false,
            ),
            (
                Primitive::Guid,
                json!("02851525-dc00-438b-83f5-3b2947bf4a48"),
                true,
            ),
            (Primitive::Guid, json!("{id}"), false),
            (Primitive::Double, json!(1), true),
            (Primitive::Json, json!(null), true),
        ];
        for (primitive, value, expected) in table {
            assert_eq!(
                is_primitive(primitive, &value),
                expected,
                "{primitive:?} {value}"
            );
        }
    }

    #[test]
    fn paths_grow_from_the_inside() {
        assert_eq!(
            below("value", &below("[0]", &below("id", ""))),
            "value[0].id"
        );
    }
}
