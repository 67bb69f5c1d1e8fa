//! What is wrong usage, what is unreadable input, and how both are told.

use std::process::Stdio;

use crate::place::{Place, THING};

#[test]
fn without_words_it_explains_itself() {
    let run = Place::new().run("");
    run.assert_code(2);
    assert_eq!(run.stdout, "");
    for command in [
        "codegen", "lint", "export", "verify", "compile", "bench", "ci",
    ] {
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
        ("verify --help", "--floors"),
        ("compile --help", "--models"),
        ("bench compile --help", "--runs"),
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
        "compile --models --tests",
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
            "compile",
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
