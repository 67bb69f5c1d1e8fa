//! A small service and its documents, which are wrong in places: the figures of `verify` are guarded
//! where no real pages are at hand.

use std::path::Path;

use graph_codegen::verify::{Floors, MEASURES, Report, verify};

use crate::folders;

fn report(folder: &Path) -> Report {
    let docs = graph_codegen::read(&folder.join("docs")).expect("the documents");
    let analysis = graph_codegen::analyse(&docs);
    let metadata = folders::read(&folder.join("metadata.xml"));
    verify(&analysis.schema, &docs.sources, &metadata).expect("metadata")
}

fn floors(folder: &Path) -> Floors {
    Floors::parse(&folders::read(&folder.join("floors.toml"))).expect("floors")
}

#[test]
fn every_figure_of_the_sample_stands_on_its_floor() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample");
    let (report, floors) = (report(&folder), floors(&folder));
    let below: Vec<String> = floors
        .shortfalls(&report)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(below, Vec::<String>::new());
    // A floor that is lower than its figure lets it fall unseen.
    let mut expected = String::new();
    for figure in &report.figures {
        let name = figure.measure.as_str();
        let tally = &figure.tally;
        assert!(tally.expected > 0, "the sample has nothing for `{name}`");
        let share = |side: Option<f64>| (side.unwrap_or_default() * 10_000.0).floor() / 100.0;
        expected.push_str(&match tally.precision() {
            Some(_) => format!(
                "{name} = {{ recall = {}, precision = {} }}\n",
                share(tally.recall()),
                share(tally.precision())
            ),
            None => format!("{name} = {{ recall = {} }}\n", share(tally.recall())),
        });
    }
    assert_eq!(report.figures.len(), MEASURES.len());
    let text = folders::read(&folder.join("floors.toml"));
    let lines = text.lines().filter(|line| line.contains(" = "));
    let found: String = lines.map(|line| format!("{line}\n")).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_kind_of_difference_that_a_reader_should_not_make_is_absent_from_the_sample() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample");
    let report = report(&folder);
    let of_reader = report
        .differences
        .iter()
        .filter(|difference| difference.code.concern() == graph_codegen::verify::Concern::Reader);
    let of_reader: Vec<String> = of_reader.map(|difference| difference.message()).collect();
    assert_eq!(of_reader, Vec::<String>::new());
    assert!(
        report.differences.len() > 20,
        "{}",
        report.differences.len()
    );
}
