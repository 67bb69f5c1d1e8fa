//! The program of the front page, as `examples/start.rs` and as lines of documentation.
//!
//! It is spelled by hand, since `quote!` keeps no comments. All that is filled in is identifiers of the
//! crate's own.

use super::name;
use super::print::NOTICE;
use crate::rust::{self, StartValue};

/// `examples/start.rs`
pub(super) fn text(krate: &rust::Crate, start: &rust::Start) -> String {
    let mut text = format!("// {NOTICE}\n\n//! The program of the front page.\n\n");
    for line in lines(krate, start) {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// The lines of the program.
pub(super) fn lines(krate: &rust::Crate, start: &rust::Start) -> Vec<String> {
    let mut lines = Lines::default();
    let name = krate.manifest.name.replace('-', "_");
    lines.add(0, "use std::env;");
    lines.add(0, "use std::error::Error;");
    lines.add(0, "");
    lines.add(0, format!("use {name}::GraphClient;"));
    lines.add(0, format!("use {name}::graph_runtime::StaticToken;"));
    if start.update.is_some() {
        lines.add(0, format!("use {name}::models;"));
    }
    lines.add(0, "");
    lines.add(0, "#[tokio::main]");
    lines.add(0, "async fn main() -> Result<(), Box<dyn Error>> {");
    lines.add(
        1,
        "// Or a credential of Azure, by the feature `azure-identity`.",
    );
    lines.add(
        1,
        "let client = GraphClient::new(StaticToken::new(env::var(\"GRAPH_TOKEN\")?))?;",
    );
    lines.add(1, format!("let place = client{};", way(&start.way)));
    list(start, &mut lines);
    let member = match &start.member {
        Some(method) => {
            lines.add(0, "");
            lines.add(1, "// Each member has a place of its own, by its key.");
            lines.add(
                1,
                format!("let member = place.{}(\"id\");", name::ident(method)),
            );
            "member"
        }
        None => "place",
    };
    calls(member, start, &mut lines);
    lines.add(1, "Ok(())");
    lines.add(0, "}");
    lines.0
}

fn list(start: &rust::Start, lines: &mut Lines) {
    let Some(list) = &start.list else {
        return;
    };
    let top = if start.has_top { ".top(50)" } else { "" };
    let list = name::ident(list);
    lines.add(0, "");
    lines.add(
        1,
        "// A list is a stream: a page is fetched when the items before it are used up.",
    );
    lines.add(
        1,
        format!("let mut items = place.{list}(){top}.into_stream();"),
    );
    lines.add(1, "while let Some(item) = items.try_next().await? {");
    lines.add(2, "println!(\"{item:?}\");");
    lines.add(1, "}");
}

/// The calls at a member, the first with what may become of it.
fn calls(member: &str, start: &rust::Start, lines: &mut Lines) {
    let mut is_first = true;
    let mut call =
        |call: String, shown: bool, lines: &mut Lines| match std::mem::take(&mut is_first) {
            true => first_call(&format!("{member}.{call}"), shown, lines),
            false => lines.add(1, format!("{member}.{call}.await?;")),
        };
    if let Some(method) = &start.get {
        call(format!("{}()", name::ident(method)), true, lines);
    }
    if let Some((method, body)) = &start.update {
        update_body(body, lines);
        call(format!("{}(body)", name::ident(method)), true, lines);
    }
    if let Some(method) = &start.action {
        if start.get.is_some() || start.update.is_some() {
            lines.add(0, "");
            lines.add(
                1,
                "// An action is sent again only when the service says that it did not run.",
            );
        }
        call(format!("{}()", name::ident(method)), false, lines);
    }
}

fn update_body(body: &rust::StartBody, lines: &mut Lines) {
    lines.add(0, "");
    lines.add(1, "// Bodies hold what may be written, and no more.");
    lines.add(1, format!("let body = {}", new(body)));
    if let Some((setter, value)) = &body.field {
        let setter = name::ident(setter);
        lines.add(2, format!(".{setter}({})", self::value(value)));
    }
    lines.end_statement();
}

/// A call, and what may become of it; `shown` where it gives something to look at.
fn first_call(call: &str, shown: bool, lines: &mut Lines) {
    lines.add(0, "");
    lines.add(
        1,
        "// A request is a value that is sent when it is awaited. Errors name status, code, message",
    );
    lines.add(1, "// and the request id, which support asks for.");
    lines.add(1, format!("match {call}.await {{"));
    lines.add(
        2,
        match shown {
            true => "Ok(item) => println!(\"{item:?}\"),",
            false => "Ok(_) => println!(\"done\"),",
        },
    );
    lines.add(
        2,
        "Err(error) if error.is_retryable() => println!(\"to be tried later: {error}\"),",
    );
    lines.add(2, "Err(error) => return Err(error.into()),");
    lines.add(1, "}");
}

fn way(steps: &[rust::StartStep]) -> String {
    let step = |step: &rust::StartStep| {
        let key = if step.takes_key { "\"id\"" } else { "" };
        format!(".{}({key})", name::ident(&step.method))
    };
    steps.iter().map(step).collect()
}

fn new(body: &rust::StartBody) -> String {
    format!("{}::new()", path(&body.ty))
}

fn value(value: &StartValue) -> String {
    match value {
        StartValue::Text => "\"text\".to_owned()".to_owned(),
        StartValue::Member(ty, variant) => format!("{}::{}", path(ty), name::ident(variant)),
    }
}

fn path(path: &rust::TypePath) -> String {
    let (namespace, name) = (name::ident(&path.namespace), name::ident(&path.name));
    format!("models::{namespace}::{name}")
}

/// Lines of code, indented.
#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    fn add(&mut self, depth: usize, code: impl AsRef<str>) {
        let line = format!("{}{}", "    ".repeat(depth), code.as_ref());
        self.0.push(line.trim_end().to_owned());
    }

    fn end_statement(&mut self) {
        if let Some(line) = self.0.last_mut() {
            line.push(';');
        }
    }
}
