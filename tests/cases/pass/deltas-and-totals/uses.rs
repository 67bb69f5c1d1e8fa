//! What users do to follow changes, and to learn how many there are.

#[allow(dead_code, reason = "each use needs another part of it")]
mod loopback;

use deltas_and_totals::GraphClient;
use graph_runtime::StaticToken;
use loopback::Loopback;

fn client(server: &Loopback) -> GraphClient {
    let builder = GraphClient::builder(StaticToken::new("t")).endpoint(server.endpoint());
    builder.build().expect("loopback needs no TLS")
}

#[tokio::test]
async fn a_delta_is_read_to_its_link_and_resumed_from_it() {
    let server = Loopback::answering(&[
        "200 OK\n\n{\"value\":[{\"id\":\"7\"}],\
         \"@odata.nextLink\":\"http://{address}/v1.0/books/delta?$skiptoken=a\"}",
        "200 OK\n\n{\"value\":[{\"id\":\"8\",\"@removed\":{\"reason\":\"deleted\"}}],\
         \"@odata.deltaLink\":\"http://{address}/v1.0/books/delta?$deltatoken=b\"}",
        "200 OK\n\n{\"value\":[],\
         \"@odata.deltaLink\":\"http://{address}/v1.0/books/delta?$deltatoken=c\"}",
    ]);
    let books = client(&server).books();
    let mut changes = books.delta().into_pages();
    let mut seen = Vec::new();
    while let Some(page) = next(&mut changes).await {
        seen.extend(page.value);
    }
    let removed = seen[1].additional_properties.contains_key("@removed");
    assert_eq!((seen.len(), removed), (2, true));
    let link = changes.delta_link().expect("a delta link").to_owned();
    let page = books.delta().resume(&link).await.expect("no changes");
    assert!(page.value.is_empty());
    assert!(page.delta_link.expect("another link").ends_with("=c"));
    let last = server.seen().remove(2).line;
    assert_eq!(last, "GET /v1.0/books/delta?$deltatoken=b");
}

#[tokio::test]
async fn a_total_comes_with_the_first_page() {
    let answer = "200 OK\n\n{\"@odata.count\":40,\"value\":[{\"id\":\"7\"}]}";
    let server = Loopback::answering(&[answer, answer]);
    let books = client(&server).books();
    let page = books.list().count(true).top(1).await.expect("a page");
    assert_eq!(page.count, Some(40));
    let mut pages = books.list().count(true).top(1).into_pages();
    assert!(next(&mut pages).await.is_some());
    assert_eq!(pages.total_count(), Some(40));
    let line = server.seen().remove(1).line;
    assert_eq!(line, "GET /v1.0/books?$count=true&$top=1");
}

/// The next page of a stream, without a crate of streams.
async fn next<S, T>(pages: &mut S) -> Option<T>
where
    S: graph_runtime::Stream<Item = Result<T, graph_runtime::Error>> + Unpin,
{
    let page = std::future::poll_fn(|context| std::pin::Pin::new(&mut *pages).poll_next(context));
    page.await.map(|page| page.expect("a page"))
}
