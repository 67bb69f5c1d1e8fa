//! `lint`: what it prints in which form, and when it fails.

use crate::place::{FAULTY, Place};

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
