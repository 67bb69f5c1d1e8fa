//! Figures that may not sink: a file of least values, held against a report.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use super::measures::Measure;
use super::report::Report;

/// The least values of figures, by measure.
#[derive(Clone, Debug, Default)]
pub struct Floors(BTreeMap<Measure, Floor>);

/// Least values in percent.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Floor {
    recall: Option<f64>,
    precision: Option<f64>,
}

/// A figure below its floor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shortfall {
    /// The figure.
    pub measure: Measure,
    /// `recall` or `precision`.
    pub side: &'static str,
    /// The least value, in percent.
    pub floor: f64,
    /// The value, in percent; nothing when there is nothing to count.
    pub actual: Option<f64>,
}

/// Why a file of floors can't be used.
#[derive(Clone, Debug)]
pub enum FloorsError {
    /// It is no TOML, or its values are no floors.
    Toml(toml::de::Error),
    /// It names a figure that there is not.
    UnknownFigure(String),
}

impl fmt::Display for FloorsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Toml(error) => f.write_str(error.to_string().trim_end()),
            Self::UnknownFigure(name) => write!(f, "there is no figure `{name}`"),
        }
    }
}

impl std::error::Error for FloorsError {}

impl fmt::Display for Shortfall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, side, floor) = (self.measure.as_str(), self.side, self.floor);
        match self.actual {
            Some(actual) => write!(f, "{name}: {side} is {actual:.3} %, below {floor} %"),
            None => write!(f, "{name}: {side} has nothing to count, {floor} % wanted"),
        }
    }
}

impl Floors {
    /// Reads lines of `figure = { recall = 98.5, precision = 99 }`, in percent, either left out.
    ///
    /// # Errors
    ///
    /// When the text is no TOML of this form, or names a figure that there is not.
    pub fn parse(text: &str) -> Result<Self, FloorsError> {
        let named: BTreeMap<String, Floor> = toml::from_str(text).map_err(FloorsError::Toml)?;
        let known = named.into_iter().map(|(name, floor)| {
            let measure = Measure::of_name(&name);
            let measure = measure.ok_or(FloorsError::UnknownFigure(name))?;
            Ok((measure, floor))
        });
        known.collect::<Result<_, _>>().map(Self)
    }

    /// The figures that are below their floors, in the order of measures.
    #[must_use]
    pub fn shortfalls(&self, report: &Report) -> Vec<Shortfall> {
        let mut found = Vec::new();
        for (measure, floor) in &self.0 {
            let tally = report.figure(*measure).map(|figure| figure.tally);
            let sides = [
                ("recall", floor.recall, tally.and_then(|t| t.recall())),
                (
                    "precision",
                    floor.precision,
                    tally.and_then(|t| t.precision()),
                ),
            ];
            for (side, floor, actual) in sides {
                let actual = actual.map(|share| share * 100.0);
                let Some(floor) = floor.filter(|floor| actual.is_none_or(|a| a < *floor)) else {
                    continue;
                };
                found.push(Shortfall {
                    measure: *measure,
                    side,
                    floor,
                    actual,
                });
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::report::{Figure, Tally};
    use super::*;

    fn report(matched: usize, confirmed: usize) -> Report {
        let tally = Tally {
            matched,
            expected: 200,
            confirmed,
            found: 100,
        };
        let figure = Figure {
            measure: Measure::Properties,
            note: String::new(),
            tally,
        };
        Report {
            figures: vec![figure],
            differences: Vec::new(),
        }
    }

    #[test]
    fn what_is_below_its_floor_is_named() {
        let floors =
            Floors::parse("properties = { recall = 98.5, precision = 99 }").expect("floors");
        assert!(floors.shortfalls(&report(197, 99)).is_empty());
        let names = floors
            .shortfalls(&report(196, 98))
            .into_iter()
            .map(|s| s.to_string());
        assert_eq!(
            names.collect::<Vec<_>>(),
            [
                "properties: recall is 98.000 %, below 98.5 %",
                "properties: precision is 98.000 %, below 99 %"
            ]
        );
    }

    #[test]
    fn a_figure_that_counts_nothing_is_below_its_floor() {
        let floors = Floors::parse("abstract = { recall = 1 }").expect("floors");
        assert_eq!(floors.shortfalls(&report(0, 0)).len(), 1);
    }

    #[test]
    fn what_is_no_floor_is_refused() {
        let cases = [
            ("propertys = { recall = 1 }", "no figure `propertys`"),
            ("properties = { recal = 1 }", "recal"),
            ("properties = 3", "properties"),
        ];
        for (text, expected) in cases {
            let error = Floors::parse(text).expect_err("no floors").to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
