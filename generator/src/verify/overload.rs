//! The parameters of a documented call against those of the overload that fits them best.

use std::borrow::Cow;

use super::codes::Code;
use super::csdl::{Call, Typed};
use super::measures::Measure;
use super::report::Draft;
use super::sides::Sides;
use super::type_names;
use crate::schema::{Operation, RequestBody, Segment, TypeRef};
use crate::source::Span;

/// A parameter as a page has it; one that stands in the path alone has a type only where that is
/// written with its value.
#[derive(Clone, Debug)]
struct Parameter<'s> {
    name: &'s str,
    type_ref: Option<Cow<'s, TypeRef>>,
    span: Span,
}

/// Compares parameters. `call` is any overload of the documented call.
pub(super) fn compare(sides: &Sides<'_>, operation: &Operation, call: &Call, draft: &mut Draft) {
    let documented = parameters(operation);
    let overloads = overloads(sides, call);
    let best = overloads.iter().max_by_key(|other| fit(&documented, other));
    let call = best.copied().unwrap_or(call);
    let measure = match call.is_function {
        true => Measure::FunctionParameters,
        false => Measure::ActionParameters,
    };
    let subject = subject(call);
    for declared in &call.parameters {
        let mut parameters = documented.iter();
        let parameter = parameters.find(|p| is_same(p.name, &declared.name));
        draft.tally(measure).expect(parameter.is_some());
        if let Some(parameter) = parameter {
            agreement(sides, &subject, parameter, declared, draft);
        } else {
            let difference = sides.difference(Code::ParameterMissing, operation.span, &subject);
            let difference = difference.of_member(&declared.name);
            draft.differ(difference.service(&declared.type_name));
        }
    }
    for parameter in &documented {
        let is_known = overloads.iter().any(|other| has(other, parameter.name));
        draft.tally(measure).find(is_known);
        if !is_known {
            let difference = sides.difference(Code::ParameterUnknown, parameter.span, &subject);
            let says = parameter.type_ref.as_deref().map(type_names::text);
            let says = says.map_or_else(|| "in the path".to_owned(), |says| says.to_string());
            draft.differ(difference.of_member(parameter.name).documented(says));
        }
    }
}

/// Whether a documented parameter has the service's spelling and type.
fn agreement(
    sides: &Sides<'_>,
    subject: &str,
    parameter: &Parameter<'_>,
    declared: &Typed,
    draft: &mut Draft,
) {
    let differ = |code| {
        let difference = sides.difference(code, parameter.span, subject);
        difference.of_member(&declared.name)
    };
    let is_spelt = parameter.name == declared.name;
    draft.tally(Measure::Spelling).agree(is_spelt);
    if !is_spelt {
        let difference = differ(Code::ParameterCase).documented(parameter.name);
        draft.differ(difference.service(&declared.name));
    }
    let Some(type_ref) = parameter.type_ref.as_deref() else {
        return;
    };
    let code = type_names::difference(type_ref, &declared.type_name, sides.service);
    draft.tally(Measure::ParameterTypes).agree(code.is_none());
    if let Some(code) = code {
        let difference = differ(code).documented(type_names::text(type_ref));
        draft.differ(difference.service(&declared.type_name));
    }
}

fn is_same(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right)
}

fn subject(call: &Call) -> String {
    let binding = call.binding.as_ref();
    let binding = binding.map_or_else(String::new, ToString::to_string);
    format!("{binding}/{}", call.name)
}

fn has(call: &Call, name: &str) -> bool {
    call.parameters
        .iter()
        .any(|declared| is_same(&declared.name, name))
}

/// What a page says of the parameters: tables first, then the path.
fn parameters(operation: &Operation) -> Vec<Parameter<'_>> {
    let body = match &operation.request_body {
        RequestBody::Properties { properties, .. } => properties.as_slice(),
        RequestBody::None
        | RequestBody::Type { .. }
        | RequestBody::Content { .. }
        | RequestBody::Undocumented => &[],
    };
    let mut found: Vec<Parameter<'_>> = Vec::new();
    for property in operation.parameters.iter().chain(body) {
        let parameter = Parameter {
            name: &property.name,
            type_ref: Some(Cow::Borrowed(&property.type_ref)),
            span: property.span,
        };
        push_once(&mut found, parameter);
    }
    for template in &operation.path_templates {
        let Some(Segment::Call { parameters, .. }) = template.segments.last() else {
            continue;
        };
        for parameter in parameters {
            let of_literal = |name: &String| {
                Cow::Owned(TypeRef {
                    name: name.clone(),
                    span: template.span,
                    ..TypeRef::default()
                })
            };
            let parameter = Parameter {
                name: &parameter.name,
                type_ref: parameter.type_name.as_ref().map(of_literal),
                span: template.span,
            };
            push_once(&mut found, parameter);
        }
    }
    found
}

fn push_once<'s>(found: &mut Vec<Parameter<'s>>, parameter: Parameter<'s>) {
    if !found
        .iter()
        .any(|known| is_same(known.name, parameter.name))
    {
        found.push(parameter);
    }
}

/// The overloads of a call that are bound to the same type.
fn overloads<'c>(sides: &'c Sides<'_>, call: &Call) -> Vec<&'c Call> {
    let same =
        |other: &&Call| other.is_function == call.is_function && other.binding == call.binding;
    sides.service.overloads(&call.name).filter(same).collect()
}

/// How well an overload fits: it has most of the documented parameters, and least else.
fn fit(documented: &[Parameter<'_>], call: &Call) -> (usize, usize) {
    let hits = documented.iter().filter(|p| has(call, p.name)).count();
    (hits, usize::MAX - call.parameters.len())
}
