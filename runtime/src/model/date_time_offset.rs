//! `Edm.DateTimeOffset` as an instant that remembers how it was written.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use jiff::civil::{self, DateTime};
use jiff::{Timestamp, tz};

use super::scan::Scan;
use super::textual::textual;
use super::{Date, InvalidText, TimeOfDay};

const EXPECTING: &str = "a date and time with an offset, such as 2023-06-26T19:07:39.7433333Z";

/// An instant: `Edm.DateTimeOffset`
/// ([OData ABNF, `dateTimeOffsetValue`](https://docs.oasis-open.org/odata/odata/v4.01/os/abnf/odata-abnf-construction-rules.txt)).
///
/// It prints exactly as it was written: with or without seconds, with as many digits of a second
/// (12 at most), with `Z` or the offset from UTC. Comparing and hashing look at the instant alone.
///
/// ```
/// use graph_runtime::model::DateTimeOffset;
///
/// let read: DateTimeOffset = "2023-06-26T19:07:39.7400000Z".parse()?;
/// assert_eq!(read.to_string(), "2023-06-26T19:07:39.7400000Z");
/// assert_eq!(read, "2023-06-26T21:07:39.74+02:00".parse()?);
/// assert_eq!(read.timestamp().as_second(), 1_687_806_459);
/// # Ok::<(), graph_runtime::model::InvalidText>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct DateTimeOffset {
    date: Date,
    time: TimeOfDay,
    offset: Offset,
}

/// The offset from UTC as it is written.
#[derive(Clone, Copy, Debug)]
enum Offset {
    /// `Z`
    Zulu,
    /// `-00:00`
    NegativeZero,
    /// `+00:00` and all others.
    Minutes(i16),
}

impl DateTimeOffset {
    /// The instant. Less what is below a nanosecond, and not beyond [`Timestamp::MIN`] and
    /// [`Timestamp::MAX`], which leave out the last day of the year 9999 that services write for
    /// "never".
    pub fn timestamp(self) -> Timestamp {
        match self.offset().to_timestamp(self.civil()) {
            Ok(timestamp) => timestamp,
            Err(_) if self.date.civil().year() < 0 => Timestamp::MIN,
            Err(_) => Timestamp::MAX,
        }
    }

    /// The date and time as written, without its offset.
    pub fn civil(self) -> DateTime {
        DateTime::from_parts(self.date.civil(), self.time.civil())
    }

    /// The offset from UTC.
    pub fn offset(self) -> tz::Offset {
        let seconds = i32::from(self.offset.minutes()) * 60;
        tz::Offset::from_seconds(seconds).unwrap_or(tz::Offset::UTC)
    }

    fn scan(scan: &mut Scan<'_>) -> Option<Self> {
        let date = Date::scan(scan)?;
        scan.expect(b'T')?;
        let time = TimeOfDay::scan(scan)?;
        let offset = Offset::scan(scan)?;
        scan.end()?;
        Some(DateTimeOffset { date, time, offset })
    }

    /// Seconds since 1970, and what is left below a second.
    fn key(self) -> (i64, i32, u16) {
        let nanoseconds = self.time.civil().subsec_nanosecond();
        let local = self
            .civil()
            .duration_since(DateTime::from_parts(EPOCH, civil::Time::midnight()));
        let whole = local.as_nanos() - i128::from(nanoseconds);
        // A whole number of seconds, and few enough: 20,000 years have less than 10^12.
        let seconds = (whole / 1_000_000_000) as i64 - i64::from(self.offset.minutes()) * 60;
        (seconds, nanoseconds, self.time.picoseconds())
    }
}

const EPOCH: civil::Date = civil::Date::constant(1970, 1, 1);

impl Offset {
    fn scan(scan: &mut Scan<'_>) -> Option<Self> {
        let sign = match scan.next()? {
            b'Z' => return Some(Offset::Zulu),
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let hours = scan.number(2).filter(|hours| *hours < 24)?;
        scan.expect(b':')?;
        let minutes = scan.number(2).filter(|minutes| *minutes < 60)?;
        match (sign, i16::try_from(hours * 60 + minutes).ok()?) {
            (-1, 0) => Some(Offset::NegativeZero),
            (sign, minutes) => Some(Offset::Minutes(sign * minutes)),
        }
    }

    fn minutes(self) -> i16 {
        match self {
            Offset::Zulu | Offset::NegativeZero => 0,
            Offset::Minutes(minutes) => minutes,
        }
    }
}

/// In UTC, with as few digits as hold the whole of it.
impl From<Timestamp> for DateTimeOffset {
    fn from(timestamp: Timestamp) -> Self {
        let utc = tz::Offset::UTC.to_datetime(timestamp);
        DateTimeOffset {
            date: utc.date().into(),
            time: utc.time().into(),
            offset: Offset::Zulu,
        }
    }
}

impl From<DateTimeOffset> for Timestamp {
    fn from(value: DateTimeOffset) -> Self {
        value.timestamp()
    }
}

impl FromStr for DateTimeOffset {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        DateTimeOffset::scan(&mut Scan::new(text)).ok_or(InvalidText::new(EXPECTING))
    }
}

impl fmt::Display for DateTimeOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}{}", self.date, self.time, self.offset)
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Offset::Zulu => f.write_str("Z"),
            Offset::NegativeZero => f.write_str("-00:00"),
            Offset::Minutes(minutes) => {
                let sign = if *minutes < 0 { '-' } else { '+' };
                let minutes = minutes.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

impl PartialEq for DateTimeOffset {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for DateTimeOffset {}

impl PartialOrd for DateTimeOffset {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTimeOffset {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Hash for DateTimeOffset {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

textual!(DateTimeOffset, Timestamp::UNIX_EPOCH.into(), EXPECTING);
crate::__serde_by_value!(DateTimeOffset);
