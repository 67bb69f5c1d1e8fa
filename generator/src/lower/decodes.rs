//! Whether a documented body is a value of a generated type.
//!
//! An example that its page contradicts is a finding, not a test that can only fail. The primitive
//! types ask the runtime itself, so that the answer is the one that the generated crate would give.

use graph_runtime::model as runtime;
use serde_json::{Map, Value};

use super::fault::Culprit;
use super::types::Types;
use crate::rust::{Hierarchy, Model, Output, Presence, Primitive, Struct, Type, TypePath};

/// Where in a body the generated type can't follow it, and why.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Fault {
    /// `value[0].createdDateTime`; empty for the whole body.
    pub(super) place: String,
    /// Text is what people write by hand, where a value was to be recorded: a placeholder, a date
    /// as they read it. A number, a truth value or a structure where the page documents another kind
    /// was recorded, and the page misstates the type.
    pub(super) culprit: Culprit,
}

impl Fault {
    fn of(value: &Value) -> Self {
        let culprit = match value {
            Value::String(_) | Value::Null => Culprit::Example,
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => Culprit::Page,
        };
        Self {
            place: String::new(),
            culprit,
        }
    }

    pub(super) fn example(place: &str) -> Self {
        Self {
            place: place.to_owned(),
            culprit: Culprit::Example,
        }
    }

    /// The fault one level up: `a` and `[0].b` are `a[0].b`.
    fn below(self, parent: &str) -> Self {
        let child = &self.place;
        let place = match child.chars().next() {
            None => parent.to_owned(),
            Some('[') => format!("{parent}{child}"),
            Some(_) => format!("{parent}.{child}"),
        };
        Self { place, ..self }
    }
}

/// Whether the body of a response is what the request answers with.
pub(super) fn output(
    types: &Types<'_>,
    output: &Output,
    body: Option<&Value>,
) -> Result<(), Fault> {
    match (output, body) {
        (Output::None, Some(body)) if !is_nothing(body) => {
            Err(Fault::of(body).below("no body is documented"))
        }
        (
            Output::None
            | Output::Content
            | Output::LinkedContent
            | Output::AnyJson
            | Output::Accepted(_)
            | Output::Count,
            _,
        ) => Ok(()),
        (_, None) => Err(Fault::example("there is no JSON")),
        (Output::Json(ty) | Output::Outcome(ty, _) | Output::Upload(ty), Some(body)) => {
            value(types, ty, body)
        }
        (Output::Single(ty), Some(body)) => match body.get("value") {
            Some(inner) => value(types, ty, inner).map_err(|fault| fault.below("value")),
            None => Err(Fault::of(body).below("there is no `value`")),
        },
        (Output::Collection(ty), Some(body)) => match body.get("value") {
            Some(Value::Array(items)) => {
                all(types, ty, items).map_err(|fault| fault.below("value"))
            }
            Some(_) | None => Err(Fault::of(body).below("there is no array `value`")),
        },
    }
}

/// Whether a body is written where there is none.
fn is_nothing(body: &Value) -> bool {
    matches!(body, Value::Null)
}

/// Whether a value is a reference, as the runtime reads one.
pub(super) fn reference(json: &Value) -> Result<(), Fault> {
    let reads = serde_json::from_value::<runtime::Reference>(json.clone()).is_ok();
    holds(reads, json)
}

/// Whether a value is one of the type.
pub(super) fn value(types: &Types<'_>, ty: &Type, json: &Value) -> Result<(), Fault> {
    match ty {
        Type::Primitive(primitive) => holds(is_primitive(*primitive, json), json),
        Type::Flags(_) => holds(json.is_string(), json),
        Type::Boxed(inner) => value(types, inner, json),
        Type::Collection(inner) => {
            output(types, &Output::Collection((**inner).clone()), Some(json))
        }
        Type::Vec(inner) => match json {
            Value::Array(items) => all(types, inner, items),
            _ => holds(false, json),
        },
        Type::Model(path) => model(types, path, json),
    }
}

fn all(types: &Types<'_>, ty: &Type, items: &[Value]) -> Result<(), Fault> {
    for (index, item) in items.iter().enumerate() {
        value(types, ty, item).map_err(|fault| fault.below(&format!("[{index}]")))?;
    }
    Ok(())
}

fn model(types: &Types<'_>, path: &TypePath, json: &Value) -> Result<(), Fault> {
    match (types.model(path), json) {
        (Some(Model::OpenEnum(_)), Value::String(_)) | (None, _) => Ok(()),
        (Some(Model::Struct(found)), Value::Object(members)) => fields(types, found, members),
        (Some(Model::Hierarchy(found)), Value::Object(members)) => variant(types, found, members),
        (Some(_), _) => holds(false, json),
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
        Some(_) => return Err(Fault::example("@odata.type")),
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
            // What is required is written, empty as it may be.
            None if field.presence == Presence::Required => {
                return Err(Fault::example(&format!("{} is missing", field.wire_name)));
            }
            None => {}
            Some(Value::Null) if field.presence != Presence::Required => {}
            Some(member) => {
                value(types, &field.ty, member).map_err(|fault| fault.below(&field.wire_name))?
            }
        }
    }
    Ok(())
}

fn holds(condition: bool, json: &Value) -> Result<(), Fault> {
    if condition {
        Ok(())
    } else {
        Err(Fault::of(json))
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
        Primitive::Single => reads::<f32>(json) && json.as_f64().is_none_or(is_single),
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

/// Whether a number has no more digits than an `Edm.Single` keeps.
fn is_single(number: f64) -> bool {
    let single = number as f32;
    let is_same = |text: f64| text == number;
    f64::from(single) == number || single.to_string().parse().is_ok_and(is_same)
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
            (Primitive::Single, json!(1.1), true),
            (Primitive::Single, json!(0.25), true),
            (Primitive::Single, json!("NaN"), true),
            (Primitive::Single, json!(4.666666666666667), false),
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
        let fault = Fault::of(&json!(5)).below("id").below("[0]").below("value");
        assert_eq!(fault.place, "value[0].id");
        assert_eq!(fault.culprit, Culprit::Page);
    }
}
