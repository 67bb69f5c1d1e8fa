//! The sections Example and Examples into pairs of requests and responses.

use crate::diagnostic::Code;
use crate::page::{Annotation, BlockKind, CodeBlock};
use crate::schema::{Example, Message, TypeRef};

use super::Reader;
use super::message::{self, Side};
use super::resource::{is_true, text_member};
use super::type_cell;

/// Reads the examples of the page. Requests and responses are paired by their order: few of them
/// have names, and fewer the same.
pub(super) fn read(reader: &Reader<'_, '_>) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for (index, section) in reader.page.sections.iter().enumerate() {
        if !is_example(reader, index) {
            continue;
        }
        let blocks = section.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Code(code) if is_http_tab(code) => Some(code),
            _ => None,
        });
        for code in blocks {
            read_block(reader, index, code, &mut examples);
        }
    }
    report_unpaired(reader, &examples);
    examples
}

/// Whether a section belongs to the examples. On some pages they have no heading of their own.
fn is_example(reader: &Reader<'_, '_>, index: usize) -> bool {
    let named = |heading: &str| {
        heading.starts_with("example")
            || heading.starts_with("sample")
            || heading.ends_with(" example")
    };
    reader.outline.within(index, named)
        && !reader
            .outline
            .within(index, |heading| heading.starts_with("error"))
}

fn is_http_tab(code: &CodeBlock<'_>) -> bool {
    code.tab
        .as_deref()
        .is_none_or(|tab| tab.starts_with("http"))
}

fn read_block(
    reader: &Reader<'_, '_>,
    index: usize,
    code: &CodeBlock<'_>,
    examples: &mut Vec<Example>,
) {
    let messages = message::read_all(reader, code);
    if messages.is_empty() {
        body_of_last(reader, code, examples);
    }
    for (side, message) in messages {
        match side {
            Side::Request => examples.push(with_request(reader, index, code, message)),
            Side::Response => add_response(reader, index, code, message, examples),
        }
    }
}

/// A fence with nothing but JSON below a response without a body is that body.
fn body_of_last(reader: &Reader<'_, '_>, code: &CodeBlock<'_>, examples: &mut [Example]) {
    let starts_json = code.text.trim_start().starts_with(['{', '[']);
    let last = examples
        .last_mut()
        .and_then(|example| example.response.as_mut());
    if let Some(response) = last.filter(|response| {
        starts_json
            && response.body.is_empty()
            && message::status(&response.start_line) != Some(204)
    }) {
        message::set_body_block(reader, response, code);
    }
}

fn with_request(
    reader: &Reader<'_, '_>,
    index: usize,
    code: &CodeBlock<'_>,
    request: Message,
) -> Example {
    Example {
        request: Some(request),
        ..titled(reader, index, code)
    }
}

fn titled(reader: &Reader<'_, '_>, index: usize, code: &CodeBlock<'_>) -> Example {
    let title = title(reader, index);
    let name = code
        .annotation
        .as_ref()
        .and_then(|annotation| text_member(annotation, "name"));
    Example {
        name: name.map_or_else(|| title.clone(), str::to_owned),
        title,
        ..Example::default()
    }
}

/// The nearest heading that says more than "Request" or "Response".
fn title(reader: &Reader<'_, '_>, index: usize) -> String {
    let plain = |heading: &str| {
        let word = heading.split([' ', ':']).next().unwrap_or_default();
        matches!(word, "request" | "response") || matches!(heading, "json" | "http")
    };
    let mut places = reader.outline.ancestry(index);
    let place = places.find(|&place| !plain(reader.outline.heading(place)));
    let section = place.and_then(|place| reader.outline.section(place));
    section
        .map(|section| section.heading.text().trim().to_owned())
        .unwrap_or_default()
}

fn add_response(
    reader: &Reader<'_, '_>,
    index: usize,
    code: &CodeBlock<'_>,
    response: Message,
    examples: &mut Vec<Example>,
) {
    let open = examples
        .last()
        .is_some_and(|example| example.response.is_none());
    if !open {
        examples.push(titled(reader, index, code));
    }
    let Some(example) = examples.last_mut() else {
        return;
    };
    if let Some(annotation) = &code.annotation {
        example.response_type = response_type(annotation);
        example.truncated = is_true(annotation, "truncated");
    }
    example.response = Some(response);
}

/// The type that the metadata of a response names: `X` with `isCollection`, or `Collection(X)`.
fn response_type(annotation: &Annotation<'_>) -> Option<TypeRef> {
    let name =
        text_member(annotation, "@odata.type").or_else(|| text_member(annotation, "@type"))?;
    if name.trim().is_empty() {
        return None;
    }
    let mut type_ref = type_cell::from_text(name, annotation.span);
    type_ref.is_collection |= is_true(annotation, "isCollection");
    Some(type_ref)
}

fn report_unpaired(reader: &Reader<'_, '_>, examples: &[Example]) {
    for example in examples {
        let (missing, span) = match (&example.request, &example.response) {
            (Some(request), None) => ("response", request.span),
            (None, Some(response)) => ("request", response.span),
            _ => continue,
        };
        let message = format!("\"{}\" has no {missing}", example.title);
        reader.report(Code::ExampleUnpaired, span, message);
    }
}
