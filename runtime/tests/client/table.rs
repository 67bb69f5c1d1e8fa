//! Holds `docs/faults.md` to the tests that it names, and the tests to it.

use std::collections::BTreeSet;
use std::path::Path;

/// The modules whose tests are all about faults.
const ABOUT_FAULTS: [&str; 3] = ["faults", "retry", "tokens"];

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The tests in the last column of the tables, as `module::name`.
fn named() -> BTreeSet<String> {
    let text = read("../docs/faults.md");
    let cells = text
        .lines()
        .filter_map(|line| line.strip_suffix("` |")?.rsplit('`').next());
    let named: Vec<String> = cells.map(str::to_owned).collect();
    let distinct: BTreeSet<String> = named.iter().cloned().collect();
    assert_eq!(named.len(), distinct.len(), "a test shows two faults");
    distinct
}

/// The tests of a module, as `module::name`.
fn tests_of(module: &str) -> BTreeSet<String> {
    let text = read(&format!("tests/client/{module}.rs"));
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let after = |pair: &[&str]| {
        let is_test = ["#[test]", "#[tokio::test]"].contains(&pair[0]);
        let name = pair[1].trim_start_matches("async ").strip_prefix("fn ")?;
        is_test.then(|| format!("{module}::{}", name.split('(').next().unwrap_or(name)))
    };
    lines.windows(2).filter_map(after).collect()
}

#[test]
fn every_test_that_the_table_names_exists() {
    let named = named();
    assert!(named.len() > 40, "{named:?}");
    for test in &named {
        let (module, _) = test.split_once("::").expect("module::name");
        assert!(tests_of(module).contains(test), "{test}");
    }
}

#[test]
fn every_test_of_a_fault_is_in_the_table() {
    let named = named();
    for test in ABOUT_FAULTS.into_iter().flat_map(tests_of) {
        assert!(named.contains(&test), "{test}");
    }
}
