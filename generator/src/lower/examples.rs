//! Documented exchanges into calls of the client, each a test of the crate.

mod judge;
mod message;
mod options;
mod replay;

use std::collections::BTreeMap;

use rayon::prelude::*;

use judge::judge;
use message::{place, status, text, unreadable};
use replay::matched;

use super::client::Callable;
use super::fault::{Culprit, Fault};
use super::names::{self, Scope};
use super::types::Types;
use crate::diagnostic::{Code, Diagnostic};
use crate::rust::{Ending, ExampleCall, ExampleTest, Replays};
use crate::schema::{Example, Message, Operation};
use crate::source::SourceMap;

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
