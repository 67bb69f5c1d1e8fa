//! Worked examples: whether they were read, paired, and hold JSON.

use std::collections::{BTreeMap, BTreeSet};

use super::codes::Code;
use super::measures::Measure;
use super::report::{Difference, Draft, Place};
use super::sides::{Sides, without_place};
use crate::schema::{Example, Message};
use crate::source::Span;

/// Judges examples; the metadata has nothing to say on them.
pub(super) fn compare(sides: &Sides<'_>, draft: &mut Draft) {
    let mut requests: BTreeMap<&str, usize> = BTreeMap::new();
    for (page, example) in examples(sides) {
        *requests.entry(page).or_default() += usize::from(example.request.is_some());
        pairing(sides, example, draft);
        for message in example.request.iter().chain(&example.response) {
            json(sides, example, message, draft);
        }
    }
    presence(sides, &requests, draft);
}

/// Each example once, with its page: those of a page belong to each of its operations.
fn examples<'s>(sides: &Sides<'s>) -> Vec<(&'s str, &'s Example)> {
    let mut known: BTreeSet<Span> = BTreeSet::new();
    let mut found = Vec::new();
    for operation in sides.index.operations() {
        for example in &operation.examples {
            let message = example.request.as_ref().or(example.response.as_ref());
            if message.is_some_and(|message| known.insert(message.span)) {
                found.push((operation.page.path.as_str(), example));
            }
        }
    }
    found
}

/// Whether as many requests were read as the metadata comments of a page mark.
fn presence(sides: &Sides<'_>, requests: &BTreeMap<&str, usize>, draft: &mut Draft) {
    for (file, marked) in &sides.evidence.example_requests {
        let page = &sides.sources.get(*file).path;
        let read = requests.get(page.as_str()).copied().unwrap_or_default();
        for place in 0..*marked {
            draft.tally(Measure::ExampleRequests).expect(place < read);
        }
        if read < *marked {
            draft.differ(Difference {
                place: Some(Place {
                    page: page.clone(),
                    line: 1,
                }),
                documented: format!("{marked} requests, {read} read"),
                ..without_place(Code::ExampleUnread, page)
            });
        }
    }
}

fn pairing(sides: &Sides<'_>, example: &Example, draft: &mut Draft) {
    let lacks = match (&example.request, &example.response) {
        (Some(request), None) => Some((request.span, "a request without a response")),
        (None, Some(response)) => Some((response.span, "a response without a request")),
        (Some(_), Some(_)) | (None, None) => None,
    };
    let tally = draft.tally(Measure::ExamplesPaired);
    if example.request.is_some() {
        tally.expect(lacks.is_none());
    }
    if example.response.is_some() {
        tally.find(lacks.is_none());
    }
    if let Some((span, says)) = lacks {
        differ(sides, Code::ExampleUnpaired, span, example, says, draft);
    }
}

/// A body that begins as JSON does is meant to be JSON.
fn json(sides: &Sides<'_>, example: &Example, message: &Message, draft: &mut Draft) {
    if !message.body.starts_with(['{', '[']) {
        return;
    }
    draft
        .tally(Measure::ExampleJson)
        .agree(message.json.is_some());
    if message.json.is_none() {
        let says = &message.start_line;
        differ(
            sides,
            Code::ExampleJson,
            message.body_span,
            example,
            says,
            draft,
        );
    }
}

fn differ(
    sides: &Sides<'_>,
    code: Code,
    span: Span,
    example: &Example,
    says: &str,
    draft: &mut Draft,
) {
    let difference = sides.difference(code, span, &example.title);
    draft.differ(difference.documented(says));
}
