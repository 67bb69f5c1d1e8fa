use insta::assert_snapshot;

use super::*;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{FileId, SourceMap, Span};

const TASK: &str = "# incidentTask\n\n|Property|Type|\n|:---|:---|\n|source|[x](y.md)|\n";

fn map() -> SourceMap {
    let files = [
        ("resources/a, b.md", "Größe: 5%\n"),
        ("resources/task.md", TASK),
    ];
    SourceMap::from_files(files.map(|(path, text)| (path.to_owned(), text.to_owned())))
}

fn span(map: &SourceMap, file: u32, text: &str) -> Span {
    let start = map
        .get(FileId(file))
        .text
        .find(text)
        .expect("the text is in the file");
    Span::new(FileId(file), start, start + text.len())
}

fn diagnostics(map: &SourceMap) -> Vec<Diagnostic> {
    let value = Diagnostic::new(
        Code::EnumValueUndocumented,
        span(map, 0, "5%"),
        "`5%` is no member of `size`",
    );
    let row = Diagnostic::new(
        Code::UnresolvedType,
        span(map, 1, "[x](y.md)"),
        "no type `x`",
    );
    vec![
        value
            .with_label("not documented")
            .with_related(span(map, 1, "source"), "declared here")
            .with_help("list it\nor correct it"),
        row.with_severity(Severity::Error),
    ]
}

#[test]
fn people_see_the_lines() {
    let map = map();
    assert_snapshot!(human(&diagnostics(&map), &map, false), @r"
    warning[enum-value-undocumented]: `5%` is no member of `size`
     --> resources/a, b.md:1:8
      |
    1 | Größe: 5%
      |        ^^ not documented
      |
     ::: resources/task.md:5:2
      |
    5 | |source|[x](y.md)|
      |  ------ declared here
      |
      = help: list it or correct it

    error[unresolved-type]: no type `x`
     --> resources/task.md:5:9
      |
    5 | |source|[x](y.md)|
      |         ^^^^^^^^^
    ");
}

#[test]
fn colour_is_only_there_when_asked_for() {
    let map = map();
    assert!(human(&diagnostics(&map), &map, true).contains('\u{1b}'));
    assert!(!human(&diagnostics(&map), &map, false).contains('\u{1b}'));
}

#[test]
fn any_span_can_be_drawn() {
    let map = map();
    let spans = [(0, 0), (3, 4), (10, 12), (12, 12), (500, 900), (0, 900)];
    for (start, end) in spans {
        for file in [0, 1] {
            let span = Span::new(FileId(file), start, end);
            let diagnostic = Diagnostic::new(Code::RowUnreadable, span, "x\u{1b}[31m\ny");
            let drawn = human(&[diagnostic], &map, false);
            assert!(
                drawn.starts_with("warning[row-unreadable]: x\u{fffd}[31m y"),
                "{drawn}"
            );
        }
    }
}

#[test]
fn github_gets_one_escaped_line_each() {
    let map = map();
    assert_snapshot!(github(&diagnostics(&map), &map, "docs-src/"), @r"
    ::warning file=docs-src/resources/a%2C b.md,line=1,endLine=1,col=8,endColumn=10,title=enum-value-undocumented::`5%25` is no member of `size`: not documented%0Ahelp: list it%0Aor correct it
    ::error file=docs-src/resources/task.md,line=5,endLine=5,col=9,endColumn=18,title=unresolved-type::no type `x`
    ");
}

#[test]
fn json_has_the_documented_members() {
    let map = map();
    assert_snapshot!(json(&diagnostics(&map), &map), @r#"
    [
      {
        "code": "enum-value-undocumented",
        "severity": "warning",
        "message": "`5%` is no member of `size`",
        "path": "resources/a, b.md",
        "line": 1,
        "column": 8,
        "end_line": 1,
        "end_column": 10,
        "label": "not documented",
        "help": "list it\nor correct it",
        "related": [
          {
            "path": "resources/task.md",
            "line": 5,
            "column": 2,
            "end_line": 5,
            "end_column": 8,
            "label": "declared here"
          }
        ]
      },
      {
        "code": "unresolved-type",
        "severity": "error",
        "message": "no type `x`",
        "path": "resources/task.md",
        "line": 5,
        "column": 9,
        "end_line": 5,
        "end_column": 18,
        "label": "",
        "help": null,
        "related": []
      }
    ]
    "#);
}

#[test]
fn sarif_names_rule_place_and_level() {
    let map = map();
    let log: serde_json::Value =
        serde_json::from_str(&sarif(&diagnostics(&map), &map, "docs")).expect("SARIF is JSON");
    let run = &log["runs"][0];
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], "enum-value-undocumented");
    let rule = result["ruleIndex"].as_u64().expect("an index") as usize;
    assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
    assert_eq!(run["results"][1]["level"], "error");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "docs/resources/a%2C%20b.md"
    );
    // Columns count characters: `Größe: ` has seven in nine bytes.
    assert_eq!(place["region"]["startColumn"], 8);
    assert_eq!(place["region"]["endColumn"], 10);
    assert_eq!(
        result["relatedLocations"][0]["message"]["text"],
        "declared here"
    );
}
