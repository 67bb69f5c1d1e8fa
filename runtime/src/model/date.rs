//! `Edm.Date` as a date of the civil calendar.

use std::fmt;
use std::str::FromStr;

use jiff::civil;

use super::InvalidText;
use super::scan::Scan;
use super::textual::textual;

const EXPECTING: &str = "a date, such as 2023-06-26";

/// A date without a time: `Edm.Date`
/// ([OData ABNF, `dateValue`](https://docs.oasis-open.org/odata/odata/v4.01/os/abnf/odata-abnf-construction-rules.txt)),
/// of the years -9999 to 9999.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Date(civil::Date);

impl Date {
    /// The date as `jiff` has it.
    pub const fn civil(self) -> civil::Date {
        self.0
    }

    pub(super) fn scan(scan: &mut Scan<'_>) -> Option<Self> {
        let before_christ = scan.eat(b'-');
        let year = i16::try_from(scan.number(4)?).ok()?;
        scan.expect(b'-')?;
        let month = i8::try_from(scan.number(2)?).ok()?;
        scan.expect(b'-')?;
        let day = i8::try_from(scan.number(2)?).ok()?;
        let year = match (before_christ, year) {
            (true, 0) => return None,
            (true, year) => -year,
            (false, year) => year,
        };
        civil::Date::new(year, month, day).ok().map(Date)
    }
}

impl From<civil::Date> for Date {
    fn from(date: civil::Date) -> Self {
        Date(date)
    }
}

impl From<Date> for civil::Date {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl FromStr for Date {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let mut scan = Scan::new(text);
        Date::scan(&mut scan)
            .filter(|_| scan.end().is_some())
            .ok_or(InvalidText::new(EXPECTING))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0.year() < 0 { "-" } else { "" };
        let year = self.0.year().unsigned_abs();
        write!(
            f,
            "{sign}{year:04}-{:02}-{:02}",
            self.0.month(),
            self.0.day()
        )
    }
}

textual!(Date, Date(civil::Date::constant(1970, 1, 1)), EXPECTING);
crate::__serde_by_value!(Date);
