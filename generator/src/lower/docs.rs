//! Prose of the pages into lines of rustdoc.
//!
//! The prose is canonical CommonMark already (see [`schema`](crate::schema)): escaped, with
//! absolute links. Here it is cut into lines and given what users of the crate want to know besides.

use pulldown_cmark::{CowStr, Event, Parser, TagEnd};

use crate::config::Config;
use crate::rust::{Client, Doc, OptionSetter, RequestOption, ValueList};
use crate::schema::{DocumentedError, Operation, PageRef, Permission, PermissionScheme};

/// Paragraphs put one after the other.
#[derive(Debug, Default)]
pub(super) struct Paragraphs(Vec<String>);

impl Paragraphs {
    /// Adds a paragraph (or several, with blank lines between), unless it is empty.
    pub(super) fn add(mut self, text: impl AsRef<str>) -> Self {
        let text = text.as_ref().trim();
        if !text.is_empty() {
            self.0.push(text.to_owned());
        }
        self
    }

    /// Adds the link to the public page, when there is one.
    pub(super) fn page(self, page: Option<&PageRef>) -> Self {
        match page.and_then(|p| p.url.as_deref()) {
            Some(url) => self.add(format!("[Reference page](<{url}>)")),
            None => self,
        }
    }

    /// The lines.
    pub(super) fn doc(self) -> Doc {
        match &*self.0 {
            // Most are, and were trimmed.
            [line] if is_line(line) => Doc(self.0),
            _ => doc(&self.0.join("\n\n")),
        }
    }
}

/// Whether nothing in a text could end a line, as far as bytes tell.
fn is_line(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Text into lines. Whatever could end a line is one end of line.
pub(super) fn doc(text: &str) -> Doc {
    if is_line(text) {
        let line = text.trim_end().to_owned();
        return Doc(Some(line)
            .filter(|line| !line.is_empty())
            .into_iter()
            .collect());
    }
    let lines = text.split([
        '\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{b}', '\u{c}',
    ]);
    let mut lines: Vec<String> = lines.map(|line| line.trim_end().to_owned()).collect();
    lines.dedup_by(|a, b| a.is_empty() && b.is_empty());
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    Doc(lines)
}

/// The first paragraph.
pub(super) fn summary(text: &str) -> &str {
    text.split("\n\n").next().unwrap_or_default().trim()
}

/// What the crate is, when the configuration does not say.
const DESCRIPTION: &str = "Typed models and a client, generated from reference pages.";

/// The front page of the crate, up to its program.
pub(super) fn front_page(config: &Config) -> Doc {
    Paragraphs::default().add(description(config)).doc()
}

/// The front page behind the program: what there is, and where to find what.
pub(super) fn topics(client: &Client, base_url: &str) -> Doc {
    let page = Paragraphs::default().add(
        "[`models`] holds one type for each type that the pages describe. They keep what the pages \
         do not list: what is read can be written back without loss.",
    );
    if client.navigations.is_empty() {
        return page.doc();
    }
    let rows: Vec<String> = TOPICS
        .iter()
        .map(|(topic, links)| format!("| {topic} | {links} |"))
        .collect();
    page.add(format!(
        "[`GraphClient`] talks to <{base_url}>. Its methods are the segments of the documented paths, \
         beginning with {}. The type of an operation names the options, the permissions and the errors \
         that its page documents.",
        first_methods(client)
    ))
    .add(format!("| about | see |\n|---|---|\n{}", rows.join("\n")))
    .doc()
}

/// What users of the client look for, and where it is.
#[rustfmt::skip]
const TOPICS: [(&str, &str); 8] = [
    ("signing in", "[`TokenCredential`](graph_runtime::TokenCredential), [`Cloud`](graph_runtime::Cloud)"),
    ("settings", "[`ClientBuilder`](graph_runtime::ClientBuilder): endpoint, deadline, transport"),
    ("lists", "[`into_stream`](graph_runtime::Request::into_stream), [`into_pages`](graph_runtime::Request::into_pages), [`resume`](graph_runtime::Request::resume), [`filter`](graph_runtime::filter)"),
    ("trying again", "[`StandardRetry`](graph_runtime::StandardRetry), [`RetryPolicy`](graph_runtime::RetryPolicy)"),
    ("errors", "[`Error`](graph_runtime::Error), [`ServiceError`](graph_runtime::ServiceError)"),
    ("many at once", "[`Batch`](graph_runtime::Batch)"),
    ("files", "[`download`](graph_runtime::Request::download), [`UploadSession`](graph_runtime::UploadSession)"),
    ("anything else", "[`GraphClient::client`] and [`Client::request`](graph_runtime::Client::request): any path, any JSON"),
];

/// The README of the crate.
pub(super) fn readme(config: &Config, client: &Client, base_url: &str) -> Doc {
    let mut page = Paragraphs::default().add(description(config)).add(
        "The module `models` holds one type for each type that the pages describe. They keep what \
         the pages do not list: what is read can be written back without loss.",
    );
    if !client.navigations.is_empty() {
        page = page.add(format!(
            "`GraphClient` talks to <{base_url}>. Its methods are the segments of the documented \
             paths, beginning with {}. A request is a value: set the documented options on it, then \
             `.await` it.",
            first_methods(client)
        ));
    }
    page.add("Without the feature `client`, which is on by default, the crate is models only.")
        .doc()
}

pub(super) fn description(config: &Config) -> &str {
    config.package.description.as_deref().unwrap_or(DESCRIPTION)
}

/// The methods of `GraphClient` as a list; the first few of many.
fn first_methods(client: &Client) -> String {
    const SHOWN: usize = 8;
    let names = client
        .navigations
        .iter()
        .map(|n| format!("`{}()`", n.method));
    let mut list: Vec<String> = names.take(SHOWN).collect();
    if client.navigations.len() > SHOWN {
        list.push("…".to_owned());
    }
    list.join(", ")
}

/// What the documentation of an operation adds to the page's words: permissions and errors.
pub(super) fn operation_facts(paragraphs: Paragraphs, operation: &Operation) -> Paragraphs {
    let mut paragraphs = paragraphs;
    if !operation.permissions.is_empty() {
        let rows = operation.permissions.iter().map(permission_row);
        paragraphs = paragraphs.add("# Permissions").add(format!(
            "| Caller | Least privileged | Higher privileged |\n|---|---|---|\n{}",
            rows.collect::<Vec<_>>().join("\n")
        ));
    }
    if !operation.errors.is_empty() {
        let lines: Vec<String> = operation.errors.iter().map(error_row).collect();
        paragraphs = paragraphs.add("# Errors").add(lines.join("\n"));
    }
    paragraphs
}

/// The list of the options that the page documents, and what it says of each.
pub(super) fn options(options: &[RequestOption], operation: &Operation) -> String {
    let rows: Vec<String> = options
        .iter()
        .map(|option| option_row(option, option_words(option, operation)))
        .collect();
    match rows.is_empty() {
        true => String::new(),
        false => format!("# Options\n\n{}", rows.join("\n")),
    }
}

fn option_row(option: &RequestOption, words: &str) -> String {
    let link = match &option.setter {
        OptionSetter::Method { method, .. } => {
            format!("[`{method}`](graph_runtime::Request::{method})")
        }
        OptionSetter::Named(named) => {
            format!("[`{0}`](Self::{0})", named.constant)
        }
    };
    let row = format!("- {link}: {}", code(&option.wire_name));
    match words.trim() {
        "" => row,
        words => format!("{row}. {}", words.replace('\n', " ")),
    }
}

/// What the page says of an option.
fn option_words<'o>(option: &RequestOption, operation: &'o Operation) -> &'o str {
    let plain = |name: &str| name.trim().trim_start_matches('$').to_lowercase();
    let wanted = plain(&option.wire_name);
    let query = operation.query_options.iter();
    let query = query.map(|o| (&o.name, &o.doc));
    let headers = operation.headers.iter().map(|h| (&h.name, &h.value));
    let found = query.chain(headers).find(|(name, _)| plain(name) == wanted);
    found.map_or("", |(_, words)| words.as_str())
}

/// A sentence that leads to the documented lists of values of an operation.
pub(super) fn value_lists(lists: &[ValueList]) -> String {
    let links: Vec<String> = lists
        .iter()
        .map(|list| format!("[`{0}`](Self::{0})", list.name))
        .collect();
    match links.is_empty() {
        true => String::new(),
        false => format!("The documented limits on values: {}.", links.join(", ")),
    }
}

fn permission_row(permission: &Permission) -> String {
    let list = |names: &[String]| names.iter().map(|n| code(n)).collect::<Vec<_>>().join(", ");
    let caller = match permission.scheme {
        PermissionScheme::DelegatedWork => "Delegated (work or school account)",
        PermissionScheme::DelegatedPersonal => "Delegated (personal Microsoft account)",
        PermissionScheme::Application => "Application",
    };
    if permission.least.is_empty() && permission.higher.is_empty() {
        return format!("| {caller} | not supported | |");
    }
    let (least, higher) = (list(&permission.least), list(&permission.higher));
    format!("| {caller} | {least} | {higher} |")
}

fn error_row(error: &DocumentedError) -> String {
    let mut what: Vec<String> = error.status.iter().map(u16::to_string).collect();
    what.extend(error.code.as_deref().map(code));
    let condition = if error.doc.is_empty() {
        &error.title
    } else {
        &error.doc
    };
    format!("- {}: {}", what.join(" "), condition.replace('\n', " "))
}

/// What the documentation of an error code's constant says.
pub(super) fn error_code(status: Option<u16>, condition: &str, message: &str) -> Doc {
    let with = status.map_or_else(String::new, |status| format!(", with status {status}"));
    let quoted = format!("Message: {}", code(message));
    Paragraphs::default()
        .add(format!("The code of a documented error{with}."))
        .add(condition)
        .add(if message.is_empty() { "" } else { &quoted })
        .doc()
}

/// Markdown as plain text.
pub(super) fn plain(markdown: &str) -> String {
    let text = Parser::new(markdown).filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text),
        Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => {
            Some(CowStr::Borrowed(" "))
        }
        _ => None,
    });
    let text: Vec<CowStr<'_>> = text.collect();
    text.concat().trim().to_owned()
}

/// `A`, or `An` before a vowel.
pub(super) fn article(name: &str) -> &'static str {
    match name.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']) {
        true => "An",
        false => "A",
    }
}

/// Text as a code span: text that can't be one line of one stays plain.
pub(super) fn code(text: &str) -> String {
    let clean: String = text
        .chars()
        .filter(|c| !c.is_control() && *c != '`' && *c != '|')
        .collect();
    format!("`{}`", clean.trim())
}
