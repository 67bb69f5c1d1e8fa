//! Real pages, where they are at hand: none brings the generator down, none is passed over in
//! silence.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use graph_codegen::diagnostic::Diagnostic;
use graph_codegen::page::{self, BlockKind};
use graph_codegen::schema::{EnumType, Schema, StructuredType};
use graph_codegen::source::FileId;
use graph_codegen::{Analysis, Docs, PageCache, Target};
use serde_json::Value;

use crate::folders;

fn analysed(folder: &Path) -> (Docs, Analysis) {
    let docs = graph_codegen::read(folder).unwrap_or_else(|error| panic!("{error}"));
    let analysis = graph_codegen::analyse(&docs);
    (docs, analysis)
}

/// The paths of the pages that something in the schema comes from.
fn contributing(schema: &Schema) -> BTreeSet<&str> {
    let types = schema.entity_types.iter().chain(&schema.complex_types);
    let pages = types.flat_map(|t| &t.pages);
    let pages = pages.chain(schema.enum_types.iter().flat_map(|e| &e.pages));
    let pages = pages.chain(schema.operations.iter().map(|operation| &operation.page));
    pages.map(|page| page.path.as_str()).collect()
}

/// The pages that neither gave anything nor are complained of.
fn silent(docs: &Docs, analysis: &Analysis) -> Vec<String> {
    let told: BTreeSet<&str> = analysis
        .diagnostics
        .iter()
        .map(|found| docs.sources.get(found.span.file).path.as_str())
        .chain(contributing(&analysis.schema))
        .collect();
    let pages = docs.sources.pages().map(|(_, file)| file.path.clone());
    pages.filter(|path| !told.contains(path.as_str())).collect()
}

#[test]
fn every_real_page_gives_something_or_is_named() {
    let Some(folder) = folders::real_pages() else {
        return;
    };
    let (docs, analysis) = analysed(&folder.join("security-2025"));
    assert!(analysis.summary.pages > 80, "{:?}", analysis.summary);
    assert_eq!(silent(&docs, &analysis), Vec::<String>::new());
}

/// What a page says comes back whole from the bytes that are kept of it.
#[test]
fn what_is_kept_of_pages_is_what_they_say() {
    let Some(folder) = folders::real_pages() else {
        return;
    };
    let docs = graph_codegen::read(&folder.join("security-2025"));
    let docs = docs.unwrap_or_else(|error| panic!("{error}"));
    let (read, cache) = docs.facts_with(PageCache::default());
    let mut bytes = Vec::new();
    cache.write(&mut bytes).expect("memory takes all");
    let (known, same) = docs.facts_with(PageCache::from_bytes(&bytes));
    assert_eq!(same, cache);
    // The readings themselves, whether they are read or known.
    assert_eq!(format!("{known:?}"), format!("{:?}", docs.facts()));
    assert_eq!(format!("{known:?}"), format!("{read:?}"));
}

/// Copies of rendered pages, which have lost their markup: each has to be complained of.
#[test]
fn every_seed_gives_something_or_is_named() {
    let Some(folder) = folders::real_pages() else {
        return;
    };
    let places = [folder.join("seeds"), folder.join("../seeds")];
    let seeds = places
        .iter()
        .find(|place| place.is_dir())
        .expect("the seeds are at hand too");
    let seeds = fs::read_dir(seeds).expect("the folder can be listed");
    let mut count = 0;
    for seed in seeds {
        let text = folders::read(&seed.expect("a seed").path());
        let copy = tempfile::tempdir().expect("a folder");
        folders::write(&copy.path().join("seed.md"), &text);
        let (docs, analysis) = analysed(copy.path());
        assert_eq!(silent(&docs, &analysis), Vec::<String>::new());
        let target = Target {
            runtime_path: "runtime".to_owned(),
            standalone: true,
        };
        assert!(
            graph_codegen::generate(&docs, &target)
                .files
                .contains_key("src/lib.rs")
        );
        count += 1;
    }
    assert_eq!(count, 5);
}

/// The lines that something in the schema comes from or that a diagnostic points at, by page.
fn accounted_lines(docs: &Docs, analysis: &Analysis) -> BTreeMap<String, BTreeSet<u64>> {
    let mut lines = BTreeMap::<String, BTreeSet<u64>>::new();
    collect_places(&graph_codegen::export(docs, analysis), &mut lines);
    for Diagnostic { span, .. } in &analysis.diagnostics {
        let first = docs.sources.line_column(*span).line;
        let last = docs.sources.end_line_column(*span).line;
        let path = docs.sources.get(span.file).path.clone();
        lines
            .entry(path)
            .or_default()
            .extend((first..=last).map(u64::from));
    }
    lines
}

/// The first lines of all places in the exported schema.
fn collect_places(value: &Value, lines: &mut BTreeMap<String, BTreeSet<u64>>) {
    match value {
        Value::Object(members) => {
            if let (Some(path), Some(line)) = (value["path"].as_str(), value["line"].as_u64()) {
                lines.entry(path.to_owned()).or_default().insert(line);
            }
            members
                .values()
                .for_each(|member| collect_places(member, lines));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_places(item, lines)),
        _ => {}
    }
}

/// The rows of a page's tables: the line of each, and the text of its first cell.
fn table_rows(docs: &Docs, file: FileId) -> Vec<(u64, String)> {
    let (page, _) = page::parse(file, &docs.sources.get(file).text);
    let blocks = page.sections.iter().flat_map(|section| &section.blocks);
    let tables = blocks.filter_map(|block| match &block.kind {
        BlockKind::Table(table) => Some(table),
        _ => None,
    });
    let rows = tables.flat_map(|table| &table.rows);
    let rows = rows.map(|row| {
        let first = row.cells.first().map(|cell| cell.text().trim().to_owned());
        (
            u64::from(docs.sources.line_column(row.span).line),
            first.unwrap_or_default(),
        )
    });
    rows.collect()
}

/// Whether a row repeats a member of an enumeration that has other rows for it: its page is named
/// as one that lists members, and the place of the member is in another table.
fn repeats_member(schema: &Schema, path: &str, text: &str) -> bool {
    let several = |e: &&EnumType| e.pages.len() > 1 && e.pages.iter().any(|page| page.path == path);
    let mut enums = schema.enum_types.iter().filter(several);
    enums.any(|e| e.members.iter().any(|member| member.name == text))
}

#[test]
fn every_row_of_a_real_table_gives_something_or_is_named() {
    let Some(folder) = folders::real_pages() else {
        return;
    };
    let (docs, analysis) = analysed(&folder.join("security-2025"));
    let accounted = accounted_lines(&docs, &analysis);
    let mut lost = Vec::new();
    for (id, file) in docs.sources.pages() {
        let lines = accounted.get(&file.path);
        let rows = table_rows(&docs, id).into_iter();
        let rows = rows.filter(|(line, _)| !lines.is_some_and(|lines| lines.contains(line)));
        let rows = rows.filter(|(_, text)| !repeats_member(&analysis.schema, &file.path, text));
        lost.extend(rows.map(|(line, text)| format!("{}:{line}: {text}", file.path)));
    }
    assert_eq!(lost, Vec::<String>::new());
}

/// The types that derive from `base`, by any number of steps, and those that its page lists.
fn subtypes<'s>(types: &[&'s StructuredType], base: &str) -> BTreeSet<&'s str> {
    let mut found = BTreeSet::new();
    for derived in types
        .iter()
        .filter(|t| t.base_type.as_ref().is_some_and(|b| b.name == base))
    {
        found.insert(derived.name.as_str());
        found.extend(subtypes(types, &derived.name));
    }
    let of_page = types
        .iter()
        .filter(|t| t.name == base)
        .flat_map(|t| &t.listed_subtypes);
    found.extend(of_page.map(|listed| listed.name.as_str()));
    found
}

#[test]
fn every_type_of_evidence_is_a_variant() {
    let Some(folder) = folders::real_pages() else {
        return;
    };
    let (docs, analysis) = analysed(&folder.join("security-2025"));
    let schema = &analysis.schema;
    let types: Vec<_> = schema
        .entity_types
        .iter()
        .chain(&schema.complex_types)
        .collect();
    let expected = subtypes(&types, "microsoft.graph.security.alertEvidence");
    assert!(expected.len() > 20, "{expected:?}");
    let target = Target {
        runtime_path: "runtime".to_owned(),
        standalone: true,
    };
    let files = graph_codegen::generate(&docs, &target).files;
    let hierarchy = &files["src/models/security/alert_evidence.rs"];
    for name in expected {
        // What is listed and described nowhere stays unbound: as the page writes it.
        let short = name.rsplit('.').next().unwrap_or(name);
        assert!(
            hierarchy.contains(&format!(".{short}\" => ")),
            "{name} is no variant"
        );
    }
}
