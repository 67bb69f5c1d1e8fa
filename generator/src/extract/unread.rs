//! What a page holds and its facts do not: no row of a table and no message of an example is passed
//! over in silence.
//!
//! Works by places alone: whatever the stages before made something of, or complained of, has a
//! place, and what has none was not read.

use crate::diagnostic::Code;
use crate::page::{BlockKind, CodeBlock, Inline, Row, Table};
use crate::schema::{
    EnumType, Example, Message, Operation, Property, RequestBody, StructuredType, TypeRef,
};
use crate::source::{FileId, Span};

use super::tables::{is_blank, is_group};
use super::{PageFacts, Reader, permissions, request};

/// The languages of fences that hold messages.
const LANGUAGES: [&str; 3] = ["http", "msgraph-interactive", ""];

/// Reports the rows and the messages that nothing was made of. A page of which nothing could be
/// read is reported as a whole elsewhere.
pub(super) fn report(reader: &Reader<'_, '_>, facts: &PageFacts) {
    let read = Places::of(reader, facts);
    for (index, section) in reader.page.sections.iter().enumerate() {
        for block in &section.blocks {
            match &block.kind {
                // Several tables of permissions become one record a scheme, with one place.
                BlockKind::Table(_) if permissions::is_about(reader, index) => {}
                BlockKind::Table(table) => report_rows(reader, table, &read),
                BlockKind::Code(code) => report_messages(reader, index, code, &read),
                _ => {}
            }
        }
    }
}

/// Where something was read or complained of in the page's own file.
struct Places {
    /// The beginnings of facts, in order.
    read: Vec<u32>,
    /// What diagnostics are about.
    told: Vec<Span>,
}

impl Places {
    fn of(reader: &Reader<'_, '_>, facts: &PageFacts) -> Self {
        let mut places = Collector {
            file: reader.page.file,
            starts: Vec::new(),
        };
        facts.types.iter().for_each(|found| places.of_type(found));
        facts.enums.iter().for_each(|found| places.of_enum(found));
        for operation in &facts.operations {
            places.of_operation(operation);
        }
        places.starts.sort_unstable();
        let told = reader.diagnostics.borrow();
        let told = told.iter().map(|diagnostic| diagnostic.span);
        Self {
            read: places.starts,
            told: told.filter(|span| span.file == places.file).collect(),
        }
    }

    fn has_one_in(&self, span: Span) -> bool {
        let first = self.read.partition_point(|start| *start < span.start);
        let is_read = self.read.get(first).is_some_and(|start| *start < span.end);
        let overlaps = |told: &Span| told.start <= span.end && span.start <= told.end;
        is_read || self.told.iter().any(overlaps)
    }
}

/// Gathers the places of facts.
struct Collector {
    file: FileId,
    starts: Vec<u32>,
}

impl Collector {
    fn add(&mut self, span: Span) {
        if span.file == self.file {
            self.starts.push(span.start);
        }
    }

    fn of_type(&mut self, structured: &StructuredType) {
        self.add(structured.span);
        self.of_refs(structured.base_type.iter());
        self.of_properties(&structured.properties);
        for navigation in &structured.navigation_properties {
            self.add(navigation.span);
        }
        self.of_refs(structured.listed_subtypes.iter());
        for method in &structured.methods {
            self.add(method.span);
        }
    }

    fn of_enum(&mut self, enumeration: &EnumType) {
        self.add(enumeration.span);
        for member in &enumeration.members {
            self.add(member.span);
        }
    }

    fn of_operation(&mut self, operation: &Operation) {
        for path in &operation.path_templates {
            self.add(path.span);
        }
        self.of_properties(&operation.parameters);
        for option in &operation.query_options {
            self.add(option.span);
            option.properties.iter().for_each(|p| self.add(p.span));
        }
        operation.headers.iter().for_each(|h| self.add(h.span));
        self.of_body(&operation.request_body);
        for response in &operation.responses {
            self.add(response.span);
            self.of_refs(response.type_ref.iter());
        }
        operation.errors.iter().for_each(|e| self.add(e.span));
        operation.permissions.iter().for_each(|p| self.add(p.span));
        operation.restrictions.iter().for_each(|r| self.add(r.span));
        operation.examples.iter().for_each(|e| self.of_example(e));
    }

    fn of_body(&mut self, body: &RequestBody) {
        match body {
            RequestBody::Properties {
                type_ref,
                properties,
            } => {
                self.of_refs(type_ref.iter());
                self.of_properties(properties);
            }
            RequestBody::Type { type_ref } => self.add(type_ref.span),
            RequestBody::None | RequestBody::Content { .. } | RequestBody::Undocumented => {}
        }
    }

    fn of_example(&mut self, example: &Example) {
        let messages = example.request.iter().chain(&example.response);
        for Message {
            span, body_span, ..
        } in messages
        {
            self.add(*span);
            self.add(*body_span);
        }
    }

    fn of_properties(&mut self, properties: &[Property]) {
        for property in properties {
            self.add(property.span);
            self.add(property.type_ref.span);
        }
    }

    fn of_refs<'t>(&mut self, refs: impl Iterator<Item = &'t TypeRef>) {
        refs.for_each(|type_ref| self.add(type_ref.span));
    }
}

/// One diagnostic for each run of rows that nothing was made of. Rows that only name a group of
/// others, or say that there is nothing, hold no facts.
fn report_rows(reader: &Reader<'_, '_>, table: &Table<'_>, read: &Places) {
    let mut run: Option<(Span, usize)> = None;
    for row in &table.rows {
        // Where nothing before it was passed over, a row that was read changes nothing.
        let is_read = read.has_one_in(row.span);
        if is_read && run.is_none() {
            continue;
        }
        if is_group(row) || is_blank(row) || says_nothing(row) {
            continue;
        }
        if is_read {
            report_run(reader, run.take());
        } else {
            let (span, count) = run.unwrap_or((row.span, 0));
            run = Some((span.to(row.span), count + 1));
        }
    }
    report_run(reader, run);
}

/// "None" and nothing else, marks alone, or an annotation such as `@odata.type`, which every value
/// may have.
fn says_nothing(row: &Row<'_>) -> bool {
    let has_word = |cell: &Inline<'_>| cell.text().contains(char::is_alphanumeric);
    if !row.cells.iter().any(has_word) {
        return true;
    }
    let mut cells = row.cells.iter().map(|cell| cell.text());
    let first = cells.next().unwrap_or_default();
    let first = first.trim().trim_end_matches('.');
    let is_annotation = first.trim_start_matches('@').starts_with("odata.");
    let is_none = first.eq_ignore_ascii_case("none");
    is_annotation || (is_none && cells.all(|cell| cell.trim().is_empty()))
}

fn report_run(reader: &Reader<'_, '_>, run: Option<(Span, usize)>) {
    let Some((span, count)) = run else { return };
    let message = match count {
        1 => "a row of a table was passed over".to_owned(),
        count => format!("{count} rows of a table were passed over"),
    };
    reader.report(Code::RowsUnread, span, message);
}

/// Reports the request lines of a fence that are no path of an operation, and a fence that is no
/// part of an example.
fn report_messages(reader: &Reader<'_, '_>, section: usize, code: &CodeBlock<'_>, read: &Places) {
    let is_http = LANGUAGES.contains(&code.language.as_ref());
    let is_whole = (code.text_span.end - code.text_span.start) as usize == code.text.len();
    let lists_requests = lists_requests(reader, section);
    let mut offset = code.text_span.start as usize;
    for line in code.text.split_inclusive('\n') {
        let end = offset + line.len();
        let span = match is_whole {
            true => Span::new(code.text_span.file, offset, end.saturating_sub(1)),
            false => code.text_span,
        };
        offset = end;
        if line.trim().is_empty() {
            continue;
        }
        let is_message = is_http && is_start(line);
        let span_read = if lists_requests { span } else { code.text_span };
        if is_message && !read.has_one_in(span_read) {
            let line = line.trim();
            let message = format!("`{line}` belongs to no operation and to no example");
            reader.report(Code::MessageUnread, span, message);
        }
        if !lists_requests {
            break;
        }
    }
    report_sample(reader, section, code, read);
}

/// JSON below "Example" that is neither the body of a request nor of a response.
fn report_sample(reader: &Reader<'_, '_>, section: usize, code: &CodeBlock<'_>, read: &Places) {
    let is_json = code.text.trim_start().starts_with(['{', '[']);
    let outline = &reader.outline;
    let in_example = outline.within(section, |heading| heading.starts_with("example"));
    if is_json && in_example && !read.has_one_in(code.text_span) {
        let message = "the JSON is no part of an example's request or response".to_owned();
        reader.report(Code::MessageUnread, code.text_span, message);
    }
}

fn lists_requests(reader: &Reader<'_, '_>, section: usize) -> bool {
    let outline = &reader.outline;
    outline.within(section, |heading| heading.starts_with("http request"))
        && !outline.within(section, |heading| heading.starts_with("example"))
}

/// Whether a line starts a request or a response.
fn is_start(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("HTTP/") || request::split_method(line).is_some()
}
