//! Answers that are no success, or not what was expected.

use std::time::Duration;

use graph_runtime::{
    Client, Error, Json, NoContent, RetryAfter, ServiceError, ServiceErrorKind, StaticToken,
};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::server::{Answer, Server};
use crate::{CREATE, DELETE, GET, SECRET, tasks, transport};

const NOT_FOUND: &str = r#"{
    "error": {
        "code": "NotFound",
        "message": "taskId 5 not found",
        "target": "id",
        "details": [{"code": "Gone", "message": "deleted"}, 5],
        "innerError": {
            "date": "2023-09-04T05:47:56",
            "request-id": "of-body",
            "client-request-id": "mine",
            "hint": "look elsewhere",
            "innererror": {"code": "Deeper", "message": {"lang": "en", "value": "down"}}
        }
    }
}"#;

async fn failure(answer: Answer) -> Error {
    let server = Server::answering([answer]).await;
    let request = tasks(&server).key("5").undocumented::<Json<Value>>(&GET);
    request.await.expect_err("an error")
}

async fn service_error(answer: Answer) -> ServiceError {
    match failure(answer).await {
        Error::Service(error) => *error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_error_object_is_read_whole() {
    let error = service_error(Answer::new(404, NOT_FOUND)).await;
    assert_eq!(error.status, 404);
    assert_eq!(error.kind, ServiceErrorKind::NotFound);
    assert_eq!(error.code.as_deref(), Some("NotFound"));
    assert_eq!(error.message.as_deref(), Some("taskId 5 not found"));
    assert_eq!(error.target.as_deref(), Some("id"));
    assert_eq!(error.details.len(), 1);
    assert_eq!(error.details[0].code.as_deref(), Some("Gone"));
    assert_eq!(error.request_id.as_deref(), Some("of-body"));
    assert_eq!(error.client_request_id.as_deref(), Some("mine"));
    assert_eq!(error.body, NOT_FOUND.as_bytes());
    let inner = error.inner_error.expect("an inner error");
    assert_eq!(inner.date.as_deref(), Some("2023-09-04T05:47:56"));
    assert_eq!(inner.additional_properties["hint"], json!("look elsewhere"));
    let deeper = inner.inner_error.expect("a deeper one");
    assert_eq!(deeper.code.as_deref(), Some("Deeper"));
    assert_eq!(deeper.message.as_deref(), Some("down"));
}

#[tokio::test]
async fn display_names_status_code_message_and_ids() {
    let answer = Answer::new(404, NOT_FOUND).header("request-id", "of-header");
    let error = failure(answer).await;
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(error.code(), Some("NotFound"));
    assert_eq!(error.request_id(), Some("of-header"));
    assert_eq!(
        error.to_string(),
        "404 Not Found, NotFound: taskId 5 not found (request-id of-header, client-request-id mine)"
    );
}

#[tokio::test]
async fn display_leaves_out_what_is_empty() {
    let table = [
        (r#"{"error":{"code":"","message":""}}"#, "404 Not Found ("),
        (
            r#"{"error":{"code":"","message":"m"}}"#,
            "404 Not Found: m (",
        ),
        (
            r#"{"error":{"code":"c","message":""}}"#,
            "404 Not Found, c (",
        ),
    ];
    for (body, text) in table {
        let error = service_error(Answer::new(404, body)).await;
        assert!(error.to_string().starts_with(text), "{error}");
        assert!(error.code.is_some() && error.message.is_some());
    }
}

#[tokio::test]
async fn bodies_of_every_shape_keep_status_headers_and_bytes() {
    let html = "<html><body>Service Unavailable</body></html>";
    let unsupported = r#"{"error":{"code":"UnsupportedActionType","message":"no"}}"#;
    let table = [
        (
            400,
            unsupported,
            ServiceErrorKind::BadRequest,
            Some("UnsupportedActionType"),
            Some("no"),
        ),
        (
            401,
            r#"{"error":"invalid_token","error_description":"old"}"#,
            ServiceErrorKind::Unauthorized,
            Some("invalid_token"),
            Some("old"),
        ),
        (
            403,
            r#"{"code":"Bare","message":"object"}"#,
            ServiceErrorKind::Forbidden,
            Some("Bare"),
            Some("object"),
        ),
        (
            409,
            r#"{"error":{"code":409}}"#,
            ServiceErrorKind::Conflict,
            Some("409"),
            None,
        ),
        (
            412,
            "[1,2]",
            ServiceErrorKind::PreconditionFailed,
            None,
            None,
        ),
        (418, "", ServiceErrorKind::Other, None, None),
        (429, "", ServiceErrorKind::TooManyRequests, None, None),
        (
            500,
            r#"{"error":{"code":"Trunc"#,
            ServiceErrorKind::InternalServerError,
            None,
            None,
        ),
        (503, html, ServiceErrorKind::ServiceUnavailable, None, None),
        (
            504,
            r#"{"error":null}"#,
            ServiceErrorKind::GatewayTimeout,
            None,
            None,
        ),
    ];
    for (status, body, kind, code, message) in table {
        let error = service_error(Answer::new(status, body).header("x-kept", "yes")).await;
        assert_eq!(error.status.as_u16(), status);
        assert_eq!(error.kind, kind, "{status}");
        assert_eq!(error.code.as_deref(), code, "{status}");
        assert_eq!(error.message.as_deref(), message, "{status}");
        assert_eq!(error.body, body.as_bytes(), "{status}");
        assert_eq!(error.headers["x-kept"], "yes", "{status}");
        assert!(error.client_request_id.is_some(), "{status}");
        assert!(
            error.to_string().starts_with(&status.to_string()),
            "{error}"
        );
    }
}

#[tokio::test]
async fn retry_after_is_kept_and_read() {
    let table = [
        ("120", Some(RetryAfter::Delay(Duration::from_secs(120)))),
        (
            "Sun, 06 Nov 1994 08:49:37 GMT",
            Some(RetryAfter::At(
                "1994-11-06T08:49:37Z".parse().expect("a timestamp"),
            )),
        ),
        ("later", None),
    ];
    for (text, read) in table {
        let error = service_error(Answer::new(429, "").header("Retry-After", text)).await;
        assert_eq!(error.retry_after.as_deref(), Some(text));
        assert_eq!(error.retry_after(), read);
    }
    assert_eq!(
        service_error(Answer::new(429, "")).await.retry_after(),
        None
    );
}

#[tokio::test]
async fn success_with_another_body_than_expected() {
    let table = [
        (
            204,
            "",
            "204 No Content, with an unexpected body: the body is empty where JSON was expected",
        ),
        (
            200,
            "<html>",
            "200 OK, with an unexpected body: expected value at line 1 column 1",
        ),
        (
            200,
            "{\"id\":",
            "200 OK, with an unexpected body: EOF while parsing a value",
        ),
    ];
    for (status, body, text) in table {
        let error = failure(Answer::new(status, body).header("request-id", "abc")).await;
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert!(error.to_string().starts_with(text), "{error}");
        assert!(error.to_string().contains("request-id abc"), "{error}");
        assert_eq!(error.status().map(|kept| kept.as_u16()), Some(status));
        assert_eq!(error.body().map(|kept| &kept[..]), Some(body.as_bytes()));
        assert_eq!(error.request_id(), Some("abc"));
    }
}

#[tokio::test]
async fn a_wrong_body_is_not_printed() {
    let error = failure(Answer::new(200, r#"{"secretText":"hunter2""#)).await;
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
}

#[tokio::test]
async fn a_connection_that_breaks_off_keeps_what_had_come() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("its address");
    let answering = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut buffer = [0; 4096];
        let _ = stream.read(&mut buffer).await.expect("a request");
        let half = b"HTTP/1.1 200 OK\r\nrequest-id: abc\r\nContent-Length: 50\r\n\r\n{\"id\"";
        stream.write_all(half).await.expect("half an answer");
    });
    let client = graph_runtime::Client::builder(graph_runtime::StaticToken::new(SECRET))
        .endpoint(format!("http://{address}/beta"))
        .no_retry()
        .build()
        .expect("a client");
    let place = client.root().segment("tasks");
    let error = place
        .undocumented::<Json<Value>>(&GET)
        .await
        .expect_err("half an answer");
    answering.await.expect("no panic");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert_eq!(error.request_id(), Some("abc"));
    assert!(error.client_request_id().is_some());

    // Nothing listens there any more.
    let error = place
        .undocumented::<NoContent>(&DELETE)
        .await
        .expect_err("no answer");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(error.status(), None);
    assert!(!error.to_string().contains("/beta"), "{error}");
}

#[tokio::test]
async fn documented_errors_are_recognised_on_every_level() {
    let documented = |status, code| graph_runtime::DocumentedError {
        status,
        code,
        message: "",
        condition: "",
    };
    let error = failure(Answer::new(404, NOT_FOUND)).await;
    assert!(error.is(&documented(404, "NotFound")));
    assert!(error.is(&documented(404, "notFound")));
    assert!(error.is(&documented(404, "Deeper")));
    assert!(!error.is(&documented(400, "NotFound")));
    assert!(!error.is(&documented(404, "Gone")));
    assert!(error.has_code("deeper") && !error.has_code(""));
}

#[test]
fn errors_travel_between_threads() {
    fn travels<E: std::error::Error + Send + Sync + 'static>() {}
    travels::<Error>();
}

#[tokio::test]
async fn errors_know_whether_what_was_asked_may_have_been_done() {
    let wait = |answer: Answer| answer.header("retry-after", "5");
    let table = [
        (Answer::new(200, "<html>"), true),
        (Answer::new(302, ""), false),
        (Answer::new(400, ""), false),
        (Answer::new(404, ""), false),
        (Answer::new(408, ""), true),
        (Answer::new(409, ""), false),
        (Answer::new(412, ""), false),
        (wait(Answer::new(429, "")), false),
        (Answer::new(500, ""), true),
        (Answer::new(501, ""), false),
        (Answer::new(502, ""), true),
        (Answer::new(503, ""), true),
        (wait(Answer::new(503, "")), false),
        (Answer::new(504, ""), true),
    ];
    for (answer, may_be_done) in table {
        let server = Server::answering([answer]).await;
        let request = tasks(&server).undocumented::<Json<Value>>(&CREATE);
        let error = request.await.expect_err("an error");
        assert_eq!(error.may_have_been_carried_out(), may_be_done, "{error}");
    }
}

#[tokio::test]
async fn what_was_sent_and_not_answered_may_have_been_done_and_what_was_not_sent_not() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let endpoint = format!("http://{}", listener.local_addr().expect("its address"));
    let client = Client::builder(StaticToken::new(SECRET)).endpoint(endpoint);
    let client = client.http_client(transport()).build().expect("a client");
    let create = async || {
        let created = client.post("/tasks").await;
        created.expect_err("an error").may_have_been_carried_out()
    };
    let accept_and_close = async {
        let (mut connection, _) = listener.accept().await.expect("a connection");
        let mut request = [0; 16];
        connection
            .read_exact(&mut request)
            .await
            .expect("a request");
    };
    let (may_be_done, ()) = tokio::join!(create(), accept_and_close);
    assert!(may_be_done);
    drop(listener);
    assert!(!create().await, "nothing listens");
    let error = client.post("/tasks").header("host", "other").await;
    assert!(!error.expect_err("an error").may_have_been_carried_out());
}
