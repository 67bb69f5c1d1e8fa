//! What a subscriber of `tracing` sees of calls, and what it does not.

use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use graph_runtime::{Client, Error, Json, StandardRetry, StaticToken};
use serde_json::{Value, json};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::server::{Answer, Server};
use crate::{GET, SECRET, UPDATE, transport};

/// Writes down what the crate under test says, a line each.
#[derive(Clone, Default)]
struct Log {
    lines: Arc<Mutex<Vec<(Level, String)>>>,
    ids: Arc<AtomicU64>,
}

impl Log {
    fn note(&self, level: Level, line: String) {
        self.lines.lock().expect("no panic").push((level, line));
    }

    fn text(&self) -> String {
        let lines = self.lines.lock().expect("no panic");
        lines
            .iter()
            .map(|(level, line)| format!("{level}{line}\n"))
            .collect()
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("graph_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut line = Line(format!(" span {}", span.metadata().name()));
        span.record(&mut line);
        self.note(*span.metadata().level(), line.0);
        Id::from_u64(self.ids.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _span: &Id, values: &Record<'_>) {
        let mut line = Line(" record".to_owned());
        values.record(&mut line);
        self.note(Level::INFO, line.0);
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(" event".to_owned());
        event.record(&mut line);
        self.note(*event.metadata().level(), line.0);
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn enter(&self, _span: &Id) {}

    fn exit(&self, _span: &Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).expect("a string");
    }
}

fn client(server: &Server) -> Client {
    Client::builder(StaticToken::new(SECRET))
        .endpoint(server.url("/beta"))
        .http_client(transport())
        .retry(StandardRetry::default().backoff(Duration::ZERO, Duration::ZERO))
        .build()
        .expect("a client")
}

/// What is seen of one call to a service that gives these answers.
async fn seen(answers: impl IntoIterator<Item = Answer>, method: &str) -> (String, Option<Error>) {
    let server = Server::answering(answers).await;
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let operation = if method == "GET" { &GET } else { &UPDATE };
    let place = client(&server)
        .root()
        .segment("tasks")
        .key("alice@contoso.example");
    let request = place
        .undocumented::<Json<Value>>(operation)
        .query("$filter", "name eq 'hunter2'")
        .header("client-request-id", "of-client")
        .header("x-key", "hunter2");
    let request = match method {
        "GET" => request,
        _ => request.body(&json!({"password": "hunter2"})),
    };
    let result = request.await;
    drop(guard);
    (log.text(), result.err())
}

#[tokio::test]
async fn a_call_is_a_span_with_ids_status_and_attempts() {
    let busy = Answer::new(503, "").header("request-id", "first");
    let fine = Answer::json("{}").header("request-id", "second");
    let (text, error) = seen([busy, fine], "GET").await;
    assert!(error.is_none(), "{error:?}");
    let parts = [
        "INFO span graph_request",
        "http.request.method=\"GET\"",
        "server.address=\"127.0.0.1\"",
        "client_request_id=\"of-client\"",
        "url.template=\"/tasks/{id}\"",
        "operation=\"Get task\"",
        "WARN event message=the attempt failed, another follows attempt=1",
        "status=503 kind=\"service\" request_id=\"first\"",
        "attempts=2",
        "duration_ms=",
        "http.response.status_code=200",
        "request_id=second",
        "DEBUG event message=the call succeeded",
    ];
    for part in parts {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[tokio::test]
async fn a_call_that_fails_says_how() {
    let body = r#"{"error":{"code":"Nope","message":"hunter2 is no name"}}"#;
    let (text, error) = seen([Answer::new(400, body)], "PATCH").await;
    assert!(error.is_some());
    for part in [
        "http.response.status_code=400",
        "error.type=\"service\"",
        "attempts=1",
        "WARN",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[tokio::test]
async fn a_partial_answer_is_seen() {
    let answer = Answer::new(206, "{}").header("warning", "199 - \"Vendor/A/504/1\"");
    let (text, _) = seen([answer], "GET").await;
    assert!(text.contains("warnings=1"), "{text}");
}

#[tokio::test]
async fn nothing_that_is_seen_is_secret_or_personal() {
    let body = r#"{"error":{"code":"Nope","message":"hunter2"}}"#;
    let answers = [
        Answer::json(r#"{"password":"hunter2"}"#),
        Answer::json(r#"{"password":"hunter2""#),
        Answer::new(403, body).header("set-cookie", "hunter2"),
        Answer::new(302, body).header("location", "https://other.example/?sig=hunter2"),
    ];
    for answer in answers {
        for method in ["GET", "PATCH"] {
            let (text, _) = seen([answer.clone()], method).await;
            assert!(text.contains("graph_request"), "{text}");
            for secret in [SECRET, "hunter2", "alice"] {
                assert!(!text.contains(secret), "{secret}\n{text}");
            }
        }
    }
}
