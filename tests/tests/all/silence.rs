//! Nothing is passed over in silence: each row of a table, each request line and each message of an
//! example is in the IR or is named by a diagnostic.
//!
//! What there is to account for is found by a plain look at the lines of a page, which shares
//! nothing with the generator.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use graph_codegen::diagnostic::Code;
use graph_codegen::{Analysis, Docs};
use serde_json::Value;

use crate::folders;

const METHODS: [&str; 5] = ["GET", "POST", "PATCH", "PUT", "DELETE"];

/// Pages that are named as a whole: they hold nothing that the schema has a place for.
const NAMED_WHOLE: [Code; 2] = [Code::NoHttpRequest, Code::PageWithoutFacts];

/// A line that holds a fact.
#[derive(Debug)]
struct Fact {
    /// The first line is 1.
    line: u32,
    /// The last line that may account for it: that of its fence, where the fence is what is read.
    last: u32,
    kind: Kind,
    text: String,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Kind {
    /// A row below the delimiter row of a table.
    Row,
    /// A line of a fence below "HTTP request".
    RequestLine,
    /// The first line of a request or a response in another fence.
    Message,
}

/// A fence that is open.
#[derive(Clone, Copy)]
struct Fence {
    is_http: bool,
    /// It has had a line with text.
    has_begun: bool,
    /// It stands in a list, where places are those of the fence.
    is_indented: bool,
    /// The number of facts before it.
    before: usize,
}

/// Finds the facts of a page line by line.
#[derive(Default)]
struct Scan {
    facts: Vec<Fact>,
    fence: Option<Fence>,
    in_comment: bool,
    in_table: bool,
    below_requests: bool,
    header: Option<String>,
}

impl Scan {
    fn of(text: &str) -> Vec<Fact> {
        let mut scan = Self::default();
        for (line, number) in text.lines().zip(1..) {
            scan.line(line, number);
        }
        scan.facts
    }

    fn line(&mut self, line: &str, number: u32) {
        let text = line.trim();
        if self.fence.is_none() && (self.in_comment || text.contains("<!--")) {
            let closed = text.rfind("-->") > text.rfind("<!--");
            self.in_comment = match (text.contains("<!--"), text.contains("-->")) {
                (false, false) => self.in_comment,
                _ => !closed && !(text.contains("-->") && !text.contains("<!--")),
            };
            self.in_table = false;
            return;
        }
        if let Some(info) = text.strip_prefix("```") {
            let info = info.trim().to_lowercase();
            self.fence = match self.fence {
                Some(fence) => self.close(fence, number),
                None => Some(Fence {
                    is_http: ["", "http", "msgraph-interactive"].contains(&info.as_str()),
                    has_begun: false,
                    is_indented: line.starts_with(' '),
                    before: self.facts.len(),
                }),
            };
            self.in_table = false;
        } else if self.fence.is_some() {
            self.in_fence(text, number);
        } else {
            self.prose(line, text, number);
        }
    }

    /// A message is accounted for by any line of its fence, as are request lines in a list.
    fn close(&mut self, fence: Fence, number: u32) -> Option<Fence> {
        for fact in self.facts.iter_mut().skip(fence.before) {
            if fact.kind == Kind::Message || fence.is_indented {
                fact.last = number;
            }
        }
        if fence.is_indented
            && let Some(first) = self.facts.get(fence.before).map(|fact| fact.line)
        {
            let facts = self.facts.iter_mut().skip(fence.before);
            facts.for_each(|fact| fact.line = first);
        }
        None
    }

    fn in_fence(&mut self, text: &str, number: u32) {
        let Some(fence) = self.fence.filter(|_| !text.is_empty()) else {
            return;
        };
        self.fence = Some(Fence {
            has_begun: true,
            ..fence
        });
        let starts = is_method_line(text) || text.starts_with("HTTP/");
        if fence.is_http && starts && (self.below_requests || !fence.has_begun) {
            let kind = match self.below_requests {
                true => Kind::RequestLine,
                false => Kind::Message,
            };
            self.add(kind, text, number);
        }
    }

    fn prose(&mut self, line: &str, text: &str, number: u32) {
        let title = line.trim_start_matches('#');
        if title.len() < line.len() && title.starts_with(' ') && !title.trim().starts_with('[') {
            self.below_requests = title.trim().to_lowercase().starts_with("http request");
        }
        let is_delimiter = text.contains('-') && text.chars().all(|sign| "|:- \t".contains(sign));
        if !text.starts_with('|') {
            self.in_table = false;
            self.header = None;
        } else if is_delimiter && self.header.is_some() {
            self.in_table = true;
        } else if self.in_table {
            if holds_fact(text) {
                self.add(Kind::Row, text, number);
            }
        } else {
            self.header = Some(text.to_owned());
        }
    }

    fn add(&mut self, kind: Kind, text: &str, line: u32) {
        let text = text.to_owned();
        let last = line;
        self.facts.push(Fact {
            line,
            last,
            kind,
            text,
        });
    }
}

fn is_method_line(text: &str) -> bool {
    METHODS.iter().any(|method| {
        let rest = text.strip_prefix(method);
        rest.is_some_and(|rest| rest.starts_with([' ', '\t', '/']))
    })
}

fn cells(row: &str) -> Vec<&str> {
    let row = row.trim_matches('|');
    row.split('|').map(str::trim).collect()
}

/// Whether a row holds more than a title of the rows below it, "None", or an annotation.
fn holds_fact(row: &str) -> bool {
    let cells = cells(row);
    let (first, rest) = cells.split_first().expect("a row has a cell");
    let name = first.trim_matches(['*', '`', '.', '@', ' ']);
    let is_alone = rest.iter().all(|cell| cell.is_empty());
    let is_title = is_alone && (rest.is_empty() || first.starts_with("**"));
    let is_none = is_alone && (name.eq_ignore_ascii_case("none") || name.is_empty());
    !is_title && !is_none && !name.starts_with("odata.")
}

/// The lines that the schema or a diagnostic names, by page.
fn accounted(docs: &Docs, analysis: &Analysis) -> BTreeMap<String, BTreeSet<u32>> {
    let mut lines = BTreeMap::<String, BTreeSet<u32>>::new();
    collect(&graph_codegen::export(docs, analysis), &mut lines);
    for found in &analysis.diagnostics {
        let file = docs.sources.get(found.span.file);
        let first = docs.sources.line_column(found.span).line;
        let last = match NAMED_WHOLE.contains(&found.code) {
            true => u32::try_from(file.text.lines().count()).expect("a page of few lines"),
            false => docs.sources.end_line_column(found.span).line,
        };
        let lines = lines.entry(file.path.clone()).or_default();
        lines.extend(first..=last);
    }
    lines
}

/// The first lines of all places in the exported schema.
fn collect(value: &Value, lines: &mut BTreeMap<String, BTreeSet<u32>>) {
    match value {
        Value::Object(members) => {
            if let (Some(path), Some(line)) = (value["path"].as_str(), value["line"].as_u64()) {
                let line = u32::try_from(line).expect("a line");
                lines.entry(path.to_owned()).or_default().insert(line);
            }
            members.values().for_each(|member| collect(member, lines));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, lines)),
        _ => {}
    }
}

/// The names of the members of what several pages describe: of a row that is repeated, the schema
/// names one place.
fn repeated(analysis: &Analysis) -> BTreeMap<&str, BTreeSet<&str>> {
    let schema = &analysis.schema;
    let mut names = BTreeMap::<&str, BTreeSet<&str>>::new();
    let types = schema.entity_types.iter().chain(&schema.complex_types);
    for structured in types {
        let of_properties = structured.properties.iter().map(|p| p.name.as_str());
        let navigations = structured.navigation_properties.iter();
        let methods = structured.methods.iter().map(|m| m.name.as_str());
        let all: BTreeSet<&str> = of_properties
            .chain(navigations.map(|n| n.name.as_str()))
            .chain(methods)
            .collect();
        for page in &structured.pages {
            names.entry(&page.path).or_default().extend(&all);
        }
    }
    for enumeration in &schema.enum_types {
        for page in &enumeration.pages {
            let members = enumeration.members.iter().map(|m| m.name.as_str());
            names.entry(&page.path).or_default().extend(members);
        }
    }
    names
}

/// The facts that are neither in the schema nor named.
fn lost(docs: &Docs) -> (Vec<String>, BTreeMap<Kind, usize>) {
    let analysis = graph_codegen::analyse(docs);
    let (accounted, repeated) = (accounted(docs, &analysis), repeated(&analysis));
    let (mut lost, mut counts) = (Vec::new(), BTreeMap::new());
    for (_, file) in docs.sources.pages() {
        let lines = accounted.get(&file.path);
        let names = repeated.get(file.path.as_str());
        for fact in Scan::of(&file.text) {
            *counts.entry(fact.kind).or_default() += 1;
            let first = cells(&fact.text).first().copied().unwrap_or_default();
            let name = first.trim_matches(['*', '`', ' ', '[']);
            let name = name.split(']').next().unwrap_or(name);
            let is_known = lines
                .is_some_and(|lines| lines.range(fact.line..=fact.last).next().is_some())
                || fact.kind == Kind::Row && names.is_some_and(|names| names.contains(name));
            if !is_known {
                lost.push(format!("{}:{}: {}", file.path, fact.line, fact.text));
            }
        }
    }
    (lost, counts)
}

fn read(folder: &Path) -> Docs {
    graph_codegen::read(folder).unwrap_or_else(|error| panic!("{error}"))
}

/// The inputs of all cases but those that fail: their pages stop before they are read.
fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let groups = ["pass", "warn"].map(|group| root.join(group));
    let cases = groups.iter().flat_map(|group| {
        let entries = std::fs::read_dir(group).expect("the group can be listed");
        entries.map(|entry| entry.expect("a case").path().join("input"))
    });
    cases.collect()
}

#[test]
fn no_fact_of_a_case_is_passed_over_in_silence() {
    let mut total = 0;
    let mut found = Vec::new();
    for case in cases() {
        let (lost, counts) = lost(&read(&case));
        total += counts.values().sum::<usize>();
        found.extend(lost.into_iter().map(|l| format!("{}: {l}", case.display())));
    }
    assert!(total > 300, "{total}");
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn no_fact_of_a_real_page_is_passed_over_in_silence() {
    let Some(folder) = folders::real_pages() else {
        return;
    };
    for part in ["security-2025", "graph-2021-beta"] {
        let part = folder.join(part);
        if !part.is_dir() {
            continue;
        }
        let (lost, counts) = lost(&read(&part));
        for kind in [Kind::Row, Kind::RequestLine, Kind::Message] {
            assert!(
                counts.get(&kind).is_some_and(|count| *count > 50),
                "{kind:?}"
            );
        }
        assert_eq!(lost, Vec::<String>::new());
    }
}

#[test]
fn a_look_at_the_lines_finds_what_there_is() {
    let text = "\
# book

|Property|Type|
|:--|:--|
|**Group**||
|title|String|
|None.|
<!--
|hidden|String|
-->

## HTTP request

```http
GET /books
POST /books
```

## Example

```http

GET /books
```

```json
GET nothing
```
";
    let found = Scan::of(text);
    let found: Vec<(u32, Kind)> = found.iter().map(|fact| (fact.line, fact.kind)).collect();
    let expected = [
        (6, Kind::Row),
        (15, Kind::RequestLine),
        (16, Kind::RequestLine),
        (23, Kind::Message),
    ];
    assert_eq!(found, expected);
}
