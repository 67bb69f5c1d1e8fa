//! Sending a batch: parts in, what became of each out, however many posts it takes.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde_json::json;
use tokio::time::{Instant, sleep};

use super::super::request::Parts;
use super::super::retry::FailedAttempt;
use super::super::{Client, Error, Response, pipeline};
use super::Outcome;
use super::part::{self, Part};
use super::plan::{Plan, State};
use super::wire::{self, PostAnswer};

/// Sends everything.
///
/// # Errors
///
/// The error of the first post when none was answered.
pub(super) async fn all(client: &Client, parts: &[Part]) -> Result<Vec<Outcome>, Error> {
    let mut run = Run::new(client, parts);
    loop {
        run.send_waiting().await;
        let wait = run.wait;
        if !run.plan.resume() {
            return run.into_outcomes();
        }
        run.wait = Duration::ZERO;
        sleep(wait).await;
    }
}

/// A batch on its way.
struct Run<'a> {
    client: &'a Client,
    parts: &'a [Part],
    plan: Plan,
    outcomes: BTreeMap<usize, Outcome>,
    /// How often each request has been sent.
    attempts: Vec<u32>,
    start: Instant,
    /// How long to wait before the next round.
    wait: Duration,
    /// Whether any post was answered.
    answered: bool,
}

impl<'a> Run<'a> {
    fn new(client: &'a Client, parts: &'a [Part]) -> Self {
        let dependencies = parts.iter().map(|part| part.depends_on.clone());
        Self {
            client,
            parts,
            plan: Plan::new(dependencies.collect()),
            outcomes: BTreeMap::new(),
            attempts: vec![0; parts.len()],
            start: Instant::now(),
            wait: Duration::ZERO,
            answered: false,
        }
    }

    /// Sends post after post until nothing is left but what has to wait.
    async fn send_waiting(&mut self) {
        loop {
            while let Some((index, failed)) = self.plan.next_failed_dependency() {
                let outcome = self.failed_dependency(index, failed);
                self.settle(index, State::Failed, outcome);
            }
            let post = self.plan.next_post();
            if post.is_empty() {
                return;
            }
            let posted = self.post(&post).await;
            self.note(&post, posted);
        }
    }

    /// Sends a post and reads the answers in it, and those on further pages.
    async fn post(&self, post: &[usize]) -> Posted {
        let mut parts = Parts::written(self.client, Method::POST, "/$batch", "application/json");
        parts.set_json(self.body(post));
        let mut posted = Posted::default();
        loop {
            match posted.read_page(parts.clone()).await {
                Ok(Some(link)) => match parts.follow(&link) {
                    Ok(()) => continue,
                    Err(error) => posted.error = Some(error),
                },
                Ok(None) => {}
                Err(error) => posted.error = Some(error),
            }
            return posted;
        }
    }

    fn body(&self, post: &[usize]) -> Result<Vec<u8>, serde_json::Error> {
        wire::post(post.iter().filter_map(|&index| {
            let depends_on = self.plan.open_dependencies(index).collect();
            Some((index, self.parts.get(index)?, depends_on))
        }))
    }

    /// Takes down the answers to a post. In the order of the requests, so that what a request
    /// depends on is judged before it.
    fn note(&mut self, post: &[usize], posted: Posted) {
        self.answered |= posted.whole.is_some();
        let mut answers = posted.answers;
        let error = posted.error.map(Arc::new);
        for &index in post {
            let Some(part) = self.parts.get(index) else {
                continue;
            };
            if let Some(attempts) = self.attempts.get_mut(index) {
                *attempts += 1;
            }
            match (answers.remove(&wire::id(index)), &error, &posted.whole) {
                (Some(response), _, _) => self.note_answer(index, part, response),
                (None, None, Some(whole)) => {
                    self.settle(index, State::Failed, Outcome::Missing(whole.clone()));
                }
                (None, Some(error), _) => {
                    self.settle(index, State::Failed, Outcome::Lost(Arc::clone(error)));
                }
                // A post without an error has an answer.
                (None, None, None) => {}
            }
        }
    }

    fn note_answer(&mut self, index: usize, part: &Part, mut response: Response) {
        response.method = part.method.clone();
        response.attempts = self.attempts.get(index).copied().unwrap_or_default();
        if response.status.is_success() {
            if response.attempts > 1 {
                self.client.shared.budget.succeeded_at(response.attempts);
            }
            return self.settle(index, State::Succeeded, Outcome::Answered(response));
        }
        let held_up = response.status == StatusCode::FAILED_DEPENDENCY
            && self.plan.depends_on_deferred(index);
        let wait = match held_up {
            true => Some(Duration::ZERO),
            false => self.wait_after(part, &response),
        };
        let state = match wait {
            Some(_) => State::Deferred,
            None => State::Failed,
        };
        self.wait = self.wait.max(wait.unwrap_or_default());
        self.settle(index, state, Outcome::Answered(response));
    }

    /// How long to wait before a request is sent again; `None` when its answer stands.
    ///
    /// The same policy, deadline and budget decide as for a request by itself.
    fn wait_after(&self, part: &Part, response: &Response) -> Option<Duration> {
        let shared = &self.client.shared;
        let error = part::failure(response.clone());
        let failed = FailedAttempt::new(&part.method, response.attempts, &error);
        let policy = part.settings.retry.as_ref().unwrap_or(&shared.limits.retry);
        let wait = policy.wait(&failed)?;
        let deadline = part.settings.deadline.unwrap_or(shared.limits.deadline);
        let in_time = wait < deadline.saturating_sub(self.start.elapsed());
        (in_time && shared.budget.take()).then_some(wait)
    }

    /// What becomes of a request that is not sent because another has failed.
    fn failed_dependency(&self, index: usize, failed: usize) -> Outcome {
        let answer = match self.outcomes.get(&failed) {
            Some(Outcome::Lost(error)) => return Outcome::Lost(Arc::clone(error)),
            Some(Outcome::Answered(response) | Outcome::Missing(response)) => Some(response),
            None => None,
        };
        let part = self.parts.get(index);
        let error = json!({"error": {
            "code": "FailedDependency",
            "message": "Not sent: a request that it depends on has failed.",
        }});
        Outcome::Answered(Response {
            status: StatusCode::FAILED_DEPENDENCY,
            headers: HeaderMap::new(),
            body: Bytes::from(error.to_string()),
            client_request_id: answer
                .map_or_else(String::new, |answer| answer.client_request_id.clone()),
            method: part.map_or(Method::GET, |part| part.method.clone()),
            attempts: self.attempts.get(index).copied().unwrap_or_default(),
        })
    }

    fn settle(&mut self, index: usize, state: State, outcome: Outcome) {
        if let Some(place) = self.plan.states.get_mut(index) {
            *place = state;
        }
        self.outcomes.insert(index, outcome);
    }

    fn into_outcomes(self) -> Result<Vec<Outcome>, Error> {
        let outcomes: Vec<Outcome> = self.outcomes.into_values().collect();
        if self.answered {
            return Ok(outcomes);
        }
        let lost = outcomes.iter().find_map(|outcome| match outcome {
            Outcome::Lost(error) => Some(Arc::clone(error)),
            Outcome::Answered(_) | Outcome::Missing(_) => None,
        });
        let Some(error) = lost else {
            return Ok(outcomes);
        };
        drop(outcomes);
        Err(Arc::try_unwrap(error).unwrap_or_else(Error::Batch))
    }
}

/// What came of a post.
#[derive(Default)]
struct Posted {
    /// The answer to the post, when there was one.
    whole: Option<Response>,
    /// The answers in it by id, and those on further pages.
    answers: BTreeMap<String, Response>,
    /// Why there may be no more of them.
    error: Option<Error>,
}

impl Posted {
    /// Sends the post or asks for a further page of answers, and gives the link to the next: none
    /// behind a page that has nothing new, so that a service can't lead on without an end.
    async fn read_page(&mut self, parts: Parts) -> Result<Option<String>, Error> {
        let page = pipeline::send(Box::new(parts)).await?;
        let answer = PostAnswer::read(&page)?;
        let before = self.answers.len();
        for (id, response) in answer.answers {
            self.answers.entry(id).or_insert(response);
        }
        let first = self.whole.is_none();
        self.whole.get_or_insert(page);
        let more = first || self.answers.len() > before;
        Ok(answer.next_link.filter(|link| more && !link.is_empty()))
    }
}
