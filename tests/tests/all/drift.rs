//! The committed crate is what the documents give, byte by byte.

use std::collections::BTreeMap;
use std::path::Path;

use graph_codegen::Target;
use graph_codegen::diagnostic::render;
use walkdir::WalkDir;

use crate::folders;

/// What cargo and `cargo xtask codegen` put beside the generated files.
const NOT_GENERATED: [&str; 3] = [".graph-codegen", "Cargo.lock", "target"];

/// The files of a folder, by their paths below it.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let walk = WalkDir::new(folder).min_depth(1).into_iter();
    let entries = walk.filter_entry(|entry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() != 1 || !NOT_GENERATED.contains(&name.as_ref())
    });
    let entries = entries.map(|entry| entry.expect("the folder can be walked"));
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry
                .path()
                .strip_prefix(folder)
                .expect("it stands in the folder");
            (
                path.to_string_lossy().replace('\\', "/"),
                folders::read(entry.path()),
            )
        })
        .collect()
}

#[test]
fn regenerating_changes_nothing() {
    let root = folders::root();
    let docs = graph_codegen::read(&root.join("docs-src")).expect("the pages can be read");
    let target = Target {
        runtime_path: "../runtime".to_owned(),
        standalone: false,
    };
    let expected = graph_codegen::generate(&docs, &target).files;
    let actual = files(&root.join("generated"));
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        names(&actual),
        names(&expected),
        "run `cargo xtask codegen`"
    );
    for (path, text) in &expected {
        assert!(
            actual[path] == *text,
            "`generated/{path}` differs: run `cargo xtask codegen`"
        );
    }
}

/// What the pages of `docs-src` contradict themselves in is known and kept, as `docs-src/README.md`
/// says; anything else that is found in them is new, and has to be looked at.
#[test]
fn the_findings_in_the_documents_are_the_known_ones() {
    let root = folders::root();
    let docs = graph_codegen::read(&root.join("docs-src")).expect("the pages can be read");
    let found = graph_codegen::lint(&docs).diagnostics;
    let told = render::human(&found, &docs.sources, false);
    insta::assert_snapshot!("docs-src", told);
}
