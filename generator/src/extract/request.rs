//! The fences below "HTTP request" into methods and paths.

use crate::diagnostic::Code;
use crate::page::{BlockKind, CodeBlock};
use crate::schema::PathTemplate;
use crate::source::Span;

use super::json_representation::span_at;
use super::{Reader, path};

const METHODS: &[&str] = &["GET", "POST", "PATCH", "PUT", "DELETE"];

/// All documented paths of one method.
#[derive(Clone, Debug, Default)]
pub(super) struct RequestLines {
    /// The method.
    pub(super) method: &'static str,
    /// Its paths, each once.
    pub(super) paths: Vec<PathTemplate>,
}

/// Reads the request lines of the page, one record a method, in the order of the page.
pub(super) fn read(reader: &Reader<'_, '_>) -> Vec<RequestLines> {
    let mut methods: Vec<RequestLines> = Vec::new();
    for (method, path, span) in best_lines(reader) {
        add(reader, &mut methods, method, path, span);
    }
    methods
}

/// The headings below which request lines stand, the better ones first: a page without a section
/// HTTP request may have one named Request, and one without either shows them somewhere else.
/// Examples have sections of that name, too.
const PLACES: &[fn(&str) -> bool] = &[
    |heading| heading.starts_with("http request"),
    |heading| matches!(heading, "request" | "request syntax"),
    |_| true,
];

/// A request line: its method, its path, and where it stands.
type Line = (&'static str, String, Span);

/// The request lines of the best sections that have some.
fn best_lines(reader: &Reader<'_, '_>) -> Vec<Line> {
    let places = if reader.is_api() {
        PLACES
    } else {
        &PLACES[..1]
    };
    let mut found = places.iter().map(|place| {
        let blocks = blocks_below(reader, place).into_iter();
        blocks.flat_map(lines).collect::<Vec<_>>()
    });
    found.find(|lines| !lines.is_empty()).unwrap_or_default()
}

fn blocks_below<'a, 's>(
    reader: &Reader<'a, 's>,
    test: impl Fn(&str) -> bool,
) -> Vec<&'a CodeBlock<'s>> {
    let outline = &reader.outline;
    let sections = 0..reader.page.sections.len();
    let sections = sections.filter(|&index| {
        outline.within(index, &test)
            && !outline.within(index, |heading| heading.starts_with("example"))
    });
    let blocks = sections.flat_map(|index| outline.blocks(index..index + 1));
    let codes = blocks.filter_map(|block| match &block.kind {
        BlockKind::Code(code)
            if code
                .tab
                .as_deref()
                .is_none_or(|tab| tab.starts_with("http")) =>
        {
            Some(code)
        }
        _ => None,
    });
    codes.collect()
}

/// The request lines in a fence. A fence may say "or" between them; headers and bodies follow some.
fn lines<'a>(block: &'a CodeBlock<'_>) -> impl Iterator<Item = Line> + 'a {
    let mut offset = 0;
    block.text.split_inclusive('\n').filter_map(move |line| {
        let start = offset;
        offset += line.len();
        let (method, rest) = split_method(line)?;
        let path = path::normalise(rest)?;
        let indent = line.len() - line.trim_start().len();
        let span = span_at(block, start + indent, line.trim().len());
        Some((method, path, span))
    })
}

/// The method at the beginning of a line, and what follows it. Some lines lack the space between.
pub(super) fn split_method(line: &str) -> Option<(&'static str, &str)> {
    let line = line.trim_start();
    if !line.starts_with(['G', 'P', 'D', 'g', 'p', 'd']) {
        return None;
    }
    METHODS.iter().find_map(|method| {
        let start = line.get(..method.len())?;
        let rest = line.get(method.len()..)?;
        let ends = rest.starts_with([' ', '\t', '/']);
        (start.eq_ignore_ascii_case(method) && ends).then_some((*method, rest))
    })
}

fn add(
    reader: &Reader<'_, '_>,
    methods: &mut Vec<RequestLines>,
    method: &'static str,
    path: String,
    span: Span,
) {
    let known = methods.iter().position(|lines| lines.method == method);
    let place = known.unwrap_or_else(|| {
        methods.push(RequestLines {
            method,
            paths: Vec::new(),
        });
        methods.len() - 1
    });
    let Some(lines) = methods.get_mut(place) else {
        return;
    };
    if lines.paths.iter().any(|template| template.text == path) {
        return;
    }
    let parsed = path::parse(&path);
    if let Some(part) = parsed.unsupported.first() {
        let message = format!(
            "the part `{part}` of the path `{path}` has no equivalent: it is taken literally"
        );
        reader.report(Code::UnsupportedPath, span, message);
    }
    lines.paths.push(PathTemplate {
        text: path,
        segments: parsed.segments,
        span,
    });
}
