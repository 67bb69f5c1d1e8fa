//! The program as people call it: what it prints where, its exit codes, and what it does to files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Instant, SystemTime};

use tempfile::TempDir;
use walkdir::WalkDir;

const THING: &str = "\
---
title: \"thing resource type\"
description: \"A thing that stands somewhere.\"
doc_type: resourcePageType
---

# thing resource type

Namespace: microsoft.graph

A thing that stands somewhere.

## Properties

|Property|Type|Description|
|:---|:---|:---|
|id|String|Tells the thing from others.|
|place|String|Where the thing stands.|

## JSON representation

<!-- {
  \"blockType\": \"resource\",
  \"keyProperty\": \"id\",
  \"@odata.type\": \"microsoft.graph.thing\"
}
-->
``` json
{
  \"@odata.type\": \"#microsoft.graph.thing\",
  \"id\": \"String (identifier)\",
  \"place\": \"String\"
}
```
";

/// Includes what is not there, which is worth a warning.
const FAULTY: &str = "\
# other resource type

Namespace: microsoft.graph

[!INCLUDE [gone](../includes/gone.md)]

Another thing.

## Properties

|Property|Type|Description|
|:---|:---|:---|
|id|String|Tells the thing from others.|
";

/// A folder with documents and room for an output.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self {
            folder: TempDir::new().expect("a folder for the test"),
        };
        place.put("docs/resources/thing.md", THING);
        place
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Runs the program in the folder; `words` are split at blanks.
    fn run(&self, words: &str) -> Run {
        self.run_in("", words)
    }

    fn run_in(&self, folder: &str, words: &str) -> Run {
        Run::of(self.command(words).current_dir(self.path(folder)))
    }

    fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(words.split_whitespace()).stdin(Stdio::null());
        command.current_dir(self.folder.path());
        command
    }

    fn files(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let entries = WalkDir::new(self.path(folder)).into_iter().flatten();
        let entries = entries.filter(|entry| entry.file_type().is_file());
        let read = |entry: walkdir::DirEntry| {
            let path = entry
                .path()
                .strip_prefix(self.folder.path())
                .expect("it is in the folder");
            (path.to_path_buf(), fs::read(entry.path()).expect("a file"))
        };
        entries.map(read).collect()
    }

    /// Nothing is left beside the documents and the output.
    fn assert_tidy(&self) {
        let entries = fs::read_dir(self.folder.path()).expect("the folder can be read");
        let names = entries.flatten().map(|entry| entry.file_name());
        let hidden: Vec<_> = names
            .filter(|name| name.to_string_lossy().starts_with('.'))
            .collect();
        assert!(hidden.is_empty(), "{hidden:?}");
    }
}

/// How the program ended and what it printed.
#[derive(Debug)]
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Run {
    fn of(command: &mut Command) -> Self {
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().expect("the program runs");
        Self {
            code: status.code(),
            stdout: String::from_utf8(stdout).expect("stdout is UTF-8"),
            stderr: String::from_utf8(stderr).expect("stderr is UTF-8"),
        }
    }

    #[track_caller]
    fn assert_code(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    /// Exit code 2 and one sentence, which says `what`.
    #[track_caller]
    fn assert_refused(&self, what: &str) {
        self.assert_code(2);
        assert_eq!(self.stdout, "");
        assert_eq!(self.stderr.lines().count(), 1, "{self:#?}");
        assert!(self.stderr.starts_with("error: "), "{self:#?}");
        assert!(self.stderr.contains(what), "{what:?} is not in {self:#?}");
    }
}

fn modified(path: &Path) -> SystemTime {
    fs::metadata(path)
        .and_then(|found| found.modified())
        .expect("the file is there")
}

#[test]
fn without_words_it_explains_itself() {
    let run = Place::new().run("");
    run.assert_code(2);
    assert_eq!(run.stdout, "");
    for command in ["codegen", "lint", "export", "ci"] {
        assert!(run.stderr.contains(command), "{run:#?}");
    }
}

#[test]
fn help_is_data() {
    let rows = [
        ("--help", "Exit codes:"),
        ("codegen --help", "--check"),
        ("lint --help", "sarif"),
        ("export --help", "OData CSDL"),
        ("ci --help", "GRAPH_DOCS"),
    ];
    for (words, expected) in rows {
        let run = Place::new().run(words);
        run.assert_code(0);
        assert!(run.stdout.contains(expected), "{run:#?}");
        assert_eq!(run.stderr, "");
    }
}

#[test]
fn words_that_are_not_known_are_wrong_usage() {
    for words in [
        "generate",
        "codegen --quick",
        "lint --format xml",
        "export --format csdl",
    ] {
        let run = Place::new().run(words);
        run.assert_code(2);
        assert_eq!(run.stdout, "");
        assert!(run.stderr.contains("error: "), "{run:#?}");
    }
}

#[test]
fn documents_that_cannot_be_read_are_refused_in_a_sentence() {
    let place = Place::new();
    place.put("file", "no folder");
    place.put("empty/notes.txt", "no page");
    place.put("latin/resources/good.md", THING);
    place.put("latin/resources/bad.md", b"# caf\xe9 resource type\n");
    let before = place.files("");
    let rows = [
        ("missing", "missing"),
        ("file", "not a folder"),
        ("empty", "no pages"),
        ("latin", "bad.md"),
    ];
    for (docs, expected) in rows {
        for command in [
            "codegen --out out",
            "codegen --check --out out",
            "lint",
            "export",
        ] {
            place
                .run(&format!("{command} --docs {docs}"))
                .assert_refused(expected);
        }
    }
    assert_eq!(place.files(""), before);
    assert!(!place.path("out").exists());
    place.assert_tidy();
}

/// These are drawn, since a line and a column say more than a sentence.
#[test]
fn a_configuration_that_cannot_be_read_is_refused_with_its_place() {
    let rows = [
        ("codegen.toml", "[crate\n"),
        ("fixups.toml", "[[fixup]]\nid = 5\n"),
    ];
    for (name, text) in rows {
        let place = Place::new();
        place.put(&format!("docs/{name}"), text);
        for command in ["codegen --out out", "lint", "export"] {
            let run = place.run(&format!("{command} --docs docs"));
            run.assert_code(2);
            assert_eq!(run.stdout, "");
            assert!(
                run.stderr.starts_with(&format!("error: `{name}`")),
                "{run:#?}"
            );
            assert!(run.stderr.contains("line "), "{run:#?}");
        }
        assert!(!place.path("out").exists());
    }
}

#[test]
fn codegen_writes_a_crate_and_says_so() {
    let place = Place::new();
    let run = place.run("codegen --docs docs --out out");
    run.assert_code(0);
    assert_eq!(run.stdout, "");
    for expected in [
        "files: ",
        " written, 0 removed, 0 unchanged",
        "pages: 1",
        "findings: ",
    ] {
        assert!(
            run.stderr.contains(expected),
            "{expected:?} is not in {run:#?}"
        );
    }
    let files = place.files("out");
    for path in ["out/Cargo.toml", "out/src/lib.rs", "out/.graph-codegen"] {
        assert!(
            files.contains_key(Path::new(path)),
            "{path} is not in {:?}",
            files.keys()
        );
    }
    place.assert_tidy();
}

#[test]
fn codegen_touches_nothing_when_nothing_changed() {
    let place = Place::new();
    place.run("codegen --docs docs --out out").assert_code(0);
    let times = || {
        let paths: Vec<_> = place.files("out").into_keys().collect();
        let times = paths
            .iter()
            .map(|path| modified(&place.folder.path().join(path)));
        (
            modified(place.folder.path()),
            modified(&place.path("out")),
            times.collect::<Vec<_>>(),
        )
    };
    let before = times();
    let run = place.run("codegen --docs docs --out out");
    run.assert_code(0);
    assert!(
        run.stderr.contains("files: 0 written, 0 removed"),
        "{run:#?}"
    );
    assert_eq!(times(), before);
}

#[test]
fn codegen_writes_what_changed_and_removes_what_is_gone() {
    let place = Place::new();
    place.put("docs/resources/other.md", THING.replace("thing", "other"));
    place.run("codegen --docs docs --out out").assert_code(0);
    let with_other = place.files("out");
    let manifest = modified(&place.path("out/Cargo.toml"));

    fs::remove_file(place.path("docs/resources/other.md")).expect("the page is there");
    place.run("codegen --docs docs --out out").assert_code(0);

    let without = place.files("out");
    let is_gone = |path: &&PathBuf| !without.contains_key(*path);
    let gone: Vec<_> = with_other.keys().filter(is_gone).collect();
    assert_eq!(gone.len(), 1, "{gone:?}");
    assert!(
        gone.iter().all(|path| path.ends_with("other.rs")),
        "{gone:?}"
    );
    assert_eq!(modified(&place.path("out/Cargo.toml")), manifest);
    place.assert_tidy();
}

#[test]
fn check_names_what_drifted_and_writes_nothing() {
    let place = Place::new();
    let check = "codegen --check --docs docs --out out";
    let run = place.run(check);
    run.assert_code(1);
    assert!(run.stdout.contains("missing Cargo.toml\n"), "{run:#?}");
    assert!(!place.path("out").exists());

    place.run("codegen --docs docs --out out").assert_code(0);
    let run = place.run(check);
    run.assert_code(0);
    assert_eq!(run.stdout, "");

    place.put("out/src/lib.rs", "edited");
    fs::remove_file(place.path("out/Cargo.toml")).expect("the file was written");
    place.put("out/mine.txt", "mine");
    let listed = fs::read_to_string(place.path("out/.graph-codegen")).expect("a manifest");
    place.put("out/.graph-codegen", format!("{listed}src/extra.rs\n"));
    place.put("out/src/extra.rs", "extra");
    let before = place.files("out");
    let run = place.run(check);
    run.assert_code(1);
    let expected = "differs .graph-codegen\ndiffers src/lib.rs\nmissing Cargo.toml\n\
                    extra src/extra.rs\nforeign mine.txt\n";
    assert_eq!(run.stdout, expected);
    assert_eq!(place.files("out"), before);
    place.assert_tidy();
}

#[test]
fn an_output_with_files_of_somebody_else_is_refused() {
    let place = Place::new();
    place.put("out/notes/mine.txt", "mine");
    place.put("out/src/lib.rs", "mine too");
    let before = place.files("");
    let run = place.run("codegen --docs docs --out out");
    run.assert_refused("`notes/mine.txt`");
    run.assert_refused("`src/lib.rs`");
    assert_eq!(place.files(""), before);
    place.assert_tidy();
}

#[test]
fn an_output_that_cannot_be_is_refused() {
    let place = Place::new();
    place.put("file", "no folder");
    let before = place.files("");
    let rows = [
        ("file", "not a folder"),
        ("file/out", "file"),
        ("docs", "overlap"),
        ("docs/out", "overlap"),
        (".", "overlap"),
        ("/", "overlap"),
    ];
    for (out, expected) in rows {
        place
            .run(&format!("codegen --docs docs --out {out}"))
            .assert_refused(expected);
    }
    assert_eq!(place.files(""), before);
    place.assert_tidy();
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_where_nobody_may_write_is_refused() {
    let place = Place::new();
    place
        .run("codegen --docs docs --out /proc/out")
        .assert_refused("/proc");
}

#[test]
fn what_builds_leave_in_the_output_stays() {
    let place = Place::new();
    place.run("codegen --docs docs --out out").assert_code(0);
    place.put("out/target/debug/x.d", "built");
    place.put("out/Cargo.lock", "locked");
    place.put("docs/resources/other.md", THING.replace("thing", "other"));
    place.run("codegen --docs docs --out out").assert_code(0);
    place
        .run("codegen --check --docs docs --out out")
        .assert_code(0);
    assert!(place.path("out/target/debug/x.d").exists());
    assert!(place.path("out/Cargo.lock").exists());
    place.assert_tidy();
}

#[test]
fn the_output_does_not_depend_on_the_folder_or_the_threads() {
    let place = Place::new();
    place.put("docs/resources/other.md", FAULTY);
    fs::create_dir(place.path("elsewhere")).expect("a folder");
    place.run("codegen --docs docs --out one").assert_code(0);
    place
        .run_in("elsewhere", "codegen --docs ../docs --out ../two")
        .assert_code(0);
    place
        .run_in("docs", "codegen --docs . --out ../four")
        .assert_code(0);
    let out = place.path("three");
    let mut command = place.command("codegen --docs ./docs/../docs --out");
    Run::of(command.arg(&out).env("RAYON_NUM_THREADS", "1")).assert_code(0);
    let texts = |folder| place.files(folder).into_values().collect::<Vec<_>>();
    assert_eq!(texts("one"), texts("two"));
    assert_eq!(texts("one"), texts("three"));
    assert_eq!(texts("one"), texts("four"));
}

/// A shell that stands in the output must not be left in a folder that is gone.
#[cfg(unix)]
#[test]
fn the_folder_that_a_shell_stands_in_stays_the_same_one() {
    use std::os::unix::fs::MetadataExt as _;
    let place = Place::new();
    let number = || {
        fs::metadata(place.path("out"))
            .expect("the output is there")
            .ino()
    };
    place.run("codegen --docs docs --out out").assert_code(0);
    let before = number();
    place.put("docs/resources/other.md", THING.replace("thing", "other"));
    place
        .run_in("out/src", "codegen --docs ../../docs --out ..")
        .assert_code(0);
    assert_eq!(number(), before);
    place
        .run("codegen --check --docs docs --out out")
        .assert_code(0);
    place.assert_tidy();
}

#[cfg(unix)]
#[test]
fn a_link_to_the_output_stays_a_link() {
    let place = Place::new();
    fs::create_dir(place.path("real")).expect("a folder");
    std::os::unix::fs::symlink("real", place.path("out")).expect("a link");
    place.run("codegen --docs docs --out out").assert_code(0);
    assert!(
        fs::symlink_metadata(place.path("out"))
            .expect("a link")
            .is_symlink()
    );
    assert!(place.path("real/Cargo.toml").exists());
}

#[test]
fn a_run_stops_while_another_one_writes() {
    let place = Place::new();
    place.put(".out.graph-codegen/lock", "");
    let lock = fs::File::open(place.path(".out.graph-codegen/lock")).expect("the lock");
    lock.lock().expect("nobody else has it");
    place
        .run("codegen --docs docs --out out")
        .assert_refused("another run");
    assert!(!place.path("out").exists());
    drop(lock);
    place.run("codegen --docs docs --out out").assert_code(0);
    place.assert_tidy();
}

/// Kills runs at moments spread over the time that one takes. Whatever the moment, the output is the
/// old one or the new one, and the run after it finds nothing to complain of.
#[test]
fn a_run_that_is_killed_leaves_the_old_output_or_the_new_one() {
    let place = Place::new();
    let page = |name: &str| place.path("docs/resources").join(name);
    let generate = || {
        place
            .run("codegen --docs docs --out out")
            .assert_code(0)
            .code
    };
    for number in 0..40 {
        let name = format!("thing{number}");
        place.put(
            &format!("docs/resources/{name}.md"),
            THING.replace("thing", &name),
        );
    }
    let start = Instant::now();
    generate();
    let whole = start.elapsed();
    let with = place.files("out");
    fs::remove_file(page("thing7.md")).expect("the page is there");
    generate();
    let without = place.files("out");
    assert_ne!(with, without);

    for moment in 0..24 {
        place.put("docs/resources/thing7.md", THING.replace("thing", "thing7"));
        let mut run = place.command("codegen --docs docs --out out");
        let mut run = run.stderr(Stdio::null()).spawn().expect("the program runs");
        std::thread::sleep(whole * moment / 20);
        run.kill()
            .and_then(|()| run.wait().map(drop))
            .expect("it can be killed");
        let found = place.files("out");
        assert!(
            found == with || found == without,
            "neither one nor the other: {moment}"
        );

        fs::remove_file(page("thing7.md")).expect("the page is there");
        generate();
        assert_eq!(place.files("out"), without);
        place.assert_tidy();
    }
}

#[test]
fn lint_fails_on_warnings_and_prints_them_in_every_format() {
    let place = Place::new();
    place.put("docs/resources/other.md", FAULTY);
    let rows = [
        ("human", "warning[missing-include]"),
        ("json", "missing-include"),
        ("sarif", "2.1.0"),
        ("github", "::warning "),
    ];
    for (format, expected) in rows {
        let run = place.run(&format!("lint --docs docs --format {format}"));
        run.assert_code(1);
        assert!(run.stdout.contains(expected), "{run:#?}");
        assert!(run.stdout.contains("other.md"), "{run:#?}");
        assert!(
            run.stderr.contains("warning[missing-include] 1"),
            "{run:#?}"
        );
        assert!(
            !run.stdout.contains('\u{1b}'),
            "colours are for terminals: {run:#?}"
        );
        if matches!(format, "json" | "sarif") {
            serde_json::from_str::<serde_json::Value>(&run.stdout).expect("one JSON value");
        }
    }
    let run = place.run("lint --docs docs");
    assert!(run.stdout.contains("resources/other.md:5:"), "{run:#?}");
}

#[test]
fn lint_is_content_with_a_page_that_has_no_fault() {
    let run = Place::new().run("lint --docs docs");
    run.assert_code(0);
    assert!(run.stderr.contains("0 errors, 0 warnings"), "{run:#?}");
}

#[test]
fn codegen_goes_on_where_pages_have_faults() {
    let place = Place::new();
    place.put("docs/resources/other.md", FAULTY);
    let run = place.run("codegen --docs docs --out out");
    run.assert_code(0);
    assert!(
        run.stderr.contains("warning[missing-include] 1"),
        "{run:#?}"
    );
}

/// What is not asked for is not in the crate, and `--check` asks for the same.
#[test]
fn only_what_is_asked_for_is_generated() {
    let place = Place::new();
    place.put(
        "docs/resources/other.md",
        THING.replace("thing", "other").replace("Thing", "Other"),
    );
    let part = "codegen --docs docs --out out --only microsoft.graph.thing";
    let run = place.run(part);
    run.assert_code(0);
    assert_eq!(run.stdout, "");
    let selected =
        "selected: 1 page (1 entity type, 0 complex types, 0 enum types, 0 operations, 0 examples)";
    assert!(run.stderr.contains("pages: 2 (2 entity types"), "{run:#?}");
    assert!(run.stderr.lines().any(|line| line == selected), "{run:#?}");
    assert!(place.path("out/src/models/graph/thing.rs").exists());
    assert!(!place.path("out/src/models/graph/other.rs").exists());

    place.run(&format!("{part} --check")).assert_code(0);
    let run = place.run(&format!("{part} --only other --check"));
    run.assert_code(1);
    assert!(
        run.stdout.contains("missing src/models/graph/other.rs\n"),
        "{run:#?}"
    );
    place.run(&format!("{part} --only other")).assert_code(0);
    let both = place.files("out");
    place.run("codegen --docs docs --out out").assert_code(0);
    assert_eq!(place.files("out"), both);
}

#[test]
fn what_nobody_documents_cannot_be_asked_for() {
    let place = Place::new();
    let rows = [
        (
            "--only microsoft.graph.thin",
            "a type `microsoft.graph.thin`; did you mean `microsoft.graph.thing`?",
        ),
        ("--only /things", "a path that begins with `/things`"),
        (
            "--only thing --only /things",
            "a path that begins with `/things`",
        ),
    ];
    for (words, what) in rows {
        let run = place.run(&format!("codegen --docs docs --out out {words}"));
        run.assert_refused(what);
        assert!(!place.path("out").exists());
    }
    let run = place.run("codegen --docs docs --out out --navigation 2");
    run.assert_code(2);
    assert!(run.stderr.contains("--only"), "{run:#?}");
}

#[test]
fn export_prints_one_json_value() {
    let run = Place::new().run("export --format ir --docs docs");
    run.assert_code(0);
    let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("one JSON value");
    let thing = &value["entity_types"][0];
    assert_eq!(thing["name"], "microsoft.graph.thing", "{value}");
    let span = &thing["properties"][1]["span"];
    assert_eq!(span["path"], "resources/thing.md", "{value}");
    let line = THING.lines().position(|line| line.starts_with("|place|"));
    assert_eq!(
        span["line"].as_u64(),
        line.map(|line| line as u64 + 1),
        "{value}"
    );
    assert_eq!(Place::new().run("export --docs docs").stdout, run.stdout);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let place = Place::new();
    for words in ["export --docs docs", "lint --format json --docs docs"] {
        let mut command = place.command(words);
        let mut run = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        drop(run.stdout.take());
        let status = run.wait().expect("it ends");
        assert_eq!(status.code(), Some(0), "{words}");
    }
}
