//! The `Retry-After` header (RFC 9110 §10.2.3): text in, a wait or a moment out.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

/// The three forms of a date that RFC 9110 §5.6.7 has recipients accept, newest first.
const DATE_FORMATS: [&str; 3] = [
    "%a, %d %b %Y %H:%M:%S GMT",
    "%A, %d-%b-%y %H:%M:%S GMT",
    "%a %b %e %H:%M:%S %Y",
];

/// When the service asks to be called again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum RetryAfter {
    /// So long after the answer.
    Delay(Duration),
    /// At that moment.
    At(Timestamp),
}

impl RetryAfter {
    /// Reads the value of the header; `None` when it is neither whole seconds nor a date.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(seconds) = text.parse() {
            return Some(Self::Delay(Duration::from_secs(seconds)));
        }
        DATE_FORMATS
            .iter()
            .find_map(|format| parse_date(format, text))
            .map(Self::At)
    }

    /// How long to wait from this moment on; zero when the moment asked for has passed.
    #[must_use]
    pub fn delay(self) -> Duration {
        self.delay_from(Timestamp::now())
    }

    /// How long to wait from `now` on; zero when the moment has passed.
    #[must_use]
    pub fn delay_from(self, now: Timestamp) -> Duration {
        match self {
            Self::Delay(delay) => delay,
            Self::At(moment) => moment
                .duration_since(now)
                .try_into()
                .unwrap_or(Duration::ZERO),
        }
    }
}

fn parse_date(format: &str, text: &str) -> Option<Timestamp> {
    let date_time = strtime::parse(format, text).ok()?.to_datetime().ok()?;
    Some(date_time.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_all_three_forms_of_a_date() {
        let moment: Timestamp = "1994-11-06T08:49:37Z".parse().expect("a timestamp");
        let table = [
            ("0", Some(RetryAfter::Delay(Duration::ZERO))),
            (" 120 ", Some(RetryAfter::Delay(Duration::from_secs(120)))),
            (
                "Sun, 06 Nov 1994 08:49:37 GMT",
                Some(RetryAfter::At(moment)),
            ),
            (
                "Sunday, 06-Nov-94 08:49:37 GMT",
                Some(RetryAfter::At(moment)),
            ),
            ("Sun Nov  6 08:49:37 1994", Some(RetryAfter::At(moment))),
            ("-5", None),
            ("soon", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(RetryAfter::parse(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_moment_gone_by_is_no_wait() {
        let moment: Timestamp = "1994-11-06T08:49:37Z".parse().expect("a timestamp");
        let before: Timestamp = "1994-11-06T08:49:30Z".parse().expect("a timestamp");
        let at = RetryAfter::At(moment);
        assert_eq!(at.delay_from(before), Duration::from_secs(7));
        assert_eq!(RetryAfter::At(before).delay_from(moment), Duration::ZERO);
    }
}
