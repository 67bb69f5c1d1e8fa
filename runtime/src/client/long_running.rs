//! Operations that take longer than a request: an answer of 202 in, what became of it out
//! (<https://learn.microsoft.com/graph/long-running-actions-overview>).

mod outcome;
mod report;

use std::error;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use http::header::{ACCEPT, HeaderValue, LOCATION};
use http::{HeaderMap, Method, StatusCode};
use reqwest::Url;
use tokio::time::{Instant, sleep, timeout_at};

pub use self::outcome::Outcome;
pub use self::report::StatusReport;
use self::report::Verdict;
use super::body::Body;
use super::pipeline::{self, Access, Outgoing, Settings};
use super::response::header_text;
use super::retry::wait_asked_for;
use super::{
    Client, Error, Origin, Request, RequestType, Response, ResponseKind, ServiceError, origin,
};
use crate::model;

/// How long to wait before the first question, where the service does not say.
const FIRST_INTERVAL: Duration = Duration::from_secs(1);

/// How long to wait between two questions at most, where the service does not say.
const MAX_INTERVAL: Duration = Duration::from_secs(30);

/// How long an operation is waited for unless another time is set.
const DEADLINE: Duration = Duration::from_secs(30 * 60);

/// Headers that say where the status of an operation is, the more telling one first.
const LINKS: [&str; 2] = ["operation-location", "location"];

/// The answer to a request whose work may go on after it: what operations give that are documented with
/// `202 Accepted`.
///
/// `M` is what the service answers about how it goes, where the documents say so: `teamsAsyncOperation` and
/// its kind. Whoever does not care for the end drops the value.
///
/// ```
/// use graph_runtime::{Accepted, Error};
///
/// async fn wait(accepted: Accepted) -> Result<Option<String>, Error> {
///     let Some(report) = accepted.wait().await? else {
///         return Ok(None); // Done at once, or the service does not say where to ask.
///     };
///     Ok(report.resource_location)
/// }
/// ```
pub struct Accepted<M = model::Json> {
    /// The answer: 202 while the work goes on.
    pub response: Response,
    client: Client,
    link: Option<Url>,
    monitor: PhantomData<fn() -> M>,
}

/// Asks for the status of an operation until it is over.
///
/// A link to the endpoint's own host is asked with the token, one to another host, which is itself the
/// key, without. Each question is tried again as any `GET` is.
#[must_use = "a poller does nothing until it is asked"]
pub struct Poller<M = model::Json> {
    client: Client,
    url: Url,
    interval: Option<Duration>,
    deadline: Duration,
    /// How long to wait before the next question.
    wait: Duration,
    monitor: PhantomData<fn() -> M>,
}

/// What became of an operation so far.
#[derive(Debug)]
#[must_use]
pub enum OperationState<M = model::Json> {
    /// It goes on.
    Running(StatusReport<M>),
    /// It has succeeded.
    Succeeded(StatusReport<M>),
}

/// An operation that was accepted and did not succeed.
#[derive(Debug)]
#[non_exhaustive]
pub struct OperationError {
    /// What happened to it.
    pub kind: OperationErrorKind,
    /// The status in the service's own word.
    pub status: Option<String>,
    /// The last status report as an error: code, message, headers and body. `None` when there was none.
    pub report: Option<Box<ServiceError>>,
}

/// Why an operation did not succeed.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum OperationErrorKind {
    /// The service reports that it failed.
    Failed,
    /// The service reports that it was cancelled.
    Cancelled,
    /// It was still going on at the poller's deadline, and may succeed yet.
    DeadlineExceeded,
}

impl<O: RequestType> Request<O> {
    /// Sends the request and gives the answer with the way to what it started, in place of the output.
    ///
    /// For operations that answer `202 Accepted` without being documented to. Those that are documented
    /// give an [`Accepted`] when they are awaited.
    ///
    /// # Errors
    ///
    /// Whatever keeps an answer of success from being had; see [`Error`].
    pub async fn start(self) -> Result<Accepted, Error> {
        let client = self.parts.client.clone();
        let response = pipeline::send(self.parts).await?;
        Ok(Accepted::new(response, &Origin::of(&client)))
    }
}

impl<M> Accepted<M> {
    fn new(response: Response, origin: &Origin<'_>) -> Self {
        let accepted = response.status == StatusCode::ACCEPTED;
        let mut links = LINKS.iter().filter(|_| accepted);
        let link = links.find_map(|name| header_text(&response.headers, name));
        Self {
            link: link.and_then(|link| origin.resolve(link)),
            response,
            client: origin.client().clone(),
            monitor: PhantomData,
        }
    }

    /// Where the status of the operation is, absolute: the `Operation-Location` of the answer, or else its
    /// `Location`. It may be a key to the operation: not for logs.
    ///
    /// `None` when the service was done at once, or does not say where to ask.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.link.as_ref().map(Url::as_str)
    }

    /// What tells how the operation goes; `None` when the service was done at once, or does not say
    /// where to ask.
    #[must_use]
    pub fn poller(&self) -> Option<Poller<M>> {
        let url = self.link.clone()?;
        let mut poller = Poller::new(self.client.clone(), url);
        poller.note_wait(&self.response.headers);
        Some(poller)
    }

    /// Waits until the operation is over, as [`Poller::wait`] does; `None` where there is no poller.
    ///
    /// # Errors
    ///
    /// As [`Poller::wait`].
    pub async fn wait(&self) -> Result<Option<StatusReport<M>>, Error> {
        match self.poller() {
            Some(mut poller) => poller.wait().await.map(Some),
            None => Ok(None),
        }
    }
}

impl<M: 'static> ResponseKind for Accepted<M> {
    type Output = Self;

    fn decode(response: Response, origin: &Origin<'_>) -> Result<Self, Error> {
        Ok(Self::new(response, origin))
    }
}

impl Client {
    /// Goes on asking for an operation that another process has started; `url` is the
    /// [`Poller::url`] of then.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] when it is no `https` URL.
    pub fn poller(&self, url: &str) -> Result<Poller, Error> {
        let url = Url::parse(url)
            .map_err(|error| Error::InvalidRequest(format!("no link to an operation: {error}")))?;
        if !origin::is_same_origin(&self.shared.endpoint, &url) {
            origin::require_safe_without_token(&url)?;
        }
        Ok(Poller::new(self.clone(), url))
    }
}

impl<M> Poller<M> {
    fn new(client: Client, url: Url) -> Self {
        Self {
            client,
            url,
            interval: None,
            deadline: DEADLINE,
            wait: FIRST_INTERVAL,
            monitor: PhantomData,
        }
    }

    /// Where the status is, to be [gone on with](Client::poller) by another process. It may be a key to
    /// the operation: not for logs.
    #[must_use]
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// How long to wait between two questions where the service does not say: unless set, one
    /// second, and longer with each question up to half a minute.
    pub fn interval(self, interval: Duration) -> Self {
        Self {
            interval: Some(interval),
            wait: interval,
            ..self
        }
    }

    /// How long [`wait`](Self::wait) waits in all; half an hour unless set.
    pub fn deadline(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    /// Asks once, at once.
    ///
    /// # Errors
    ///
    /// [`Error::Operation`] when the operation has failed or was cancelled; else whatever keeps the
    /// status from being had.
    pub async fn poll(&mut self) -> Result<OperationState<M>, Error> {
        let response = match pipeline::exchange(&self.client, self.question()).await {
            Err(Error::Service(error)) if is_result(&error) => {
                return Ok(OperationState::Succeeded(StatusReport::redirect(*error)));
            }
            response => response?,
        };
        self.grow_wait();
        self.note_wait(&response.headers);
        let (report, verdict) = StatusReport::read(response);
        match verdict {
            Verdict::Running => Ok(OperationState::Running(report)),
            Verdict::Succeeded => Ok(OperationState::Succeeded(report)),
            Verdict::Failed => Err(report.into_error(OperationErrorKind::Failed)),
            Verdict::Cancelled => Err(report.into_error(OperationErrorKind::Cancelled)),
        }
    }

    /// Asks until the operation is over, as often as the service wants.
    ///
    /// # Errors
    ///
    /// As [`poll`](Self::poll), and [`Error::Operation`] when the deadline is reached, after which
    /// the poller can be asked again.
    pub async fn wait(&mut self) -> Result<StatusReport<M>, Error> {
        let deadline = Instant::now().checked_add(self.deadline);
        let mut last = None;
        loop {
            let wait = self.wait;
            if deadline.is_some_and(|end| end.saturating_duration_since(Instant::now()) <= wait) {
                return Err(overdue(last));
            }
            sleep(wait).await;
            let state = match deadline {
                Some(end) => match timeout_at(end, self.poll()).await {
                    Ok(state) => state?,
                    Err(_) => return Err(overdue(last)),
                },
                None => self.poll().await?,
            };
            match state {
                OperationState::Succeeded(report) => return Ok(report),
                OperationState::Running(report) => last = Some(report),
            }
        }
    }

    fn question(&self) -> Outgoing {
        let access = match origin::is_same_origin(&self.client.shared.endpoint, &self.url) {
            true => Access::Token,
            false => Access::Link,
        };
        let json = HeaderValue::from_static("application/json");
        Outgoing {
            method: Method::GET,
            url: self.url.clone(),
            headers: HeaderMap::from_iter([(ACCEPT, json)]),
            body: Body::Empty,
            access,
            // A redirect is the news that the result is there.
            follow_redirects: false,
            settings: Settings::default(),
        }
    }

    fn grow_wait(&mut self) {
        self.wait = match self.interval {
            Some(interval) => interval,
            None => self
                .wait
                .saturating_mul(2)
                .clamp(FIRST_INTERVAL, MAX_INTERVAL),
        };
    }

    fn note_wait(&mut self, headers: &HeaderMap) {
        if let Some(wait) = wait_asked_for(headers) {
            self.wait = wait;
        }
    }
}

/// Whether an answer says that the result is elsewhere, which it is when the operation has succeeded.
fn is_result(error: &ServiceError) -> bool {
    let redirects = [StatusCode::SEE_OTHER, StatusCode::FOUND];
    redirects.contains(&error.status) && error.headers.contains_key(LOCATION)
}

fn overdue<M>(last: Option<StatusReport<M>>) -> Error {
    match last {
        Some(report) => report.into_error(OperationErrorKind::DeadlineExceeded),
        None => Error::Operation(Box::new(OperationError {
            kind: OperationErrorKind::DeadlineExceeded,
            status: None,
            report: None,
        })),
    }
}

impl fmt::Display for OperationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            OperationErrorKind::Failed => "the operation failed",
            OperationErrorKind::Cancelled => "the operation was cancelled",
            OperationErrorKind::DeadlineExceeded => "the operation is not over at the deadline",
        })?;
        match &self.report {
            Some(report) => write!(f, ": {report}"),
            None => Ok(()),
        }
    }
}

impl error::Error for OperationError {}

impl<M> Clone for Accepted<M> {
    fn clone(&self) -> Self {
        Self {
            response: self.response.clone(),
            client: self.client.clone(),
            link: self.link.clone(),
            monitor: PhantomData,
        }
    }
}

impl<M> Clone for Poller<M> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            url: self.url.clone(),
            monitor: PhantomData,
            ..*self
        }
    }
}

impl<M> Clone for OperationState<M> {
    fn clone(&self) -> Self {
        match self {
            Self::Running(report) => Self::Running(report.clone()),
            Self::Succeeded(report) => Self::Succeeded(report.clone()),
        }
    }
}

// The link may be a key to the operation.
impl<M> fmt::Debug for Accepted<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Accepted")
            .field("response", &self.response)
            .field("host", &self.link.as_ref().and_then(Url::host_str))
            .finish_non_exhaustive()
    }
}

impl<M> fmt::Debug for Poller<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Poller")
            .field("host", &self.url.host_str())
            .field("interval", &self.interval)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}
