//! What the walk through a body found, in words, and where it stands.

use serde_json::Value;

use super::expected::Expected;
use super::findings::Key;
use super::value::{excerpt, unknown_members};
use super::walk::Walk;
use crate::check::format;
use crate::check::json_position::{Step, find};
use crate::check::spelling::{did_you_mean, list, nearest};
use crate::check::subject::short;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::AnyProperty;
use crate::schema::{EnumType, Property, StructuredType};
use crate::source::Span;

/// The part of a member that a diagnostic points to.
#[derive(Clone, Copy)]
enum Part {
    Key,
    Value,
}

/// What is wrong at the walk's place, or at a member of the object there.
struct Fault<'f> {
    code: Code,
    part: Part,
    /// The member of the object at the walk's place, when it is not the place itself.
    member: Option<&'static str>,
    /// The type and the property or value that tell this fault from others.
    type_name: &'f str,
    subject: &'f str,
    message: String,
    label: String,
    related: Option<(Span, String)>,
    help: String,
}

impl<'w> Walk<'w> {
    /// The `@odata.type` names a type that is none of the declared one's.
    pub(super) fn not_derived(&mut self, actual: &'w StructuredType, declared: &'w StructuredType) {
        self.report(Fault {
            code: Code::ExampleTypeUndocumented,
            part: Part::Value,
            member: Some("@odata.type"),
            type_name: &declared.name,
            subject: &actual.name,
            message: format!(
                "the example holds `{}` where `{}` is documented, which it is not derived from",
                actual.name, declared.name
            ),
            label: format!("no kind of `{}`", short(&declared.name)),
            related: Some((actual.span, "described here".to_owned())),
            help: "correct the `@odata.type`, or say on the type's page what it inherits from"
                .to_owned(),
        });
    }

    /// The `@odata.type` names a type that no page describes.
    pub(super) fn type_unknown(&mut self, name: &'w str, declared: Option<&'w StructuredType>) {
        let documented = |declared: &StructuredType| {
            (
                declared.span,
                format!("the documented type is `{}`", short(&declared.name)),
            )
        };
        self.report(Fault {
            code: Code::ExampleTypeUndocumented,
            part: Part::Value,
            member: Some("@odata.type"),
            type_name: declared.map_or("", |declared| &declared.name),
            subject: name,
            message: format!("the example holds a `{name}`, which no page describes"),
            label: "described nowhere".to_owned(),
            related: declared.map(documented),
            help: self.subject.type_help(name),
        });
    }

    /// The member at the walk's place is no property of its type.
    pub(super) fn property_unknown(&mut self, key: &'w str, structured: &'w StructuredType) {
        let shape = self.subject.shape(&structured.name);
        let known = shape
            .into_iter()
            .flat_map(|shape| shape.properties.keys().copied());
        self.report(Fault {
            code: Code::ExamplePropertyUndocumented,
            part: Part::Key,
            member: None,
            type_name: &structured.name,
            subject: key,
            message: format!(
                "the example holds `{key}`, which `{}` does not document",
                structured.name
            ),
            label: format!("no property of `{}`", short(&structured.name)),
            related: Some((structured.span, "the type is described here".to_owned())),
            help: nearest(key, known).map_or_else(
                || "document the property, or take it out of the example".to_owned(),
                did_you_mean,
            ),
        });
    }

    /// Most members of the object are no properties of its type; the walk is at the first of them.
    pub(super) fn type_wrong(&mut self, keys: &[&'w str], structured: &'w StructuredType) {
        self.report(Fault {
            code: Code::ExamplePropertyUndocumented,
            part: Part::Key,
            member: None,
            type_name: &structured.name,
            subject: "",
            message: format!(
                "the example is documented as `{}`, which documents none of {}",
                structured.name,
                list(keys)
            ),
            label: format!("no property of `{}`", short(&structured.name)),
            related: Some((structured.span, "the type is described here".to_owned())),
            help: "correct the type that the page gives for the example, or the example".to_owned(),
        });
    }

    /// The member at the walk's place is in no row of the page's table.
    pub(super) fn row_unknown(&mut self, key: &'w str, rows: &'w [Property]) {
        let known = rows.iter().map(|row| row.name.as_str());
        self.report(Fault {
            code: Code::ExamplePropertyUndocumented,
            part: Part::Key,
            member: None,
            type_name: "",
            subject: key,
            message: format!(
                "the example sends `{key}`, which the table of the body does not list"
            ),
            label: "not in the table".to_owned(),
            related: rows
                .first()
                .map(|row| (row.span, "the table begins here".to_owned())),
            help: nearest(key, known).map_or_else(
                || "add a row for it, or take it out of the example".to_owned(),
                did_you_mean,
            ),
        });
    }

    /// Compares the value at the walk's place with the members of its enumeration.
    pub(super) fn members(
        &mut self,
        text: &'w str,
        enumeration: &'w EnumType,
        expected: Expected<'w>,
    ) {
        for unknown in unknown_members(text, enumeration, expected.inline_values()) {
            let known = enumeration
                .members
                .iter()
                .map(|member| member.name.as_str());
            self.report(Fault {
                code: Code::EnumValueUndocumented,
                part: Part::Value,
                member: None,
                type_name: &enumeration.name,
                subject: unknown,
                message: format!(
                    "the example holds `{unknown}`, which is no member of `{}`",
                    enumeration.name
                ),
                label: "not among the members".to_owned(),
                related: Some((enumeration.span, "the members are listed here".to_owned())),
                help: nearest(unknown, known).map_or_else(
                    || "add the member to the list, or correct the example".to_owned(),
                    did_you_mean,
                ),
            });
        }
    }

    /// The value at the walk's place can't be of its documented type; it should be of `form`.
    pub(super) fn wrong_kind(&mut self, value: &'w Value, expected: Expected<'w>, form: &str) {
        let type_name = match expected.is_collection {
            true => format!("a collection of {}", short(expected.type_name)),
            false => short(expected.type_name).to_owned(),
        };
        self.wrong_value(value, expected, &type_name, form);
    }

    /// The value at the walk's place contradicts what the page calls it.
    pub(super) fn wrong_value(
        &mut self,
        value: &'w Value,
        expected: Expected<'w>,
        documented: &str,
        form: &str,
    ) {
        if value.as_str().is_some_and(format::is_placeholder) {
            return;
        }
        let is_long = value.is_object() || value.is_array();
        self.report(Fault {
            code: Code::ExampleValueFormat,
            part: if is_long { Part::Key } else { Part::Value },
            member: None,
            type_name: expected.owner,
            subject: expected.property.map_or("", AnyProperty::name),
            message: format!(
                "{} is documented as {documented}, but the example holds {}",
                expected.name(),
                excerpt(value)
            ),
            label: format!("should be {form}"),
            related: Some((expected.span, "documented here".to_owned())),
            help: "correct the example, or the documented type".to_owned(),
        });
    }

    fn report(&mut self, fault: Fault<'_>) {
        self.path.extend(fault.member.map(Step::Key));
        let span = self.span(fault.part);
        if fault.member.is_some() {
            self.path.pop();
        }
        let key = Key {
            page: self.operation.page.path.clone(),
            code: fault.code,
            type_name: fault.type_name.to_owned(),
            subject: fault.subject.to_owned(),
        };
        let mut diagnostic = Diagnostic::new(fault.code, span, fault.message)
            .with_label(fault.label)
            .with_help(fault.help);
        if let Some((related, label)) = fault.related {
            diagnostic = diagnostic.with_related(related, label);
        }
        self.findings.add(key, diagnostic);
    }

    /// Where the key or the value at the walk's place stands; of a value of several lines, its
    /// first line.
    fn span(&self, part: Part) -> Span {
        let body = self.message.body_span;
        let text = self.subject.sources.text(body);
        let Some(place) = find(text, &self.path) else {
            return if text.is_empty() {
                self.message.span
            } else {
                body
            };
        };
        let range = match (part, place.key) {
            (Part::Key, Some(key)) => key,
            (Part::Key, None) | (Part::Value, _) => place.value,
        };
        let shown = text.get(range.clone()).unwrap_or("");
        let length = shown.lines().next().map_or(0, str::len);
        let start = body.start as usize + range.start;
        Span::new(body.file, start, start + length)
    }
}
