//! Documented exchanges into calls of the client, each a test of the crate.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::addresses::captures;
use super::client::Callable;
use super::decodes;
use super::fault::{Culprit, Fault};
use super::names::{self, Scope};
use super::paths::{self, RequestLine};
use super::types::Types;
use crate::diagnostic::{Code, Diagnostic};
use crate::rust::{
    BodyParameter, Ending, ExampleArgument, ExampleCall, ExampleTest, OptionSetter, OptionValue,
    Output, Replays, RequestOption,
};
use crate::schema::{Example, Message, Operation, Segment};
use crate::source::SourceMap;

/// Headers that the client sets on its own.
const CLIENT_HEADERS: &[&str] = &[
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "host",
];

/// Makes a test of each example whose request is a call of its page's operation, and of each
/// documented error that shows its answer. Each of the others has a finding that tells whose fault
/// it is.
pub(super) fn lower(
    types: &Types<'_>,
    callables: &[Callable<'_>],
    sources: &SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<ExampleTest>, Replays) {
    let groups = by_operation(callables);
    // Names are given one after the other; what takes the time is to judge the examples.
    let judged: Vec<_> = groups
        .par_iter()
        .map(|ways| judge_all(types, ways, sources))
        .collect();
    let mut scope = Scope::default();
    let mut tests = Vec::new();
    let mut replays = Replays::default();
    for (ways, judged) in groups.iter().zip(judged) {
        let mut first = None;
        for judged in judged {
            match judged {
                Ok((mut test, found)) => {
                    test.name = scope.claim(&test.name);
                    diagnostics.extend(found);
                    first.get_or_insert_with(|| test.clone());
                    replays.requests += 1;
                    tests.push(test);
                }
                Err((fault, found)) => {
                    *match fault {
                        Culprit::Page => &mut replays.page_at_fault,
                        Culprit::Example => &mut replays.example_at_fault,
                    } += 1;
                    diagnostics.extend(found);
                }
            }
        }
        if let (Some(first), Some(way)) = (first, ways.first()) {
            tests.extend(error_tests(way.operation, &first, sources, &mut scope));
        }
    }
    replays.responses = tests.len();
    (tests, replays)
}

/// A test under the name that it wants, and what is found in it.
type Judged = Result<(ExampleTest, Vec<Diagnostic>), NoTest>;

/// The examples of an operation.
fn judge_all(types: &Types<'_>, ways: &[&Callable<'_>], sources: &SourceMap) -> Vec<Judged> {
    let examples = ways.first().map(|way| &way.operation.examples);
    let examples = examples.into_iter().flatten();
    examples
        .map(|example| example_test(types, ways, example, sources))
        .collect()
}

/// Why an example is no test, and the finding that says so, unless reading has had one already.
type NoTest = (Culprit, Option<Diagnostic>);

/// The calls of each operation, which has one for each of its paths, in the order of the first.
fn by_operation<'c, 'i>(callables: &'c [Callable<'i>]) -> Vec<Vec<&'c Callable<'i>>> {
    let mut places: BTreeMap<*const Operation, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<&Callable<'i>>> = Vec::new();
    for callable in callables {
        // The address tells operations apart, and nothing else: the order is that of the calls.
        let place = *places.entry(callable.operation).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(place) {
            group.push(callable);
        }
    }
    groups
}

fn example_test(
    types: &Types<'_>,
    ways: &[&Callable<'_>],
    example: &Example,
    sources: &SourceMap,
) -> Judged {
    let (request, response, status) = messages(example)?;
    let (way, replay) = matched(ways, request)?;
    judge(types, way, request, response, status)?;
    let unlisted = replay.unlisted.iter().map(|option| {
        let message =
            format!("the example uses the query option `{option}`, which its page does not list");
        Diagnostic::new(Code::QueryOptionUnlisted, request.span, message)
            .with_label("this request")
            .with_related(way.template.span, "the documented request")
    });
    let unlisted = unlisted.collect();
    let test = ExampleTest {
        module: module(&replay.calls),
        name: names::snake(&example.name),
        place: place(request, sources),
        request: text(request),
        response: text(response),
        calls: replay.calls,
        ending: ending(status),
    };
    Ok((test, unlisted))
}

/// The two messages of an example and the status of its response.
fn messages(example: &Example) -> Result<(&Message, &Message, u16), NoTest> {
    let incomplete = |message: &Message, reason: &str| {
        let found = Fault::example(reason).diagnostic(Code::ExampleIncomplete, message.span);
        (Culprit::Example, Some(found))
    };
    let (request, response) = match (&example.request, &example.response) {
        (Some(request), Some(response)) => (request, response),
        (Some(message), None) => return Err(incomplete(message, "it shows no response")),
        (None, Some(message)) => return Err(incomplete(message, "it shows no request")),
        (None, None) => return Err((Culprit::Example, None)),
    };
    for message in [request, response] {
        if let Some(reason) = unreadable(message) {
            return Err(incomplete(message, &reason));
        }
    }
    match status(response) {
        Some(status) => Ok((request, response, status)),
        None => Err(incomplete(response, "its response has no status")),
    }
}

/// The way whose call the request is.
fn matched<'w, 'i>(
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

fn ending(status: u16) -> Ending {
    match status {
        400.. => Ending::Error,
        300..400 => Ending::Redirect,
        _ => Ending::Output,
    }
}

/// The module of a test: the method that its calls begin with, unless that would be the root itself.
fn module(calls: &[ExampleCall]) -> String {
    let first = calls.first().map_or("", |call| &call.method);
    match names::module(first.trim_start_matches("r#")) {
        root if root == "main" => "main_".to_owned(),
        module => module,
    }
}

/// Whether the documented bodies are values of the documented types.
fn judge(
    types: &Types<'_>,
    way: &Callable<'_>,
    request: &Message,
    response: &Message,
    status: u16,
) -> Result<(), NoTest> {
    let undecodable = |message: &Message, what: &str, found: decodes::Fault| {
        let place = match found.place.as_str() {
            "" => "the whole of it",
            place => place,
        };
        let reason = format!("the {what} is no value of the documented type: {place}");
        let culprit = found.culprit;
        let found = Fault { culprit, reason }
            .diagnostic(Code::ExampleUndecodable, message.body_span)
            .with_label("this body");
        (culprit, Some(found))
    };
    let sent = match (&way.shared.body, &request.json) {
        (Some(BodyParameter::Json(ty)), Some(json)) => decodes::value(types, ty, json),
        (Some(BodyParameter::Reference), Some(json)) => decodes::reference(json),
        _ => Ok(()),
    };
    sent.map_err(|fault| undecodable(request, "request", fault))?;
    if status == 202 && matches!(way.shared.output, Output::Outcome(..)) {
        return Ok(());
    }
    if matches!(way.shared.output, Output::Count) && status < 300 && !is_number(&response.body) {
        let fault = decodes::Fault::example("there is no number");
        return Err(undecodable(response, "response", fault));
    }
    if status < 300 {
        decodes::output(types, &way.shared.output, response.json.as_ref())
            .map_err(|fault| undecodable(response, "response", fault))?;
    }
    Ok(())
}

/// Whether a body is what `$count` answers with.
fn is_number(body: &str) -> bool {
    body.trim_matches('\u{feff}').trim().parse::<u64>().is_ok()
}

fn error_tests(
    operation: &Operation,
    example: &ExampleTest,
    sources: &SourceMap,
    scope: &mut Scope,
) -> Vec<ExampleTest> {
    let shown = operation.errors.iter().filter_map(|error| {
        let response = error.response.as_ref()?;
        (status(response)? >= 400 && unreadable(response).is_none()).then_some((error, response))
    });
    let mut tests = Vec::new();
    for (error, response) in shown {
        let code = error.code.as_deref().unwrap_or("error");
        tests.push(ExampleTest {
            name: scope.claim(&names::snake(&format!("{} {code}", example.name))),
            place: place(response, sources),
            response: text(response),
            ending: Ending::Error,
            ..example.clone()
        });
    }
    tests
}

/// Why a message's body is not all of what its kind says: JSON that can't be read, or that says
/// something twice.
fn unreadable(message: &Message) -> Option<String> {
    if let Some(name) = message.repeated_members.first() {
        return Some(format!("an object in its JSON has two members `{name}`"));
    }
    let is_read = message.body.is_empty() || message.json.is_some() || !is_json(message);
    (!is_read).then(|| "its JSON can't be read".to_owned())
}

fn is_json(message: &Message) -> bool {
    let header = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("content-type");
    let media_type = message
        .headers
        .iter()
        .find(header)
        .map(|(_, value)| value.as_str());
    media_type.map_or_else(
        || message.body.trim_start().starts_with(['{', '[']),
        |value| value.to_lowercase().contains("json"),
    )
}

/// The status in `HTTP/1.1 200 OK`.
fn status(message: &Message) -> Option<u16> {
    message.start_line.split_whitespace().nth(1)?.parse().ok()
}

fn place(message: &Message, sources: &SourceMap) -> String {
    let line = sources.line_column(message.span).line;
    format!("{}:{line}", sources.get(message.span.file).path)
}

/// The message as HTTP; a body that had to be read leniently is put right.
fn text(message: &Message) -> String {
    let mut text = message.start_line.trim().to_owned();
    for (name, value) in &message.headers {
        text.push_str(&format!("\n{name}: {value}"));
    }
    let strict = serde_json::from_str::<serde::de::IgnoredAny>(&message.body).is_ok();
    let body = match &message.json {
        Some(json) if !strict => format!("{json:#}"),
        Some(_) | None => message.body.trim().to_owned(),
    };
    if body.is_empty() {
        text
    } else {
        format!("{text}\n\n{body}")
    }
}

/// The calls that make a documented request.
struct Replay {
    calls: Vec<ExampleCall>,
    /// Query options that the page does not list.
    unlisted: Vec<String>,
}

/// Why a request is no call of an operation at one of its paths.
struct Mismatch {
    fault: Fault,
    /// The path is the documented one, so that something else is wrong.
    on_path: bool,
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

fn call(method: &str, arguments: Vec<ExampleArgument>) -> ExampleCall {
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

/// Adds the calls that set the query options, and gives the options that the page does not list.
fn add_options(
    calls: &mut Vec<ExampleCall>,
    callable: &Callable<'_>,
    line: &RequestLine,
) -> Result<Vec<String>, Fault> {
    let plain = |name: &str| name.trim_start_matches('$').to_lowercase();
    let mut unlisted = Vec::new();
    for (name, value) in &line.query {
        let mut options = callable.shared.options.iter();
        let option = options.find(|o| !o.is_header && plain(&o.wire_name) == plain(name));
        calls.push(match option {
            Some(option) => option_call(option, value)
                .ok_or_else(|| Fault::example(format!("`{value}` is no value for `{name}`")))?,
            None => {
                unlisted.push(name.clone());
                let text = |text: &str| ExampleArgument::Text(text.to_owned());
                call("query", vec![text(name), text(value)])
            }
        });
    }
    Ok(unlisted)
}

/// The call that sets an option.
fn option_call(option: &RequestOption, value: &str) -> Option<ExampleCall> {
    let text = |text: &str| ExampleArgument::Text(text.to_owned());
    Some(match &option.setter {
        OptionSetter::Method { method, takes, .. } => {
            call(method, vec![option_argument(*takes, value)?])
        }
        OptionSetter::Named(_) => {
            let method = if option.is_header { "header" } else { "query" };
            call(method, vec![text(&option.wire_name), text(value)])
        }
    })
}

fn option_argument(takes: OptionValue, value: &str) -> Option<ExampleArgument> {
    Some(match takes {
        OptionValue::Text => ExampleArgument::Text(value.to_owned()),
        OptionValue::Number => ExampleArgument::Number(value.trim().parse().ok()?),
        OptionValue::Boolean => ExampleArgument::Boolean(value.trim().parse().ok()?),
        OptionValue::List => ExampleArgument::List(value.split(',').map(str::to_owned).collect()),
    })
}

/// Whether a header says that content is of another media type than the page has it.
fn is_other_content(callable: &Callable<'_>, name: &str, value: &str) -> bool {
    let media_type = value.split(';').next().unwrap_or_default().trim();
    match &callable.shared.body {
        Some(BodyParameter::Content(documented)) => {
            name.eq_ignore_ascii_case("content-type")
                && !media_type.eq_ignore_ascii_case(documented)
        }
        _ => false,
    }
}

fn add_headers(calls: &mut Vec<ExampleCall>, callable: &Callable<'_>, request: &Message) {
    for (name, value) in &request.headers {
        let name_of_client = CLIENT_HEADERS.contains(&name.to_lowercase().as_str());
        if name_of_client && !is_other_content(callable, name, value) {
            continue;
        }
        let options = &mut callable.shared.options.iter();
        let option = options.find(|o| o.is_header && o.wire_name.eq_ignore_ascii_case(name));
        let text = |value: &str| ExampleArgument::Text(value.to_owned());
        let undocumented = || call("header", vec![text(name), text(value)]);
        let set = option.and_then(|option| option_call(option, value));
        calls.push(set.unwrap_or_else(undocumented));
    }
}
