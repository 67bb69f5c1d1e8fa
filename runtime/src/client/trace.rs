//! What can be seen of calls from outside: a `tracing` span a call, an event an attempt.
//!
//! The names are those of OpenTelemetry's conventions for HTTP where they have one. Nothing here is
//! secret or personal: paths appear as the templates of the documentation, queries, bodies, tokens and
//! messages of the service not at all. Without the feature `tracing` nothing is done.

#[cfg(feature = "tracing")]
pub(super) use self::seen::CallSpan;
#[cfg(not(feature = "tracing"))]
pub(super) use self::unseen::CallSpan;

#[cfg(feature = "tracing")]
mod seen {
    use std::future::Future;
    use std::time::Duration;

    use http::{HeaderMap, StatusCode};
    use tracing::field::{Empty, display};
    use tracing::{Instrument, Level, Span, debug, enabled, info_span, warn};

    use crate::client::pipeline::Outgoing;
    use crate::client::response::header_text;
    use crate::client::{Error, Operation, Warning};

    /// The span of one call.
    #[derive(Clone)]
    pub(in crate::client) struct CallSpan(Span);

    impl CallSpan {
        pub(in crate::client) fn new(outgoing: &Outgoing, client_request_id: &str) -> Self {
            let span = info_span!(
                "graph_request",
                operation = Empty,
                http.request.method = outgoing.method.as_str(),
                url.template = Empty,
                server.address = outgoing.url.host_str(),
                client_request_id,
                request_id = Empty,
                http.response.status_code = Empty,
                attempts = Empty,
                duration_ms = Empty,
                error.type = Empty,
            );
            // What is recorded costs something, and mostly nobody listens.
            if let Some(operation) = outgoing.settings.operation
                && !span.is_disabled()
            {
                span.record("operation", operation.name);
                span.record("url.template", template(operation, outgoing.url.path()));
            }
            Self(span)
        }

        /// Has everything that happens in the future happen within the span.
        pub(in crate::client) fn around<F: Future>(
            &self,
            future: F,
        ) -> impl Future<Output = F::Output> + use<F> {
            future.instrument(self.0.clone())
        }

        /// Notes that another attempt will follow one that failed.
        pub(in crate::client) fn retries(&self, attempt: u32, wait: Duration, error: &Error) {
            let wait_ms = milliseconds(wait);
            let status = error.status().map(|status| status.as_u16());
            let kind = kind(error);
            let request_id = error.request_id();
            warn!(
                attempt,
                wait_ms, status, kind, request_id, "the attempt failed, another follows"
            );
        }

        /// Notes an answer of success.
        pub(in crate::client) fn succeeded(
            &self,
            attempts: u32,
            took: Duration,
            status: StatusCode,
            headers: &HeaderMap,
        ) {
            if !self.0.is_disabled() {
                let request_id = header_text(headers, "request-id");
                self.ended(attempts, took, Some(status), request_id);
            }
            debug!("the call succeeded");
            if !enabled!(Level::WARN) {
                return;
            }
            let warnings = Warning::all(headers);
            if status == StatusCode::PARTIAL_CONTENT || !warnings.is_empty() {
                let warnings = warnings.len();
                warn!(
                    warnings,
                    "the service warns that its answer may not be all there is"
                );
            }
        }

        /// Notes what the call ended with instead.
        pub(in crate::client) fn failed(&self, took: Duration, error: &Error) {
            self.ended(error.attempts(), took, error.status(), error.request_id());
            let kind = kind(error);
            self.0.record("error.type", kind);
            warn!(kind, "the call failed");
        }

        fn ended(
            &self,
            attempts: u32,
            took: Duration,
            status: Option<StatusCode>,
            request_id: Option<&str>,
        ) {
            self.0.record("attempts", attempts);
            self.0.record("duration_ms", milliseconds(took));
            if let Some(status) = status {
                self.0.record("http.response.status_code", status.as_u16());
            }
            if let Some(request_id) = request_id {
                self.0.record("request_id", display(request_id));
            }
        }
    }

    fn milliseconds(duration: Duration) -> u64 {
        u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
    }

    /// What kind of error it is, in a word.
    fn kind(error: &Error) -> &'static str {
        match error {
            Error::Credential(_) => "credential",
            Error::Endpoint(_) => "endpoint",
            Error::Builder(_) => "builder",
            Error::InvalidRequest(_) => "invalid_request",
            Error::Transport(_) => "transport",
            Error::Service(_) => "service",
            Error::Decode(_) => "decode",
            Error::ForeignHost(_) => "foreign_host",
            Error::RepeatedLink(_) => "repeated_link",
            Error::Batch(error) => kind(error),
            Error::Operation(_) => "operation",
        }
    }

    /// The template among those of the operation that a path follows; the first, where that can't be told.
    fn template(operation: &Operation, path: &str) -> &'static str {
        let templates = operation.path_templates;
        let follows = |template: &&&str| {
            let segments: Vec<&str> = template.split('/').skip(1).collect();
            let path: Vec<&str> = path.rsplit('/').take(segments.len()).collect();
            path.len() == segments.len()
                && segments.iter().rev().zip(path).all(|(segment, given)| {
                    segment.contains('{') || segment.eq_ignore_ascii_case(given)
                })
        };
        let found = templates.iter().find(follows).or(templates.first());
        found.copied().unwrap_or_default()
    }
}

#[cfg(not(feature = "tracing"))]
mod unseen {
    use std::future::Future;
    use std::time::Duration;

    use http::{HeaderMap, StatusCode};

    use crate::client::Error;
    use crate::client::pipeline::Outgoing;

    /// Nothing: calls are not to be seen.
    #[derive(Clone)]
    pub(in crate::client) struct CallSpan;

    impl CallSpan {
        pub(in crate::client) fn new(_outgoing: &Outgoing, _client_request_id: &str) -> Self {
            Self
        }

        pub(in crate::client) fn around<F: Future>(&self, future: F) -> F {
            future
        }

        pub(in crate::client) fn retries(&self, _attempt: u32, _wait: Duration, _error: &Error) {}

        pub(in crate::client) fn succeeded(
            &self,
            _attempts: u32,
            _took: Duration,
            _status: StatusCode,
            _headers: &HeaderMap,
        ) {
        }

        pub(in crate::client) fn failed(&self, _took: Duration, _error: &Error) {}
    }
}
