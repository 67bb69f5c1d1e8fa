//! Servers that break off, fall silent or send what they should not.

use std::time::{Duration, Instant};

use futures_util::StreamExt;
use graph_runtime::{
    Client, ClientBuilder, Error, Json, NoContent, Operation, RawBytes, StandardRetry, StaticToken,
    TransportErrorKind,
};
use serde_json::{Value, json};

use crate::server::{Answer, Server};
use crate::wire::{Act, Then, Wire};
use crate::{CREATE, DELETE, GET, SECRET, UPDATE, transport};

const HALF_A_HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Le";
const HALF_A_BODY: &str = "HTTP/1.1 200 OK\r\nrequest-id: abc\r\ncontent-length: 50\r\n\r\n{\"id\"";

fn builder(url: String) -> ClientBuilder {
    Client::builder(StaticToken::new(SECRET))
        .endpoint(url)
        .http_client(transport())
        .retry(StandardRetry::default().backoff(Duration::ZERO, Duration::ZERO))
}

/// A client that waits long for what comes or breaks, so that a busy machine is not taken for silence, and
/// not long for what never comes.
fn client(wire: &Wire, then: Then) -> Client {
    let patience = match then {
        Then::Close | Then::Reset => Duration::from_secs(30),
        Then::Stall => Duration::from_secs(1),
    };
    builder(wire.url("/beta"))
        .response_timeout(patience)
        .idle_timeout(patience)
        .deadline(Duration::from_secs(60))
        .build()
        .expect("a client")
}

async fn get(client: &Client, operation: &'static Operation) -> Result<Value, Error> {
    let place = client.root().segment("tasks");
    place.undocumented::<Json<Value>>(operation).await
}

fn kind(error: &Error) -> TransportErrorKind {
    match error {
        Error::Transport(error) => error.kind,
        other => panic!("{other:?}"),
    }
}

/// Each way for an answer not to arrive, and what the error then says.
fn broken() -> Vec<(Act, TransportErrorKind)> {
    use TransportErrorKind::{IdleTimeout, Interrupted, ResponseTimeout};
    vec![
        (Act::new("", Then::Close), Interrupted),
        (Act::new("", Then::Reset), Interrupted),
        (Act::new("", Then::Stall), ResponseTimeout),
        (Act::new(HALF_A_HEAD, Then::Close), Interrupted),
        (Act::new(HALF_A_HEAD, Then::Reset), Interrupted),
        (Act::new(HALF_A_HEAD, Then::Stall), ResponseTimeout),
        (Act::new(HALF_A_BODY, Then::Close), Interrupted),
        (Act::new(HALF_A_BODY, Then::Reset), Interrupted),
        (Act::new(HALF_A_BODY, Then::Stall), IdleTimeout),
        (Act::new("no HTTP at all\r\n\r\n", Then::Close), Interrupted),
    ]
}

#[tokio::test]
async fn reading_survives_connections_that_break_and_stall() {
    for (act, _) in broken() {
        let wire = Wire::playing([act.clone(), act.clone(), Act::ok(r#"{"id":"1"}"#)]).await;
        let value = get(&client(&wire, act.then), &GET).await;
        assert_eq!(
            value.expect("success at last"),
            json!({"id": "1"}),
            "{act:?}"
        );
        assert_eq!(wire.seen().len(), 3, "{act:?}");
        assert!(wire.seen()[2].contains("retry-attempt: 2"), "{act:?}");
    }
}

#[tokio::test]
async fn an_action_is_sent_once_whatever_becomes_of_the_connection() {
    for operation in [&CREATE, &UPDATE] {
        for (act, expected) in broken() {
            let wire = Wire::playing([act.clone(), Act::ok("{}")]).await;
            let error = get(&client(&wire, act.then), operation)
                .await
                .expect_err("a fault");
            assert_eq!(kind(&error), expected, "{act:?}: {error}");
            assert_eq!(wire.seen().len(), 1, "{act:?}");
            assert_eq!(error.attempts(), 1);
            assert!(!error.is_retryable(), "{act:?}");
            assert!(error.client_request_id().is_some());
        }
    }
}

#[tokio::test]
async fn a_connection_that_keeps_breaking_is_given_up() {
    let wire = Wire::playing([Act::new(HALF_A_BODY, Then::Reset)]).await;
    let error = get(&client(&wire, Then::Reset), &GET)
        .await
        .expect_err("a fault");
    assert_eq!((wire.seen().len(), error.attempts()), (4, 4));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert_eq!(error.request_id(), Some("abc"));
    assert!(error.to_string().ends_with("4 attempts)"), "{error}");
}

#[tokio::test]
async fn no_call_outlives_its_deadline() {
    for act in [
        Act::new("", Then::Stall),
        Act::new(HALF_A_BODY, Then::Stall),
    ] {
        let wire = Wire::playing([act]).await;
        let client = builder(wire.url("/beta")).build().expect("a client");
        for operation in [&GET, &CREATE] {
            let start = Instant::now();
            let place = client.root().segment("tasks");
            let request = place.undocumented::<NoContent>(operation);
            let request = request.deadline(Duration::from_millis(300));
            let error = request.await.expect_err("a fault");
            assert_eq!(kind(&error), TransportErrorKind::DeadlineExceeded);
            assert!(start.elapsed() >= Duration::from_millis(300));
            assert!(start.elapsed() < Duration::from_secs(20));
        }
    }
}

#[tokio::test]
async fn a_failure_keeps_its_status_though_its_body_breaks_off() {
    let head = "HTTP/1.1 404 Not Found\r\ncontent-length: 5000\r\n\r\n<html>gone";
    for then in [Then::Close, Then::Reset, Then::Stall] {
        let wire = Wire::playing([Act::new(head, then)]).await;
        let error = get(&client(&wire, then), &CREATE)
            .await
            .expect_err("a failure");
        assert!(matches!(error, Error::Service(_)), "{error:?}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
        assert_eq!(error.body().map(|body| &body[..]), Some(&b"<html>gone"[..]));
    }
}

#[tokio::test]
async fn nothing_listens() {
    let wire = Wire::playing([Act::ok("{}")]).await;
    let url = wire.url("/beta");
    drop(wire);
    tokio::task::yield_now().await;
    for operation in [&GET, &DELETE, &CREATE] {
        let client = builder(url.clone()).build().expect("a client");
        let error = get(&client, operation).await.expect_err("a fault");
        assert_eq!(kind(&error), TransportErrorKind::Connect);
        let attempts = if operation.method == "POST" { 1 } else { 4 };
        assert_eq!(error.attempts(), attempts, "{}", operation.method);
    }
}

#[tokio::test]
async fn what_is_no_json_is_not_asked_for_twice() {
    let html = "<html><body>Sign in</body></html>";
    let table = [
        Answer::new(200, html).header("content-type", "text/html"),
        Answer::json(r#"{"id":"#),
        Answer::json(""),
        Answer::new(200, "\u{feff}").header("content-type", "application/octet-stream"),
    ];
    for answer in table {
        let server = Server::answering([answer.clone()]).await;
        let client = builder(server.url("/beta")).build().expect("a client");
        let error = get(&client, &GET).await.expect_err("no JSON");
        assert!(matches!(error, Error::Decode(_)), "{answer:?}: {error:?}");
        assert!(!error.is_retryable());
        assert_eq!((server.seen().len(), error.attempts()), (1, 1));
    }
}

#[tokio::test]
async fn json_under_another_content_type_is_json() {
    let answer = Answer::new(200, "{}").header("content-type", "text/html");
    let server = Server::answering([answer]).await;
    let client = builder(server.url("/beta")).build().expect("a client");
    assert_eq!(get(&client, &GET).await.expect("JSON"), json!({}));
}

#[tokio::test]
async fn a_body_above_the_limit_is_refused_before_it_fills_the_memory() {
    let megabyte = "x".repeat(1024 * 1024);
    let announced = format!("HTTP/1.1 200 OK\r\ncontent-length: 209715200\r\n\r\n{megabyte}");
    let unannounced = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{}",
        format!("100000\r\n{megabyte}\r\n").repeat(4)
    );
    for bytes in [announced, unannounced] {
        let wire = Wire::playing([Act::new(bytes, Then::Stall)]).await;
        let client = builder(wire.url("/beta"))
            .max_response_size(2 * 1024 * 1024)
            .build()
            .expect("a client");
        let error = get(&client, &GET).await.expect_err("too large");
        assert_eq!(kind(&error), TransportErrorKind::TooLarge);
        assert_eq!(
            wire.seen().len(),
            1,
            "to ask again would not make it smaller"
        );
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    }
}

/// `{"id":"packed"}`, packed with gzip.
const PACKED: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 171, 86, 202, 76, 81, 178, 82, 42, 72, 76, 206, 78, 77, 81,
    170, 5, 0, 198, 8, 86, 167, 15, 0, 0, 0,
];

#[tokio::test]
async fn packed_answers_are_unpacked() {
    let answer = Answer::new(200, PACKED)
        .header("content-type", "application/json")
        .header("content-encoding", "gzip");
    let server = Server::answering([answer]).await;
    let client = builder(server.url("/beta")).build().expect("a client");
    let value = get(&client, &GET).await.expect("an answer");
    assert_eq!(value, json!({"id": "packed"}));
    let accepted = server.only().header("accept-encoding").map(str::to_owned);
    assert_eq!(accepted.as_deref(), Some("gzip"));
}

#[tokio::test]
async fn a_packed_answer_that_is_cut_short_is_read_again() {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        PACKED.len() - 9
    );
    let cut = [head.as_bytes(), &PACKED[..PACKED.len() - 9]].concat();
    let wire = Wire::playing([Act::new(cut, Then::Close), Act::ok("{}")]).await;
    assert_eq!(
        get(&client(&wire, Then::Close), &GET)
            .await
            .expect("an answer"),
        json!({})
    );
    assert_eq!(wire.seen().len(), 2);
}

#[tokio::test]
async fn a_small_packed_answer_that_unpacks_to_a_large_one_is_refused() {
    let answer = Answer::new(200, PACKED).header("content-encoding", "gzip");
    let server = Server::answering([answer]).await;
    let place = builder(server.url("/beta")).build().expect("a client");
    let place = place.root().segment("tasks");
    let request = place
        .undocumented::<Json<Value>>(&GET)
        .max_response_size(14);
    let error = request.await.expect_err("too large");
    assert_eq!(kind(&error), TransportErrorKind::TooLarge);
    let request = place
        .undocumented::<Json<Value>>(&GET)
        .max_response_size(15);
    request.await.expect("an answer that fits");
}

#[tokio::test]
async fn of_two_hundred_megabytes_no_more_is_read_than_is_kept() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let wire = Wire::playing([Act::flood(head, 200)]).await;
    let client = builder(wire.url("/beta"))
        .max_response_size(8 * 1024 * 1024)
        .build()
        .expect("a client");
    let error = get(&client, &GET).await.expect_err("too large");
    assert_eq!(kind(&error), TransportErrorKind::TooLarge);
    // What is written and not read is in the buffers of the two sockets.
    let megabytes = wire.megabytes_written();
    assert!((8..50).contains(&megabytes), "{megabytes}");
    assert_eq!(wire.seen().len(), 1);
}

#[tokio::test]
async fn a_stream_of_two_hundred_megabytes_is_handed_on() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let wire = Wire::playing([Act::flood(head, 200)]).await;
    let client = builder(wire.url("/beta"))
        .max_response_size(1024)
        .build()
        .expect("a client");
    let place = client.root().segment("content");
    let request = place.undocumented::<RawBytes>(&GET);
    let mut download = request.download().await.expect("an answer");
    let (mut read, mut ahead) = (0, 0);
    while read < 200 * 1024 * 1024 {
        let part = download.next().await.expect("a part");
        read += part.expect("no fault").len();
        ahead = ahead.max(
            wire.megabytes_written()
                .saturating_sub(read / (1024 * 1024)),
        );
    }
    // What is ahead of the reader is in the buffers of the two sockets, not in those of the client.
    assert!(ahead < 50, "{ahead}");
}

#[tokio::test]
async fn a_failure_of_two_hundred_megabytes_keeps_its_status() {
    let head = "HTTP/1.1 500 Oops\r\ntransfer-encoding: chunked\r\n\r\n";
    let wire = Wire::playing([Act::flood(head, 200)]).await;
    let error = get(&client(&wire, Then::Close), &CREATE)
        .await
        .expect_err("a failure");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(500));
    assert_eq!(error.body().map(|body| body.len()), Some(1024 * 1024));
    assert!(wire.megabytes_written() < 50);
}

#[tokio::test]
async fn a_partial_answer_tells_what_is_missing() {
    let answer = || {
        Answer::new(206, r#"{"id":"1"}"#)
            .header(
                "warning",
                r#"199 - "Vendor/A, Inc./504/10000", 199 - "Vendor/B/500/20""#,
            )
            .header("warning", r#"214 - "c""#)
            .header("request-id", "abc")
    };
    let server = Server::answering([answer()]).await;
    let place = builder(server.url("/beta")).build().expect("a client");
    let place = place.root().segment("tasks");
    let request = place.undocumented::<Json<Value>>(&GET);
    let answer = request
        .clone()
        .send_with_response()
        .await
        .expect("an answer");
    assert_eq!(answer.value, json!({"id": "1"}));
    assert!(answer.is_partial());
    assert_eq!(answer.request_id(), Some("abc"));
    assert_eq!(answer.attempts, 1);
    let texts: Vec<String> = answer
        .warnings()
        .into_iter()
        .map(|warning| warning.text)
        .collect();
    assert_eq!(texts, ["Vendor/A, Inc./504/10000", "Vendor/B/500/20", "c"]);
    let response = place.undocumented::<graph_runtime::Raw>(&GET).await;
    let response = response.expect("an answer");
    assert!(response.is_partial() && response.warnings() == answer.warnings());
    assert_eq!(request.await.expect("an answer"), json!({"id": "1"}));
}

#[tokio::test]
async fn headers_that_come_twice_are_all_kept() {
    let answer = Answer::new(503, "")
        .header("retry-after", "0")
        .header("retry-after", "3600")
        .header("request-id", "first")
        .header("request-id", "second")
        .header("warning", "199 - \"a\"")
        .header("warning", "199 - \"b\"");
    let server = Server::answering([answer, Answer::json("{}")]).await;
    let client = builder(server.url("/beta")).build().expect("a client");
    let place = client.root().segment("tasks");
    let request = place.undocumented::<NoContent>(&GET).no_retry();
    let error = request.await.expect_err("a failure");
    assert_eq!(error.request_id(), Some("first"));
    assert_eq!(error.warnings().len(), 2);
    let headers = error.headers().expect("headers");
    assert_eq!(headers.get_all("request-id").iter().count(), 2);
    let lengths = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 9\r\n\r\n{}";
    let wire = Wire::playing([Act::new(lengths, Then::Close)]).await;
    let error = get(&self::client(&wire, Then::Close), &CREATE)
        .await
        .expect_err("no HTTP");
    assert_eq!(kind(&error), TransportErrorKind::Interrupted);
}

#[tokio::test]
async fn a_connection_that_was_closed_while_idle_loses_no_request() {
    let wire = Wire::playing([Act::ok("{}")]).await;
    let client = client(&wire, Then::Close);
    for _ in 0..20 {
        get(&client, &CREATE).await.expect("an answer");
    }
    assert_eq!(wire.seen().len(), 20);
}
