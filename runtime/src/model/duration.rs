//! `Edm.Duration` as text of a checked form.

use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Span};

use super::InvalidText;
use super::scan::Scan;
use super::textual::textual;

const EXPECTING: &str = "an ISO 8601 duration, such as P1DT12H30M";

/// A length of time: `Edm.Duration`
/// ([OData ABNF, `durationValue`](https://docs.oasis-open.org/odata/odata/v4.01/os/abnf/odata-abnf-construction-rules.txt)),
/// and, since services write them as well, the years, months and weeks of ISO 8601.
///
/// It is kept as it was written, and compared as such: `PT60M` does not equal `PT1H`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Duration(String);

impl Duration {
    /// The duration as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The duration as `jiff` has it.
    ///
    /// # Errors
    ///
    /// When a unit is beyond what a [`Span`] can hold, such as the 10,675,199 days that services
    /// write for "for ever".
    pub fn to_span(&self) -> Result<Span, jiff::Error> {
        self.0.parse()
    }
}

/// The units of each part, in the order they have to come in.
const DATE_UNITS: &[u8] = b"YMWD";
const TIME_UNITS: &[u8] = b"HMS";

fn check(text: &str) -> Option<()> {
    let mut scan = Scan::new(text);
    let _sign = scan.eat(b'-') || scan.eat(b'+');
    scan.expect(b'P')?;
    let days = components(&mut scan, DATE_UNITS)?;
    if scan.eat(b'T') {
        let times = components(&mut scan, TIME_UNITS)?;
        return (times > 0).then_some(()).and(scan.end());
    }
    (days > 0).then_some(()).and(scan.end())
}

/// Reads numbers with their units, as long as there are any, and counts them.
fn components(scan: &mut Scan<'_>, mut units: &[u8]) -> Option<usize> {
    let mut count = 0;
    while number(scan)? {
        let unit = scan.next()?;
        let at = units.iter().position(|known| *known == unit)?;
        units = &units[at + 1..];
        count += 1;
    }
    Some(count)
}

/// Reads `12` or `12.5`; false where there is no digit.
fn number(scan: &mut Scan<'_>) -> Option<bool> {
    if scan.digits().is_empty() {
        return Some(false);
    }
    let ends_well = !scan.eat(b'.') || !scan.digits().is_empty();
    ends_well.then_some(true)
}

impl FromStr for Duration {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        match check(text) {
            Some(()) => Ok(Duration(text.to_owned())),
            None => Err(InvalidText::new(EXPECTING)),
        }
    }
}

impl From<Span> for Duration {
    fn from(span: Span) -> Self {
        Duration(span.to_string())
    }
}

impl From<SignedDuration> for Duration {
    fn from(duration: SignedDuration) -> Self {
        Duration(duration.to_string())
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

textual!(Duration, Duration("PT0S".to_owned()), EXPECTING);
crate::__serde_by_value!(Duration);
