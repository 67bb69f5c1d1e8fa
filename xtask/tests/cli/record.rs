//! The record of a run: believed where nothing changed, and nowhere else.

use std::fs;
use std::path::PathBuf;

use crate::place::{FAULTY, Place, Run, THING};

const CODEGEN: &str = "codegen --docs docs --out out";

/// Words that no run says by itself: whoever says them has them from the record.
const MARK: &str = "from the record";

/// Includes what is there.
const INCLUDING: &str = "[!INCLUDE [note](../includes/note.md)]";

/// Documents of every kind, generated once, and a record that tells on itself.
fn place() -> Place {
    let place = Place::new();
    let other = THING.replace("thing", "other").replace(
        "A other that stands somewhere.\n\n##",
        &format!("{INCLUDING}\n\n##"),
    );
    place.put("docs/resources/other.md", other);
    place.put("docs/includes/note.md", "Another thing.\n");
    place.put("docs/codegen.toml", "[crate]\nname = \"things\"\n");
    place.put("docs/fixups.toml", "");
    place.run(CODEGEN).assert_code(0);
    mark(&place);
    place
}

/// The record of the run, and what it read from pages.
fn kept(place: &Place) -> [PathBuf; 2] {
    let folder = fs::read_dir(place.path("target/graph-codegen")).expect("there are records");
    let mut files: Vec<_> = folder.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let extension = |path: &PathBuf| path.extension().map(|it| it.to_string_lossy().into_owned());
    let extensions: Vec<_> = files.iter().filter_map(extension).collect();
    assert_eq!(
        extensions,
        ["json", "pages"],
        "one record, and nothing else"
    );
    files.try_into().expect("two files")
}

fn record(place: &Place) -> PathBuf {
    let [record, _] = kept(place);
    record
}

fn mark(place: &Place) {
    let path = record(place);
    let text = fs::read_to_string(&path).expect("the record is text");
    let marked = text.replace("\"pages: ", &format!("\"{MARK}: "));
    assert_ne!(text, marked);
    fs::write(path, marked).expect("it can be written");
}

fn is_from_record(run: &Run) -> bool {
    run.stderr.contains(MARK)
}

#[test]
fn a_run_where_nothing_changed_says_what_the_record_says() {
    let place = place();
    for words in [CODEGEN, "codegen --docs docs --out out --check"] {
        let run = place.run(words);
        assert!(is_from_record(&run), "{run:#?}");
        let run = place.run(&format!("{words} --no-cache"));
        assert!(!is_from_record(&run), "{run:#?}");
    }
}

/// With and without errors in the pages, `--check`, `--only`: all streams and the exit code.
#[test]
fn a_run_through_the_record_is_like_one_without() {
    let place = Place::new();
    place.put("docs/resources/other.md", FAULTY);
    let stale = "[[fixup]]\nid = \"x\"\nreason = \"y\"\n\
                 remove-property = { type = \"microsoft.graph.thing\", property = \"gone\" }\n";
    let rows = [
        ("", CODEGEN),
        (
            "",
            "codegen --docs docs --out out --only microsoft.graph.thing",
        ),
        (stale, CODEGEN),
    ];
    for (fixups, words) in rows {
        place.put("docs/fixups.toml", fixups);
        place.run(words);
        for words in [words.to_owned(), format!("{words} --check")] {
            let without = place.run(&format!("{words} --no-cache"));
            let through = place.run(&words);
            assert_eq!(through, without);
            let errors = if fixups.is_empty() { 0 } else { 1 };
            through.assert_code(errors);
        }
        mark(&place);
        assert!(is_from_record(&place.run(words)));
    }
}

/// What a run says of pages and findings, without what it says of files.
fn findings(run: &Run) -> Vec<&str> {
    let lines = run.stderr.lines();
    lines.filter(|line| !line.starts_with("files: ")).collect()
}

#[test]
fn any_change_of_what_is_read_goes_the_whole_way() {
    type Change = fn(&Place);
    let changes: [(&str, Change); 9] = [
        ("page changed", |p| {
            p.put("docs/resources/thing.md", THING.replace("stands.", "is."));
        }),
        ("page added", |p| {
            p.put("docs/resources/new.md", THING.replace("thing", "new"));
        }),
        ("page removed", |p| {
            fs::remove_file(p.path("docs/resources/other.md")).expect("it is there");
        }),
        ("page renamed", |p| {
            let (from, to) = ("docs/resources/other.md", "docs/resources/renamed.md");
            fs::rename(p.path(from), p.path(to)).expect("it is there");
        }),
        ("include changed", |p| {
            p.put("docs/includes/note.md", "Changed.\n")
        }),
        ("include removed", |p| {
            fs::remove_file(p.path("docs/includes/note.md")).expect("it is there");
        }),
        ("configuration changed", |p| {
            p.put("docs/codegen.toml", "[crate]\nname = \"others\"\n");
        }),
        ("configuration removed", |p| {
            fs::remove_file(p.path("docs/codegen.toml")).expect("it is there");
        }),
        ("fix-ups changed", |p| p.put("docs/fixups.toml", "# none\n")),
    ];
    for (name, change) in changes {
        let place = place();
        change(&place);
        // The pages that are known from the run before are told from those that are not.
        let without = place.run("codegen --docs docs --out new --no-cache");
        let run = place.run(CODEGEN);
        run.assert_code(0);
        assert!(!is_from_record(&run), "{name}: {run:#?}");
        assert_eq!(findings(&run), findings(&without), "{name}");
        place
            .run(&format!("{CODEGEN} --check --no-cache"))
            .assert_code(0);
        mark(&place);
        assert!(is_from_record(&place.run(CODEGEN)), "{name}: no new record");
    }
}

/// Where a page changed, only what follows from it is printed again, but all of the output is looked
/// at: what somebody did to the rest is put right.
#[test]
fn what_was_touched_is_put_right_where_a_page_changed() {
    for touched in [
        "out/src/models/graph/thing.rs",
        "out/src/models/graph/other.rs",
    ] {
        let place = place();
        place.put(touched, "edited");
        place.put("docs/resources/thing.md", THING.replace("stands.", "is."));
        place.run(CODEGEN).assert_code(0);
        let check = format!("{CODEGEN} --check --no-cache");
        place.run(&check).assert_code(0);
        fs::remove_file(place.path(touched)).expect("it is there");
        place.put("docs/resources/thing.md", THING);
        place.run(CODEGEN).assert_code(0);
        place.run(&check).assert_code(0);
    }
}

/// A text that was printed is known only as long as what it was printed from is the same.
#[test]
fn only_what_a_page_leads_to_is_written() {
    let place = place();
    place.put("docs/resources/thing.md", THING.replace("stands.", "is."));
    let run = place.run(CODEGEN);
    run.assert_code(0);
    assert!(run.stderr.contains("files: 1 written"), "{run:#?}");
}

/// What stands where a new page leads to was no part of the recorded output, but holds what it should:
/// it is looked at before it is called somebody else's.
#[test]
fn a_file_that_is_as_a_new_page_wants_it_is_taken() {
    let place = place();
    let new = THING.replace("thing", "new");
    place.put("docs/resources/new.md", &new);
    place
        .run("codegen --docs docs --out elsewhere")
        .assert_code(0);
    let path = "src/models/graph/new.rs";
    let text = fs::read_to_string(place.path(&format!("elsewhere/{path}"))).expect("it is there");
    place.put(&format!("out/{path}"), text);
    place.run(CODEGEN).assert_code(0);
    let check = format!("{CODEGEN} --check --no-cache");
    place.run(&check).assert_code(0);
}

/// An include that was missing is read as soon as it is there.
#[test]
fn an_include_that_appears_is_seen() {
    let place = place();
    fs::remove_file(place.path("docs/includes/note.md")).expect("it is there");
    let run = place.run(CODEGEN);
    assert!(run.stderr.contains("missing-include"), "{run:#?}");
    place.put("docs/includes/note.md", "Another thing.\n");
    let run = place.run(CODEGEN);
    assert!(!run.stderr.contains("missing-include"), "{run:#?}");
}

#[test]
fn an_output_that_was_touched_is_put_right() {
    type Change = fn(&Place);
    let changes: [(&str, Change); 4] = [
        ("edited", |p| p.put("out/src/lib.rs", "edited")),
        ("removed", |p| {
            fs::remove_file(p.path("out/src/lib.rs")).expect("it is there");
        }),
        ("manifest removed", |p| {
            fs::remove_file(p.path("out/.graph-codegen")).expect("it is there");
        }),
        ("all removed", |p| {
            fs::remove_dir_all(p.path("out")).expect("it is there");
        }),
    ];
    for (name, change) in changes {
        let place = place();
        let before = place.files("out");
        change(&place);
        let check = place.run(&format!("{CODEGEN} --check"));
        assert!(!is_from_record(&check), "{name}: {check:#?}");
        check.assert_code(1);
        let run = place.run(CODEGEN);
        assert!(!is_from_record(&run), "{name}: {run:#?}");
        run.assert_code(0);
        assert_eq!(place.files("out"), before, "{name}");
    }
}

#[test]
fn a_file_of_somebody_else_is_still_refused() {
    let place = place();
    place.put("out/src/mine.rs", "mine");
    place.run(CODEGEN).assert_refused("`src/mine.rs`");
    place.run(&format!("{CODEGEN} --check")).assert_code(1);
}

#[test]
fn a_run_at_work_is_still_waited_for() {
    let place = place();
    place.put(".out.graph-codegen/undo.draft", "cut short");
    let run = place.run(CODEGEN);
    assert!(!is_from_record(&run), "{run:#?}");
}

#[test]
fn other_options_have_another_cause() {
    let place = place();
    let only = format!("{CODEGEN} --only microsoft.graph.thing");
    let rows = [
        only.clone(),
        format!("{only} --only microsoft.graph.other"),
        format!("{only} --navigation 0"),
        CODEGEN.to_owned(),
    ];
    for words in rows {
        let run = place.run(&words);
        run.assert_code(0);
        assert!(!is_from_record(&run), "{words}: {run:#?}");
        place
            .run(&format!("{words} --check --no-cache"))
            .assert_code(0);
        mark(&place);
    }
    // An output elsewhere is none that there is a record of.
    let run = place.run("codegen --docs docs --out elsewhere");
    assert!(!is_from_record(&run), "{run:#?}");
}

/// The crate is named after the folder where no configuration names it.
#[test]
fn documents_in_another_folder_have_another_cause() {
    let place = Place::new();
    place.put("second/resources/thing.md", THING);
    place.run(CODEGEN).assert_code(0);
    mark(&place);
    let run = place.run("codegen --docs second --out out");
    assert!(!is_from_record(&run), "{run:#?}");
    let manifest = fs::read_to_string(place.path("out/Cargo.toml")).expect("a manifest");
    assert!(manifest.contains("\"second\""), "{manifest}");
}

#[test]
fn a_record_that_makes_no_sense_is_none() {
    let place = place();
    let path = record(&place);
    let good = fs::read_to_string(&path).expect("the record is text");
    let half = good.split_at(good.len() / 2).0;
    let more = good.replacen('{', "{\n  \"version\": 2,", 1);
    let texts = ["", "{}", "null", "no JSON", half, &more];
    for text in texts {
        fs::write(&path, text).expect("it can be written");
        let run = place.run(CODEGEN);
        run.assert_code(0);
        assert!(!is_from_record(&run), "{text:?}: {run:#?}");
    }
    fs::write(&path, b"\xff\xfe").expect("it can be written");
    place.run(CODEGEN).assert_code(0);
    mark(&place);
    assert!(is_from_record(&place.run(CODEGEN)));
}

#[test]
fn what_was_read_from_pages_is_not_believed_where_it_was_damaged() {
    let place = place();
    let [_, path] = kept(&place);
    let good = fs::read(&path).expect("it can be read");
    let mut flipped = good.clone();
    let middle = good.len() / 2;
    flipped[middle] ^= 1;
    for damaged in [&good[..middle], &flipped, b""] {
        fs::write(&path, damaged).expect("it can be written");
        let changed = THING.replace("stands.", &format!("is {}.", damaged.len()));
        place.put("docs/resources/thing.md", changed);
        place.run(CODEGEN).assert_code(0);
        let check = format!("{CODEGEN} --check --no-cache");
        place.run(&check).assert_code(0);
    }
}

/// A record is a help and no need.
#[test]
fn where_no_record_can_be_kept_there_is_none() {
    let place = Place::new();
    place.put("target", "a file");
    place.run(CODEGEN).assert_code(0);
    place.run(CODEGEN).assert_code(0);
}

#[test]
fn a_check_writes_no_record() {
    let place = Place::new();
    place.run(&format!("{CODEGEN} --check")).assert_code(1);
    assert!(!place.path("target").exists());
}
