//! `Edm.TimeOfDay` as a time of the civil day that remembers how precisely it was written.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use jiff::civil;

use super::InvalidText;
use super::scan::Scan;
use super::textual::textual;

const EXPECTING: &str = "a time of day, such as 07:59:59.999";

/// A time without a date: `Edm.TimeOfDay`
/// ([OData ABNF, `timeOfDayValue`](https://docs.oasis-open.org/odata/odata/v4.01/os/abnf/odata-abnf-construction-rules.txt)).
///
/// It prints as it was written: with or without seconds, with as many digits of a second, 12 at
/// most. Comparing looks at the time alone.
#[derive(Clone, Copy, Debug)]
pub struct TimeOfDay {
    time: civil::Time,
    /// What is left below a nanosecond, 0 to 999.
    picoseconds: u16,
    precision: Precision,
}

/// How much of the time is written.
#[derive(Clone, Copy, Debug)]
enum Precision {
    Minutes,
    /// Seconds, with this many digits behind the point.
    Seconds(u8),
}

/// The most digits of a second that OData allows.
const MOST_DIGITS: usize = 12;

impl TimeOfDay {
    pub(super) const MIDNIGHT: Self = TimeOfDay {
        time: civil::Time::midnight(),
        picoseconds: 0,
        precision: Precision::Seconds(0),
    };

    /// The time as `jiff` has it, less what is below a nanosecond.
    pub const fn civil(self) -> civil::Time {
        self.time
    }

    pub(super) const fn picoseconds(self) -> u16 {
        self.picoseconds
    }

    pub(super) fn scan(scan: &mut Scan<'_>) -> Option<Self> {
        let hour = i8::try_from(scan.number(2)?).ok()?;
        scan.expect(b':')?;
        let minute = i8::try_from(scan.number(2)?).ok()?;
        let mut precision = Precision::Minutes;
        let (mut second, mut fraction) = (0, 0);
        if scan.eat(b':') {
            second = i8::try_from(scan.number(2)?).ok()?;
            let digits = fraction_digits(scan)?;
            precision = Precision::Seconds(u8::try_from(digits.len()).ok()?);
            fraction = picoseconds(digits);
        }
        // Both fit: a second has 10^9 nanoseconds, and those 10^3 picoseconds.
        let nanoseconds = i32::try_from(fraction / 1000).ok()?;
        let picoseconds = u16::try_from(fraction % 1000).ok()?;
        let time = civil::Time::new(hour, minute, second, nanoseconds).ok()?;
        Some(TimeOfDay {
            time,
            picoseconds,
            precision,
        })
    }

    fn fraction(self) -> u64 {
        u64::from(self.time.subsec_nanosecond().unsigned_abs()) * 1000 + u64::from(self.picoseconds)
    }

    fn key(self) -> (civil::Time, u16) {
        (self.time, self.picoseconds)
    }
}

/// The digits behind the point; none where there is no point.
fn fraction_digits<'a>(scan: &mut Scan<'a>) -> Option<&'a [u8]> {
    if !scan.eat(b'.') {
        return Some(&[]);
    }
    let digits = scan.digits();
    (1..=MOST_DIGITS).contains(&digits.len()).then_some(digits)
}

fn picoseconds(digits: &[u8]) -> u64 {
    let missing = std::iter::repeat(&b'0');
    digits
        .iter()
        .chain(missing)
        .take(MOST_DIGITS)
        .fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))
}

/// As few digits as hold the whole of it.
impl From<civil::Time> for TimeOfDay {
    fn from(time: civil::Time) -> Self {
        let nanoseconds = format!("{:09}", time.subsec_nanosecond());
        let digits = nanoseconds.trim_end_matches('0').len() as u8;
        TimeOfDay {
            time,
            picoseconds: 0,
            precision: Precision::Seconds(digits),
        }
    }
}

impl From<TimeOfDay> for civil::Time {
    fn from(time: TimeOfDay) -> Self {
        time.time
    }
}

impl FromStr for TimeOfDay {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let mut scan = Scan::new(text);
        TimeOfDay::scan(&mut scan)
            .filter(|_| scan.end().is_some())
            .ok_or(InvalidText::new(EXPECTING))
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.time.hour(), self.time.minute())?;
        let Precision::Seconds(digits) = self.precision else {
            return Ok(());
        };
        write!(f, ":{:02}", self.time.second())?;
        if digits == 0 {
            return Ok(());
        }
        let fraction = format!("{:012}", self.fraction());
        write!(
            f,
            ".{fraction:.precision$}",
            precision = usize::from(digits)
        )
    }
}

impl PartialEq for TimeOfDay {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for TimeOfDay {}

impl PartialOrd for TimeOfDay {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TimeOfDay {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Hash for TimeOfDay {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

textual!(TimeOfDay, TimeOfDay::MIDNIGHT, EXPECTING);
crate::__serde_by_value!(TimeOfDay);
