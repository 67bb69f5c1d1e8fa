//! The bar: on a terminal while there is something to wait for, and nowhere else.

#[cfg(target_os = "linux")]
use std::process::{Command, Stdio};

use crate::place::{Place, Run, THING};

/// Every command that reads pages, and one that fails while it does.
const COMMANDS: [&str; 6] = [
    "codegen --docs docs --out out",
    "codegen --docs docs --out out --check",
    "lint --docs docs",
    "export --docs docs",
    "verify --docs docs --metadata metadata.xml",
    "lint --docs missing",
];

const METADATA: &str = r#"<edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="microsoft.graph" xmlns="http://docs.oasis-open.org/odata/ns/edm" />
</edmx:DataServices></edmx:Edmx>"#;

/// What clears the line that the bar stands in.
#[cfg(target_os = "linux")]
const ERASE: &str = "\u{1b}[2K";

fn place() -> Place {
    let place = Place::new();
    place.put("docs/resources/other.md", THING.replace("thing", "other"));
    place.put("metadata.xml", METADATA);
    place
}

#[test]
fn a_pipe_gets_no_control_characters() {
    let place = place();
    for words in COMMANDS {
        let run = Run::of(place.command(words).env("TERM", "xterm-256color"));
        let printed = run.stdout.chars().chain(run.stderr.chars());
        let control: Vec<_> = printed.filter(|c| c.is_control() && *c != '\n').collect();
        assert_eq!(control, [], "{words}: {run:#?}");
    }
}

/// Runs a command on a terminal of its own, with both its streams on it, by the tool of util-linux;
/// none where there is no such tool.
#[cfg(target_os = "linux")]
fn on_a_terminal(place: &Place, words: &str, term: &str) -> Option<Run> {
    let plain = place.command(words);
    let line = format!("{} {words}", plain.get_program().to_string_lossy());
    let mut script = Command::new("script");
    script.args(["--quiet", "--return", "--command", &line, "/dev/null"]);
    script.current_dir(place.folder.path()).env("TERM", term);
    script.env("CARGO_TARGET_DIR", place.path("target"));
    script.stdin(Stdio::null());
    if Command::new("script").arg("--version").output().is_err() {
        return None;
    }
    Some(Run::of(&mut script))
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_shows_a_bar_that_is_gone_at_the_end() {
    let place = place();
    for words in COMMANDS {
        let Some(run) = on_a_terminal(&place, words, "xterm-256color") else {
            return;
        };
        let (drawn, left) = run.stdout.rsplit_once(ERASE).expect("a bar was drawn");
        assert!(drawn.contains("reading files"), "{words}: {run:#?}");
        assert!(!left.contains('\u{1b}'), "{words}: {run:#?}");
        assert!(!left.trim_start().is_empty(), "words follow: {run:#?}");
        // What is drawn before the words is not mixed with them.
        let before_the_end = drawn.split(ERASE).any(|part| part.contains("error: "));
        assert!(!before_the_end, "{words}: {run:#?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_dumb_terminal_shows_none() {
    let place = place();
    for words in COMMANDS {
        let Some(run) = on_a_terminal(&place, words, "dumb") else {
            return;
        };
        assert!(!run.stdout.contains('\u{1b}'), "{words}: {run:#?}");
        assert!(!run.stdout.contains("reading"), "{words}: {run:#?}");
    }
}
