//! The posts of JSON batches: those that fail, and answers that come on several pages.

use graph_runtime::Error;
use serde_json::{Value, json};

use crate::server::{Answer, Server};
use crate::{SECRET, tasks};

#[tokio::test]
async fn a_post_that_fails_is_the_error_of_its_parts() {
    let server = Server::answering([Answer::new(403, r#"{"error":{"code":"Forbidden"}}"#)]).await;
    let client = tasks(&server).client().clone();
    let mut batch = client.batch();
    for _ in 0..25 {
        let _ = batch.add(client.get("/a")).expect("a part");
    }
    let error = batch.send().await.expect_err("403");
    assert_eq!(error.code(), Some("Forbidden"));

    let answers: Vec<Value> = (1..=20)
        .map(|id| json!({"id": id, "status": 204}))
        .collect();
    let first = Answer::json(&json!({"responses": answers}).to_string());
    let server =
        Server::answering([first, Answer::new(403, r#"{"error":{"code":"Forbidden"}}"#)]).await;
    let client = tasks(&server).client().clone();
    let mut batch = client.batch();
    let parts: Vec<_> = (0..25)
        .map(|_| batch.add(client.delete("/a")).expect("a part"))
        .collect();
    let mut answers = batch.send().await.expect("some answers");
    for (index, part) in parts.into_iter().enumerate() {
        match answers.take(part) {
            Ok(()) => assert!(index < 20, "{index}"),
            Err(error) => {
                assert!(index >= 20, "{index}: {error}");
                assert!(matches!(error, Error::Batch(_)), "{error:?}");
                assert_eq!(error.code(), Some("Forbidden"));
                assert!(
                    error.to_string().starts_with("the batch failed: 403"),
                    "{error}"
                );
            }
        }
    }
    let token = format!("Bearer {SECRET}");
    assert!(
        server
            .seen()
            .iter()
            .all(|seen| seen.header("authorization") == Some(&token))
    );
}

#[tokio::test]
async fn answers_on_further_pages_are_fetched() {
    let page = |id: u8, link: &str| {
        Answer::json(
            &json!({"responses": [{"id": id, "status": 204}], "nextLink": link}).to_string(),
        )
    };
    let server = Server::answering([page(2, "/beta/$batch?p=2"), page(1, "")]).await;
    let client = tasks(&server).client().clone();
    let send = || async {
        let mut batch = client.batch();
        let parts = [(); 3].map(|()| batch.add(client.delete("/a")).expect("a part"));
        let mut answers = batch.send().await.expect("answers");
        parts.map(|part| answers.take(part))
    };
    let [one, two, three] = send().await;
    one.and(two).expect("both answered");
    assert!(matches!(three, Err(Error::Decode(_))), "{three:?}");
    assert_eq!(server.seen()[1].method, "GET");
    assert_eq!(server.seen()[1].uri, "/beta/$batch?p=2");

    // What came before a page that fails is kept.
    let first = page(2, "https://evil.example/?p=2");
    server.answer(std::iter::repeat_n(first, 3));
    let [one, two, three] = send().await;
    two.expect("answered");
    for lost in [one, three] {
        assert!(matches!(lost, Err(Error::Batch(_))), "{lost:?}");
    }
}

#[tokio::test]
async fn a_body_that_is_no_batch_is_an_error() {
    for body in [
        "",
        "[]",
        "{}",
        r#"{"responses":{}}"#,
        r#"{"responses":[1]}"#,
    ] {
        let server = Server::answering([Answer::json(body)]).await;
        let client = tasks(&server).client().clone();
        let mut batch = client.batch();
        let _ = batch.add(client.get("/a")).expect("a part");
        let error = batch.send().await.expect_err(body);
        assert!(matches!(error, Error::Decode(_)), "{body}: {error:?}");
    }
}

#[tokio::test]
async fn further_pages_without_news_come_to_an_end() {
    let page = |link: u8| {
        let link = format!("/beta/$batch?p={link}");
        let answer = json!({"responses": [{"id": "1", "status": 204}], "nextLink": link});
        Answer::json(&answer.to_string())
    };
    let server = Server::answering((1..100).map(page)).await;
    let client = tasks(&server).client().clone();
    let mut batch = client.batch();
    let [one, two] = ["/a", "/b"].map(|path| batch.add(client.delete(path)).expect("a part"));
    let mut answers = batch.send().await.expect("answers");
    answers.take(one).expect("answered");
    assert!(matches!(answers.take(two), Err(Error::Decode(_))));
    assert_eq!(server.seen().len(), 2);
}
