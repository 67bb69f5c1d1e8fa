//! The outcome: figures, and the differences behind them.

use std::collections::BTreeMap;

use super::codes::Code;
use super::measures::{MEASURES, Measure};

/// What holding the documents against the metadata found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// One of each [`Measure`], in the order of [`MEASURES`].
    pub figures: Vec<Figure>,
    /// In the order of pages and lines; those that no page can be named for are first.
    pub differences: Vec<Difference>,
}

/// Four counts, and what they are of.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Figure {
    /// What is counted.
    pub measure: Measure,
    /// What it is limited to, where that depends on the documents; mostly empty.
    pub note: String,
    /// The counts.
    pub tally: Tally,
}

/// Four counts. Recall is `matched` of `expected`; precision is `confirmed` of `found`.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    /// What the service has and the documents say.
    pub matched: usize,
    /// What the service has.
    pub expected: usize,
    /// What the documents say and the service has.
    pub confirmed: usize,
    /// What the documents say.
    pub found: usize,
}

/// A place where the documents and the metadata disagree.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Difference {
    /// Where the documents say it; for what they don't say, where it would be expected.
    pub place: Option<Place>,
    /// The qualified name of the type, or the request line.
    pub subject: String,
    /// The property, member, parameter or segment; empty where the whole subject is meant.
    pub member: String,
    /// What kind of difference it is.
    pub code: Code,
    /// What the documents say; empty where they say nothing.
    pub documented: String,
    /// What the service says; empty where it says nothing.
    pub service: String,
    /// The cell that `documented` was read from, to the letter; empty where there is none.
    pub written: String,
}

/// A line of a page.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Place {
    /// The path below the documents folder.
    pub page: String,
    /// The line; the first is 1.
    pub line: u32,
}

impl Difference {
    /// The difference in a sentence or three: what it is on, what it means, what each side says.
    #[must_use]
    pub fn message(&self) -> String {
        let mut text = format!("`{}`", self.subject);
        if !self.member.is_empty() {
            text = format!("{text}, `{}`", self.member);
        }
        text = format!("{text}: {}", self.code.meaning());
        let sides = [
            ("Page", &self.documented),
            ("As written", &self.written),
            ("Service", &self.service),
        ];
        for (side, says) in sides {
            if !says.is_empty() {
                text = format!("{text} {side}: {says}.");
            }
        }
        text
    }
}

impl Tally {
    /// Counts something that the service has.
    pub(super) fn expect(&mut self, is_documented: bool) {
        self.expected += 1;
        self.matched += usize::from(is_documented);
    }

    /// Counts something that the documents say.
    pub(super) fn find(&mut self, is_confirmed: bool) {
        self.found += 1;
        self.confirmed += usize::from(is_confirmed);
    }

    /// Counts something that both sides have an opinion on.
    pub(super) fn agree(&mut self, is_same: bool) {
        self.expect(is_same);
        self.find(is_same);
    }

    /// Takes the counts of another tally away.
    pub(super) fn less(self, other: Self) -> Self {
        Self {
            matched: self.matched - other.matched,
            expected: self.expected - other.expected,
            confirmed: self.confirmed - other.confirmed,
            found: self.found - other.found,
        }
    }

    /// Adds the counts of another tally.
    pub(super) fn add(&mut self, other: Self) {
        self.matched += other.matched;
        self.expected += other.expected;
        self.confirmed += other.confirmed;
        self.found += other.found;
    }

    /// The share, from 0 to 1, of what the service has that is documented.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        share(self.matched, self.expected)
    }

    /// The share, from 0 to 1, of what is documented that the service has.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        share(self.confirmed, self.found)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of things on pages")]
fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

impl Report {
    /// The figure of a measure.
    #[must_use]
    pub fn figure(&self, measure: Measure) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.measure == measure)
    }
}

/// A report while it is written.
#[derive(Debug, Default)]
pub(super) struct Draft {
    tallies: BTreeMap<Measure, Tally>,
    notes: BTreeMap<Measure, String>,
    differences: Vec<Difference>,
}

impl Draft {
    /// The counts of a measure.
    pub(super) fn tally(&mut self, measure: Measure) -> &mut Tally {
        self.tallies.entry(measure).or_default()
    }

    /// Says what a figure is limited to.
    pub(super) fn note(&mut self, measure: Measure, note: String) {
        self.notes.insert(measure, note);
    }

    /// Takes in a difference.
    pub(super) fn differ(&mut self, difference: Difference) {
        self.differences.push(difference);
    }

    /// The finished report.
    pub(super) fn finish(mut self) -> Report {
        self.differences.sort();
        self.differences.dedup();
        let figures = MEASURES.iter().map(|info| Figure {
            measure: info.measure,
            note: self.notes.remove(&info.measure).unwrap_or_default(),
            tally: self.tallies.remove(&info.measure).unwrap_or_default(),
        });
        Report {
            figures: figures.collect(),
            differences: self.differences,
        }
    }
}
