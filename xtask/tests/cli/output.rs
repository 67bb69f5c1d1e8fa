//! The folder of `codegen`: whose files it may hold, and what a run that is cut short leaves.

use std::fs;
use std::process::Stdio;
use std::time::Instant;

use crate::place::{Place, THING};

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
