//! Actions and functions: which are documented, and with which parameters.
//!
//! Only those bound to a documented type count: what is bound to a type without a page can't be
//! expected to have one.

use std::collections::{BTreeMap, BTreeSet};

use super::codes::Code;
use super::csdl::Call;
use super::measures::Measure;
use super::overload;
use super::report::Draft;
use super::sides::Sides;
use super::walk;
use crate::assemble::local_name;
use crate::schema::{Operation, OperationKind, Segment};

/// Lower case of the names of functions (`true`) and of actions (`false`).
type Names = BTreeSet<(bool, String)>;

/// Compares actions and functions.
pub(super) fn compare(sides: &Sides<'_>, draft: &mut Draft) {
    let mut documented = Names::new();
    for operation in sides.index.operations() {
        let calls = calls(sides, operation);
        existence(sides, operation, !calls.is_empty(), draft);
        let arrived = calls.iter().find(|(_, has_arrived)| *has_arrived);
        if let Some((call, _)) = arrived {
            overload::compare(sides, operation, call, draft);
        }
        let names = calls
            .iter()
            .map(|(call, _)| (call.is_function, call.name.to_lowercase()));
        documented.extend(names);
    }
    presence(sides, &documented, draft);
}

fn measure(is_function: bool) -> Measure {
    match is_function {
        true => Measure::Functions,
        false => Measure::Actions,
    }
}

/// The calls that an operation's paths end in, and whether the path leads to them. One that leads
/// astray before its end is known by the name of the call alone.
fn calls<'s>(sides: &Sides<'s>, operation: &Operation) -> Vec<(&'s Call, bool)> {
    let service = sides.service;
    let is_function = match operation.method.as_str() {
        "GET" => true,
        "POST" => false,
        // The path of what is changed may lead through a function; that is not called for itself.
        _ => return Vec::new(),
    };
    let paths = operation.path_templates.iter();
    let calls = paths.filter_map(|template| {
        if let Ok(arrival) = walk::walk(service, &template.segments) {
            return arrival.call.map(|call| (call, true));
        }
        let name = last_name(&template.segments)?;
        let mut overloads = service.overloads(name);
        let call = overloads.find(|call| call.is_function == is_function);
        call.map(|call| (call, false))
    });
    calls.collect()
}

/// The name in the last segment, `$value` and the like aside.
fn last_name(segments: &[Segment]) -> Option<&str> {
    let mut segments = segments.iter().rev();
    match segments.find(|segment| !matches!(segment, Segment::System { .. }))? {
        Segment::Literal { name } | Segment::Call { name, .. } => Some(local_name(name)),
        Segment::Cast { type_name } => Some(local_name(type_name)),
        Segment::Key { .. }
        | Segment::AlternateKey { .. }
        | Segment::RelativePath { .. }
        | Segment::System { .. } => None,
    }
}

/// Whether the service has a documented call.
fn existence(sides: &Sides<'_>, operation: &Operation, is_known: bool, draft: &mut Draft) {
    let is_function = match operation.kind {
        OperationKind::Action => false,
        OperationKind::Function => true,
        _ => return,
    };
    draft.tally(measure(is_function)).find(is_known);
    let Some(template) = operation.path_templates.first().filter(|_| !is_known) else {
        return;
    };
    let code = match is_function {
        true => Code::FunctionUnknown,
        false => Code::ActionUnknown,
    };
    let subject = format!("{} {}", operation.method, template.text);
    let difference = sides.difference(code, operation.span, &subject);
    let name = last_name(&template.segments).unwrap_or_default();
    draft.differ(difference.of_member(name).documented(&operation.name));
}

/// Whether the calls of documented types are documented, each name once.
fn presence(sides: &Sides<'_>, documented: &Names, draft: &mut Draft) {
    let mut expected: BTreeMap<(bool, String), Vec<&Call>> = BTreeMap::new();
    for call in &sides.service.calls {
        let binding = call.binding.as_ref();
        if binding.is_some_and(|binding| sides.documented(&binding.name).is_some()) {
            let key = (call.is_function, call.name.to_lowercase());
            expected.entry(key).or_default().push(call);
        }
    }
    for (key, overloads) in &expected {
        let is_documented = documented.contains(key);
        draft.tally(measure(key.0)).expect(is_documented);
        if !is_documented {
            overloads
                .iter()
                .for_each(|call| undocumented(sides, call, draft));
        }
    }
}

fn undocumented(sides: &Sides<'_>, call: &Call, draft: &mut Draft) {
    let Some(binding) = &call.binding else {
        return;
    };
    let Some(documented) = sides.documented(&binding.name) else {
        return;
    };
    let code = match call.is_function {
        true => Code::FunctionUndocumented,
        false => Code::ActionUndocumented,
    };
    let difference = sides.difference(code, documented.structured.span, &binding.name);
    let bound = match binding.is_collection {
        true => "bound to a collection",
        false => "bound to one",
    };
    draft.differ(difference.of_member(&call.name).service(bound));
}
