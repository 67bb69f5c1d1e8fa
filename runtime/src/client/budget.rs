//! How many retries a client has left: outcomes in, leave to try again out.
//!
//! A service that is down answers every call with a failure. Clients that then send each request
//! four times put four times the load on what is trying to come up. The budget is a bucket of tokens,
//! as in the SDKs of AWS and in Finagle: a retry takes tokens, success gives them back, and a
//! client without tokens tries once until calls succeed again.

use std::sync::atomic::{AtomicU64, Ordering};

/// What a retry takes, and gives back when it succeeds.
const RETRY: u64 = 5;

/// What a call gives that succeeds at the first attempt.
const SUCCESS: u64 = 1;

/// The retries that all calls of a client share.
#[derive(Debug)]
pub(super) struct Budget {
    capacity: u64,
    tokens: AtomicU64,
}

impl Budget {
    /// A budget of so many retries in a row without a success.
    pub(super) fn of_retries(retries: u32) -> Self {
        let capacity = u64::from(retries) * RETRY;
        Self {
            capacity,
            tokens: AtomicU64::new(capacity),
        }
    }

    /// Takes the tokens of one retry; false when there are too few.
    pub(super) fn take(&self) -> bool {
        let left = |tokens: u64| tokens.checked_sub(RETRY);
        self.tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, left)
            .is_ok()
    }

    /// Notes a call that succeeded at that attempt, counted from 1.
    pub(super) fn succeeded_at(&self, attempt: u32) {
        let given = if attempt > 1 { RETRY } else { SUCCESS };
        if self.tokens.load(Ordering::Relaxed) == self.capacity {
            return;
        }
        let more = |tokens: u64| Some((tokens + given).min(self.capacity));
        // The update always has a value to set, so it can't fail.
        let _ = self
            .tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_uses_the_budget_up_and_success_restores_it() {
        let budget = Budget::of_retries(3);
        assert_eq!([budget.take(), budget.take(), budget.take()], [true; 3]);
        assert!(!budget.take());
        for _ in 0..4 {
            budget.succeeded_at(1);
            assert!(!budget.take());
        }
        budget.succeeded_at(1);
        assert!(budget.take());
        assert!(!budget.take());
        budget.succeeded_at(3);
        assert!(budget.take());
    }

    #[test]
    fn success_fills_no_more_than_there_was() {
        let budget = Budget::of_retries(1);
        for _ in 0..100 {
            budget.succeeded_at(2);
        }
        assert!(budget.take());
        assert!(!budget.take());
        assert!(!Budget::of_retries(0).take());
    }
}
