//! The one way out: a request in, an answer of success out.
//!
//! Every request of every client passes here, whatever it is for, so that what must hold for all of
//! them is decided in one place: the token, the default headers, the host, how often it is tried and how long it may take.

use std::future::Future;
use std::pin::pin;

use http::header::{AUTHORIZATION, CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use http::{Method, StatusCode};
use reqwest::Url;
use tokio::time::{Duration, Instant, sleep};
use uuid::Uuid;

use super::body::Body;
pub(super) use super::limits::Settings;
use super::opened::{Finish, Opened, Sent, Unread, Whole};
use super::patience::Patience;
use super::request::Parts;
use super::retry::FailedAttempt;
use super::trace::CallSpan;
use super::{
    Client, Error, Response, TransportError, TransportErrorKind, challenge, download, origin,
    transport,
};

/// The id that a client gives each call, for support to find it by.
///
/// All attempts of a call share it, as in Microsoft's own SDKs: it is then the call that the logs of both
/// sides are searched for, while `retry-attempt` and the service's own `request-id` tell the attempts apart.
const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");

/// Which retry a request is, from 1; the first attempt does not have it.
const RETRY_ATTEMPT: HeaderName = HeaderName::from_static("retry-attempt");

/// Room for the headers that a request has mostly, those that the transport adds included.
pub(super) const HEADERS: usize = 6;

/// Preferences of RFC 7240.
const PREFER: HeaderName = HeaderName::from_static("prefer");

/// Without this preference the service hides newer members of evolvable enums.
const UNKNOWN_MEMBERS: &str = "include-unknown-enum-members";

/// A request as it goes out, but for what the pipeline adds.
pub(super) struct Outgoing {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Body,
    /// In whose name, and to whom.
    pub(super) access: Access,
    /// Whether redirects within the host are followed where the method only reads.
    pub(super) follow_redirects: bool,
    /// What holds for this request in place of what holds for its client.
    pub(super) settings: Settings,
}

/// In whose name a request is sent, which says where it may go.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum Access {
    /// With the token of the client's credential, to the endpoint's host and nowhere else.
    #[default]
    Token,
    /// With nothing but the link, which opens what it leads to by itself: to any host over https.
    Link,
}

/// Sends a request that was just built, and goes elsewhere for the content if its caller wants that.
pub(super) async fn send(parts: Box<Parts>) -> Result<Response, Error> {
    download::exchange(parts).await
}

/// Sends a request and reads the answer to its end.
///
/// # Errors
///
/// Whatever keeps an answer of success from being had; see [`Error`].
pub(super) async fn exchange(client: &Client, outgoing: Outgoing) -> Result<Response, Error> {
    Call::new(client, outgoing)?.run::<Whole>().await
}

/// Sends a request and waits for the headers of an answer of success, whose body is then the
/// caller's to read.
///
/// # Errors
///
/// Whatever keeps an answer of success from being had; see [`Error`]. Other answers are read to their
/// end, so that the error has all of them.
pub(super) async fn open(client: &Client, outgoing: Outgoing) -> Result<Opened, Error> {
    Call::new(client, outgoing)?.run::<Unread>().await
}

/// A request on its way: everything that its attempts have in common.
pub(super) struct Call<'a> {
    pub(super) client: &'a Client,
    pub(super) outgoing: Outgoing,
    pub(super) sent: Sent,
    /// Whether a token was refused before: another one is asked for once a call.
    token_was_refused: bool,
    /// What the attempt signs in with.
    token: Option<HeaderValue>,
    started: Instant,
    span: CallSpan,
    /// When the call must be over; `None` for a call that may take its time.
    pub(super) deadline: Option<Instant>,
}

// On the heap, as the futures of a call would else hold it several times over.
impl<'a> Call<'a> {
    fn new(client: &'a Client, mut outgoing: Outgoing) -> Result<Box<Self>, Error> {
        prepare(client, &mut outgoing)?;
        let sent = Sent {
            method: outgoing.method.clone(),
            client_request_id: client_request_id(&outgoing),
            attempts: 0,
        };
        let started = Instant::now();
        let deadline = time_allowed(client, &outgoing).and_then(|time| started.checked_add(time));
        Ok(Box::new(Self {
            client,
            span: CallSpan::new(&outgoing, &sent.client_request_id),
            outgoing,
            sent,
            started,
            token_was_refused: false,
            token: None,
            deadline,
        }))
    }

    async fn run<F: Finish>(self: Box<Self>) -> Result<F::Output, Error> {
        let span = self.span.clone();
        span.around(self.tries::<F>()).await
    }

    /// Tries until there is an answer of success, or no further attempt is to be made.
    async fn tries<F: Finish>(mut self: Box<Self>) -> Result<F::Output, Error> {
        loop {
            self.sent.attempts += 1;
            let error = match self.attempt::<F>().await {
                Ok(output) => {
                    self.succeeded(F::head(&output));
                    return Ok(output);
                }
                Err(error) => error,
            };
            let Some(wait) = self.wait_after(&error) else {
                self.span.failed(self.started.elapsed(), &error);
                return Err(error);
            };
            self.span.retries(self.sent.attempts, wait, &error);
            sleep(wait).await;
        }
    }

    fn succeeded(&self, (status, headers): (StatusCode, &HeaderMap)) {
        let attempts = self.sent.attempts;
        self.client.shared.budget.succeeded_at(attempts);
        let took = self.started.elapsed();
        self.span.succeeded(attempts, took, status, headers);
    }

    async fn attempt<F: Finish>(&mut self) -> Result<F::Output, Error> {
        let opened = self.opened().await?;
        match opened.status.is_success() {
            true => F::finish(opened).await,
            // Failures are rare, and what reading them takes would make every call larger.
            false => Err(Box::pin(opened.into_failure()).await),
        }
    }

    /// Sends the request and gives the answer, whatever it is. Where the service refuses the token, which means
    /// that it did nothing, the request is sent again with another: once a call.
    async fn opened(&mut self) -> Result<Opened, Error> {
        if self.outgoing.access == Access::Link {
            return transport::open(self).await;
        }
        let tokens = &self.client.shared.tokens;
        let token = match tokens.fresh() {
            Some(token) => token,
            None => {
                let asked = Box::pin(self.in_time(tokens.header())).await;
                asked.map_err(unsent)?.map_err(Error::Credential)?
            }
        };
        let opened = self.opened_with(token.clone()).await?;
        let refused = opened.status == StatusCode::UNAUTHORIZED && !self.token_was_refused;
        if !refused || !self.outgoing.body.can_be_sent_again() {
            return Ok(opened);
        }
        let other = Box::pin(self.other_token(&token, opened)).await?;
        self.sent.attempts += 1;
        Box::pin(self.opened_with(other)).await
    }

    /// Another token than one that the service has refused; the refusal, where there is none.
    async fn other_token(
        &mut self,
        refused: &HeaderValue,
        refusal: Opened,
    ) -> Result<HeaderValue, Error> {
        self.token_was_refused = true;
        let claims = challenge::claims(&refusal.headers);
        let failure = refusal.into_failure().await;
        let other = self.client.shared.tokens.other_than(refused, claims);
        match self.in_time(other).await? {
            Ok(Some(other)) => Ok(other),
            Ok(None) => Err(failure),
            Err(error) => Err(Error::Credential(error.after(&failure))),
        }
    }

    /// What comes of a question to the credential before the call must be over.
    async fn in_time<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        let patience = Patience::until(self.deadline);
        let answer = patience.wait_for(pin!(future)).await;
        answer.ok_or_else(|| self.unanswered(patience.kind, None))
    }

    async fn opened_with(&mut self, token: HeaderValue) -> Result<Opened, Error> {
        self.token = Some(token);
        transport::open(self).await
    }

    /// The headers of one attempt. A clone of those that all attempts share would have no room left, and
    /// move as soon as something is added.
    pub(super) fn attempt_headers(&self) -> HeaderMap {
        let shared = &self.outgoing.headers;
        let mut headers = HeaderMap::with_capacity(HEADERS.max(shared.len() + 3));
        for (name, value) in shared {
            headers.append(name, value.clone());
        }
        let Some(token) = &self.token else {
            // Hosts that get no token get no id either.
            return headers;
        };
        headers.insert(AUTHORIZATION, token.clone());
        if let Ok(id) = HeaderValue::from_str(&self.sent.client_request_id) {
            headers.insert(CLIENT_REQUEST_ID, id);
        }
        if self.sent.attempts > 1 {
            headers.insert(RETRY_ATTEMPT, (self.sent.attempts - 1).into());
        }
        headers
    }

    /// How long to wait before another attempt; `None` when this error is what the call ends with.
    fn wait_after(&self, error: &Error) -> Option<Duration> {
        if !self.outgoing.body.can_be_sent_again() {
            return None;
        }
        let shared = &self.client.shared;
        let policy = self.outgoing.settings.retry.as_ref();
        let failed = FailedAttempt::new(&self.sent.method, self.sent.attempts, error);
        let wait = policy.unwrap_or(&shared.limits.retry).wait(&failed)?;
        let in_time = match self.deadline {
            Some(deadline) => wait < deadline.saturating_duration_since(Instant::now()),
            None => true,
        };
        (in_time && shared.budget.take()).then_some(wait)
    }

    /// The error of a request that has no answer.
    pub(super) fn unanswered(
        &self,
        kind: TransportErrorKind,
        source: Option<reqwest::Error>,
    ) -> Error {
        let error = TransportError::before_answer(&self.sent, kind);
        Error::Transport(Box::new(match source {
            Some(source) => error.because(source),
            None => error,
        }))
    }
}

/// The error of an attempt of which nothing was sent.
fn unsent(error: Error) -> Error {
    match error {
        Error::Transport(mut error) => {
            error.attempts = error.attempts.saturating_sub(1);
            Error::Transport(error)
        }
        error => error,
    }
}

/// Adds what every request has, once it is sure that the request may go where it is to go.
fn prepare(client: &Client, outgoing: &mut Outgoing) -> Result<(), Error> {
    match outgoing.access {
        Access::Token => {
            origin::require_same_origin(&client.shared.endpoint, &outgoing.url)?;
            add_default_headers(client, &mut outgoing.headers)?;
        }
        Access::Link => {
            origin::require_safe_without_token(&outgoing.url)?;
            let user_agent = client.shared.user_agent.clone();
            outgoing.headers.insert(USER_AGENT, user_agent);
        }
    }
    add_content_length(outgoing);
    Ok(())
}

/// How long a call may take in all. A stream takes as long as it is long, unless the caller says how long
/// that is.
fn time_allowed(client: &Client, outgoing: &Outgoing) -> Option<Duration> {
    let of_client = Some(client.shared.limits.deadline);
    let of_client = of_client.filter(|_| outgoing.body.can_be_sent_again());
    outgoing.settings.deadline.or(of_client)
}

/// Adds the headers that every request has, unless the caller has set them.
pub(super) fn add_default_headers(client: &Client, headers: &mut HeaderMap) -> Result<(), Error> {
    headers
        .entry(USER_AGENT)
        .or_insert_with(|| client.shared.user_agent.clone());
    let preferences = match headers.get(PREFER).map(HeaderValue::to_str) {
        Some(Ok(set)) if set.contains(UNKNOWN_MEMBERS) => return Ok(()),
        Some(Ok(set)) => format!("{UNKNOWN_MEMBERS}, {set}"),
        _ => {
            headers.insert(PREFER, HeaderValue::from_static(UNKNOWN_MEMBERS));
            return Ok(());
        }
    };
    headers.insert(PREFER, header_value(&preferences)?);
    Ok(())
}

/// Says how long the body is where the transport would not: of streams, and that there is none where
/// the method lets one be expected (RFC 9110 §8.6), as services answer 411 to silence.
fn add_content_length(outgoing: &mut Outgoing) {
    let expects_body = [Method::POST, Method::PUT, Method::PATCH].contains(&outgoing.method);
    let length = outgoing.body.length();
    if let Some(length) = length.filter(|length| expects_body || *length > 0) {
        outgoing.headers.insert(CONTENT_LENGTH, length.into());
    }
}

/// The id that the caller chose, else a new one.
fn client_request_id(outgoing: &Outgoing) -> String {
    let chosen = outgoing.headers.get(CLIENT_REQUEST_ID);
    match chosen.map(HeaderValue::to_str) {
        Some(Ok(id)) => id.to_owned(),
        _ => Uuid::new_v4().to_string(),
    }
}

fn header_value(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(text).map_err(|error| Error::InvalidRequest(error.to_string()))
}
