//! Diagnostics into what a terminal shows, drawn as rustc draws them.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{FileId, SourceFile, SourceMap, Span};

/// Draws each diagnostic with the lines that it is about, an empty line behind each.
///
/// With `color`, the text holds ANSI escapes.
#[must_use]
pub fn human(diagnostics: &[Diagnostic], map: &SourceMap, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let drawn = diagnostics.iter().map(|diagnostic| {
        let group = group(diagnostic, map);
        renderer.render(&[group]).to_string() + "\n\n"
    });
    drawn.collect()
}

fn group<'a>(diagnostic: &'a Diagnostic, map: &'a SourceMap) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level
        .primary_title(one_line(&diagnostic.message))
        .id(diagnostic.code.as_str());
    let mut group = title.elements(snippets(diagnostic, map));
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(one_line(help)));
    }
    group
}

/// One snippet for each file, that of the diagnostic itself first.
fn snippets<'a>(
    diagnostic: &'a Diagnostic,
    map: &'a SourceMap,
) -> Vec<Snippet<'a, Annotation<'a>>> {
    let mut files: Vec<FileId> = vec![diagnostic.span.file];
    for related in &diagnostic.related {
        if !files.contains(&related.span.file) {
            files.push(related.span.file);
        }
    }
    files
        .into_iter()
        .map(|file| snippet(file, diagnostic, map))
        .collect()
}

fn snippet<'a>(
    id: FileId,
    diagnostic: &'a Diagnostic,
    map: &'a SourceMap,
) -> Snippet<'a, Annotation<'a>> {
    let file = map.get(id);
    let related = diagnostic
        .related
        .iter()
        .map(|related| (related.span, related.label.as_str()));
    let primary = (diagnostic.span, diagnostic.label.as_str());
    let places = std::iter::once(primary).chain(related).enumerate();
    let places: Vec<_> = places.filter(|(_, (span, _))| span.file == id).collect();
    let lines = lines_around(file, places.iter().map(|(_, (span, _))| *span));
    let source = file.text.get(lines.clone()).unwrap_or_default();
    let first_line = file
        .line_column(u32::try_from(lines.start).unwrap_or(u32::MAX))
        .line;
    let annotations = places.into_iter().map(|(place, (span, label))| {
        let kind = match place {
            0 => AnnotationKind::Primary,
            _ => AnnotationKind::Context,
        };
        let annotation = kind.span(within(file, span, &lines));
        match label {
            "" => annotation,
            label => annotation.label(one_line(label)),
        }
    });
    Snippet::source(source)
        .path(file.path.as_str())
        .line_start(first_line as usize)
        .annotations(annotations)
}

/// The whole lines that hold all spans: drawing takes as long as the text that it is given.
fn lines_around(file: &SourceFile, spans: impl Iterator<Item = Span>) -> Range<usize> {
    let (mut start, mut end) = (file.text.len(), 0);
    for span in spans {
        start = start.min(span.start as usize);
        end = end.max(span.end as usize).min(file.text.len());
    }
    let bytes = file.text.as_bytes();
    let before = bytes.get(..start).unwrap_or_default();
    let after = bytes.get(end..).unwrap_or_default();
    let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
    let end = memchr::memchr(b'\n', after).map_or(bytes.len(), |at| end + at);
    start.min(end)..end
}

/// The span counted from the first of the lines. Of a span of several lines, the first line.
fn within(file: &SourceFile, span: Span, lines: &Range<usize>) -> Range<usize> {
    let start = char_boundary(
        &file.text,
        (span.start as usize).clamp(lines.start, lines.end),
    );
    let end = char_boundary(&file.text, (span.end as usize).clamp(start, lines.end));
    let first = file
        .text
        .get(start..end)
        .and_then(|text| text.split('\n').next());
    let end = start + first.map_or(0, str::len);
    start - lines.start..end - lines.start
}

/// The last place up to `at` where a character begins or the text ends.
fn char_boundary(text: &str, at: usize) -> usize {
    let places = (0..=at).rev();
    let mut boundaries = places.filter(|at| text.is_char_boundary(*at));
    boundaries.next().unwrap_or(0)
}

/// Messages quote pages: what could move the cursor or colour the terminal becomes visible.
fn one_line(text: &str) -> String {
    let shown = text.chars().map(|c| match c {
        '\n' | '\r' | '\t' => ' ',
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    });
    shown.collect()
}
