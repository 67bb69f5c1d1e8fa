//! One body, walked along its documented type.

use serde_json::{Map, Value};

use super::expected::Expected;
use super::findings::Findings;
use super::value::says_guid;
use crate::assemble::is_primitive;
use crate::check::format;
use crate::check::json_position::Step;
use crate::check::subject::{Described, Subject};
use crate::resolve::EffectiveProperty;
use crate::resolve::ROOT_ENTITY;
use crate::schema::{Message, Operation, Property, StructuredType, TypeRef};

/// Where in a body the walk is, and what it has found.
pub(super) struct Walk<'w> {
    pub(super) subject: &'w Subject<'w>,
    pub(super) operation: &'w Operation,
    pub(super) message: &'w Message,
    pub(super) findings: &'w mut Findings,
    pub(super) path: Vec<Step<'w>>,
}

impl<'w> Walk<'w> {
    pub(super) fn new(
        subject: &'w Subject<'w>,
        operation: &'w Operation,
        message: &'w Message,
        findings: &'w mut Findings,
    ) -> Self {
        Self {
            subject,
            operation,
            message,
            findings,
            path: Vec::new(),
        }
    }

    /// A request's body: the rows of the page's table come before what the type says.
    pub(super) fn request(
        &mut self,
        json: &'w Value,
        declared: Option<&'w TypeRef>,
        rows: &'w [Property],
    ) {
        let Value::Object(members) = json else {
            return;
        };
        let row = |key: &str| rows.iter().find(|row| row.name == key);
        for (key, value) in members {
            if let Some(row) = row(key) {
                self.at(Step::Key(key), |walk| walk.value(value, Expected::row(row)));
            }
        }
        let others = members.iter().filter(|(key, _)| row(key).is_none());
        if declared.is_none() && !members.contains_key("@odata.type") {
            for (key, _) in others.filter(|(key, _)| !rows.is_empty() && !is_annotation(key)) {
                self.at(Step::Key(key), |walk| walk.row_unknown(key, rows));
            }
            return;
        }
        let type_name = declared.map(|declared| declared.name.as_str());
        if let Some(actual) = self.actual_type(members, type_name) {
            self.properties(others, actual);
        }
    }

    /// A response's body, which may hold the value of the type in `value`.
    pub(super) fn response(&mut self, json: &'w Value, declared: &'w TypeRef) {
        let mut expected = Expected::body(declared);
        let has_value = || {
            let shape = self.subject.shape(&declared.name);
            shape.is_some_and(|shape| shape.properties.contains_key("value"))
        };
        match json {
            Value::Object(members) => match members.get("value") {
                Some(inner) if declared.is_collection || !has_value() || wraps(members) => {
                    expected.is_collection = inner.is_array();
                    self.at(Step::Key("value"), |walk| walk.value(inner, expected));
                }
                _ if is_primitive(&declared.name) => {}
                _ => {
                    expected.is_collection = false;
                    self.value(json, expected);
                }
            },
            Value::Array(_) if declared.is_collection => self.value(json, expected),
            _ => {}
        }
    }

    /// Takes a step for the time of `visit`.
    fn at(&mut self, step: Step<'w>, visit: impl FnOnce(&mut Self)) {
        self.path.push(step);
        visit(self);
        self.path.pop();
    }

    fn value(&mut self, value: &'w Value, expected: Expected<'w>) {
        if value.is_null() || matches!(expected.type_name, "Edm.Untyped" | "Edm.Stream") {
            return;
        }
        match (value, expected.is_collection) {
            (Value::Array(items), true) => {
                let item = Expected {
                    is_collection: false,
                    ..expected
                };
                for (at, value) in items.iter().enumerate() {
                    self.at(Step::Item(at), |walk| walk.value(value, item));
                }
            }
            (Value::Array(_), false) => self.wrong_kind(value, expected, "a single value"),
            (_, true) => self.wrong_kind(value, expected, "a collection, in brackets"),
            (_, false) => self.single(value, expected),
        }
    }

    /// A value that is no collection.
    fn single(&mut self, value: &'w Value, expected: Expected<'w>) {
        let described = self.subject.described(expected.type_name);
        match (described, value) {
            (Some(Described::Enum(enumeration)), Value::String(text)) => {
                self.members(text, enumeration, expected);
            }
            (Some(Described::Enum(_)), _) => self.wrong_kind(value, expected, "a member's name"),
            (Some(Described::Structured(_)), Value::Object(members)) => {
                self.object(members, Some(expected.type_name));
            }
            (Some(Described::Structured(_)), _) => {
                self.wrong_kind(value, expected, "an object, in braces");
            }
            (None, Value::Object(members)) if !is_primitive(expected.type_name) => {
                self.object(members, None);
            }
            (None, _) => self.primitive(value, expected),
        }
    }

    fn primitive(&mut self, value: &'w Value, expected: Expected<'w>) {
        if let Some(form) = format::fault(expected.type_name, value) {
            self.wrong_kind(value, expected, form);
        } else if expected.type_name == "Edm.String"
            && value.as_str().is_some_and(|text| !format::is_guid(text))
            && says_guid(expected.doc)
        {
            self.wrong_value(value, expected, "a GUID", "a GUID, as its description says");
        }
    }

    /// The members of an object of the type, or of the one that its `@odata.type` names.
    fn object(&mut self, members: &'w Map<String, Value>, declared: Option<&'w str>) {
        if let Some(actual) = self.actual_type(members, declared) {
            self.properties(members.iter(), actual);
        }
    }

    fn properties(
        &mut self,
        members: impl Iterator<Item = (&'w String, &'w Value)>,
        actual: Actual<'w>,
    ) {
        let members = members.filter(|(key, _)| !is_annotation(key));
        let (mut known, mut unknown) = (0, Vec::new());
        for (key, value) in members {
            if let Some(property) = self.property(key, actual) {
                known += 1;
                let expected = Expected::property(property, actual.structured);
                self.at(Step::Key(key), |walk| walk.value(value, expected));
            } else {
                unknown.push(key.as_str());
            }
        }
        if !unknown.is_empty() && self.is_closed(actual) {
            self.undocumented(&unknown, known, actual.structured);
        }
    }

    /// Tells of members that the type does not document: of each, or, when these are most, of the
    /// type that can't be the right one.
    fn undocumented(&mut self, unknown: &[&'w str], known: usize, structured: &'w StructuredType) {
        const MANY: usize = 4;
        match unknown {
            [first, ..] if unknown.len() >= MANY && unknown.len() > known => {
                self.at(Step::Key(first), |walk| {
                    walk.type_wrong(unknown, structured)
                });
            }
            _ => {
                for key in unknown {
                    self.at(Step::Key(key), |walk| {
                        walk.property_unknown(key, structured)
                    });
                }
            }
        }
    }

    fn property(&self, key: &str, actual: Actual<'w>) -> Option<EffectiveProperty<'w>> {
        let name = actual.structured.name.as_str();
        match actual.is_exact {
            true => self.subject.shape(name)?.properties.get(key).copied(),
            false => self.subject.property_of_any(name, key),
        }
    }

    fn is_closed(&self, actual: Actual<'w>) -> bool {
        let name = actual.structured.name.as_str();
        match actual.is_exact {
            true => self
                .subject
                .shape(name)
                .is_some_and(|shape| shape.is_closed),
            false => self.subject.is_closed(name),
        }
    }

    /// The type by which an object is judged; none when there is nothing to judge it by.
    fn actual_type(
        &mut self,
        members: &'w Map<String, Value>,
        declared: Option<&'w str>,
    ) -> Option<Actual<'w>> {
        let declared_type = declared.filter(|name| *name != ROOT_ENTITY);
        let declared_type = declared_type.and_then(|name| self.subject.index.structured(name));
        let untagged = declared_type.map(|structured| Actual {
            structured,
            is_exact: false,
        });
        let Some(tag) = members.get("@odata.type").and_then(Value::as_str) else {
            return untagged.filter(|actual| !actual.structured.pages.is_empty());
        };
        let name = tag.trim().trim_start_matches('#');
        if format::is_placeholder(&name.replace("microsoft.graph.", "")) {
            return untagged;
        }
        match self.subject.described_in_any_case(name) {
            Some(Described::Structured(structured)) => {
                if let Some(declared) = declared_type.filter(|d| !self.is_kind(structured, d)) {
                    self.not_derived(structured, declared);
                }
                let is_described = !structured.pages.is_empty();
                is_described.then_some(Actual {
                    structured,
                    is_exact: true,
                })
            }
            Some(Described::Enum(_)) => None,
            None => {
                self.type_unknown(name, declared_type);
                None
            }
        }
    }

    /// Whether a type is the other or derived from it.
    fn is_kind(&self, structured: &StructuredType, of: &StructuredType) -> bool {
        let bases = self.subject.index.bases(&structured.name);
        structured.name == of.name || bases.iter().any(|base| base.name == of.name)
    }
}

/// The type of an object.
#[derive(Clone, Copy)]
struct Actual<'w> {
    structured: &'w StructuredType,
    /// The object says so itself; else it may also be of a derived type.
    is_exact: bool,
}

/// Whether a body does nothing but hold its value in `value`.
fn wraps(members: &Map<String, Value>) -> bool {
    let holds_more = members
        .keys()
        .any(|key| key != "value" && !is_annotation(key));
    !holds_more
        && members
            .get("value")
            .is_some_and(|value| value.is_object() || value.is_array())
}

/// Whether a key is no property that a page could document: an instance annotation, an operation,
/// an ellipsis, or an extension that a tenant has registered (`extension_…_name`, `ext…_name`).
fn is_annotation(key: &str) -> bool {
    key.contains(['@', '#'])
        || !key.contains(|c: char| c.is_alphanumeric())
        || (key.starts_with("ext") && key.contains('_'))
}
