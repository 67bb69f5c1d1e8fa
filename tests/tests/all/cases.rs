//! Small documents folders, each with one feature or one fault, and what becomes of them.
//!
//! `cases/<group>/<case>/input/` is a documents folder; the snapshots beside it hold what was read
//! from it (`ir`), what is wrong with it (`diagnostics`) and what is generated from it (`rust`).
//! The group says what to expect: `pass` nothing to complain of, `warn` something, `fail` an error.
//! Where a case has a `uses.rs`, it is a test of the crate: what users do with it, against the server of
//! `cases/loopback.rs`.
//! To add a case, add a folder.

mod brief;

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use graph_codegen::diagnostic::{Diagnostic, Severity, render};
use graph_codegen::{Docs, Target};

use crate::folders;

/// A group of cases, and whether the gravest diagnostic of a case is one that it expects.
type Group = (&'static str, fn(Option<Severity>) -> bool);

const GROUPS: [Group; 3] = [
    ("fail", |gravest| gravest == Some(Severity::Error)),
    ("pass", |gravest| gravest.is_none()),
    ("warn", |gravest| {
        matches!(gravest, Some(Severity::Warning | Severity::Note))
    }),
];

struct Case {
    group: String,
    name: String,
    folder: PathBuf,
}

/// The folders below a folder, by their names.
fn below(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("the folder can be listed").path());
    let named = paths.map(|path| {
        let name = path
            .file_name()
            .expect("an entry has a name")
            .to_string_lossy()
            .into_owned();
        (name, path)
    });
    let mut named: Vec<_> = named.filter(|(_, path)| path.is_dir()).collect();
    named.sort();
    named
}

fn cases() -> Vec<Case> {
    let groups = below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("cases"));
    let cases = groups.into_iter().flat_map(|(group, folder)| {
        let cases = below(&folder).into_iter();
        cases.map(move |(name, folder)| Case {
            group: group.clone(),
            name,
            folder,
        })
    });
    cases.collect()
}

impl Case {
    /// The documents of the case; the package is named after it.
    fn docs(&self) -> Docs {
        let read = graph_codegen::read(&self.folder.join("input"));
        let mut docs = read.unwrap_or_else(|error| panic!("{}: {error}", self.name));
        docs.config.package.name = Some(self.name.clone());
        docs
    }

    fn check(&self) {
        let docs = self.docs();
        let analysis = graph_codegen::analyse(&docs);
        let generated = graph_codegen::generate(&docs, &target("../runtime"));
        let told = render::human(&generated.diagnostics, &docs.sources, false);
        self.check_group(&generated.diagnostics, &told);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&self.folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| {
            insta::assert_snapshot!("diagnostics", told);
            insta::assert_snapshot!("ir", brief::ir(&graph_codegen::export(&docs, &analysis)));
            insta::assert_snapshot!("rust", brief::rust(&generated.files));
        });
    }

    fn check_group(&self, diagnostics: &[Diagnostic], told: &str) {
        let gravest = diagnostics.iter().map(|found| found.severity).min();
        let row = GROUPS.iter().find(|(group, _)| *group == self.group);
        let (_, expected) = row.unwrap_or_else(|| panic!("there is no group `{}`", self.group));
        assert!(
            expected(gravest),
            "`{}` is none of `{}`:\n{told}",
            self.name,
            self.group
        );
    }
}

fn target(runtime_path: &str) -> Target {
    Target {
        runtime_path: runtime_path.to_owned(),
        standalone: false,
    }
}

#[test]
fn every_case_is_as_it_was() {
    let cases = cases();
    assert!(
        cases.len() >= 20,
        "the cases have gone missing: {}",
        cases.len()
    );
    let failed = |case: &&Case| panic::catch_unwind(AssertUnwindSafe(|| case.check())).is_err();
    let failed: Vec<&str> = cases
        .iter()
        .filter(failed)
        .map(|case| case.name.as_str())
        .collect();
    assert!(
        failed.is_empty(),
        "these cases are not as they were, see above: {failed:?}"
    );
}

/// All cases as one workspace, so that what they stand on is built once. The examples of a case
/// that has nothing wrong with it have to hold.
#[test]
fn what_is_generated_from_a_case_compiles_without_a_warning() {
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = folders::root().join("runtime");
    let mut tests = folders::cargo(folder.path());
    tests.args([
        "test",
        "--quiet",
        "--no-default-features",
        "--features",
        "client",
    ]);
    tests.args(["--test", "examples", "--test", "uses"]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    for case in cases() {
        let target = target(&runtime.to_string_lossy());
        let files = graph_codegen::generate(&case.docs(), &target).files;
        let krate = folder.path().join(&case.name);
        folders::write_all(&krate, &files);
        let uses = case.folder.join("uses.rs");
        if uses.exists() {
            let tests = krate.join("tests");
            folders::write(&tests.join("uses.rs"), &folders::read(&uses));
            let loopback = folders::read(&root.join("loopback.rs"));
            folders::write(&tests.join("loopback/mod.rs"), &loopback);
        }
        if files.contains_key("tests/examples/main.rs") {
            tests.args(["--package", &case.name]);
        }
    }
    let workspace = "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n";
    folders::write(&folder.path().join("Cargo.toml"), workspace);
    let mut clippy = folders::cargo(folder.path());
    clippy.args([
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--no-default-features",
    ]);
    clippy.args([
        "--features",
        "client",
        "--keep-going",
        "--",
        "--deny",
        "warnings",
    ]);
    folders::succeed(&mut clippy);
    folders::succeed(&mut tests);
}
