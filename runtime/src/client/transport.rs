//! One attempt: a request with all its headers in, the headers of an answer out.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};

use http::{Method, StatusCode};
use http_body_util::BodyExt;
use reqwest::Url;
use tokio::time::{Duration, Instant, timeout_at};

use super::opened::Opened;
use super::patience::Patience;
use super::pipeline::{Access, Call};
use super::{Error, TransportErrorKind, UnfollowedLink, origin};

/// How many redirects in a row are followed.
const MAX_REDIRECTS: usize = 10;

/// Hands a request to the transport and waits for the headers of the answer, following redirects
/// within the host when it only reads.
///
/// A redirect of any other request is an answer like those of failure: to repeat the request at
/// another place is not the client's to decide.
pub(super) async fn open(call: &mut Call<'_>) -> Result<Opened, Error> {
    let endpoint = &call.client.shared.endpoint;
    let only_reads = [Method::GET, Method::HEAD].contains(&call.outgoing.method);
    let follows = only_reads && call.outgoing.follow_redirects;
    let access = call.outgoing.access;
    let may_go_to = |target: &Url| match access {
        Access::Token => origin::is_same_origin(endpoint, target),
        Access::Link => origin::is_safe_without_token(target),
    };
    let mut url = call.outgoing.url.clone();
    let mut followed = 0;
    loop {
        let answer = hand_over(call, url).await?;
        // A transport that follows redirects by itself may have ended up anywhere.
        if access == Access::Token {
            origin::require_same_origin(endpoint, answer.url())?;
        }
        let Some(target) = redirect(&answer).filter(|_| follows) else {
            return Ok(opened(call, answer));
        };
        let refusal = if !may_go_to(&target) {
            Error::ForeignHost
        } else if followed == MAX_REDIRECTS {
            Error::RepeatedLink
        } else {
            followed += 1;
            url = target;
            continue;
        };
        let response = Box::pin(opened(call, answer).read_failure()).await;
        let link = UnfollowedLink::redirected(target, response);
        return Err(refusal(Box::new(link)));
    }
}

fn opened(call: &Call<'_>, answer: reqwest::Response) -> Opened {
    let limits = &call.client.shared.limits;
    let max_body = call.outgoing.settings.max_body.unwrap_or(limits.max_body);
    Opened::new(answer, call.sent.clone())
        .within(call.deadline, limits.idle_timeout)
        .of_at_most(max_body)
}

async fn hand_over(call: &mut Call<'_>, url: Url) -> Result<reqwest::Response, Error> {
    let time = call.client.shared.limits.response_timeout;
    let deadline = Patience::until(call.deadline);
    let patience = deadline.or_for(time, TransportErrorKind::ResponseTimeout);
    let mut request = reqwest::Request::new(call.outgoing.method.clone(), url);
    *request.headers_mut() = call.attempt_headers();
    let is_stream = call.outgoing.body.goes_in_parts();
    let body = call.outgoing.body.take();
    let http = &call.client.shared.http;
    let answer = match body {
        Some(body) if is_stream => {
            let progress = Progress::default();
            *request.body_mut() = Some(progress.watch(body));
            // Streams are rare, and what they take would make every call larger.
            let mut answer = Box::pin(progress.wait_for(http.execute(request), time));
            let answer = deadline.wait_for(answer.as_mut()).await;
            answer.ok_or(deadline.kind)
        }
        body => {
            *request.body_mut() = body;
            let answer = patience.wait_for(pin!(http.execute(request))).await;
            answer.map(Some).ok_or(patience.kind)
        }
    };
    let answer = answer.and_then(|answer| answer.ok_or(TransportErrorKind::ResponseTimeout));
    match answer {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(call.unanswered(TransportErrorKind::from(&error), Some(error))),
        Err(kind) => Err(call.unanswered(kind, None)),
    }
}

/// Where an answer redirects to; `None` when it does not. 304 and its like lead nowhere.
fn redirect(answer: &reqwest::Response) -> Option<Url> {
    match answer.status() {
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => origin::redirect_target(answer.url(), answer.headers()),
        _ => None,
    }
}

/// When the last part of a stream was taken by the transport.
#[derive(Clone)]
struct Progress(Arc<Mutex<Instant>>);

impl Default for Progress {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }
}

impl Progress {
    /// The same body, each part of which is noted.
    fn watch(&self, body: reqwest::Body) -> reqwest::Body {
        let progress = self.clone();
        reqwest::Body::wrap(body.map_frame(move |frame| {
            *progress.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
            frame
        }))
    }

    /// What comes of `answer`; `None` when neither it nor another part has moved for that long.
    async fn wait_for<T>(&self, answer: impl Future<Output = T>, patience: Duration) -> Option<T> {
        let mut answer = Box::pin(answer);
        loop {
            let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(until) = last.checked_add(patience) else {
                return Some(answer.await);
            };
            if let Ok(answer) = timeout_at(until, &mut answer).await {
                return Some(answer);
            }
            if *self.0.lock().unwrap_or_else(PoisonError::into_inner) == last {
                return None;
            }
        }
    }
}
