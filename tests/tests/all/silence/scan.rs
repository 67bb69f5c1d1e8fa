//! A page into the lines that hold facts, by a plain look at each.

const METHODS: [&str; 5] = ["GET", "POST", "PATCH", "PUT", "DELETE"];

/// A line that holds a fact.
#[derive(Debug)]
pub(super) struct Fact {
    /// The first line is 1.
    pub(super) line: u32,
    /// The last line that may account for it: that of its fence, where the fence is what is read.
    pub(super) last: u32,
    pub(super) kind: Kind,
    /// The line, without the spaces around it.
    pub(super) text: String,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Kind {
    /// A row below the delimiter row of a table.
    Row,
    /// A row of a table below "Permissions".
    Permission,
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
pub(super) struct Scan {
    facts: Vec<Fact>,
    fence: Option<Fence>,
    in_comment: bool,
    in_table: bool,
    below_requests: bool,
    /// The level of the heading "Permissions" that the line stands below.
    below_permissions: Option<usize>,
    header: Option<String>,
}

impl Scan {
    /// The facts of a page.
    pub(super) fn of(text: &str) -> Vec<Fact> {
        let mut scan = Self::default();
        for (line, number) in text.lines().zip(1..) {
            scan.line(line, number);
        }
        scan.facts
    }

    fn line(&mut self, line: &str, number: u32) {
        let text = line.trim();
        if self.fence.is_none() && (self.in_comment || text.contains("<!--")) {
            self.in_comment = match (text.rfind("<!--"), text.rfind("-->")) {
                (None, None) => self.in_comment,
                (opens, closes) => opens > closes,
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
            let (level, title) = (line.len() - title.len(), title.trim().to_lowercase());
            self.below_requests = title.starts_with("http request");
            self.below_permissions = self.below_permissions.filter(|above| *above < level);
            if ["permissions", "permission", "prerequisites"].contains(&title.as_str()) {
                self.below_permissions.get_or_insert(level);
            }
        }
        let is_delimiter = text.contains('-') && text.chars().all(|sign| "|:- \t".contains(sign));
        if !text.starts_with('|') {
            self.in_table = false;
            self.header = None;
        } else if is_delimiter && self.header.is_some() {
            self.in_table = true;
        } else if self.in_table {
            if holds_fact(text) {
                let kind = match self.below_permissions {
                    Some(_) => Kind::Permission,
                    None => Kind::Row,
                };
                self.add(kind, text, number);
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

/// The cells of a row, without the spaces around them.
pub(super) fn cells(row: &str) -> Vec<&str> {
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
    let is_text = row.contains(char::is_alphanumeric);
    is_text && !is_title && !is_none && !name.starts_with("odata.")
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
