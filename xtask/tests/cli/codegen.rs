//! `codegen`: what it writes, what it says, and what `--check` and `--only` make of it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::place::{FAULTY, Place, Run, THING, modified};

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
