//! What is sent to places that a path leads to, between colons.

use graph_runtime::{Error, Json, NoContent, Resource};
use serde_json::Value;

use crate::server::{Answer, Server};
use crate::{GET, client};

/// Paths as users have them, and what is sent of each.
const PATHS: [(&str, &str); 8] = [
    ("plan.xlsx", "plan.xlsx"),
    ("Documents/plan.xlsx", "Documents/plan.xlsx"),
    ("a/b/c d/e+f", "a/b/c%20d/e%2Bf"),
    ("a?b#c/100%", "a%3Fb%23c/100%25"),
    ("a:/content", "a%3A/content"),
    ("a/%2e%2e/b", "a/%252e%252e/b"),
    ("it's(me)/grüße", "it%27s%28me%29/gr%C3%BC%C3%9Fe"),
    ("a\\b/...", "a%5Cb/..."),
];

/// Paths that could lead elsewhere once a parser of URLs has been over them.
const REFUSED: [&str; 10] = [
    "", "/", ".", "..", "/a", "a/", "a//b", "a/../b", "../a", "a/.",
];

#[tokio::test]
async fn a_path_stands_between_colons() {
    let server = Server::answering([Answer::json("{}")]).await;
    let root = client(&server).root().segment("drive").segment("root");
    for (path, encoded) in PATHS {
        let item = root.relative_path(path);
        let table = [
            (item.clone(), format!("/beta/drive/root:/{encoded}")),
            (
                item.segment("workbook").segment("tables"),
                format!("/beta/drive/root:/{encoded}:/workbook/tables"),
            ),
            (
                item.key("x:y"),
                format!("/beta/drive/root:/{encoded}:/x%3Ay"),
            ),
            (
                item.function("delta", &[]),
                format!("/beta/drive/root:/{encoded}:/delta()"),
            ),
            (
                item.segment("items").relative_path("b c"),
                format!("/beta/drive/root:/{encoded}:/items:/b%20c"),
            ),
        ];
        for (place, expected) in table {
            let request = place.undocumented::<Json<Value>>(&GET);
            request.await.expect(path);
            let seen = server.seen().pop().expect("a request");
            assert_eq!(seen.uri.path(), expected, "{path:?}");
            assert_eq!(seen.uri.query(), None, "{path:?}");
        }
    }
}

#[tokio::test]
async fn a_path_is_relative_to_a_member_by_key() {
    let server = Server::answering([Answer::json("{}")]).await;
    let root = client(&server).root();
    let site = root.segment("sites").key("contoso.example");
    let request = site
        .relative_path("sites/hr")
        .undocumented::<Json<Value>>(&GET);
    request.await.expect("an answer");
    let seen = server.seen().pop().expect("a request");
    assert_eq!(seen.uri.path(), "/beta/sites/contoso.example:/sites/hr");
}

#[tokio::test]
async fn paths_that_may_lead_elsewhere_are_refused_unsent() {
    let server = Server::answering([Answer::json("{}")]).await;
    let root = client(&server).root().segment("root");
    for path in REFUSED {
        refused(&root.relative_path(path).segment("end"), path).await;
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_path_needs_a_place_and_is_no_collection() {
    let server = Server::answering([Answer::json("{}")]).await;
    let root = client(&server).root();
    let item = root.segment("root").relative_path("a");
    refused(&root.relative_path("a"), "below nothing").await;
    refused(&item.relative_path("b"), "below a path").await;
    refused(&item.alternate_key("name", "b"), "a key of a path").await;
    assert!(server.seen().is_empty());
}

async fn refused(place: &Resource, what: &str) {
    let answer = place.undocumented::<NoContent>(&GET).await;
    assert!(
        matches!(answer, Err(Error::InvalidRequest(_))),
        "{what}: {answer:?}"
    );
}
