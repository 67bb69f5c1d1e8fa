//! A report into JSON.

use serde::Serialize;

use crate::verify::{Difference, Figure, Report};

/// The version of the form. It is raised when a member changes its meaning or goes away.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    figures: Vec<FigureEntry<'a>>,
    differences: Vec<DifferenceEntry<'a>>,
}

#[derive(Serialize)]
struct FigureEntry<'a> {
    name: &'static str,
    title: &'static str,
    note: &'a str,
    matched: usize,
    expected: usize,
    confirmed: usize,
    found: usize,
    recall: Option<f64>,
    precision: Option<f64>,
}

#[derive(Serialize)]
struct DifferenceEntry<'a> {
    code: &'static str,
    concern: &'static str,
    #[serde(rename = "type")]
    subject: &'a str,
    member: &'a str,
    page: Option<&'a str>,
    line: Option<u32>,
    documented: &'a str,
    service: &'a str,
    written: &'a str,
    message: String,
}

/// An object with the members `format` (1), `figures` and `differences`. `docs/verify.md` describes
/// the form.
#[must_use]
pub fn json(report: &Report) -> String {
    let document = Document {
        format: FORMAT,
        figures: report.figures.iter().map(figure).collect(),
        differences: report.differences.iter().map(difference).collect(),
    };
    // Numbers and texts are all there is, and those always have a form in JSON.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn figure(figure: &Figure) -> FigureEntry<'_> {
    let tally = figure.tally;
    FigureEntry {
        name: figure.measure.as_str(),
        title: figure.measure.title(),
        note: &figure.note,
        matched: tally.matched,
        expected: tally.expected,
        confirmed: tally.confirmed,
        found: tally.found,
        recall: tally.recall(),
        precision: tally.precision(),
    }
}

fn difference(difference: &Difference) -> DifferenceEntry<'_> {
    DifferenceEntry {
        code: difference.code.as_str(),
        concern: difference.code.concern().as_str(),
        subject: &difference.subject,
        member: &difference.member,
        page: difference.place.as_ref().map(|place| place.page.as_str()),
        line: difference.place.as_ref().map(|place| place.line),
        documented: &difference.documented,
        service: &difference.service,
        written: &difference.written,
        message: difference.message(),
    }
}
