//! Whether a failed attempt may be followed by another, and after what wait.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};
use jiff::Timestamp;
use uuid::Uuid;

use super::response::header_text;
use super::{Error, RetryAfter};

/// What is done again whenever it has failed for now: doing it twice is doing it once
/// (RFC 9110 §9.2.2).
const IDEMPOTENT: [Method; 5] = [
    Method::GET,
    Method::HEAD,
    Method::OPTIONS,
    Method::PUT,
    Method::DELETE,
];

/// The statuses that say that it may go better another time.
const TRANSIENT: [StatusCode; 6] = [
    StatusCode::REQUEST_TIMEOUT,
    StatusCode::TOO_MANY_REQUESTS,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::BAD_GATEWAY,
    StatusCode::SERVICE_UNAVAILABLE,
    StatusCode::GATEWAY_TIMEOUT,
];

/// Decides how often a call is tried.
///
/// Whatever it decides, the client keeps to the call's deadline, to its budget of retries, and to
/// this: a body that is a stream is sent once.
pub trait RetryPolicy: fmt::Debug + Send + Sync {
    /// How long to wait before the next attempt; `None` ends the call with the error of this one.
    ///
    /// [`Error::is_retryable`] tells whether another attempt can do harm. A policy that goes beyond it
    /// may have an action carried out twice.
    fn wait(&self, failed: &FailedAttempt<'_>) -> Option<Duration>;
}

/// An attempt that a [`RetryPolicy`] has to judge.
#[derive(Debug)]
#[non_exhaustive]
pub struct FailedAttempt<'a> {
    /// The method of the request.
    pub method: &'a Method,
    /// Which attempt it was, from 1.
    pub number: u32,
    /// What it ended with.
    pub error: &'a Error,
}

impl<'a> FailedAttempt<'a> {
    pub(super) fn new(method: &'a Method, number: u32, error: &'a Error) -> Self {
        Self {
            method,
            number,
            error,
        }
    }
}

/// The policy of a client that is given no other: tries again what can do no harm.
///
/// - `GET`, `HEAD`, `OPTIONS`, `PUT` and `DELETE` after 408, 429, 500, 502, 503 and 504, and after a
///   connection that failed, before the answer or in it. A `DELETE` whose first answer got lost
///   may then be answered 404; [`Error::attempts`] tells that case from the others.
/// - `POST`, `PATCH` and all others after 429, and after 503 with a `Retry-After`: the service says that
///   it did nothing. Never after a timeout or a connection that broke, as the action may have begun.
///
/// The wait is what `Retry-After` asks for, and up to a tenth more, so that not everyone comes
/// back at once; a longer one than [`max_retry_after`](Self::max_retry_after) ends the call,
/// since to come back early is to be throttled for longer. Without the header it is a random part of a delay
/// that doubles with each attempt ("full jitter").
#[derive(Clone, Debug)]
pub struct StandardRetry {
    max_attempts: u32,
    first_delay: Duration,
    max_delay: Duration,
    max_retry_after: Duration,
}

impl Default for StandardRetry {
    /// Four attempts; delays up to 1 second before the second attempt and never above 30; a
    /// `Retry-After` of up to 3 minutes.
    fn default() -> Self {
        Self {
            max_attempts: 4,
            first_delay: Duration::from_secs(1),
            max_delay: Duration::from_secs(30),
            max_retry_after: Duration::from_secs(180),
        }
    }
}

impl StandardRetry {
    /// How often a request is sent in all, the first time included; 0 is as good as 1.
    #[must_use]
    pub fn max_attempts(self, max_attempts: u32) -> Self {
        Self {
            max_attempts,
            ..self
        }
    }

    /// The longest delay before the second attempt, and before any, where the service names none.
    #[must_use]
    pub fn backoff(self, first: Duration, max: Duration) -> Self {
        Self {
            first_delay: first,
            max_delay: max,
            ..self
        }
    }

    /// The longest `Retry-After` that is waited for; a longer one ends the call.
    #[must_use]
    pub fn max_retry_after(self, max_retry_after: Duration) -> Self {
        Self {
            max_retry_after,
            ..self
        }
    }

    /// The longest delay after that attempt; the delay is a random part of it.
    fn backoff_after(&self, number: u32) -> Duration {
        let doubled = 2u32.saturating_pow(number.saturating_sub(1));
        self.first_delay.saturating_mul(doubled).min(self.max_delay)
    }
}

impl RetryPolicy for StandardRetry {
    fn wait(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
        if failed.number >= self.max_attempts || !failed.error.is_retryable() {
            return None;
        }
        match failed.error.headers().and_then(wait_asked_for) {
            Some(wait) if wait > self.max_retry_after => None,
            Some(wait) => Some(wait.saturating_add(random_part(wait / 10))),
            None => Some(random_part(self.backoff_after(failed.number))),
        }
    }
}

/// The policy of a client that tries once.
#[derive(Clone, Copy, Debug)]
pub struct NoRetry;

impl RetryPolicy for NoRetry {
    fn wait(&self, _failed: &FailedAttempt<'_>) -> Option<Duration> {
        None
    }
}

/// Whether a request that was answered so may be sent again, as [`StandardRetry`] has it.
pub(super) fn may_follow_answer(method: &Method, status: StatusCode, headers: &HeaderMap) -> bool {
    if IDEMPOTENT.contains(method) {
        return TRANSIENT.contains(&status);
    }
    match status {
        StatusCode::TOO_MANY_REQUESTS => true,
        StatusCode::SERVICE_UNAVAILABLE => wait_asked_for(headers).is_some(),
        _ => false,
    }
}

/// Whether a request may be sent again of which nobody knows what became, as [`StandardRetry`] has it.
pub(super) fn may_follow_silence(method: &Method) -> bool {
    IDEMPOTENT.contains(method)
}

/// What `Retry-After` asks for. Dates are held against the service's own clock, where it tells the
/// time, as the two clocks may differ by more than the wait.
pub(super) fn wait_asked_for(headers: &HeaderMap) -> Option<Duration> {
    let asked = RetryAfter::parse(header_text(headers, "retry-after")?)?;
    let now = match header_text(headers, "date").and_then(RetryAfter::parse) {
        Some(RetryAfter::At(moment)) => moment,
        _ => Timestamp::now(),
    };
    Some(asked.delay_from(now))
}

/// A duration between nothing and the whole, each as likely.
fn random_part(whole: Duration) -> Duration {
    // The last eight bytes of a random UUID are random but for two bits at their start.
    let random = Uuid::new_v4().as_u64_pair().1 & 0xFFFF_FFFF;
    let nanoseconds = whole.as_nanos().saturating_mul(u128::from(random)) >> 32;
    u64::try_from(nanoseconds).map_or(whole, Duration::from_nanos)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(retry_after: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Some(text) = retry_after {
            headers.insert("retry-after", text.parse().expect("a value"));
        }
        headers
    }

    #[test]
    fn what_may_follow_which_answer() {
        let transient = [408, 429, 500, 502, 503, 504];
        let all = 100..600;
        for method in ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"] {
            let method: Method = method.parse().expect("a method");
            assert!(may_follow_silence(&method));
            for status in all.clone() {
                let code = StatusCode::from_u16(status).expect("a status");
                let may = may_follow_answer(&method, code, &headers(None));
                assert_eq!(may, transient.contains(&status), "{method} {status}");
            }
        }
        for method in ["POST", "PATCH", "MERGE"] {
            let method: Method = method.parse().expect("a method");
            assert!(!may_follow_silence(&method));
            for status in all.clone() {
                let code = StatusCode::from_u16(status).expect("a status");
                let table = [
                    (None, &[429][..]),
                    (Some("3"), &[429, 503]),
                    (Some("soon"), &[429]),
                ];
                for (retry_after, after) in table {
                    let may = may_follow_answer(&method, code, &headers(retry_after));
                    assert_eq!(
                        may,
                        after.contains(&status),
                        "{method} {status} {retry_after:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn dates_are_held_against_the_clock_of_the_service() {
        let mut headers = headers(Some("Sun, 06 Nov 1994 08:49:37 GMT"));
        assert_eq!(wait_asked_for(&headers), Some(Duration::ZERO));
        let date = "Sun, 06 Nov 1994 08:49:30 GMT".parse().expect("a value");
        headers.insert("date", date);
        assert_eq!(wait_asked_for(&headers), Some(Duration::from_secs(7)));
    }

    #[test]
    fn delays_double_up_to_their_limit() {
        let policy = StandardRetry::default();
        let delays =
            [1, 2, 3, 5, 6, 7, u32::MAX].map(|number| policy.backoff_after(number).as_secs());
        assert_eq!(delays, [1, 2, 4, 16, 30, 30, 30]);
    }

    #[test]
    fn a_part_is_no_more_than_the_whole_and_not_always_the_same() {
        let whole = Duration::from_secs(1000);
        let parts: Vec<Duration> = (0..100).map(|_| random_part(whole)).collect();
        assert!(parts.iter().all(|part| *part <= whole));
        assert!(parts.iter().any(|part| *part < whole / 2));
        assert!(parts.iter().any(|part| *part > whole / 2));
        assert_eq!(random_part(Duration::ZERO), Duration::ZERO);
        assert!(random_part(Duration::MAX) <= Duration::MAX);
    }
}
