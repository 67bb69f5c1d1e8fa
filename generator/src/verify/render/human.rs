//! A report for people: the figures, what the differences are, and the differences page by page.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::verify::{Code, Concern, Difference, Figure, Report};

/// The report as text. At most `limit` differences are printed, all without one; the rest is
/// counted.
#[must_use]
pub fn human(report: &Report, limit: Option<usize>) -> String {
    let mut text = String::new();
    figures(&mut text, &report.figures);
    codes(&mut text, &report.differences);
    let shown = limit.unwrap_or(usize::MAX).min(report.differences.len());
    let (shown, rest) = report.differences.split_at(shown);
    pages(&mut text, shown);
    if !rest.is_empty() {
        line(
            &mut text,
            format_args!("\n… and {} more differences", rest.len()),
        );
    }
    text
}

/// Adds a line. Writing to a `String` can't fail.
fn line(text: &mut String, words: std::fmt::Arguments<'_>) {
    let _ = writeln!(text, "{words}");
}

fn figures(text: &mut String, figures: &[Figure]) {
    let label = |figure: &Figure| match figure.note.is_empty() {
        true => figure.measure.title().to_owned(),
        false => format!("{} ({})", figure.measure.title(), figure.note),
    };
    let width = figures
        .iter()
        .map(|figure| label(figure).chars().count())
        .max();
    let width = width.unwrap_or_default();
    line(
        text,
        format_args!("{:width$}  {:>20}  {:>20}", "", "recall", "precision"),
    );
    for figure in figures {
        let tally = figure.tally;
        let recall = share(tally.recall(), tally.matched, tally.expected);
        let precision = share(tally.precision(), tally.confirmed, tally.found);
        line(
            text,
            format_args!("{:width$}  {recall:>20}  {precision:>20}", label(figure)),
        );
    }
}

fn share(share: Option<f64>, part: usize, whole: usize) -> String {
    share.map_or_else(
        || "-".to_owned(),
        |share| format!("{part}/{whole} {:6.2} %", share * 100.0),
    )
}

/// How many differences there are of each kind.
fn codes(text: &mut String, differences: &[Difference]) {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for difference in differences {
        *counts.entry(difference.code).or_default() += 1;
    }
    line(text, format_args!("\n{} differences", differences.len()));
    for (code, count) in counts {
        let mark = match code.concern() {
            Concern::Documents => "",
            Concern::Reader => " (look at the reader)",
        };
        line(
            text,
            format_args!("{count:>7}  {:<24}{}{mark}", code.as_str(), code.meaning()),
        );
    }
}

/// The differences under the names of their pages.
fn pages(text: &mut String, differences: &[Difference]) {
    let mut current = None;
    for difference in differences {
        let page = difference.place.as_ref().map(|place| place.page.as_str());
        if current != Some(page) {
            line(text, format_args!("\n{}", page.unwrap_or("no page")));
            current = Some(page);
        }
        let number = difference
            .place
            .as_ref()
            .map(|place| format!("{}: ", place.line));
        let number = number.unwrap_or_default();
        let code = difference.code.as_str();
        line(
            text,
            format_args!("  {number}{} [{code}]", difference.message()),
        );
    }
}
