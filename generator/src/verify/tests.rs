//! A small service and its documents, with one of each difference.

use std::collections::BTreeMap;

use super::*;

const METADATA: &str = include_str!("tests/metadata.xml");

/// Path and text of each page.
const PAGES: [(&str, &str); 6] = [
    ("resources/shelf.md", include_str!("tests/shelf.md")),
    ("resources/book.md", include_str!("tests/book.md")),
    ("resources/atlas.md", include_str!("tests/atlas.md")),
    ("resources/enums.md", include_str!("tests/enums.md")),
    ("api/book-lend.md", include_str!("tests/book-lend.md")),
    ("api/shelf-find.md", include_str!("tests/shelf-find.md")),
];

fn report() -> Report {
    let pages = PAGES.map(|(path, text)| (path.to_owned(), text.to_owned()));
    let docs = crate::from_files(pages).expect("documents");
    let analysis = crate::analyse(&docs);
    verify(&analysis.schema, &docs.sources, METADATA).expect("metadata")
}

#[test]
fn each_difference_is_found_where_it_is() {
    let report = report();
    let lines = report.differences.iter().map(|difference| {
        let place = difference.place.as_ref();
        let place = place.map_or_else(String::new, |p| format!("{}:{}", p.page, p.line));
        format!(
            "{place} {} {} {} | {} | {}",
            difference.code.as_str(),
            difference.subject,
            difference.member,
            difference.documented,
            difference.service
        )
    });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn figures_count_what_both_sides_have() {
    let report = report();
    let counted = report.figures.iter().map(|figure| {
        let tally = figure.tally;
        let recall = (tally.matched, tally.expected);
        (
            figure.measure.as_str(),
            (recall, (tally.confirmed, tally.found)),
        )
    });
    let counted: BTreeMap<_, _> = counted.collect();
    let expected = [
        ("coverage", ((4, 7), (0, 0))),
        ("types-with-page", ((4, 4), (4, 5))),
        ("properties", ((7, 11), (11, 12))),
        ("navigation-properties", ((2, 2), (1, 1))),
        ("property-roles", ((8, 9), (8, 9))),
        ("property-types", ((5, 9), (5, 9))),
        ("spelling", ((12, 14), (12, 14))),
        ("base-types", ((2, 3), (2, 3))),
        ("base-types-stated", ((0, 3), (0, 3))),
        ("abstract-or-base", ((0, 1), (0, 1))),
        ("enum-members", ((3, 4), (3, 4))),
        ("enum-members-but-worst", ((0, 0), (0, 0))),
        ("enum-numbers", ((1, 3), (1, 3))),
        ("actions", ((1, 2), (1, 1))),
        ("functions", ((1, 1), (1, 1))),
        ("action-parameters", ((1, 2), (1, 2))),
        ("function-parameters", ((1, 1), (1, 1))),
        ("request-lines", ((4, 4), (0, 0))),
        ("request-paths", ((2, 4), (2, 4))),
        ("request-paths-lenient", ((3, 4), (3, 4))),
        ("example-requests", ((1, 1), (0, 0))),
        ("examples-paired", ((1, 1), (1, 1))),
        ("example-json", ((1, 1), (1, 1))),
    ];
    for (name, counts) in expected {
        assert_eq!(counted[name], counts, "{name}");
    }
}

#[test]
fn people_get_a_table_and_as_many_differences_as_they_ask_for() {
    let text = render::human(&report(), Some(2));
    insta::assert_snapshot!(text);
}

#[test]
fn json_holds_every_figure_and_every_difference() {
    let report = report();
    let value: serde_json::Value = serde_json::from_str(&render::json(&report)).expect("JSON");
    assert_eq!(value["format"], 1);
    let figures = value["figures"].as_array().map(Vec::len);
    assert_eq!(figures, Some(MEASURES.len()));
    let differences = value["differences"].as_array().expect("differences");
    assert_eq!(differences.len(), report.differences.len());
    let case = differences
        .iter()
        .find(|d| d["code"] == "property-case")
        .expect("one in a case");
    assert_eq!(case["type"], "microsoft.graph.book");
    assert_eq!(case["member"], "isbn");
    assert_eq!(case["page"], "resources/book.md");
    assert_eq!(case["documented"], "ISBN");
}

#[test]
fn differences_do_not_depend_on_how_often_they_are_found() {
    let (first, second) = (report(), report());
    assert_eq!(first.differences, second.differences);
    assert_eq!(first.figures, second.figures);
}
