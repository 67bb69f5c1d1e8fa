//! JSON batches: typed requests in, one `POST` for up to twenty of them, each one's own answer out
//! (<https://learn.microsoft.com/graph/json-batching>).
//!
//! ```
//! use graph_runtime::{Client, Error};
//!
//! async fn two_at_once(client: &Client) -> Result<(), Error> {
//!     let mut batch = client.batch();
//!     let me = batch.add(client.get("/me").select(["id"]))?;
//!     let close = client.patch("/tasks/7").body(&serde_json::json!({"status": "closed"}));
//!     let close = batch.add(close)?;
//!     batch.depends_on(&close, &me)?;
//!     let mut answers = batch.send().await?;
//!     let me = answers.take(me)?;
//!     let closed = answers.take(close);
//!     # drop((me, closed));
//!     Ok(())
//! }
//! ```

mod exchange;
mod part;
mod plan;
mod wire;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use self::part::Part;
use super::{Client, Error, Origin, Request, RequestType, Response, ResponseKind};

/// How many requests the service takes in one batch.
const MAX_PARTS: usize = 20;

/// Tells the parts of one batch from those of another.
static NEXT_BATCH: AtomicU64 = AtomicU64::new(0);

/// Requests that are sent together. Made by [`Client::batch`].
///
/// More than twenty go out in several posts, one after the other; requests that depend on each
/// other stay together where they fit. Answers come in any order and are told apart by ids that
/// the batch gives.
///
/// What may be tried again is decided for each request as if it had been sent by itself, by the
/// same [`RetryPolicy`](super::RetryPolicy), deadline and budget. Requests that are to be
/// tried again go out by themselves, after the longest of their waits, and with them those that were
/// not carried out because they depend on one of them.
#[must_use = "a batch is sent by `send`"]
pub struct Batch {
    client: Client,
    id: u64,
    parts: Vec<Part>,
}

/// One request of a [`Batch`], by which its answer is taken from [`BatchAnswers`].
#[must_use = "the answer is taken by it"]
pub struct BatchPart<O> {
    batch: u64,
    index: usize,
    operation: PhantomData<fn() -> O>,
}

/// The answers to a [`Batch`], each to be taken once.
pub struct BatchAnswers {
    client: Client,
    batch: u64,
    outcomes: Vec<Option<Outcome>>,
}

/// What became of one request.
enum Outcome {
    /// It was answered, with success or not.
    Answered(Response),
    /// The post that was to carry it failed.
    Lost(Arc<Error>),
    /// The post was answered, with no word of it.
    Missing(Response),
}

impl Client {
    /// A batch without requests.
    pub fn batch(&self) -> Batch {
        Batch {
            client: self.clone(),
            id: NEXT_BATCH.fetch_add(1, Ordering::Relaxed),
            parts: Vec::new(),
        }
    }
}

impl Batch {
    /// Adds a request, with its own options and headers.
    ///
    /// The part that comes back takes its answer from what [`Batch::send`] gives.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] for a request that can't be sent at all, for one of another client,
    /// for one whose URL is not below the endpoint, and for a body that says it is JSON and is not.
    /// The batch is then as it was.
    pub fn add<O: RequestType>(&mut self, request: Request<O>) -> Result<BatchPart<O>, Error> {
        let parts = request.into_parts();
        if !Arc::ptr_eq(&parts.client.shared, &self.client.shared) {
            return Err(invalid("the request is for another client than the batch"));
        }
        self.parts.push(Part::new(&parts)?);
        Ok(BatchPart {
            batch: self.id,
            index: self.parts.len() - 1,
            operation: PhantomData,
        })
    }

    /// Has a request carried out only when another, added before it, has succeeded.
    ///
    /// When that fails, the answer to this one is an [`Error::Service`] with status 424.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] when one of both is of another batch, or when `earlier` was not added
    /// before `later`.
    pub fn depends_on<L, E>(
        &mut self,
        later: &BatchPart<L>,
        earlier: &BatchPart<E>,
    ) -> Result<(), Error> {
        if later.batch != self.id || earlier.batch != self.id {
            return Err(invalid("a request of another batch"));
        }
        if earlier.index >= later.index {
            return Err(invalid("a request can depend only on one added before it"));
        }
        let part = self.parts.get_mut(later.index);
        let part = part.ok_or_else(|| invalid("a request of another batch"))?;
        if !part.depends_on.contains(&earlier.index) {
            part.depends_on.push(earlier.index);
        }
        Ok(())
    }

    /// How many requests there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parts.len()
    }

    /// Whether there are no requests. Sending such a batch sends nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Sends the requests and waits for all answers.
    ///
    /// # Errors
    ///
    /// Whatever keeps any answer at all from being had. When only some of several posts fail, their
    /// requests have an [`Error::Batch`] each, and the others their answers.
    pub async fn send(self) -> Result<BatchAnswers, Error> {
        let outcomes = exchange::all(&self.client, &self.parts).await?;
        Ok(BatchAnswers {
            client: self.client,
            batch: self.id,
            outcomes: outcomes.into_iter().map(Some).collect(),
        })
    }
}

impl BatchAnswers {
    /// The output of a request, or what went wrong with it alone.
    ///
    /// # Errors
    ///
    /// As if the request had been sent by itself, with the status, headers and body of its own part:
    /// [`Error::Service`], also for redirects, whose target is in [`Error::location`];
    /// [`Error::Decode`], also when the service left the request unanswered; [`Error::Batch`] when
    /// the post that carried it failed; [`Error::InvalidRequest`] for the part of another batch.
    pub fn take<O: RequestType>(
        &mut self,
        part: BatchPart<O>,
    ) -> Result<<O::Response as ResponseKind>::Output, Error> {
        let outcome = self.outcomes.get_mut(part.index);
        let outcome = outcome.filter(|_| part.batch == self.batch);
        let outcome = outcome.and_then(Option::take);
        match outcome.ok_or_else(|| invalid("a request of another batch"))? {
            Outcome::Answered(response) if response.status.is_success() => {
                O::Response::decode(response, &Origin::of(&self.client))
            }
            Outcome::Answered(response) => Err(part::failure(response)),
            Outcome::Lost(error) => Err(Error::Batch(error)),
            Outcome::Missing(response) => Err(wire::missing(response)),
        }
    }

    /// The answer to a request before it is taken: its own status, headers and body. `None` when the
    /// service did not answer it, and for a part of another batch.
    #[must_use]
    pub fn response<O>(&self, part: &BatchPart<O>) -> Option<&Response> {
        let outcome = self.outcomes.get(part.index)?.as_ref();
        match outcome.filter(|_| part.batch == self.batch)? {
            Outcome::Answered(response) => Some(response),
            Outcome::Lost(_) | Outcome::Missing(_) => None,
        }
    }
}

fn invalid(fault: &str) -> Error {
    Error::InvalidRequest(fault.to_owned())
}

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch")
            .field("requests", &self.parts.len())
            .finish_non_exhaustive()
    }
}

impl<O> fmt::Debug for BatchPart<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchPart")
            .field("index", &self.index)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for BatchAnswers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchAnswers")
            .field("answers", &self.outcomes.len())
            .finish_non_exhaustive()
    }
}
