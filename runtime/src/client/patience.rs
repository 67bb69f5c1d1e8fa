//! How long something is waited for: the deadline of a call and the time of one step in, the sooner out.
//!
//! Each step of a call is bounded by one timer, as timers are what the client would otherwise spend most on.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::TransportErrorKind;

/// Until when to wait, and what to say when it was in vain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    until: Option<Instant>,
    pub(super) kind: TransportErrorKind,
}

impl Patience {
    /// Until the deadline of a call, if it has one.
    pub(super) fn until(deadline: Option<Instant>) -> Self {
        Self {
            until: deadline,
            kind: TransportErrorKind::DeadlineExceeded,
        }
    }

    /// The same, and no longer than `time` from now; `kind` is what to say when it is that which ran out.
    pub(super) fn or_for(self, time: Duration, kind: TransportErrorKind) -> Self {
        match Instant::now().checked_add(time) {
            Some(end) if self.until.is_none_or(|until| end < until) => Self {
                until: Some(end),
                kind,
            },
            _ => self,
        }
    }

    /// What comes of `future`, if it comes in time. What is there at once needs no timer.
    pub(super) async fn wait_for<F: Future>(self, mut future: Pin<&mut F>) -> Option<F::Output> {
        let Some(until) = self.until else {
            return Some(future.await);
        };
        let mut timer = pin!(None);
        poll_fn(|context| {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Some(output));
            }
            if timer.is_none() {
                timer.set(Some(sleep_until(until)));
            }
            match timer.as_mut().as_pin_mut() {
                Some(timer) => timer.poll(context).map(|()| None),
                None => Poll::Pending,
            }
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sooner_end_counts() {
        let second = Duration::from_secs(1);
        let soon = Instant::now() + second;
        let kind = TransportErrorKind::IdleTimeout;
        let deadline = TransportErrorKind::DeadlineExceeded;
        let table = [
            (None, second, kind),
            (None, Duration::MAX, deadline),
            (Some(soon), second * 100, deadline),
            (Some(soon), Duration::ZERO, kind),
            (Some(soon), Duration::MAX, deadline),
        ];
        for (until, time, expected) in table {
            let patience = Patience::until(until).or_for(time, kind);
            assert_eq!(patience.kind, expected, "{until:?} {time:?}");
        }
    }
}
