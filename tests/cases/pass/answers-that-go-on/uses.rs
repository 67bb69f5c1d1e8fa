//! What users do with operations that go on after their answer.

#[allow(dead_code, reason = "each use needs another part of it")]
mod loopback;

use answers_that_go_on::GraphClient;
use graph_runtime::{Outcome, StaticToken};
use loopback::Loopback;

fn client(server: &Loopback) -> GraphClient {
    let builder = GraphClient::builder(StaticToken::new("t")).endpoint(server.endpoint());
    builder.build().expect("loopback needs no TLS")
}

#[tokio::test]
async fn what_was_started_is_waited_for() {
    let server = Loopback::answering(&[
        "202 Accepted\nLocation: /books('7')/operations('3')\nRetry-After: 0",
        "200 OK\nRetry-After: 0\n\n{\"id\":\"3\",\"status\":\"running\",\"pages\":1}",
        "200 OK\n\n{\"id\":\"3\",\"status\":\"succeeded\",\"pages\":312}",
    ]);
    let started = client(&server)
        .books()
        .by_id("7")
        .scan()
        .await
        .expect("202");
    let link = started.location().expect("a link").to_owned();
    assert_eq!(
        link,
        format!("{}/books('7')/operations('3')", server.endpoint())
    );
    let report = started.wait().await.expect("success").expect("a report");
    assert_eq!(report.status.as_deref(), Some("succeeded"));
    assert_eq!(
        report.operation().expect("a scanOperation").pages,
        Some(312)
    );
    let lines: Vec<String> = server.seen().into_iter().map(|seen| seen.line).collect();
    let question = "GET /v1.0/books('7')/operations('3')";
    assert_eq!(lines, ["POST /v1.0/books/7/scan", question, question]);
}

#[tokio::test]
async fn what_may_be_done_at_once_is_one_or_the_other() {
    let server = Loopback::answering(&[
        "200 OK\n\n{\"id\":\"7\",\"title\":\"Emma\"}",
        "202 Accepted\nLocation: {address}\nRetry-After: 0",
    ]);
    let book = client(&server).books().by_id("7");
    match book.bind().await.expect("200") {
        Outcome::Done(book) => assert_eq!(book.title.as_deref(), Some("Emma")),
        Outcome::Accepted(accepted) => panic!("{accepted:?}"),
    }
    assert!(book.bind().await.expect("202").accepted().is_some());
}

#[tokio::test]
async fn who_does_not_care_for_the_end_does_not_wait() {
    let server = Loopback::answering(&["202 Accepted", "204 No Content"]);
    let book = client(&server).books().by_id("7");
    let accepted = book.remind().await.expect("202");
    assert!(accepted.wait().await.expect("no question").is_none());
    book.delete().await.expect("204");
    assert_eq!(server.seen().len(), 2);
}
