//! HTML comments into metadata: `<!-- { "blockType": … } -->`.

use std::ops::Range;

use serde_json::{Map, Value};

use super::{Annotation, AnnotationFault, blank};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::lenient_json::{self, Fault};
use crate::source::{FileId, Span};

/// Metadata that never describes a fence, though one may follow.
const STANDALONE: &[&str] = &["permissions", "page.annotation"];

/// The members that metadata on a fence has; a comment without any is commented-out content.
const IDENTIFYING: &[&str] = &["blockType", "@odata.type", "@type"];

/// Where a comment stands, and where the text between its markers does.
pub(super) struct Found {
    pub(super) whole: Range<usize>,
    pub(super) body: Range<usize>,
    /// No marker closes the comment, or only that of another comment.
    pub(super) unclosed: bool,
}

/// The comment that opens at the byte `at` of a text.
///
/// Without a closing marker of its own, metadata ends on the line on which its braces are balanced,
/// and any other comment at the end of its line.
pub(super) fn find(text: &str, at: usize) -> Found {
    let start = at + "<!--".len();
    let rest = text.get(start..).unwrap_or_default();
    let end = closing_marker(rest);
    let body = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
    let is_metadata = blank::trim_start(body).starts_with('{');
    let swallows = is_metadata && opening_marker(body).is_some();
    let own_end = match swallows || end.is_none() {
        true => unclosed_end(body, is_metadata, end.is_none()),
        false => None,
    };
    if let Some(length) = own_end {
        let body = start..start + length;
        let line_end = memchr::memchr(b'\n', text.as_bytes().get(body.end..).unwrap_or_default());
        let whole_end = line_end.map_or(text.len(), |end| body.end + end);
        return Found {
            whole: at..whole_end,
            body,
            unclosed: true,
        };
    }
    let length = end.unwrap_or(rest.len());
    Found {
        whole: at..(start + length + "-->".len()).min(text.len()),
        body: start..start + length,
        unclosed: end.is_none(),
    }
}

/// The first `<!--` of a text.
pub(super) fn opening_marker(text: &str) -> Option<usize> {
    let mut signs = memchr::memchr_iter(b'<', text.as_bytes());
    signs.find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with("<!--")))
}

/// The first `-->` of a text.
fn closing_marker(text: &str) -> Option<usize> {
    let mut signs = memchr::memchr_iter(b'>', text.as_bytes());
    signs.find_map(|at| text.get(..at)?.strip_suffix("--").map(str::len))
}

/// The length of the body of a comment that its author did not close.
fn unclosed_end(body: &str, is_metadata: bool, open_ended: bool) -> Option<usize> {
    if is_metadata {
        let leading = body.len() - body.trim_start().len();
        let object = lenient_json::object_length(body.trim_start())?;
        let end = leading + object;
        // Another comment inside the braces is part of a text in quotes.
        let is_behind = body.get(end..).is_some_and(|rest| rest.contains("<!--"));
        return (is_behind || open_ended).then_some(end);
    }
    Some(body.find('\n').unwrap_or(body.len()))
}

/// Reads the text of a comment that begins with a brace.
pub(super) fn annotation<'s>(
    file: FileId,
    found: &Found,
    text: &'s str,
) -> (Annotation<'s>, Option<Diagnostic>) {
    let body = text.get(found.body.clone()).unwrap_or_default();
    let span = Span::new(file, found.whole.start, found.whole.end);
    let mut annotation = Annotation {
        text: body,
        span,
        ..Annotation::default()
    };
    let (members, faults, fatal) = members(body);
    annotation.members = members;
    let start = found.body.start;
    let diagnostic = faults
        .first()
        .map(|fault| diagnose(file, start, fault, body, fatal));
    let as_fault = |fault: &Fault| AnnotationFault {
        message: fault.message.clone(),
        fatal,
    };
    annotation.faults = faults.iter().map(as_fault).collect();
    (annotation, diagnostic)
}

fn members(body: &str) -> (Map<String, Value>, Vec<Fault>, bool) {
    match lenient_json::parse(body) {
        Ok((Value::Object(members), faults)) => (members, faults, false),
        Ok((_, _)) => (
            Map::new(),
            vec![Fault::new(0, "the metadata is no object")],
            true,
        ),
        Err(fault) => (Map::new(), vec![fault], true),
    }
}

/// Words behind the object are how upstream notes things; only what is broken is worth a line.
fn diagnose(file: FileId, start: usize, fault: &Fault, body: &str, fatal: bool) -> Diagnostic {
    let at = start + fault.offset.min(body.len());
    let width = body
        .get(fault.offset..)
        .and_then(|rest| rest.chars().next());
    let span = Span::new(file, at, at + width.map_or(0, char::len_utf8));
    let message = match fatal {
        true => "the metadata comment is unreadable JSON",
        false => "the metadata comment is not strict JSON",
    };
    let severity = if fatal {
        Severity::Error
    } else {
        Severity::Warning
    };
    let diagnostic = Diagnostic::new(Code::MetadataSyntax, span, message);
    diagnostic
        .with_severity(severity)
        .with_label(fault.message.clone())
}

impl Annotation<'_> {
    /// The member `blockType`, when it is a text.
    #[must_use]
    pub fn block_type(&self) -> Option<&str> {
        self.members.get("blockType").and_then(Value::as_str)
    }

    /// The annotation may describe a fence that follows.
    pub(super) fn describes_fence(&self) -> bool {
        let standalone = self
            .block_type()
            .is_some_and(|kind| STANDALONE.contains(&kind));
        let has_identity = IDENTIFYING
            .iter()
            .any(|key| self.members.contains_key(*key));
        !standalone && (has_identity || self.is_unreadable())
    }

    /// The comment could not be read at all.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        self.faults.iter().any(|fault| fault.fatal)
    }
}
