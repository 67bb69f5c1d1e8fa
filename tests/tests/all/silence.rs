//! Nothing is passed over in silence: each row of a table, each request line and each message of an
//! example is in the IR or is named by a diagnostic.
//!
//! What there is to account for is found by a plain look at the lines of a page, which shares
//! nothing with the generator.

mod scan;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use graph_codegen::diagnostic::Code;
use graph_codegen::{Analysis, Docs};
use serde_json::Value;

use crate::folders;
use scan::{Kind, Scan, cells};

/// Pages that are named as a whole: they hold nothing that the schema has a place for.
const NAMED_WHOLE: [Code; 2] = [Code::NoHttpRequest, Code::PageWithoutFacts];

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

/// The names of the permissions of a page's calls: several tables become one record.
fn permissions(analysis: &Analysis) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut names = BTreeMap::<&str, BTreeSet<&str>>::new();
    for operation in &analysis.schema.operations {
        let found = operation.permissions.iter();
        let found = found.flat_map(|permission| permission.least.iter().chain(&permission.higher));
        let names = names.entry(&operation.page.path).or_default();
        names.extend(found.map(String::as_str));
    }
    names
}

/// Whether all permissions that a row names are among those of the page.
fn are_known(row: &str, known: Option<&BTreeSet<&str>>) -> bool {
    let mut words = row.split(|sign: char| !sign.is_alphanumeric() && !"._-".contains(sign));
    let is_name = |word: &str| word.starts_with(char::is_uppercase) && word.contains('.');
    words.all(|word| {
        let word = word.trim_matches('.');
        // A page has a space in a name; its end is a name too.
        let is_known = |known: &BTreeSet<&str>| known.iter().any(|name| name.ends_with(word));
        !is_name(word) || known.is_some_and(is_known)
    })
}

/// The facts that are neither in the schema nor named.
fn lost(docs: &Docs) -> (Vec<String>, BTreeMap<Kind, usize>) {
    let analysis = graph_codegen::analyse(docs);
    let (accounted, repeated) = (accounted(docs, &analysis), repeated(&analysis));
    let permissions = permissions(&analysis);
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
                || fact.kind == Kind::Row && names.is_some_and(|names| names.contains(name))
                || fact.kind == Kind::Permission
                    && are_known(&fact.text, permissions.get(file.path.as_str()));
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

/// Cases that leave rows out on purpose: a fix-up takes a property out, and a copy of a page has
/// its front matter as a table.
const LEFT_OUT: [&str; 2] = ["fix-ups", "flattened-copies"];

/// The inputs of all cases but those that fail: their pages stop before they are read.
fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let groups = ["pass", "warn"].map(|group| root.join(group));
    let cases = groups.iter().flat_map(|group| {
        let entries = std::fs::read_dir(group).expect("the group can be listed");
        let entries = entries.map(|entry| entry.expect("a case"));
        let kept = entries.filter(|entry| !LEFT_OUT.iter().any(|name| entry.file_name() == *name));
        kept.map(|entry| entry.path().join("input"))
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
                counts.get(&kind).is_some_and(|count| *count > 10),
                "{kind:?}"
            );
        }
        assert_eq!(lost, Vec::<String>::new());
    }
}
