//! The third witness: what the pages hold at first sight, line by line, without the reader.
//!
//! It knows which types and enumerations have a page, and counts request lines and examples. It is
//! kept apart from the stages that read pages, so that it can't share their mistakes.

use std::collections::BTreeMap;

use super::report::Place;
use crate::source::{FileId, FileKind, SourceFile, SourceMap};

/// The namespace of a page that names none.
const ROOT_NAMESPACE: &str = "microsoft.graph";

const METHODS: [&str; 5] = ["GET", "POST", "PATCH", "PUT", "DELETE"];

/// What the pages hold at first sight.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Lower case of a qualified name → the page that describes the structured type.
    pub(super) types: BTreeMap<String, Place>,
    /// Lower case of an enumeration's name, without namespace → the lists of its members.
    enums: BTreeMap<String, Vec<EnumList>>,
    /// The lines below "HTTP request".
    pub(super) request_lines: Vec<RequestLine>,
    /// The number of requests that the metadata comments of a page mark.
    pub(super) example_requests: Vec<(FileId, usize)>,
}

/// A list of an enumeration's members.
#[derive(Debug)]
struct EnumList {
    /// Lower case of the namespace that the page names.
    namespace: Option<String>,
    place: Place,
}

/// A documented request.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct RequestLine {
    /// The page.
    pub(super) file: FileId,
    /// The line; the first is 1.
    pub(super) line: u32,
    /// The method.
    pub(super) method: &'static str,
    /// What follows it.
    pub(super) rest: String,
}

/// Looks at every page.
pub(super) fn scan(sources: &SourceMap) -> Evidence {
    let mut evidence = Evidence::default();
    for (id, file) in sources.pages() {
        if file.kind != FileKind::Api {
            evidence.types_of(file);
            evidence.enums_of(file);
        }
        if file.kind != FileKind::Resource {
            evidence.requests_of(id, file);
        }
    }
    evidence
}

impl Evidence {
    /// The page that lists the members of an enumeration, given by its qualified name.
    pub(super) fn enum_list(&self, name: &str) -> Option<&Place> {
        let lower = name.to_lowercase();
        let (namespace, local) = lower.rsplit_once('.')?;
        let lists = self.enums.get(local)?;
        let fits = |list: &&EnumList| list.namespace.as_deref().is_none_or(|n| n == namespace);
        lists.iter().find(fits).map(|list| &list.place)
    }

    /// The identities in metadata comments; without any, the name in the H1.
    fn types_of(&mut self, file: &SourceFile) {
        let mut known = false;
        for line in type_comments(&file.text) {
            known = true;
            self.add_type(file, &line.1, line.0);
        }
        if let (false, Some((name, number))) = (known, titled(&file.text, "resource type")) {
            let namespace = namespace(&file.text);
            let namespace = namespace.as_deref().unwrap_or(ROOT_NAMESPACE);
            self.add_type(file, &format!("{namespace}.{name}"), number);
        }
    }

    fn add_type(&mut self, file: &SourceFile, name: &str, line: u32) {
        let place = place(file, line);
        self.types.entry(name.to_lowercase()).or_insert(place);
    }

    /// The headings that a table of members stands under.
    fn enums_of(&mut self, file: &SourceFile) {
        let namespace = namespace(&file.text).map(|n| n.to_lowercase());
        let mut open: Vec<(usize, String, u32)> = Vec::new();
        for line in lines(&file.text) {
            if let Some((level, title)) = line.heading() {
                open.retain(|(above, ..)| *above < level);
                open.extend(enum_name(title).map(|name| (level, name, line.number)));
            }
            if !line.in_fence && line.text.trim_start().starts_with('|') {
                for (_, name, number) in open.drain(..) {
                    let list = EnumList {
                        namespace: namespace.clone(),
                        place: place(file, number),
                    };
                    self.enums
                        .entry(name.to_lowercase())
                        .or_default()
                        .push(list);
                }
            }
        }
    }

    fn requests_of(&mut self, id: FileId, file: &SourceFile) {
        let mut marked = 0;
        let (mut below, mut example): (Option<usize>, Option<usize>) = (None, None);
        for line in lines(&file.text) {
            if let Some((level, title)) = line.heading() {
                below = below.filter(|above| level > *above);
                example = example.filter(|above| level > *above);
                let title = title.to_lowercase();
                if title.starts_with("example") {
                    example.get_or_insert(level);
                } else if title.starts_with("http request") && example.is_none() {
                    below = Some(level);
                }
            }
            match below {
                Some(_) if line.in_fence && !line.in_comment => {
                    self.request_lines.extend(line.request(id))
                }
                Some(_) => {}
                None => marked += usize::from(marks_request(line.text)),
            }
        }
        if marked > 0 {
            self.example_requests.push((id, marked));
        }
    }
}

/// The line of a table row below "Properties" or "Relationships" that begins with `name`.
pub(super) fn property_row(text: &str, name: &str) -> Option<u32> {
    let mut is_property_table = false;
    let mut found = lines(text).filter(|line| {
        if let Some((_, title)) = line.heading() {
            let title = title.to_lowercase();
            is_property_table = title.contains("propert") || title.contains("relationship");
        }
        is_property_table
            && !line.in_fence
            && !line.in_comment
            && first_cell(line.text) == Some(name)
    });
    found.next().map(|line| line.number)
}

/// The cells of a table row that begins with `|`.
pub(super) fn cells(line: &str) -> Option<Vec<&str>> {
    let row = line.trim().strip_prefix('|')?;
    Some(row.strip_suffix('|').unwrap_or(row).split('|').collect())
}

/// The first cell of a table row, less emphasis.
fn first_cell(line: &str) -> Option<&str> {
    let cell = cells(line)?.first().copied()?;
    Some(cell.trim_matches(|sign: char| sign.is_whitespace() || "*`\\_".contains(sign)))
}

fn place(file: &SourceFile, line: u32) -> Place {
    Place {
        page: file.path.clone(),
        line,
    }
}

/// A line of a page.
pub(super) struct Line<'t> {
    /// The first is 1.
    pub(super) number: u32,
    pub(super) text: &'t str,
    /// It stands in a code fence, or opens or closes one.
    pub(super) in_fence: bool,
    /// It stands in a comment that a line before it opens.
    pub(super) in_comment: bool,
}

/// The lines of a page, in order.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let (mut open_fence, mut in_comment) = (false, false);
    text.lines().zip(1..).map(move |(text, number)| {
        let is_fence = text.trim_start().starts_with("```");
        let line = Line {
            number,
            text,
            in_fence: open_fence || is_fence,
            in_comment,
        };
        open_fence ^= is_fence && !in_comment;
        in_comment = match text.rfind("-->") {
            Some(end) => text.get(end..).unwrap_or_default().contains("<!--"),
            None => in_comment || (!line.in_fence && text.contains("<!--")),
        };
        line
    })
}

impl<'t> Line<'t> {
    /// The level and the text of a heading; the titles of tabs are none.
    pub(super) fn heading(&self) -> Option<(usize, &'t str)> {
        let rest = self.text.trim_start_matches('#');
        let level = self.text.len() - rest.len();
        let title = rest.strip_prefix(' ')?.trim();
        let is_text = !self.in_fence && !self.in_comment;
        (level > 0 && is_text && !title.starts_with('[')).then_some((level, title))
    }

    fn request(&self, file: FileId) -> Option<RequestLine> {
        let text = self.text.trim();
        let method = METHODS.into_iter().find(|method| {
            let start = text.get(..method.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(method))
        })?;
        let rest = text.get(method.len()..)?;
        rest.starts_with([' ', '\t', '/']).then(|| RequestLine {
            file,
            line: self.number,
            method,
            rest: rest.trim().to_owned(),
        })
    }
}

/// The lines of metadata comments for resources, and the names in them.
fn type_comments(text: &str) -> Vec<(u32, String)> {
    let mut found = Vec::new();
    let mut offset = 0;
    for part in text.split("<!--") {
        let start = offset;
        offset += part.len() + "<!--".len();
        let comment = part.split("-->").next().unwrap_or(part);
        if start == 0 || member(comment, "blockType") != Some("resource") {
            continue;
        }
        let name = member(comment, "@odata.type").or_else(|| member(comment, "@type"));
        if let Some(name) = name {
            let before = text.get(..start).unwrap_or_default();
            let line = u32::try_from(before.lines().count()).unwrap_or(u32::MAX);
            found.push((line, name.trim_start_matches('#').to_owned()));
        }
    }
    found
}

/// The text of a member of a JSON object.
fn member<'t>(comment: &'t str, key: &str) -> Option<&'t str> {
    let (_, rest) = comment.split_once(&format!("\"{key}\""))?;
    let rest = rest.trim_start().strip_prefix(':')?;
    let rest = rest.trim_start().strip_prefix('"')?;
    rest.split_once('"').map(|(value, _)| value)
}

fn marks_request(line: &str) -> bool {
    member(line, "blockType") == Some("request")
}

/// The first word of an H1 that ends in `words`, and its line.
fn titled(text: &str, words: &str) -> Option<(String, u32)> {
    let mut titles = lines(text).filter_map(|line| {
        let (1, title) = line.heading()? else {
            return None;
        };
        Some((title.to_lowercase().ends_with(words), title, line.number))
    });
    let (fits, title, number) = titles.next()?;
    let name = title.split_whitespace().next()?;
    fits.then(|| (name.replace('\\', ""), number))
}

/// The enumeration that a heading names: `X enum type`, `X values`.
fn enum_name(title: &str) -> Option<String> {
    let words: Vec<&str> = title.split_whitespace().collect();
    let is_name = |name: &str| name.starts_with(|c: char| c.is_ascii_lowercase());
    match words.as_slice() {
        [name, "values"] | [name, "enum", "type"] | [name, "enumeration", "type"]
            if is_name(name) =>
        {
            Some(name.replace('\\', ""))
        }
        _ => None,
    }
}

/// The namespace that the page names.
fn namespace(text: &str) -> Option<String> {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("Namespace:"))?;
    let name = line.trim_matches(|sign: char| sign.is_whitespace() || "*`\\".contains(sign));
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests;
