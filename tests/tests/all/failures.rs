//! Answers of a service that is not itself: the right variant, nothing of the answer lost.

use graph_runtime::{Error, RetryAfter, ServiceErrorKind, StaticToken};
use graph_security::GraphClient;
use graph_tests::canned::Canned;

struct Row {
    status: u16,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
    kind: ServiceErrorKind,
    code: Option<&'static str>,
    message: Option<&'static str>,
    request_id: Option<&'static str>,
}

const JSON: (&str, &str) = ("content-type", "application/json");
const REQUEST_ID: (&str, &str) = ("request-id", "43067534-c43a-4df8-a4d1-30660b99ac76");

const ROWS: [Row; 6] = [
    Row {
        status: 404,
        headers: &[JSON, REQUEST_ID],
        body: r#"{"error":{"code":"NotFound","message":"taskId 5 not found","innerError":{"date":"2023-09-04T05:47:56"}}}"#,
        kind: ServiceErrorKind::NotFound,
        code: Some("NotFound"),
        message: Some("taskId 5 not found"),
        request_id: Some(REQUEST_ID.1),
    },
    Row {
        status: 400,
        headers: &[JSON],
        body: r#"{"error":{"code":"BadRequest","message":"No.","innererror":{"request-id":"5"}}}"#,
        kind: ServiceErrorKind::BadRequest,
        code: Some("BadRequest"),
        message: Some("No."),
        request_id: Some("5"),
    },
    Row {
        status: 400,
        headers: &[JSON],
        body: r#"{"error":{"code":"BadReq"#,
        kind: ServiceErrorKind::BadRequest,
        code: None,
        message: None,
        request_id: None,
    },
    Row {
        status: 429,
        headers: &[("retry-after", "7"), REQUEST_ID],
        body: "",
        kind: ServiceErrorKind::TooManyRequests,
        code: None,
        message: None,
        request_id: Some(REQUEST_ID.1),
    },
    Row {
        status: 503,
        headers: &[("content-type", "text/html"), REQUEST_ID],
        body: "<html><body><h1>Service unavailable</h1></body></html>",
        kind: ServiceErrorKind::ServiceUnavailable,
        code: None,
        message: None,
        request_id: Some(REQUEST_ID.1),
    },
    Row {
        status: 418,
        headers: &[JSON],
        body: "[]",
        kind: ServiceErrorKind::Other,
        code: None,
        message: None,
        request_id: None,
    },
];

async fn get(server: &Canned) -> Error {
    let builder = GraphClient::builder(StaticToken::new("t")).endpoint(server.endpoint());
    let client: GraphClient = builder.build().expect("loopback needs no TLS");
    let task = client.security().incident_tasks().by_id("5").get().await;
    task.expect_err("the answer is no task")
}

#[tokio::test]
async fn every_refusal_keeps_its_status_its_body_and_its_ids() {
    for row in ROWS {
        let server = Canned::start(row.status, row.headers, row.body).await;
        let error = get(&server).await;
        let Error::Service(error) = error else {
            panic!("{}: {error}", row.status)
        };
        assert_eq!((error.status.as_u16(), error.kind), (row.status, row.kind));
        assert_eq!(error.body, row.body.as_bytes());
        assert_eq!(
            (error.code.as_deref(), error.message.as_deref()),
            (row.code, row.message)
        );
        assert_eq!(error.request_id.as_deref(), row.request_id);
        assert!(
            error.client_request_id.is_some(),
            "the ID that was sent is known"
        );
        for (name, value) in row.headers {
            assert_eq!(
                error.headers.get(*name).and_then(|v| v.to_str().ok()),
                Some(*value)
            );
        }
    }
}

#[tokio::test]
async fn the_time_to_wait_is_told() {
    let server = Canned::start(429, &[("retry-after", "7")], "").await;
    let Error::Service(error) = get(&server).await else {
        panic!("the service has answered")
    };
    let seven = std::time::Duration::from_secs(7);
    assert_eq!(error.retry_after(), Some(RetryAfter::Delay(seven)));
}

#[tokio::test]
async fn success_with_another_body_says_where_it_differs() {
    let body = r##"{"id":"5","responseAction":{"@odata.type":"#microsoft.graph.security.isolateDeviceIncidentTaskResponseAction","isolationType":5}}"##;
    let server = Canned::start(200, &[JSON], body).await;
    let error = get(&server).await;
    let Error::Decode(error) = error else {
        panic!("not a matter of the body: {error}")
    };
    assert_eq!(
        (error.status.as_u16(), error.body.as_ref()),
        (200, body.as_bytes())
    );
    let told = error.source.to_string();
    assert!(told.contains("responseAction.isolationType"), "{told}");
}
