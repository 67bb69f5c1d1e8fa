//! What is tried again, how often, and after what wait.

use std::time::{Duration, Instant};

use graph_runtime::{
    Client, ClientBuilder, Error, FailedAttempt, Json, NoContent, Operation, RetryPolicy,
    StandardRetry, StaticToken,
};
use serde_json::Value;

use crate::server::{Answer, Server};
use crate::{CREATE, DELETE, GET, SECRET, UPDATE, operation, transport};

const PUT: Operation = operation("Replace task", "PUT");

/// As by default, with delays that a test can wait for.
fn quick() -> StandardRetry {
    StandardRetry::default().backoff(Duration::from_millis(1), Duration::from_millis(4))
}

fn builder(server: &Server) -> ClientBuilder {
    Client::builder(StaticToken::new(SECRET))
        .endpoint(server.url("/beta"))
        .http_client(transport())
}

fn client(server: &Server) -> Client {
    builder(server).retry(quick()).build().expect("a client")
}

async fn call(client: &Client, operation: &'static Operation) -> Result<(), Error> {
    let place = client.root().segment("tasks").key("1");
    place.undocumented::<NoContent>(operation).await
}

/// How often `operation` is sent to a service that gives these answers, and what comes of it.
async fn sent(
    operation: &'static Operation,
    answers: impl IntoIterator<Item = Answer>,
) -> (usize, Result<(), Error>) {
    let server = Server::answering(answers).await;
    let result = call(&client(&server), operation).await;
    (server.seen().len(), result)
}

fn status(code: u16) -> Answer {
    Answer::new(code, "")
}

#[tokio::test]
async fn what_is_idempotent_is_tried_again_after_what_may_pass() {
    for operation in [&GET, &PUT, &DELETE] {
        for code in [408, 429, 500, 502, 503, 504] {
            let (count, result) = sent(operation, [status(code), status(204)]).await;
            assert_eq!(count, 2, "{} {code}", operation.method);
            result.expect("success at last");
        }
        for code in [400, 401, 403, 404, 409, 412, 423, 501, 505, 507, 509] {
            let (count, result) = sent(operation, [status(code), status(204)]).await;
            assert_eq!(count, 1, "{} {code}", operation.method);
            assert!(!result.expect_err("a failure").is_retryable());
        }
    }
}

#[tokio::test]
async fn an_action_is_sent_again_only_when_the_service_says_that_it_did_not_run() {
    for operation in [&CREATE, &UPDATE] {
        for code in [400, 401, 404, 408, 409, 500, 501, 502, 503, 504] {
            let (count, result) = sent(operation, [status(code), status(204)]).await;
            assert_eq!(count, 1, "{} {code}", operation.method);
            assert!(!result.expect_err("a failure").is_retryable());
        }
        for code in [408, 500, 502, 504] {
            let answer = status(code).header("retry-after", "0");
            let (count, _) = sent(operation, [answer, status(204)]).await;
            assert_eq!(count, 1, "{} {code} with Retry-After", operation.method);
        }
        let unexecuted = [
            status(429),
            status(429).header("retry-after", "0"),
            status(503).header("retry-after", "0"),
            status(503).header("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ];
        for answer in unexecuted {
            let (count, result) = sent(operation, [answer.clone(), status(204)]).await;
            assert_eq!(count, 2, "{} {answer:?}", operation.method);
            result.expect("success at last");
        }
        let unreadable = status(503).header("retry-after", "soon");
        let (count, _) = sent(operation, [unreadable, status(204)]).await;
        assert_eq!(count, 1, "{}", operation.method);
    }
}

#[tokio::test]
async fn attempts_say_which_they_are_and_share_an_id() {
    let server =
        Server::answering([status(503), status(429), status(500), Answer::json("{}")]).await;
    let place = client(&server).root().segment("tasks");
    let request = place
        .undocumented::<Json<Value>>(&PUT)
        .body(&serde_json::json!({"a": 1}));
    request.await.expect("success at last");
    let seen = server.seen();
    let attempts: Vec<_> = seen
        .iter()
        .map(|seen| seen.header("retry-attempt"))
        .collect();
    assert_eq!(attempts, [None, Some("1"), Some("2"), Some("3")]);
    for repeated in &seen {
        for name in [
            "client-request-id",
            "content-type",
            "authorization",
            "prefer",
        ] {
            assert_eq!(repeated.header(name), seen[0].header(name), "{name}");
        }
        assert_eq!(repeated.body, seen[0].body);
    }
}

#[tokio::test]
async fn attempts_come_to_an_end_and_the_error_counts_them() {
    let (count, result) = sent(&GET, [status(503).header("request-id", "abc")]).await;
    let error = result.expect_err("a failure");
    assert_eq!((count, error.attempts()), (4, 4));
    assert!(error.is_retryable());
    let text = error.to_string();
    assert!(
        text.starts_with("503 Service Unavailable (request-id abc, "),
        "{text}"
    );
    assert!(text.ends_with(", 4 attempts)"), "{text}");
    let (_, result) = sent(&GET, [status(404)]).await;
    let error = result.expect_err("a failure");
    assert_eq!(error.attempts(), 1);
    assert!(!error.to_string().contains("attempt"), "{error}");
}

#[tokio::test]
async fn retry_after_is_waited_for_as_seconds_and_as_a_date() {
    let dated = status(503)
        .header("date", "Sun, 06 Nov 1994 08:49:36 GMT")
        .header("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT");
    for answer in [status(429).header("retry-after", "1"), dated] {
        let start = Instant::now();
        let (count, result) = sent(&CREATE, [answer.clone(), status(204)]).await;
        result.expect("success at last");
        assert_eq!(count, 2);
        assert!(start.elapsed() >= Duration::from_secs(1), "{answer:?}");
    }
}

#[tokio::test]
async fn a_retry_after_above_the_cap_ends_the_call() {
    for text in [
        "181",
        "86400",
        "18446744073709551615",
        "Thu, 06 Nov 2994 08:49:37 GMT",
    ] {
        let start = Instant::now();
        let (count, result) = sent(&GET, [status(429).header("retry-after", text)]).await;
        let error = result.expect_err("a failure");
        assert_eq!(count, 1, "{text}");
        assert!(error.is_retryable() && error.retry_after().is_some());
        assert!(start.elapsed() < Duration::from_secs(20), "{text}");
    }
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_is_not_begun() {
    let server = Server::answering([status(429).header("retry-after", "30")]).await;
    let start = Instant::now();
    let client = builder(&server)
        .deadline(Duration::from_secs(20))
        .build()
        .expect("a client");
    let error = call(&client, &GET).await.expect_err("a failure");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(429));
    assert_eq!(server.seen().len(), 1);
    assert!(start.elapsed() < Duration::from_secs(15));
}

#[tokio::test]
async fn an_outage_is_not_amplified_beyond_the_budget() {
    let server = Server::answering([status(503)]).await;
    let client = builder(&server)
        .retry(quick())
        .retry_budget(5)
        .build()
        .expect("a client");
    for _ in 0..20 {
        call(&client, &GET).await.expect_err("an outage");
    }
    assert_eq!(server.seen().len(), 25);
    // Five calls that succeed earn one retry.
    server.answer([status(204)]);
    for _ in 0..5 {
        call(&client, &GET).await.expect("success");
    }
    server.answer([status(503)]);
    for _ in 0..5 {
        call(&client, &GET).await.expect_err("an outage");
    }
    assert_eq!(server.seen().len(), 36);
}

#[tokio::test]
async fn retries_are_switched_off_for_a_client_and_for_a_request() {
    let server = Server::answering([status(503)]).await;
    let once = builder(&server).no_retry().build().expect("a client");
    call(&once, &GET).await.expect_err("a failure");
    assert_eq!(server.seen().len(), 1);
    let place = client(&server).root().segment("tasks");
    let request = place.undocumented::<NoContent>(&GET).no_retry();
    request.await.expect_err("a failure");
    assert_eq!(server.seen().len(), 2);
    let place = once.root().segment("tasks");
    let request = place
        .undocumented::<NoContent>(&GET)
        .retry(quick().max_attempts(2));
    request.await.expect_err("a failure");
    assert_eq!(server.seen().len(), 4);
}

/// Tries twice whatever happens to reading requests.
#[derive(Debug)]
struct Stubborn;

impl RetryPolicy for Stubborn {
    fn wait(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
        let again = failed.method == "GET" && failed.number < 2 && failed.error.status().is_some();
        again.then_some(Duration::ZERO)
    }
}

#[tokio::test]
async fn a_policy_of_the_users_own_decides() {
    let server = Server::answering([status(404)]).await;
    let client = builder(&server).retry(Stubborn).build().expect("a client");
    let error = call(&client, &GET).await.expect_err("a failure");
    assert_eq!((server.seen().len(), error.attempts()), (2, 2));
    call(&client, &CREATE).await.expect_err("a failure");
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn no_action_is_lost_or_carried_out_twice() {
    let answers: Vec<Answer> = (0..400)
        .map(|turn| match turn % 4 {
            0 => status(429).header("retry-after", "0"),
            1 => status(503).header("retry-after", "0"),
            _ => status(204),
        })
        .collect();
    let server = Server::answering(answers).await;
    let patient = StandardRetry::default().max_attempts(20);
    let client = builder(&server)
        .retry(patient)
        .retry_budget(1000)
        .build()
        .expect("a client");
    let place = client.root().segment("tasks");
    let calls = (0..100).map(|id| {
        let request = place.undocumented::<NoContent>(&CREATE);
        request.body(&serde_json::json!({ "id": id })).send()
    });
    for result in futures_util::future::join_all(calls).await {
        result.expect("success at last");
    }
    let mut carried_out: Vec<u64> = server
        .seen()
        .iter()
        .enumerate()
        .filter(|(turn, _)| turn % 4 > 1)
        .map(|(_, seen)| serde_json::from_slice::<Value>(&seen.body).expect("a body"))
        .map(|body| body["id"].as_u64().expect("an id"))
        .collect();
    carried_out.sort_unstable();
    assert_eq!(carried_out, (0..100).collect::<Vec<u64>>());
}

#[tokio::test]
async fn any_sequence_of_answers_is_followed_as_the_rules_have_it() {
    let codes = [204, 408, 429, 500, 502, 503, 504, 404];
    // A small congruential generator: the sequences are the same in every run.
    let mut state = 7u64;
    let mut next = move |bound: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as usize % bound
    };
    for round in 0..60 {
        let operation = [&GET, &PUT, &DELETE, &CREATE, &UPDATE][next(5)];
        let action = ["POST", "PATCH"].contains(&operation.method);
        let script: Vec<(u16, bool)> = (0..4).map(|_| (codes[next(8)], next(2) == 0)).collect();
        let goes_on = |(code, asked): &(u16, bool)| match action {
            true => *code == 429 || (*code == 503 && *asked),
            false => ![204, 404].contains(code),
        };
        let expected = script
            .iter()
            .take(3)
            .take_while(|step| goes_on(step))
            .count()
            + 1;
        let answers = script.iter().map(|(code, asked)| match asked {
            true => status(*code).header("retry-after", "0"),
            false => status(*code),
        });
        let (count, result) = sent(operation, answers).await;
        assert_eq!(count, expected, "{round}: {} {script:?}", operation.method);
        assert_eq!(result.is_ok(), script[expected - 1].0 == 204, "{round}");
    }
}
