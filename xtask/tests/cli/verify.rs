//! `verify` as people call it: what it prints, and its exit codes.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

const PAGE: &str = "\
# thing resource type

Namespace: microsoft.graph

## Properties

|Property|Type|Description|
|:--|:--|:--|
|id|String|Tells the thing from others.|
|size|Int32|How large it is.|

## JSON representation

<!-- { \"blockType\": \"resource\", \"keyProperty\": \"id\", \"@odata.type\": \"microsoft.graph.thing\" } -->
```json
{ \"id\": \"String\", \"size\": 1 }
```
";

const METADATA: &str = r#"<edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="microsoft.graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EntityType Name="thing">
    <Property Name="id" Type="Edm.String" /><Property Name="size" Type="Edm.Int64" />
  </EntityType>
</Schema></edmx:DataServices></edmx:Edmx>"#;

/// A folder with documents, metadata and files of floors.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self {
            folder: TempDir::new().expect("a folder for the test"),
        };
        place.put("docs/resources/thing.md", PAGE);
        place.put("metadata.xml", METADATA);
        place
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        fs::write(path, text).expect("the file");
    }

    fn verify(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.arg("verify").arg("--docs").arg(self.path("docs"));
        command.arg("--metadata").arg(self.path("metadata.xml"));
        command.args(arguments).current_dir(self.folder.path());
        command.output().expect("the program runs")
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn differences_are_printed_and_are_no_failure() {
    let output = Place::new().verify(&[]);
    assert_eq!(output.status.code(), Some(0));
    let printed = text(&output.stdout);
    let expected = "\nresources/thing.md\n  10: `microsoft.graph.thing`, `size`: \
        Both are numbers, of different types. Page: Edm.Int32. As written: Int32. Service: Edm.Int64. [type-number-width]\n";
    assert!(printed.contains(expected), "{printed}");
    assert!(text(&output.stderr).starts_with("pages: 1 "));
}

#[test]
fn json_holds_all_differences_whatever_the_limit() {
    let output = Place::new().verify(&["--format", "json", "--limit", "0"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let codes = value["differences"].as_array().expect("differences");
    let codes: Vec<_> = codes.iter().map(|d| d["code"].as_str()).collect();
    assert_eq!(codes, [Some("type-number-width"), Some("base-extra")]);
}

#[test]
fn a_figure_below_its_floor_is_a_finding() {
    let place = Place::new();
    place.put("floors.toml", "properties = { recall = 100 }\n");
    let output = place.verify(&["--floors", "floors.toml"]);
    assert_eq!(output.status.code(), Some(0));
    place.put(
        "floors.toml",
        "property-types = { recall = 50.1, precision = 50 }\n",
    );
    let output = place.verify(&["--floors", "floors.toml"]);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    assert!(
        told.contains("below its floor: property-types: recall is 50.000 %, below 50.1 %\n"),
        "{told}"
    );
    assert!(!told.contains("precision is"), "{told}");
}

#[test]
fn what_can_not_be_read_is_told_in_a_sentence() {
    let cases = [
        (
            "metadata.xml",
            "<a>",
            "metadata.xml` can't be used: it is no XML: ",
        ),
        (
            "metadata.xml",
            "<a />",
            "metadata.xml` can't be used: it is no CSDL: ",
        ),
        (
            "floors.toml",
            "speed = {}",
            "floors.toml` can't be used: there is no figure `speed`",
        ),
    ];
    for (path, content, expected) in cases {
        let place = Place::new();
        place.put("floors.toml", "");
        place.put(path, content);
        let output = place.verify(&["--floors", "floors.toml"]);
        assert_eq!(output.status.code(), Some(2), "{content}");
        let told = text(&output.stderr);
        assert!(told.contains(expected), "{told}");
        assert!(output.stdout.is_empty());
    }
}
