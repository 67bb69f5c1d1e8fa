//! `Cargo.toml`, and the `rustfmt.toml` beside it.

use std::fmt::Write;

use super::doc;
use super::print::NOTICE;
use crate::rust;

/// The text of `Cargo.toml`.
pub(super) fn text(krate: &rust::Crate) -> String {
    let mut text = format!("# {NOTICE}\n");
    let mut push = |table: String| {
        if table.is_empty() {
            return;
        }
        text.push('\n');
        text.push_str(&table);
    };
    push(package(&krate.manifest));
    // Prose of the documents is no program, whatever it is fenced with. The program of the front page is an
    // example, which is compiled as such.
    push("[lib]\ndoctest = false\n".to_owned());
    if krate.client.is_some() {
        push(FEATURES.to_owned());
    }
    push(format!(
        "[dependencies]\n{}",
        runtime(&krate.manifest, "default-features = false")
    ));
    push(dev_dependencies(krate));
    if krate.start.is_some() {
        push(START.to_owned());
    }
    if !krate.examples.is_empty() {
        push(TEST.to_owned());
    }
    push(LINTS.to_owned());
    if krate.manifest.standalone {
        push("[workspace]\n".to_owned());
    }
    text
}

/// What the examples stand on; nothing where there are none.
fn dev_dependencies(krate: &rust::Crate) -> String {
    let mut table = String::new();
    if !krate.examples.is_empty() {
        let rest = "default-features = false, features = [\"replay\"]";
        table.push_str(&runtime(&krate.manifest, rest));
    }
    if !krate.examples.is_empty() || krate.start.is_some() {
        table.push_str(TOKIO);
    }
    match table.is_empty() {
        true => table,
        false => format!("[dev-dependencies]\n{table}"),
    }
}

/// The text of `rustfmt.toml`: what is printed here stays as it is printed.
pub(super) fn rustfmt() -> String {
    format!("# {NOTICE}\n\ndisable_all_formatting = true\n")
}

const FEATURES: &str = "\
[features]
default = [\"client\", \"rustls\", \"tracing\"]
# The client. Without it the crate is models only.
client = [\"graph-runtime/client\"]
# TLS by rustls with the platform's own certificate store.
rustls = [\"graph-runtime/rustls\"]
# A span a call and an event an attempt.
tracing = [\"graph-runtime/tracing\"]
# Credentials of `azure_identity`: managed identity, workload identity, client secret, developer tools.
azure-identity = [\"graph-runtime/azure-identity\"]
";

const TOKIO: &str = "\
tokio = { version = \"1\", default-features = false, features = [\"macros\", \"rt-multi-thread\"] }
";

const START: &str = "\
[[example]]
name = \"start\"
required-features = [\"client\"]
";

const TEST: &str = "\
[[test]]
name = \"examples\"
required-features = [\"client\"]
";

const LINTS: &str = "\
[lints.rust]
missing_docs = \"warn\"
unreachable_pub = \"warn\"
unsafe_code = \"forbid\"
";

fn package(manifest: &rust::Manifest) -> String {
    let mut table = "[package]\n".to_owned();
    let mut push = |key: &str, value: &str| {
        let _ = writeln!(table, "{key} = {}", string(value));
    };
    push("name", &manifest.name);
    push("version", &manifest.version);
    push("description", &manifest.description);
    push("edition", "2024");
    if !manifest.rust_version.is_empty() {
        push("rust-version", &manifest.rust_version);
    }
    if let Some(license) = &manifest.license {
        push("license", license);
    }
    table
}

fn runtime(manifest: &rust::Manifest, rest: &str) -> String {
    let path = string(&manifest.runtime_path);
    format!("graph-runtime = {{ path = {path}, {rest} }}\n")
}

/// A basic string of TOML, in quotes.
fn string(text: &str) -> String {
    let mut literal = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            '\n' => literal.push_str("\\n"),
            '\t' => literal.push_str("\\t"),
            c if c.is_control() || doc::is_direction_mark(c) => {
                let _ = write!(literal, "\\u{:04X}", u32::from(c));
            }
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_come_back_from_toml() {
        for text in [
            "plain",
            "\"quoted\" \\ and 'single'",
            "lines\nand\ttabs\r\u{0}\u{7f}\u{85}",
            "]]> # no comment",
            "\u{2028}\u{202e}",
        ] {
            let table: toml::Table = format!("key = {}", string(text)).parse().expect("TOML");
            assert_eq!(table["key"].as_str(), Some(text));
        }
    }
}
