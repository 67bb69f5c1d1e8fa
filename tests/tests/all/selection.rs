//! Crates of what somebody asks for: they compile without a warning, and hold that and no more.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use graph_codegen::select::{DEFAULT_NAVIGATION, Selection, Wanted};
use graph_codegen::{Docs, Target};

use crate::folders;

type Files = BTreeMap<String, String>;

/// The crate that is called `name` and holds what `wanted` needs.
fn part(docs: &mut Docs, name: &str, wanted: &[&str]) -> Files {
    docs.config.package.name = Some(name.to_owned());
    let runtime = folders::root().join("runtime");
    let target = Target {
        runtime_path: runtime.to_string_lossy().into_owned(),
        standalone: false,
    };
    let selection = Selection {
        wanted: wanted.iter().map(|word| Wanted::from(*word)).collect(),
        navigation: DEFAULT_NAVIGATION,
    };
    let generated = graph_codegen::generate_only(docs, &target, &selection);
    generated
        .unwrap_or_else(|error| panic!("{wanted:?}: {error}"))
        .files
}

fn docs(folder: &Path) -> Docs {
    graph_codegen::read(folder).unwrap_or_else(|error| panic!("{error}"))
}

/// A workspace of crates, and cargo to run on it.
fn workspace(folder: &Path, crates: &[(&str, Files)], arguments: &[&str]) -> Command {
    for (name, files) in crates {
        folders::write_all(&folder.join(name), files);
    }
    let workspace = "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n";
    folders::write(&folder.join("Cargo.toml"), workspace);
    let mut cargo = folders::cargo(folder);
    cargo.args(arguments);
    cargo.args(["--quiet", "--workspace", "--no-default-features"]);
    cargo.args(["--features", "client"]);
    cargo
}

/// The module paths below `src/models` that a crate has.
fn models(files: &Files) -> Vec<&str> {
    let models = files.keys().filter_map(|path| {
        let path = path.strip_prefix("src/models/")?.strip_suffix(".rs")?;
        path.contains('/').then_some(path)
    });
    models.collect()
}

#[test]
fn parts_of_our_documents_compile_and_their_examples_hold() {
    let mut docs = docs(&folders::root().join("docs-src"));
    let item = part(&mut docs, "item", &["/security/incidentTasks/{id}"]);
    let incident = part(
        &mut docs,
        "incident",
        &["microsoft.graph.security.incident"],
    );
    assert_eq!(
        models(&incident),
        [
            "graph/entity",
            "security/alert_severity",
            "security/incident",
            "security/incident_status",
        ]
    );
    assert!(!incident.contains_key("src/client.rs"));
    let place = "src/client/security/incident_tasks.rs";
    assert!(!item[place].contains("pub fn list"), "{}", item[place]);
    assert!(item["src/client/security/incident_tasks/by_id.rs"].contains("pub fn update"));
    assert!(item.contains_key("src/models/security/incident.rs"));

    let crates = [("item", item), ("incident", incident)];
    let folder = tempfile::tempdir().expect("a folder");
    let mut clippy = workspace(folder.path(), &crates, &["clippy", "--all-targets"]);
    clippy.args(["--", "--deny", "warnings"]);
    folders::succeed(&mut clippy);
    let tests = &mut workspace(folder.path(), &crates, &["test"]);
    folders::succeed(tests);
}

/// All that is asked for is what there is: the crate of the part is the whole one.
#[test]
fn the_whole_is_a_part_too() {
    let mut docs = docs(&folders::root().join("docs-src"));
    let types = crate_types(&docs);
    let mut wanted = vec!["/security/incidentTasks"];
    wanted.extend(types.iter().map(String::as_str));
    let runtime = folders::root().join("runtime");
    let target = Target {
        runtime_path: runtime.to_string_lossy().into_owned(),
        standalone: false,
    };
    docs.config.package.name = Some("whole".to_owned());
    let whole = graph_codegen::generate(&docs, &target).files;
    assert_eq!(part(&mut docs, "whole", &wanted), whole);
}

/// The qualified names of all types.
fn crate_types(docs: &Docs) -> Vec<String> {
    let schema = graph_codegen::analyse(docs).schema;
    let structured = schema.entity_types.iter().chain(&schema.complex_types);
    let names = structured.map(|t| t.name.clone());
    names
        .chain(schema.enum_types.iter().map(|e| e.name.clone()))
        .collect()
}

/// The folder of real pages, or none with a word on it.
#[expect(
    clippy::print_stderr,
    reason = "whoever reads the output should know what did not run"
)]
fn beta() -> Option<PathBuf> {
    let folder = env::var_os("GRAPH_DOCS").filter(|folder| !folder.is_empty());
    let folder = folder.map(|folder| folders::root().join(folder).join("graph-2021-beta"));
    let found = folder.filter(|folder| folder.is_dir());
    if found.is_none() {
        eprintln!("skipped: GRAPH_DOCS names no folder with `graph-2021-beta`");
    }
    found
}

#[test]
fn parts_of_all_documents_compile() {
    let Some(folder) = beta() else { return };
    let mut docs = docs(&folder);
    let user = part(&mut docs, "user", &["microsoft.graph.user"]);
    let messages = part(&mut docs, "messages", &["/me/messages"]);
    assert!(user.contains_key("src/models/graph/any_directory_object.rs"));
    assert!(user.len() < 600, "{} files", user.len());
    assert!(messages.contains_key("src/client/me/messages/by_id.rs"));
    assert!(messages.len() < 200, "{} files", messages.len());

    let crates = [("user", user), ("messages", messages)];
    let folder = tempfile::tempdir().expect("a folder");
    let mut check = workspace(folder.path(), &crates, &["check", "--all-targets"]);
    let output = check.output().expect("cargo can be started");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    assert_eq!(told, "");
}
