//! Request lines: whether each was read, and whether the service has what it asks for.

use std::collections::BTreeMap;

use super::codes::Code;
use super::measures::Measure;
use super::report::{Difference, Draft, Place};
use super::scan::RequestLine;
use super::sides::{Sides, without_place};
use super::walk::{self, Arrival};
use crate::schema::{Operation, PathTemplate};

/// Compares request lines.
pub(super) fn compare(sides: &Sides<'_>, draft: &mut Draft) {
    binding(sides, draft);
    for operation in sides.index.operations() {
        for template in &operation.path_templates {
            path(sides, operation, template, draft);
        }
    }
}

/// Whether each line below "HTTP request" belongs to an operation. A page may repeat one.
fn binding(sides: &Sides<'_>, draft: &mut Draft) {
    let mut by_page: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
    for operation in sides.index.operations() {
        by_page
            .entry(&operation.page.path)
            .or_default()
            .push(operation);
    }
    for line in &sides.evidence.request_lines {
        let page = &sides.sources.get(line.file).path;
        let operations = by_page.get(page.as_str()).map_or(&[][..], Vec::as_slice);
        let is_bound = operations.iter().any(|operation| is_of(operation, line));
        draft.tally(Measure::RequestLines).expect(is_bound);
        if !is_bound {
            let subject = format!("{} {}", line.method, line.rest);
            draft.differ(Difference {
                place: Some(Place {
                    page: page.clone(),
                    line: line.line,
                }),
                ..without_place(Code::RequestLineUnread, &subject)
            });
        }
    }
}

fn is_of(operation: &Operation, line: &RequestLine) -> bool {
    let has = |template: &PathTemplate| line.rest.contains(template.text.trim_start_matches('/'));
    operation.method == line.method && operation.path_templates.iter().any(has)
}

/// Whether a path leads somewhere.
fn path(sides: &Sides<'_>, operation: &Operation, template: &PathTemplate, draft: &mut Draft) {
    let outcome = walk::walk(sides.service, &template.segments);
    draft
        .tally(Measure::RequestPathsLenient)
        .agree(outcome.is_ok());
    let (code, segment, service) = match outcome {
        Ok(arrival) => match objection(arrival) {
            Some((code, service)) => (code, String::new(), service),
            None => return draft.tally(Measure::RequestPaths).agree(true),
        },
        Err(lost) => (lost.code, lost.segment, before(&lost.at)),
    };
    draft.tally(Measure::RequestPaths).agree(false);
    let subject = format!("{} {}", operation.method, template.text);
    let difference = sides.difference(code, template.span, &subject);
    draft.differ(difference.of_member(&segment).service(service));
}

/// What was supplied to a path for it to lead somewhere.
fn objection(arrival: Arrival<'_>) -> Option<(Code, String)> {
    let cast = |name| (Code::PathCast, format!("a cast to {name}"));
    let word = (Code::PathKeyWord, "a key".to_owned());
    let word = arrival.has_word_for_key.then_some(word);
    arrival.supplied_cast.map(cast).or(word)
}

fn before(at: &str) -> String {
    match at.is_empty() {
        true => String::new(),
        false => format!("{at} before it"),
    }
}
