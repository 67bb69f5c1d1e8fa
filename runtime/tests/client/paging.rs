//! Lists over several pages.

use futures_util::{StreamExt, TryStreamExt};
use graph_runtime::model::Collection;
use graph_runtime::{Error, Items, Json, Request, Undocumented};

use crate::server::{Answer, Server};
use crate::{LIST, SECRET, tasks};

fn page(values: &[i32], next_link: Option<&str>) -> Answer {
    let link = next_link.map_or_else(String::new, |link| {
        format!(r#","@odata.nextLink":"{link}""#)
    });
    Answer::json(&format!(r#"{{"value":{values:?}{link}}}"#))
}

fn list(server: &Server) -> Request<Undocumented<Json<Collection<i32>>>> {
    tasks(server).undocumented(&LIST)
}

/// A link at the server's own origin.
fn link(server: &Server, query: &str) -> String {
    server.url(&format!("/beta/tasks?{query}"))
}

#[tokio::test]
async fn three_pages_with_the_same_headers_and_links_as_they_are() {
    let server = Server::silent().await;
    let queries = ["$skiptoken=a%20b%2Bc", "$skiptoken=%27d%27&x=+"];
    server.answer([
        page(&[1, 2], Some(&link(&server, queries[0]))),
        page(&[], Some(&link(&server, queries[1]))),
        page(&[3], None),
    ]);
    let request = list(&server)
        .query("$top", 2)
        .header("ConsistencyLevel", "eventual")
        .header("Prefer", "odata.maxpagesize=2");
    let items: Vec<i32> = request
        .into_stream()
        .try_collect()
        .await
        .expect("all pages");
    assert_eq!(items, [1, 2, 3]);
    let seen = server.seen();
    let sent: Vec<_> = seen.iter().filter_map(|seen| seen.uri.query()).collect();
    assert_eq!(sent, ["$top=2", queries[0], queries[1]]);
    for seen in &seen {
        assert_eq!(seen.method, "GET");
        assert_eq!(seen.header("consistencylevel"), Some("eventual"));
        assert_eq!(
            seen.header("prefer"),
            Some("include-unknown-enum-members, odata.maxpagesize=2")
        );
        assert_eq!(
            seen.header("authorization"),
            Some(&*format!("Bearer {SECRET}"))
        );
    }
    assert_ne!(
        seen[0].header("client-request-id"),
        seen[1].header("client-request-id")
    );
}

#[tokio::test]
async fn a_partial_page_is_not_taken_for_a_whole_one() {
    let warning = r#"199 - "Vendor/Agent/504/10000""#;
    let server = Server::silent().await;
    let next = link(&server, "page=2");
    let body = format!(r#"{{"value":[1],"@odata.nextLink":"{next}"}}"#);
    let partial = Answer::new(206, body).header("warning", warning);
    server.answer([
        partial.header("content-type", "application/json"),
        page(&[2], None),
    ]);
    let mut items = list(&server).into_stream();
    assert!(!items.is_partial() && items.warnings().is_empty());
    let mut found = Vec::new();
    while let Some(item) = items.try_next().await.expect("an item") {
        found.push(item);
        assert!(items.is_partial(), "also after the pages that are whole");
    }
    assert_eq!(found, [1, 2]);
    let [warning] = items.warnings() else {
        panic!("one warning: {:?}", items.warnings());
    };
    assert_eq!(warning.text, "Vendor/Agent/504/10000");
}

#[tokio::test]
async fn pages_come_one_by_one() {
    let server = Server::silent().await;
    let next = link(&server, "page=2");
    server.answer([page(&[1], Some(&next)), page(&[2], None)]);
    let mut pages = list(&server).into_pages();
    assert!(server.seen().is_empty());
    let first = pages.next().await.expect("a page").expect("no error");
    assert_eq!(first.value, [1]);
    assert_eq!(pages.next_link(), Some(&*next));
    assert_eq!(server.seen().len(), 1);
    let second = pages.next().await.expect("a page").expect("no error");
    assert_eq!(second.value, [2]);
    assert!(pages.next().await.is_none());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn relative_links_start_from_the_page_they_are_on() {
    let server = Server::silent().await;
    server.answer([
        page(&[1], Some("/beta/other/tasks?page=2")),
        page(&[2], Some("tasks?page=3")),
        page(&[3], None),
    ]);
    let items: Vec<i32> = list(&server)
        .into_stream()
        .try_collect()
        .await
        .expect("all pages");
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(server.seen()[2].uri, "/beta/other/tasks?page=3");
}

#[tokio::test]
async fn a_link_to_another_host_is_refused_and_the_host_sees_nothing() {
    let foreign = Server::answering([page(&[9], None)]).await;
    let link = foreign.url("/beta/tasks?sig=hunter2");
    let server = Server::answering([page(&[1], Some(&link))]).await;
    let mut items = list(&server).into_stream();
    assert!(matches!(items.next().await, Some(Ok(1))));
    let error = items.next().await.expect("an item").expect_err("no item");
    match &error {
        Error::ForeignHost(kept) => assert_eq!(kept.url(), link),
        _ => panic!("{error:?}"),
    }
    assert!(error.to_string().ends_with("/beta/tasks"), "{error}");
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    assert_eq!(error.status(), None);
    assert!(items.next().await.is_none());
    assert!(foreign.seen().is_empty());
}

#[tokio::test]
async fn links_in_a_circle_come_to_an_end() {
    let server = Server::silent().await;
    let (one, two) = (link(&server, "page=1"), link(&server, "page=2"));
    let table = [
        vec![page(&[1], Some(&one))],
        [&one, &two]
            .repeat(9)
            .into_iter()
            .map(|link| page(&[1], Some(link)))
            .collect(),
    ];
    for answers in table {
        let server_answers = answers.len();
        server.answer(answers);
        let items: Items<i32> = list(&server).into_stream();
        let last = items.collect::<Vec<_>>().await.pop().expect("an end");
        assert!(matches!(last, Err(Error::RepeatedLink(_))), "{last:?}");
        assert!(
            server.seen().len() < 12,
            "{server_answers}: {}",
            server.seen().len()
        );
    }
}

#[tokio::test]
async fn a_link_back_to_the_start_hands_out_no_page_twice() {
    for links in [&["/beta/tasks"][..], &["/beta/tasks?p=2", "/beta/tasks"]] {
        let answers = links.iter().zip(1..);
        let answers = answers.map(|(link, number)| page(&[number], Some(link)));
        let server = Server::answering(answers).await;
        let mut results: Vec<_> = list(&server).into_stream().collect().await;
        let last = results.pop().expect("an end");
        assert!(matches!(last, Err(Error::RepeatedLink(_))), "{last:?}");
        assert_eq!(results.len(), links.len(), "{results:?}");
        assert_eq!(server.seen().len(), links.len());
    }
}

#[tokio::test]
async fn an_empty_link_is_none() {
    let server = Server::answering([page(&[1], Some(""))]).await;
    let mut pages = list(&server).into_pages();
    let first = pages.next().await.expect("a page").expect("no error");
    assert_eq!(first.value, [1]);
    assert_eq!(pages.next_link(), None);
    assert!(pages.next().await.is_none());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_link_that_is_no_url_is_not_printed() {
    let server = Server::answering([page(&[1], Some("https://u:hunter2@h:x/"))]).await;
    let results: Vec<_> = list(&server).into_pages().collect().await;
    let error = results[1].as_ref().expect_err("no page");
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
}

#[tokio::test]
async fn an_error_on_a_later_page_ends_the_stream_after_the_items_before() {
    let server = Server::silent().await;
    server.answer([
        page(&[1], Some(&link(&server, "page=2"))),
        Answer::new(503, "<html>"),
    ]);
    let results: Vec<_> = list(&server).into_stream().collect().await;
    assert_eq!(results.len(), 2, "{results:?}");
    assert!(matches!(results[0], Ok(1)));
    let error = results[1].as_ref().expect_err("the second page");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
}

#[tokio::test]
async fn streams_move_between_threads() {
    fn is_send<S: Send + Unpin + 'static>(stream: S) -> S {
        stream
    }
    let server = Server::answering([page(&[1, 2], None)]).await;
    let items = is_send(list(&server).into_stream());
    let items = tokio::spawn(items.try_collect::<Vec<i32>>())
        .await
        .expect("no panic");
    assert_eq!(items.expect("no error"), [1, 2]);
    drop(is_send(list(&server).into_pages()));
}
