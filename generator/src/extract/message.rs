//! The text of an HTTP message in a fence into its start line, headers and body.

use crate::diagnostic::{Code, Severity};
use crate::lenient_json;
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
    let lines = lines(&block.text);
    let Some(first) = lines.iter().position(|line| !line.text.trim().is_empty()) else {
        return Vec::new();
    };
    let Some(side) = lines.get(first).and_then(|line| side_of(line.text)) else {
        return Vec::new();
    };
    let starts = starts(&lines, first, side);
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let parts = starts.iter().zip(ends);
    parts
        .filter_map(|(&start, end)| lines.get(start..end))
        .map(|part| (side, read(reader, block, part)))
        .collect()
}

/// A line of a fence, with its place in the text.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let place = start;
        start += line.len();
        Line {
            start: place,
            text: line.trim_end_matches(['\n', '\r']),
        }
    });
    lines.collect()
}

/// Where messages begin: at the first line, and at each later line that is a request line with an
/// address, which no line of a body is.
fn starts(lines: &[Line<'_>], first: usize, side: Side) -> Vec<usize> {
    let mut starts = vec![first];
    if side == Side::Request {
        let later = lines.iter().enumerate().skip(first + 1);
        starts.extend(
            later
                .filter(|(_, line)| is_further_request(line.text))
                .map(|(place, _)| place),
        );
    }
    starts
}

fn is_further_request(line: &str) -> bool {
    let address = split_method(line).map(|(_, rest)| rest.trim_start());
    !line.starts_with(char::is_whitespace)
        && address.is_some_and(|rest| rest.starts_with("https://") || rest.starts_with('/'))
}

fn read(reader: &Reader<'_, '_>, block: &CodeBlock<'_>, lines: &[Line<'_>]) -> Message {
    let Some((first, rest)) = lines.split_first() else {
        return Message::default();
    };
    let mut message = Message {
        start_line: first.text.trim().to_owned(),
        span: span_at(block, first.start, first.text.len()),
        ..Message::default()
    };
    let body = read_headers(&mut message, rest);
    set_body(reader, block, &mut message, body);
    message
}

/// Takes in the header lines; returns the lines behind them. One blank line may stand before the
/// headers, and none before the body.
fn read_headers<'l, 't>(message: &mut Message, lines: &'l [Line<'t>]) -> &'l [Line<'t>] {
    let mut place = 0;
    let blank = |place: usize| {
        lines
            .get(place)
            .is_some_and(|line: &Line<'_>| line.text.trim().is_empty())
    };
    let header_at = |place: usize| lines.get(place).and_then(|line| header(line.text));
    if blank(0) && header_at(1).is_some() {
        place = 1;
    }
    while let Some((name, value)) = header_at(place) {
        message.headers.push((name.to_owned(), value.to_owned()));
        place += 1;
    }
    lines.get(place..).unwrap_or_default()
}

fn header(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim();
    let token = |sign: char| sign.is_ascii_alphanumeric() || "-_".contains(sign);
    (!name.is_empty() && name.chars().all(token)).then(|| (name, value.trim()))
}

/// Sets the body to what some lines hold, blank lines around them left out.
fn set_body(
    reader: &Reader<'_, '_>,
    block: &CodeBlock<'_>,
    message: &mut Message,
    lines: &[Line<'_>],
) {
    let filled = |line: &Line<'_>| !line.text.trim().is_empty();
    let (Some(first), Some(last)) = (
        lines.iter().find(|line| filled(line)),
        lines.iter().rev().find(|line| filled(line)),
    ) else {
        return;
    };
    let text = block
        .text
        .get(first.start..last.start + last.text.len())
        .unwrap_or_default();
    text.trim_end().clone_into(&mut message.body);
    message.body_span = span_at(block, first.start, message.body.len());
    read_json(reader, message);
}

/// Sets the body of a message that has none to the text of the fence below it.
pub(super) fn set_body_block(
    reader: &Reader<'_, '_>,
    message: &mut Message,
    block: &CodeBlock<'_>,
) {
    set_body(reader, block, message, &lines(&block.text));
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
    match lenient_json::parse(&message.body) {
        Ok((json, faults)) => {
            if let Some(fault) = faults.first() {
                let span = at(message.body_span, fault.offset);
                let diagnostic = crate::diagnostic::Diagnostic::new(
                    Code::ExampleJson,
                    span,
                    format!(
                        "the body of an example is no strict JSON: {}",
                        fault.message
                    ),
                );
                reader.add(diagnostic.with_severity(Severity::Note));
            }
            message.json = Some(json);
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

fn at(body: Span, offset: usize) -> Span {
    let start = (body.start as usize + offset).min(body.end as usize);
    Span::new(
        body.file,
        start,
        body.end.min(Span::new(body.file, start, start + 1).end) as usize,
    )
}
