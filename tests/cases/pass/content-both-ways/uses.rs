//! What users do with content.

#[allow(dead_code, reason = "each use needs another part of it")]
mod loopback;

use content_both_ways::GraphClient;
use graph_runtime::{Bytes, Content, Error, StaticToken};
use loopback::Loopback;

fn client(server: &Loopback) -> GraphClient {
    let builder = GraphClient::builder(StaticToken::new("t")).endpoint(server.endpoint());
    builder.build().expect("loopback needs no TLS")
}

#[tokio::test]
async fn content_comes_as_bytes_from_wherever_the_service_has_it() {
    let files = Loopback::answering(&["200 OK\n\nIt was a fine day."]);
    let elsewhere = files.endpoint();
    let redirect = format!("302 Found\nLocation: {elsewhere}/7?sig=y");
    let server = Loopback::answering(&["200 OK\n\npng", &redirect, &redirect]);
    let book = client(&server).books().by_id("7");
    assert_eq!(book.cover().get_value().await.expect("a picture"), "png");
    let text = book.content().get().await.expect("a text");
    assert_eq!(text, "It was a fine day.");
    let seen = files.seen().remove(0);
    assert_eq!(seen.line, "GET /v1.0/7?sig=y");
    assert_eq!(seen.header("authorization"), None);
    let stays = book.content().get().stay_on_host().await;
    let link = format!("{elsewhere}/7?sig=y");
    assert_eq!(stays.expect_err("a redirect").location(), Some(&*link));
}

#[tokio::test]
async fn content_goes_as_bytes_and_as_a_stream() {
    let book = "200 OK\n\n{\"id\":\"7\"}";
    let server = Loopback::answering(&["200 OK", book, book]);
    let place = client(&server).books().by_id("7");
    let pictures = Bytes::from_static(b"png");
    place.cover().put_value(pictures).await.expect("200");
    place.content().replace("It was").await.expect("a book");
    let request = place.content().replace(stream());
    let changed = request.header("Content-Type", "text/html").await;
    assert_eq!(changed.expect("a book").id.as_deref(), Some("7"));
    let seen = server.seen();
    let bodies: Vec<&str> = seen.iter().map(|seen| seen.body.as_str()).collect();
    assert_eq!(bodies, ["png", "It was", "It was a fine day."]);
    let types = seen.iter().map(|seen| seen.header("content-type"));
    let types: Vec<Option<&str>> = types.collect();
    let expected = ["image/png", "text/plain", "text/html"];
    assert_eq!(types, expected.map(Some));
}

/// A stream that is made as it is sent.
fn stream() -> Content {
    let mut parts = vec!["day.", "a fine ", "It was "];
    let stream = Parts(move || parts.pop());
    Content::stream("It was a fine day.".len() as u64, stream)
}

struct Parts<F>(F);

impl<F: FnMut() -> Option<&'static str> + Unpin> graph_runtime::Stream for Parts<F> {
    type Item = Result<Bytes, Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready((self.0)().map(|part| Ok(Bytes::from_static(part.as_bytes()))))
    }
}
