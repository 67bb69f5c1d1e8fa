//! One page's structure into what it says, as records of [`schema`](crate::schema).
//!
//! Nothing here looks at another page: types are named as the page names them, and `assemble`
//! finds out later what they lead to. An included file is part of the page that includes it.

mod body;
mod counts;
mod enumeration;
mod errors;
mod examples;
mod flattened;
mod json_representation;
mod message;
mod operation;
mod outline;
mod pairs;
mod path;
mod permissions;
mod phrases;
mod properties;
mod prose;
mod query;
mod request;
mod resource;
mod response;
mod restrictions;
mod site;
mod summary;
mod tables;
mod type_cell;
mod unread;
mod values;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::cell::RefCell;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Inline, Page};
use crate::schema::{EnumType, Operation, StructuredType};
use crate::source::{FileId, SourceMap, Span};

use outline::Outline;
use site::Links;

pub use site::Site;

/// What one page says.
#[derive(BorshDeserialize, BorshSerialize, Clone, Debug, Default)]
pub struct PageFacts {
    /// The page.
    pub file: FileId,
    /// The `Namespace:` line, e.g. `microsoft.graph.security`.
    pub namespace: Option<String>,
    /// The H1.
    pub title: String,
    /// The structured types that the page describes.
    pub types: Vec<StructuredType>,
    /// The enumerations that have a table of members on the page.
    pub enums: Vec<EnumType>,
    /// The calls that the page describes.
    pub operations: Vec<Operation>,
}

/// What a page stands in.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The files.
    pub sources: &'a SourceMap,
    /// The page that an include of a file leads to; nothing when it does not exist.
    pub includes: &'a dyn Fn(FileId, &str) -> Option<&'a Page<'a>>,
    /// Where the pages are published, for links in documentation.
    pub site: Option<&'a Site>,
}

/// Reads what a page says, and tells what of it can't be read. A page without headings may be a
/// copy that has lost them: it is restored first.
#[must_use]
pub fn extract<'a>(page: &'a Page<'a>, context: &'a Context<'a>) -> (PageFacts, Vec<Diagnostic>) {
    let has_headings = page.sections.iter().any(|section| section.level > 0);
    let text = &context.sources.get(page.file).text;
    let restored = (!has_headings)
        .then(|| flattened::restore(page.file, text))
        .flatten();
    let Some(restored) = restored else {
        return facts_of(page, context);
    };
    let (mut facts, found) = restored_facts(&restored.page, context);
    let mut names = facts.enums.iter().map(|found| found.name.as_str());
    if let Some(namespace) = names.find_map(|name| namespace_in(text, name)) {
        let bare = facts.enums.iter_mut().filter(|e| !e.name.contains('.'));
        bare.for_each(|found| found.name = format!("{namespace}.{}", found.name));
    }
    let mut diagnostics = restored.diagnostics;
    diagnostics.extend(found);
    (facts, diagnostics)
}

/// What a page says that lives no longer than this call.
fn restored_facts(page: &Page<'_>, context: &Context<'_>) -> (PageFacts, Vec<Diagnostic>) {
    let includes = |from: FileId, target: &str| (context.includes)(from, target);
    let context = Context {
        sources: context.sources,
        includes: &includes,
        site: context.site,
    };
    facts_of(page, &context)
}

/// The namespace in which a text elsewhere speaks of a type whose page does not name one.
fn namespace_in(text: &str, name: &str) -> Option<String> {
    if name.contains('.') {
        return None;
    }
    let suffix = format!(".{name}");
    let is_part = |sign: char| sign.is_ascii_alphanumeric() || sign == '.' || sign == '_';
    text.match_indices(&suffix).find_map(|(at, _)| {
        let (before, after) = (text.get(..at)?, text.get(at + suffix.len()..)?);
        let namespace = before.rsplit(|sign| !is_part(sign)).next()?;
        let whole = !after.starts_with(|sign: char| sign.is_ascii_alphanumeric());
        let known = namespace.starts_with("microsoft.") && prose::is_type_name(namespace);
        (whole && known).then(|| namespace.to_owned())
    })
}

fn facts_of<'a>(page: &'a Page<'_>, context: &'a Context<'a>) -> (PageFacts, Vec<Diagnostic>) {
    let reader = Reader::new(page, context);
    let mut facts = PageFacts {
        file: page.file,
        namespace: reader.namespace.clone(),
        title: reader.title.clone(),
        ..PageFacts::default()
    };
    facts.enums = enumeration::read(&reader);
    facts.operations = operation::read(&reader);
    if facts.operations.is_empty() {
        facts.types = resource::read(&reader);
    }
    report_emptiness(&reader, &facts);
    (facts, reader.diagnostics.into_inner())
}

/// A page that says nothing that the schema has a place for may be meant that way; so may a part of
/// a page.
fn report_emptiness(reader: &Reader<'_, '_>, facts: &PageFacts) {
    if !facts.enums.is_empty() || !facts.types.is_empty() || !facts.operations.is_empty() {
        unread::report(reader, facts);
        return;
    }
    let span = reader.title_span();
    if reader.is_api() {
        let message = format!("\"{}\" shows no HTTP request", reader.title);
        reader.report(Code::NoHttpRequest, span, message);
        return;
    }
    let message = match reader.outline.title() {
        Some(_) => format!("\"{}\" describes no type and no enumeration", reader.title),
        None => "the page has no heading: it describes nothing that can be read".to_owned(),
    };
    reader.report(Code::PageWithoutFacts, span, message);
}

/// A page while it is read.
struct Reader<'a, 's> {
    page: &'a Page<'s>,
    context: &'a Context<'a>,
    outline: Outline<'a, 's>,
    /// The page's path below the documents folder.
    path: &'a str,
    links: Links<'a>,
    namespace: Option<String>,
    title: String,
    diagnostics: RefCell<Vec<Diagnostic>>,
}

impl<'a, 's> Reader<'a, 's> {
    fn new(page: &'a Page<'s>, context: &'a Context<'a>) -> Self {
        let path = context.sources.get(page.file).path.as_str();
        let outline = Outline::new(page);
        let title = outline.title().and_then(|index| outline.section(index));
        let title = title
            .map(|section| site_title(&section.heading))
            .or_else(|| front_title(page));
        Self {
            page,
            context,
            namespace: resource::namespace(&outline),
            outline,
            path,
            links: Links::new(path, context.site).among(context.sources),
            title: title.unwrap_or_default(),
            diagnostics: RefCell::new(Vec::new()),
        }
    }

    fn report(&self, code: Code, span: Span, message: String) {
        self.add(Diagnostic::new(code, span, message));
    }

    fn add(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// A name with the page's namespace, unless it has one of its own.
    fn qualify(&self, name: &str) -> String {
        match &self.namespace {
            Some(namespace) if !name.contains('.') => format!("{namespace}.{name}"),
            _ => name.to_owned(),
        }
    }

    fn title_span(&self) -> Span {
        let title = self
            .outline
            .title()
            .and_then(|index| self.outline.section(index));
        title.map_or(Span::new(self.page.file, 0, 0), |section| {
            section.heading.span
        })
    }

    fn is_api(&self) -> bool {
        self.path.starts_with("api/") || self.path.contains("/api/")
    }
}

/// The title without the suffix that the site's export of a page puts behind it.
fn site_title(heading: &Inline<'_>) -> String {
    let text = heading.text();
    let title = match text.contains('-') {
        true => text.split(" - Microsoft Graph").next().unwrap_or_default(),
        false => &text,
    };
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn front_title(page: &Page<'_>) -> Option<String> {
    let entry = page
        .front_matter
        .iter()
        .find(|entry| entry.key == "title")?;
    Some(entry.value.to_owned())
}
