//! The JSON of the examples, held against the types that the pages document for it.

mod expected;
mod findings;
mod report;
mod value;
mod walk;

use rayon::prelude::*;

use super::subject::Subject;
use crate::diagnostic::Diagnostic;
use crate::schema::{Example, Message, Operation, OperationKind, Property, RequestBody, TypeRef};
use findings::Findings;
use walk::Walk;

/// How many operations are held against their types in one go.
const CHUNK: usize = 64;

/// Holds the bodies of all examples against their documented types, as deep as these go.
///
/// The same fault is told once a page. What stands inside something that is documented nowhere is
/// not judged: there is nothing to judge it by.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let operations = subject.index.operations().par_chunks(CHUNK);
    let found: Vec<Findings> = operations.map(|chunk| check_all(subject, chunk)).collect();
    let mut findings = Findings::default();
    for later in found {
        findings.append(later);
    }
    findings.into_diagnostics()
}

/// Holds the examples of some operations against their types.
fn check_all(subject: &Subject<'_>, operations: &[Operation]) -> Findings {
    let mut findings = Findings::default();
    for operation in operations {
        for example in &operation.examples {
            check_request(subject, operation, example, &mut findings);
            check_response(subject, operation, example, &mut findings);
        }
    }
    findings
}

fn check_request(
    subject: &Subject<'_>,
    operation: &Operation,
    example: &Example,
    findings: &mut Findings,
) {
    let Some((message, json)) = body(example.request.as_ref()) else {
        return;
    };
    let (declared, rows) = request_type(operation);
    let mut walk = Walk::new(subject, operation, message, findings);
    walk.request(json, declared, rows);
}

/// The type of the request's body, and the rows of its table.
fn request_type(operation: &Operation) -> (Option<&TypeRef>, &[Property]) {
    let is_call = matches!(
        operation.kind,
        OperationKind::Action | OperationKind::Function
    );
    match &operation.request_body {
        RequestBody::Properties {
            type_ref,
            properties,
        } => {
            let resource = operation.resource.as_ref().filter(|_| !is_call);
            (type_ref.as_ref().or(resource), properties)
        }
        RequestBody::Type { type_ref } => (Some(type_ref), &[]),
        RequestBody::None | RequestBody::Content { .. } | RequestBody::Undocumented => (None, &[]),
    }
}

fn check_response(
    subject: &Subject<'_>,
    operation: &Operation,
    example: &Example,
    findings: &mut Findings,
) {
    let Some((message, json)) = body(example.response.as_ref()) else {
        return;
    };
    let Some(status) = status(message).filter(|status| *status < 300) else {
        return;
    };
    let documented = || {
        let response = operation
            .responses
            .iter()
            .find(|response| response.status == status);
        response.and_then(|response| response.type_ref.as_ref())
    };
    let declared = example.response_type.as_ref().or_else(documented);
    if let Some(declared) = declared {
        Walk::new(subject, operation, message, findings).response(json, declared);
    }
}

/// The message and its body, when that is JSON.
fn body(message: Option<&Message>) -> Option<(&Message, &serde_json::Value)> {
    let message = message?;
    Some((message, message.json.as_ref()?))
}

/// The number in a status line; 200 where an example leaves the line out.
fn status(message: &Message) -> Option<u16> {
    match message.start_line.split_ascii_whitespace().nth(1) {
        Some(status) => status.parse().ok(),
        None => Some(200),
    }
}
