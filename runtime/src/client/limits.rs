//! What bounds a call: its time, the size of its answer, and how often it is tried.

use std::sync::Arc;
use std::time::Duration;

use super::{Client, ClientBuilder, NoRetry, Operation, Request, RetryPolicy, StandardRetry};

/// What bounds the calls of a client.
#[derive(Clone, Debug)]
pub(super) struct Limits {
    /// Decides how often a call is tried.
    pub(super) retry: Arc<dyn RetryPolicy>,
    /// How many retries there may be in a row without a success.
    pub(super) retries: u32,
    /// From the start of a call to the end of its answer, waits and all attempts included.
    pub(super) deadline: Duration,
    /// From the last byte that was sent to the headers of the answer.
    pub(super) response_timeout: Duration,
    /// From one part of a body to the next.
    pub(super) idle_timeout: Duration,
    /// How many bytes of a body are kept in memory.
    pub(super) max_body: usize,
    /// Whether no request goes to another host for its content.
    pub(super) stay_on_host: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            retry: Arc::new(StandardRetry::default()),
            retries: 100,
            deadline: Duration::from_secs(300),
            response_timeout: Duration::from_secs(100),
            idle_timeout: Duration::from_secs(30),
            max_body: 64 * 1024 * 1024,
            stay_on_host: false,
        }
    }
}

/// What a request has other than its client.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    /// What the request is for, as it is shown outside; `None` for what the caller wrote by hand.
    pub(super) operation: Option<&'static Operation>,
    pub(super) retry: Option<Arc<dyn RetryPolicy>>,
    pub(super) deadline: Option<Duration>,
    pub(super) max_body: Option<usize>,
}

impl<C: From<Client>> ClientBuilder<C> {
    /// Decides how often calls are tried, in place of [`StandardRetry`].
    #[must_use]
    pub fn retry(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.limits.retry = Arc::new(policy);
        self
    }

    /// Has every call tried once.
    #[must_use]
    pub fn no_retry(self) -> Self {
        self.retry(NoRetry)
    }

    /// How many retries, over all calls, there may be in a row without a success; 100 unless set.
    ///
    /// A call that succeeds gives a fifth of a retry back, one that succeeds after a retry a
    /// whole one. While none is left, calls are tried once: an outage is not amplified.
    #[must_use]
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.limits.retries = retries;
        self
    }

    /// How long a call may take, token, waits, all attempts and the body of the answer included; 5
    /// minutes unless set. Each page of a list is a call.
    ///
    /// Where the body is handed on as a stream, the call ends with its headers. A request that carries a
    /// stream is not bound by this, but by [`Request::deadline`] alone.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.limits.deadline = deadline;
        self
    }

    /// How long the service may take in one attempt until the headers of its answer are there, the
    /// sending of bytes included; 100 seconds unless set. A stream that is sent starts the time anew
    /// with each of its parts.
    #[must_use]
    pub fn response_timeout(mut self, timeout: Duration) -> Self {
        self.limits.response_timeout = timeout;
        self
    }

    /// How long the service may stay silent in the middle of a body; 30 seconds unless set.
    #[must_use]
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.limits.idle_timeout = timeout;
        self
    }

    /// How many bytes of an answer are kept in memory, unpacked; 64 MiB unless set. A larger one is an
    /// [`Error::Transport`](super::Error::Transport) of the kind
    /// [`TooLarge`](super::TransportErrorKind::TooLarge). Streams are not bound by it.
    #[must_use]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.limits.max_body = bytes;
        self
    }

    /// Has no request go to another host for its content, whatever the request says: such redirects
    /// are [`Error::ForeignHost`](super::Error::ForeignHost), which has the link.
    #[must_use]
    pub fn stay_on_host(mut self) -> Self {
        self.limits.stay_on_host = true;
        self
    }
}

impl<O> Request<O> {
    /// Decides how often this call is tried, in place of the client's policy.
    pub fn retry(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.parts.settings.retry = Some(Arc::new(policy));
        self
    }

    /// Has this call tried once.
    pub fn no_retry(self) -> Self {
        self.retry(NoRetry)
    }

    /// How long this call may take, in place of the client's [`ClientBuilder::deadline`].
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.parts.settings.deadline = Some(deadline);
        self
    }

    /// How many bytes of this answer are kept in memory, in place of the client's
    /// [`ClientBuilder::max_response_size`].
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.parts.settings.max_body = Some(bytes);
        self
    }
}
