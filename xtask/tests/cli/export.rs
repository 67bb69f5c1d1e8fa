//! `export`: what the documents say as JSON.

use crate::place::{Place, THING};

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
