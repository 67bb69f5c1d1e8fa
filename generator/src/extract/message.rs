//! The text of an HTTP message in a fence into its start line, headers and body.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::lenient_json::{self, Repeated};
use crate::page::CodeBlock;
use crate::schema::Message;
use crate::source::Span;

use super::Reader;
use super::json_representation::span_at;
use super::request::split_method;

/// Whether a message is a request or a response.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Side {
    /// It begins with a method.
    Request,
    /// It begins with `HTTP`.
    Response,
}

/// Which side a line begins, if any.
pub(super) fn side_of(line: &str) -> Option<Side> {
    let line = line.trim();
    let upper = line.get(..5).unwrap_or_default();
    if upper.eq_ignore_ascii_case("HTTP/") || upper.eq_ignore_ascii_case("HTTP ") {
        return Some(Side::Response);
    }
    let (_, rest) = split_method(line)?;
    rest.trim_start()
        .starts_with(|first: char| "/$({<".contains(first) || first.is_ascii_alphanumeric())
        .then_some(Side::Request)
}

/// The status that a status line names.
pub(super) fn status(start_line: &str) -> Option<u16> {
    let status = start_line.split_whitespace().nth(1)?;
    status
        .parse()
        .ok()
        .filter(|status| (100..600).contains(status))
}

/// The messages in a fence: mostly one, and more where a request follows a request. Nothing when
/// the text does not begin with one.
pub(super) fn read_all(reader: &Reader<'_, '_>, block: &CodeBlock<'_>) -> Vec<(Side, Message)> {
    let text = &*block.text;
    let mut lines = Lines::of(text, 0..text.len());
    let Some(first) = lines.find(|line| !line.text.trim().is_empty()) else {
        return Vec::new();
    };
    let Some(side) = side_of(first.text) else {
        return Vec::new();
    };
    let mut starts = vec![first.start];
    if side == Side::Request {
        let further = lines.filter(|line| is_further_request(line.text));
        starts.extend(further.map(|line| line.start));
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let parts = starts.iter().zip(ends);
    parts
        .map(|(&start, end)| (side, read(reader, block, start..end)))
        .collect()
}

/// A line of a fence, with its place in the text.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
}

/// The lines of a part of a text. A body may have very many, of which few need a look.
#[derive(Clone)]
struct Lines<'t> {
    text: &'t str,
    rest: Range<usize>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str, part: Range<usize>) -> Self {
        Self { text, rest: part }
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = Line<'t>;

    fn next(&mut self) -> Option<Line<'t>> {
        let start = self.rest.start;
        let rest = self.text.get(self.rest.clone())?;
        if rest.is_empty() {
            return None;
        }
        let length = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        self.rest.start += length;
        let text = rest.get(..length)?.trim_end_matches(['\n', '\r']);
        Some(Line { start, text })
    }
}

/// Whether a line begins another message: it is a request line with an address, which no line of a
/// body is.
fn is_further_request(line: &str) -> bool {
    if line.starts_with(char::is_whitespace) {
        return false;
    }
    let address = split_method(line).map(|(_, rest)| rest.trim_start());
    address.is_some_and(|rest| rest.starts_with("https://") || rest.starts_with('/'))
}

fn read(reader: &Reader<'_, '_>, block: &CodeBlock<'_>, part: Range<usize>) -> Message {
    let mut lines = Lines::of(&block.text, part);
    let Some(first) = lines.next() else {
        return Message::default();
    };
    let mut message = Message {
        start_line: first.text.trim().to_owned(),
        span: span_at(block, first.start, first.text.len()),
        ..Message::default()
    };
    let behind = read_headers(&mut message, lines);
    set_body(reader, block, &mut message, behind.rest);
    message
}

/// Takes in the header lines; returns the lines behind them. One blank line may stand before the
/// headers, and none before the body.
fn read_headers<'t>(message: &mut Message, mut lines: Lines<'t>) -> Lines<'t> {
    let mut behind = lines.clone();
    let is_blank = |line: Line<'_>| line.text.trim().is_empty();
    if behind.next().is_some_and(is_blank) && next_header(&behind).is_some() {
        lines = behind;
    }
    while let Some(((name, value), behind)) = next_header(&lines) {
        message.headers.push((name.to_owned(), value.to_owned()));
        lines = behind;
    }
    lines
}

/// The header on the next line, and the lines behind it.
fn next_header<'t>(lines: &Lines<'t>) -> Option<((&'t str, &'t str), Lines<'t>)> {
    let mut behind = lines.clone();
    let line = behind.next()?;
    Some((header(line.text)?, behind))
}

fn header(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim();
    let token = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (!name.is_empty() && name.bytes().all(token)).then(|| (name, value.trim()))
}

/// Sets the body to what a part of a fence holds, blank lines around it left out.
fn set_body(
    reader: &Reader<'_, '_>,
    block: &CodeBlock<'_>,
    message: &mut Message,
    part: Range<usize>,
) {
    let text = block.text.get(part.clone()).unwrap_or_default().trim_end();
    let (blank, _) = text.split_at(text.len() - text.trim_start().len());
    let start = memchr::memrchr(b'\n', blank.as_bytes()).map_or(0, |end| end + 1);
    let body = text.get(start..).unwrap_or_default();
    if body.is_empty() {
        return;
    }
    body.clone_into(&mut message.body);
    message.body_span = span_at(block, part.start + start, message.body.len());
    read_json(reader, message);
}

/// Sets the body of a message that has none to the text of the fence below it.
pub(super) fn set_body_block(
    reader: &Reader<'_, '_>,
    message: &mut Message,
    block: &CodeBlock<'_>,
) {
    set_body(reader, block, message, 0..block.text.len());
}

/// A message of which nothing but its body is shown.
pub(super) fn body_only(reader: &Reader<'_, '_>, block: &CodeBlock<'_>) -> Message {
    let mut message = Message::default();
    set_body_block(reader, &mut message, block);
    message.span = message.body_span;
    message
}

/// Reads the body as JSON when it looks like it, or when the message says that it is.
fn read_json(reader: &Reader<'_, '_>, message: &mut Message) {
    if !message.body.starts_with(['{', '[']) {
        return;
    }
    match lenient_json::read(&message.body) {
        Ok(document) => {
            if let Some(fault) = document.faults.first() {
                let span = at(message.body_span, fault.offset);
                let diagnostic = Diagnostic::new(
                    Code::ExampleJson,
                    span,
                    format!(
                        "the body of an example is no strict JSON: {}",
                        fault.message
                    ),
                );
                reader.add(diagnostic.with_severity(Severity::Note));
            }
            for repeated in document.repeated {
                report_repeated(reader, message.body_span, &repeated);
                message.repeated_members.push(repeated.name);
            }
            message.json = Some(document.value);
        }
        Err(fault) => {
            let span = at(message.body_span, fault.offset);
            reader.report(
                Code::ExampleJson,
                span,
                format!(
                    "the body of an example can't be read as JSON: {}",
                    fault.message
                ),
            );
        }
    }
}

/// Tells of a member that takes the place of another one.
fn report_repeated(reader: &Reader<'_, '_>, body: Span, repeated: &Repeated) {
    let name = &repeated.name;
    let message = format!(
        "an object in the example has a second member `{name}`: readers keep one of the two"
    );
    let diagnostic = Diagnostic::new(
        Code::ExampleMemberRepeated,
        at(body, repeated.offset),
        message,
    )
    .with_label("the same name again")
    .with_related(at(body, repeated.first), "the first one")
    .with_help("take out the one that is wrong, or give it the name that is meant");
    reader.add(diagnostic);
}

fn at(body: Span, offset: usize) -> Span {
    let start = (body.start as usize + offset).min(body.end as usize);
    Span::new(
        body.file,
        start,
        body.end.min(Span::new(body.file, start, start + 1).end) as usize,
    )
}
