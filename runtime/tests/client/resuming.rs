//! Lists gone on with from a link, counts, and changes since.

use futures_util::{StreamExt, TryStreamExt};
use graph_runtime::model::Collection;
use graph_runtime::{Error, Json, Request, Undocumented};
use serde_json::json;

use crate::server::{Answer, Server};
use crate::{CREATE, LIST, tasks};

type List = Request<Undocumented<Json<Collection<i32>>>>;

fn page(values: &[i32], member: &str, link: &str) -> Answer {
    Answer::json(&format!(
        r#"{{"value":{values:?},"@odata.count":3,"{member}":"{link}"}}"#
    ))
}

fn next(values: &[i32], link: &str) -> Answer {
    page(values, "@odata.nextLink", link)
}

fn last(values: &[i32]) -> Answer {
    page(
        values,
        "@odata.deltaLink",
        "/beta/tasks/delta?$deltatoken=d%20%27",
    )
}

fn list(server: &Server) -> List {
    tasks(server).undocumented(&LIST)
}

#[tokio::test]
async fn another_process_goes_on_where_one_stopped() {
    let server =
        Server::answering([next(&[1, 2], "tasks?page=2"), next(&[3], "tasks?page=3")]).await;
    let mut items = list(&server)
        .header("Prefer", "odata.maxpagesize=2")
        .top(2)
        .into_stream();
    let mut links = Vec::new();
    for _ in 0..3 {
        items.next().await.expect("an item").expect("no error");
        links.push(items.page_link().map(str::to_owned));
    }
    let stored = server.url("/beta/tasks?page=2");
    assert_eq!(links, [None, None, Some(stored.clone())]);
    drop(items);

    server.answer([last(&[9]), last(&[9]), last(&[3])]);
    let request = list(&server).header("Prefer", "odata.maxpagesize=2").top(2);
    let pages = request.clone().resume(&stored).into_pages();
    assert_eq!(pages.next_link(), Some(&*stored));
    let items: Vec<i32> = request
        .resume(&stored)
        .into_stream()
        .try_collect()
        .await
        .expect("the rest");
    assert_eq!(items, [3]);
    let seen = server.seen().pop().expect("a request");
    assert_eq!(seen.uri, "/beta/tasks?page=2");
    let prefer = "include-unknown-enum-members, odata.maxpagesize=2";
    assert_eq!(seen.header("prefer"), Some(prefer));
}

#[tokio::test]
async fn a_page_that_failed_can_be_asked_for_again() {
    let server = Server::answering([
        next(&[1], "/beta/tasks?page=2"),
        Answer::new(404, ""),
        last(&[2]),
    ])
    .await;
    let mut pages = list(&server).into_pages();
    pages.next().await.expect("a page").expect("no error");
    pages.next().await.expect("a page").expect_err("no page");
    assert!(pages.next().await.is_none());
    let link = pages.next_link().expect("the page that failed").to_owned();
    assert_eq!(link, server.url("/beta/tasks?page=2"));
    let page = list(&server).resume(link).await.expect("a page");
    assert_eq!(page.value, [2]);
}

#[tokio::test]
async fn counts_and_delta_links_are_at_hand() {
    let server = Server::answering([next(&[1], "tasks?page=2"), last(&[2])]).await;
    let mut pages = list(&server).count(true).into_pages();
    assert_eq!((pages.total_count(), pages.delta_link()), (None, None));
    pages.next().await.expect("a page").expect("no error");
    assert_eq!((pages.total_count(), pages.delta_link()), (Some(3), None));
    pages.next().await.expect("a page").expect("no error");
    let delta = "/beta/tasks/delta?$deltatoken=d%20%27";
    assert_eq!(
        (pages.total_count(), pages.delta_link()),
        (Some(3), Some(delta))
    );
    assert_eq!(pages.next_link(), None);
    assert!(pages.next().await.is_none());

    server.answer(std::iter::repeat_n(last(&[5]), 4));
    let mut items = list(&server).resume(delta).into_stream();
    assert_eq!(items.next().await.expect("an item").expect("no error"), 5);
    assert_eq!(
        (items.total_count(), items.delta_link()),
        (Some(3), Some(delta))
    );
    let uri = server.seen().pop().expect("a request").uri;
    assert_eq!(uri.to_string(), delta);
}

#[tokio::test]
async fn a_list_that_was_posted_for_goes_on_by_reading() {
    let server = Server::answering([next(&[1], "tasks?page=2"), last(&[2])]).await;
    let request: List = tasks(&server).undocumented(&CREATE);
    let items: Vec<i32> = request
        .body(&json!({"ids": [1]}))
        .into_stream()
        .try_collect()
        .await
        .expect("all");
    assert_eq!(items, [1, 2]);
    let seen = server.seen();
    assert_eq!(seen[0].method, "POST");
    assert_eq!(seen[1].method, "GET");
    assert!(seen[1].body.is_empty());
    assert_eq!(seen[1].header("content-type"), None);
}

#[tokio::test]
async fn links_to_other_hosts_are_refused_when_resumed() {
    let foreign = Server::answering([last(&[9])]).await;
    let server = Server::answering([last(&[9])]).await;
    let link = foreign.url("/beta/tasks?sig=hunter2");
    let error = list(&server).resume(&link).await.expect_err("foreign");
    assert!(matches!(error, Error::ForeignHost(_)), "{error:?}");
    let mut items = list(&server).resume(&link).into_stream();
    let error = items.next().await.expect("an error").expect_err("foreign");
    assert!(matches!(error, Error::ForeignHost(_)), "{error:?}");
    let broken = list(&server).resume("https://u:hunter2@h:x/");
    for text in [
        format!("{broken:?}"),
        broken.await.expect_err("no link").to_string(),
    ] {
        assert!(!text.contains("hunter2"), "{text}");
    }
    assert!(!format!("{:?}", list(&server).resume(&link)).contains("hunter2"));
    assert!(foreign.seen().is_empty());
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_delta_link_that_is_too_old_leads_to_a_new_start() {
    let body = |code: &str| format!(r#"{{"error":{{"code":"{code}","message":"m"}}}}"#);
    let start = "/beta/tasks/delta?$deltatoken=";
    let table = [
        (
            Answer::new(410, body("resyncChangesApplyDifferences")).header("location", start),
            true,
        ),
        (Answer::new(410, "").header("location", start), true),
        (Answer::new(400, body("SyncStateNotFound")), true),
        (Answer::new(410, body("itemNotFound")), false),
        (
            Answer::new(400, body("badRequest")).header("location", start),
            false,
        ),
    ];
    for (answer, expected) in table {
        let server = Server::answering([answer, last(&[1])]).await;
        let request = || list(&server).resume("/beta/tasks/delta?$deltatoken=old");
        let error = request().await.expect_err("too old");
        assert_eq!(error.is_resync_required(), expected, "{error:?}");
        if let Some(link) = error.location() {
            let page = request().resume(link).await.expect("all anew");
            assert_eq!(page.value, [1]);
            assert_eq!(server.seen()[1].uri.to_string(), start);
        }
    }
}
