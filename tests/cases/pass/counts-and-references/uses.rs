//! What users do to count, and to link one thing to another.

#[allow(dead_code, reason = "each use needs another part of it")]
mod loopback;

use counts_and_references::GraphClient;
use graph_runtime::model::Reference;
use graph_runtime::{Place, StaticToken};
use loopback::Loopback;

fn client(server: &Loopback) -> GraphClient {
    let builder = GraphClient::builder(StaticToken::new("t")).endpoint(server.endpoint());
    builder.build().expect("loopback needs no TLS")
}

#[tokio::test]
async fn counts_are_numbers() {
    let server = Loopback::answering(&["200 OK\nContent-Type: text/plain\n\n\u{feff}893"]);
    let count: u64 = client(&server).books().count().await.expect("a number");
    assert_eq!(count, 893);
    let seen = server.seen().remove(0);
    assert_eq!(seen.line, "GET /v1.0/books/$count");
    assert_eq!(seen.header("accept"), Some("text/plain"));
}

#[tokio::test]
async fn what_stands_at_a_path_or_an_address_is_linked_and_unlinked() {
    let done = "204 No Content";
    let server = Loopback::answering(&[done, done, done, done]);
    let client = client(&server);
    let (shelf, book) = (client.shelves().by_id("2"), client.books().by_id("a/b"));
    shelf.books().add_reference(&book).await.expect("204");
    let url = "https://graph.microsoft.com/v1.0/books/8";
    book.successor().set_reference(url).await.expect("204");
    book.successor()
        .set_reference(Reference::default())
        .await
        .expect("204");
    shelf
        .books()
        .by_id("a/b")
        .remove_reference()
        .await
        .expect("204");
    let seen = server.seen();
    let requests: Vec<(&str, &str)> = seen
        .iter()
        .map(|seen| (seen.line.as_str(), seen.body.as_str()))
        .collect();
    let linked = format!("{{\"@odata.id\":\"{}/books/a%2Fb\"}}", server.endpoint());
    assert_eq!(book.reference().id(), Some(&*book.resource().url()));
    let expected = [
        ("POST /v1.0/shelves/2/books/$ref", linked.as_str()),
        (
            "PUT /v1.0/books/a%2Fb/successor/$ref",
            "{\"@odata.id\":\"https://graph.microsoft.com/v1.0/books/8\"}",
        ),
        ("PUT /v1.0/books/a%2Fb/successor/$ref", "{}"),
        ("DELETE /v1.0/shelves/2/books/a%2Fb/$ref", ""),
    ];
    assert_eq!(requests, expected);
}
