//! Documented requests into the calls that make them.

use super::NoTest;
use super::options::{add_headers, add_options};
use crate::diagnostic::Code;
use crate::lower::addresses::captures;
use crate::lower::client::Callable;
use crate::lower::fault::Fault;
use crate::lower::paths::{self, RequestLine};
use crate::rust::{BodyParameter, ExampleArgument, ExampleCall};
use crate::schema::{Message, Segment};

/// The calls that make a documented request.
pub(super) struct Replay {
    pub(super) calls: Vec<ExampleCall>,
    /// Query options that the page does not list.
    pub(super) unlisted: Vec<String>,
}

/// Why a request is no call of an operation at one of its paths.
struct Mismatch {
    fault: Fault,
    /// The path is the documented one, so that something else is wrong.
    on_path: bool,
}

/// The way whose call the request is.
pub(super) fn matched<'w, 'i>(
    ways: &[&'w Callable<'i>],
    request: &Message,
) -> Result<(&'w Callable<'i>, Replay), NoTest> {
    let mut closest: Option<Mismatch> = None;
    for way in ways {
        match replay(way, request) {
            Ok(found) => return Ok((way, found)),
            Err(other) => {
                let closer = |known: &Mismatch| other.on_path && !known.on_path;
                if closest.as_ref().is_none_or(closer) {
                    closest = Some(other);
                }
            }
        }
    }
    let fault = closest.map_or_else(|| Fault::page("it documents no request"), |it| it.fault);
    let mut found = fault
        .diagnostic(Code::ExampleRequestUnmatched, request.span)
        .with_label("this request");
    if let Some(way) = ways.first() {
        found = found.with_related(way.template.span, "the documented request");
    }
    Err((fault.culprit, Some(found)))
}

/// The calls that make a documented request, or why there are none.
fn replay(callable: &Callable<'_>, request: &Message) -> Result<Replay, Mismatch> {
    let elsewhere = |fault| Mismatch {
        fault,
        on_path: false,
    };
    let line = paths::request_line(&request.start_line)
        .ok_or_else(|| elsewhere(Fault::example("it has no address")))?;
    let captured = captures(&callable.template.segments, &line.segments)
        .ok_or_else(|| elsewhere(of_path(callable, &line)))?;
    replay_on_path(callable, request, &line, &captured).map_err(|fault| Mismatch {
        fault,
        on_path: true,
    })
}

/// Whose fault it is that an example takes another path than the page documents: one that ends as
/// the documented one does is a further way to the same place, which the page leaves out.
fn of_path(callable: &Callable<'_>, line: &RequestLine) -> Fault {
    let name = |segment: &Segment| match segment {
        Segment::Literal { name } | Segment::System { name } | Segment::Call { name, .. } => {
            Some(name.to_lowercase())
        }
        _ => None,
    };
    let documented = callable.template.segments.iter().rev().find_map(name);
    let shown = line.segments.iter().rev().take(2).map(|segment| {
        let plain = segment.split('(').next().unwrap_or(segment);
        plain.to_lowercase()
    });
    match documented {
        Some(last) if shown.into_iter().any(|segment| segment == last) => {
            Fault::page("it does not document the path that the example takes")
        }
        _ => Fault::example("its path is not the documented one"),
    }
}

fn replay_on_path(
    callable: &Callable<'_>,
    request: &Message,
    line: &RequestLine,
    captured: &[Vec<String>],
) -> Result<Replay, Fault> {
    if !line.method.eq_ignore_ascii_case(&callable.operation.method) {
        let documented = &callable.operation.method;
        let reason = format!(
            "it is a {}, where a {documented} is documented",
            line.method
        );
        return Err(Fault::example(reason));
    }
    let texts = |values: &[String]| values.iter().cloned().map(ExampleArgument::Text).collect();
    let (ways, own) = captured.split_at(callable.navigations.len().min(captured.len()));
    let navigations = callable.navigations.iter().zip(ways);
    let mut calls: Vec<ExampleCall> = navigations
        .map(|(method, values)| call(method, texts(values)))
        .collect();
    let mut arguments: Vec<ExampleArgument> = texts(&own.concat());
    arguments.extend(body(callable.shared.body.as_ref(), request)?);
    calls.push(call(&callable.method, arguments));
    let unlisted = add_options(&mut calls, callable, line)?;
    add_headers(&mut calls, callable, request);
    Ok(Replay { calls, unlisted })
}

pub(super) fn call(method: &str, arguments: Vec<ExampleArgument>) -> ExampleCall {
    ExampleCall {
        method: method.to_owned(),
        arguments,
    }
}

fn body(
    parameter: Option<&BodyParameter>,
    request: &Message,
) -> Result<Option<ExampleArgument>, Fault> {
    match parameter {
        None if request.body.trim().is_empty() => Ok(None),
        None => Err(Fault::page("it documents no body, which the example has")),
        Some(BodyParameter::Content(_)) => Ok(Some(ExampleArgument::Content)),
        Some(BodyParameter::Json(ty)) if request.json.is_some() => {
            Ok(Some(ExampleArgument::Body(ty.clone())))
        }
        Some(BodyParameter::Reference) if request.json.is_some() => {
            Ok(Some(ExampleArgument::Reference))
        }
        Some(BodyParameter::Json(_) | BodyParameter::Reference) => {
            Err(Fault::example("it lacks the documented JSON body"))
        }
    }
}
