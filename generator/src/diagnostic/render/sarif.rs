//! Diagnostics into SARIF 2.1.0, which code scanning and editors read.

use serde_json::{Value, json};

use crate::diagnostic::{CODES, CodeInfo, Diagnostic, Severity};
use crate::source::{SourceMap, Span};

/// One SARIF log with one run. `root` is the documents folder as seen from the repository's root.
#[must_use]
pub fn sarif(diagnostics: &[Diagnostic], map: &SourceMap, root: &str) -> String {
    let results = diagnostics
        .iter()
        .map(|diagnostic| result(diagnostic, map, root));
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": env!("CARGO_PKG_NAME"),
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": CODES.iter().map(rule).collect::<Vec<_>>(),
                },
            },
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

fn rule(info: &CodeInfo) -> Value {
    json!({
        "id": info.name,
        "shortDescription": { "text": info.meaning },
        "defaultConfiguration": { "level": level(info.severity) },
    })
}

fn result(diagnostic: &Diagnostic, map: &SourceMap, root: &str) -> Value {
    let related = diagnostic.related.iter().map(|related| {
        let mut location = location(related.span, map, root);
        location["message"] = json!({ "text": related.label });
        location
    });
    let mut text = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        text.extend(["; help: ", help]);
    }
    let rule = CODES.iter().position(|info| info.code == diagnostic.code);
    json!({
        "ruleId": diagnostic.code.as_str(),
        "ruleIndex": rule,
        "level": level(diagnostic.severity),
        "message": { "text": text },
        "locations": [location(diagnostic.span, map, root)],
        "relatedLocations": related.collect::<Vec<_>>(),
    })
}

fn location(span: Span, map: &SourceMap, root: &str) -> Value {
    let (start, end) = (map.line_column(span), map.end_line_column(span));
    let path = super::join(root, &map.get(span.file).path);
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&path) },
            "region": {
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
            },
        },
    })
}

/// A path as a relative reference of RFC 3986: what is not unreserved or `/` is encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

fn level(severity: Severity) -> &'static str {
    severity.as_str()
}
