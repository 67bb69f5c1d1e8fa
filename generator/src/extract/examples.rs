//! The sections Example and Examples, and what metadata marks elsewhere, into pairs of requests and
//! responses.

mod foreign;

use crate::diagnostic::Code;
use crate::page::{Annotation, Block, BlockKind, CodeBlock};
use crate::schema::{Example, Message, TypeRef};

use super::Reader;
use super::message::{self, Side};
use super::request::{RequestLines, split_method};
use super::resource::{is_true, text_member};
use super::type_cell;

/// Reads the examples of the page. Requests and responses are paired by their order: few of them
/// have names, and fewer the same. A request with several responses is an example with each of
/// them; requests that share a response have it each.
pub(super) fn read(reader: &Reader<'_, '_>, methods: &[RequestLines]) -> Vec<Example> {
    let mut collector = Collector::new(reader, methods);
    for (index, section) in reader.page.sections.iter().enumerate() {
        if reader.outline.within(index, |h| h.starts_with("error")) {
            continue;
        }
        if !section.blocks.iter().any(is_code) {
            continue;
        }
        collector.enter(index);
        for block in &section.blocks {
            match &block.kind {
                BlockKind::Paragraph(inline) => collector.listen(&inline.text()),
                BlockKind::Code(code) if is_http_tab(code) => collector.take(code),
                _ => {}
            }
        }
    }
    report_unpaired(reader, &collector.examples);
    collector.examples
}

/// Whether a section belongs to the examples. On some pages they have no heading of their own.
fn is_example(reader: &Reader<'_, '_>, index: usize) -> bool {
    reader.outline.within(index, |heading| {
        heading.starts_with("example")
            || heading.starts_with("sample")
            || heading.ends_with(" example")
    })
}

/// What a section says that shows nothing announces nothing.
fn is_code(block: &Block<'_>) -> bool {
    matches!(block.kind, BlockKind::Code(_))
}

fn is_http_tab(code: &CodeBlock<'_>) -> bool {
    code.tab
        .as_deref()
        .is_none_or(|tab| tab.starts_with("http"))
}

/// What metadata says a fence is: `request`, `response`, `ignored`, ….
fn kind<'c>(code: &'c CodeBlock<'_>) -> Option<&'c str> {
    text_member(code.annotation.as_ref()?, "blockType")
}

/// The examples of a page while it is read.
struct Collector<'r, 'a, 's> {
    reader: &'r Reader<'a, 's>,
    methods: &'r [RequestLines],
    examples: Vec<Example>,
    /// The section of each request.
    sections: Vec<usize>,
    /// The current section.
    index: usize,
    in_example: bool,
    /// What the words last read announce.
    announced: Option<Side>,
    /// The last request is no call of the operation: nothing up to the next request is of use.
    is_foreign: bool,
    /// A fence that can't be read stands behind the last example: what follows may not be of it.
    is_apart: bool,
}

impl<'r, 'a, 's> Collector<'r, 'a, 's> {
    fn new(reader: &'r Reader<'a, 's>, methods: &'r [RequestLines]) -> Self {
        Self {
            reader,
            methods,
            examples: Vec::new(),
            sections: Vec::new(),
            index: 0,
            in_example: false,
            announced: None,
            is_foreign: false,
            is_apart: false,
        }
    }

    fn enter(&mut self, index: usize) {
        self.index = index;
        self.in_example = is_example(self.reader, index);
        self.announced = None;
        self.listen(self.reader.outline.heading(index));
    }

    /// Takes in words that may announce what follows.
    fn listen(&mut self, words: &str) {
        let words = words.to_ascii_lowercase();
        if words.contains("response") {
            self.announced = Some(Side::Response);
        } else if words.contains("request") {
            self.announced = Some(Side::Request);
        }
    }

    fn take(&mut self, code: &CodeBlock<'_>) {
        if !self.concerns(code) {
            return;
        }
        let messages = message::read_all(self.reader, code);
        if messages.is_empty() {
            self.body(code);
        }
        for (side, message) in messages {
            match side {
                Side::Request => self.request(code, message),
                Side::Response if self.is_foreign => {}
                Side::Response => self.response(code, message),
            }
        }
    }

    /// Whether a fence is part of an example: it stands among them, metadata says so, or it is what
    /// an example without a response is followed by.
    fn concerns(&self, code: &CodeBlock<'_>) -> bool {
        if self.in_example {
            return true;
        }
        let syntax = |heading: &str| heading.starts_with("http request");
        let is_syntax = self.reader.outline.within(self.index, syntax);
        match kind(code) {
            Some("request") => !is_syntax && begins(code) == Some(Side::Request),
            Some("response") => self.is_open(),
            _ => {
                let below = |heading: &str| heading.starts_with("response");
                self.is_open()
                    && begins(code) == Some(Side::Response)
                    && self.reader.outline.within(self.index, below)
            }
        }
    }

    /// Whether the last example lacks its response.
    fn is_open(&self) -> bool {
        let last = self.examples.last();
        last.is_some_and(|last| last.response.is_none()) && !self.is_foreign
    }

    /// A request that the service sends to others is no example of a call.
    fn request(&mut self, code: &CodeBlock<'_>, request: Message) {
        self.is_apart = false;
        self.is_foreign = foreign::is_notification(&request.start_line, self.methods);
        if !self.is_foreign {
            self.push(Example {
                request: Some(request),
                ..titled(self.reader, self.index, code)
            });
        }
    }

    fn push(&mut self, example: Example) {
        self.examples.push(example);
        self.sections.push(self.index);
    }

    /// A fence without a start line: JSON is the body of the last message, or a response of which
    /// nothing else is shown.
    fn body(&mut self, code: &CodeBlock<'_>) {
        let is_json = code.text.trim_start().starts_with(['{', '[']);
        if !is_json || kind(code) == Some("resource") {
            self.is_apart |= !is_json;
            return;
        }
        if self.is_foreign {
            return;
        }
        let announced = self.announced;
        let Some(last) = self.examples.last_mut() else {
            return;
        };
        match (&mut last.request, &mut last.response) {
            (_, Some(response)) => {
                if response.body.is_empty() && message::status(&response.start_line) != Some(204) {
                    message::set_body_block(self.reader, response, code);
                }
            }
            (Some(request), None) if awaits_body(request, announced, kind(code)) => {
                message::set_body_block(self.reader, request, code);
            }
            (Some(_), None) => {
                let response = message::body_only(self.reader, code);
                self.response(code, response);
            }
            (None, None) => {}
        }
    }

    fn response(&mut self, code: &CodeBlock<'_>, response: Message) {
        let answered = Answer::new(code, response);
        if self.is_open() {
            let waiting = self.waiting();
            let Some((last, others)) = waiting.split_last() else {
                return;
            };
            for place in others {
                if let Some(example) = self.examples.get_mut(*place) {
                    answered.clone().give(example);
                }
            }
            if let Some(example) = self.examples.get_mut(*last) {
                answered.give(example);
            }
        } else if let Some(mut example) = self.alternative() {
            answered.give(&mut example);
            self.push(example);
        } else {
            let mut example = titled(self.reader, self.index, code);
            answered.give(&mut example);
            self.push(example);
        }
    }

    /// The examples that a response belongs to: the last, and those right before it whose requests
    /// stand in the same section, have the same method and no response either.
    fn waiting(&self) -> Vec<usize> {
        let last = self.examples.len().saturating_sub(1);
        let method = |place: usize| {
            let request = self.examples.get(place)?.request.as_ref()?;
            Some(split_method(&request.start_line)?.0)
        };
        let joins = |&place: &usize| {
            let example = self.examples.get(place);
            self.sections.get(place) == self.sections.get(last)
                && example.is_some_and(|example| example.response.is_none())
                && method(place) == method(last)
        };
        (0..=last).rev().take_while(joins).collect()
    }

    /// The title above the current section. A heading such as "Partial success response" is none.
    fn title_of_response(&self) -> Option<usize> {
        let outline = &self.reader.outline;
        let above = outline.ancestry(self.index).nth(1);
        let named = outline.heading(self.index).ends_with("success response")
            || outline.heading(self.index).ends_with("error response");
        title_place(self.reader, above.filter(|_| named).unwrap_or(self.index))
    }

    /// The last example less its response, when a further response of it may follow here.
    fn alternative(&self) -> Option<Example> {
        let last = self.examples.last().filter(|_| !self.is_apart)?;
        let section = *self.sections.last()?;
        let same = title_place(self.reader, section) == self.title_of_response();
        last.request.as_ref().filter(|_| same)?;
        Some(Example {
            response: None,
            response_type: None,
            truncated: false,
            ..last.clone()
        })
    }
}

/// Whether JSON below a request is its body: its method has one and it shows none, and neither
/// words nor metadata call the JSON a response.
fn awaits_body(request: &Message, announced: Option<Side>, kind: Option<&str>) -> bool {
    let method = split_method(&request.start_line).map(|(method, _)| method);
    let carries = matches!(method, Some("POST" | "PATCH" | "PUT")) && request.body.is_empty();
    match kind {
        Some("request") => true,
        Some("response") => false,
        _ => carries && announced != Some(Side::Response),
    }
}

/// Which side a fence begins with.
fn begins(code: &CodeBlock<'_>) -> Option<Side> {
    message::side_of(code.text.trim_start().lines().next()?)
}

/// A response, and what metadata says of it.
#[derive(Clone)]
struct Answer {
    response: Message,
    response_type: Option<TypeRef>,
    truncated: bool,
}

impl Answer {
    fn new(code: &CodeBlock<'_>, response: Message) -> Self {
        let annotation = code.annotation.as_ref();
        Self {
            response,
            response_type: annotation.and_then(response_type),
            truncated: annotation.is_some_and(|annotation| is_true(annotation, "truncated")),
        }
    }

    fn give(self, example: &mut Example) {
        example.response = Some(self.response);
        example.response_type = self.response_type;
        example.truncated = self.truncated;
    }
}

fn titled(reader: &Reader<'_, '_>, index: usize, code: &CodeBlock<'_>) -> Example {
    let section = title_place(reader, index).and_then(|place| reader.outline.section(place));
    let title = section
        .map(|section| section.heading.text().trim().to_owned())
        .unwrap_or_default();
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
fn title_place(reader: &Reader<'_, '_>, index: usize) -> Option<usize> {
    let plain = |heading: &str| {
        let word = heading.split([' ', ':']).next().unwrap_or_default();
        matches!(word, "request" | "response")
            || matches!(heading, "json" | "http" | "http request")
    };
    let mut places = reader.outline.ancestry(index);
    places.find(|&place| !plain(reader.outline.heading(place)))
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
