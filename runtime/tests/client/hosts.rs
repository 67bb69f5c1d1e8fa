//! Where the token goes, and where it does not.

use std::time::Duration;

use graph_runtime::model::Collection;
use graph_runtime::{
    Client, Error, Json, NoContent, Raw, Resource, StandardRetry, StaticToken, TokenRequest,
};
use serde_json::{Value, json};

use crate::server::{Answer, Server};
use crate::{CREATE, GET, SECRET, client};

fn tasks(server: &Server) -> Resource {
    client(server).root().segment("tasks")
}

fn endpoint(url: &str) -> Result<Client, Error> {
    Client::builder(StaticToken::new(SECRET))
        .endpoint(url)
        .build()
}

#[test]
fn endpoints_a_token_may_go_to() {
    let table = [
        (
            "https://graph.microsoft.com/beta",
            "https://graph.microsoft.com/beta",
        ),
        (
            "https://graph.microsoft.us/v1.0/",
            "https://graph.microsoft.us/v1.0",
        ),
        ("https://graph.example", "https://graph.example"),
        ("http://127.0.0.1:8080/beta", "http://127.0.0.1:8080/beta"),
        ("http://127.9.9.9", "http://127.9.9.9"),
        ("http://[::1]:8080/beta", "http://[::1]:8080/beta"),
        ("http://localhost/beta", "http://localhost/beta"),
    ];
    for (url, expected) in table {
        assert_eq!(endpoint(url).expect(url).endpoint(), expected);
    }
}

#[test]
fn endpoints_a_token_may_not_go_to() {
    let table = [
        ("http://graph.microsoft.com/beta", "https only"),
        ("http://localhost.evil.example/beta", "https only"),
        ("http://127.0.0.1.evil.example/", "https only"),
        ("http://0.0.0.0/beta", "https only"),
        ("ftp://graph.microsoft.com/beta", "https"),
        ("graph.microsoft.com/beta", "relative URL"),
        ("", "relative URL"),
        ("https://graph.microsoft.com/beta?x=1", "no query"),
        ("https://graph.microsoft.com/beta#x", "no fragment"),
        ("https://user:hunter2@graph.microsoft.com/beta", "user name"),
        ("https://user:hunter2@host:notaport/", "port"),
        ("https://hunter2@graph.microsoft.com/beta", "user name"),
        ("user:hunter2@graph.microsoft.com/beta", "https"),
        ("hunter2:user@graph.microsoft.com/beta", "https"),
        ("hunter2", "relative URL"),
        (
            "https://graph.microsoft.com/beta?sig=hunter2",
            "at https://graph.microsoft.com: a base URL has no query",
        ),
        ("https://graph.microsoft.com/beta#hunter2", "no fragment"),
        ("http://graph.microsoft.com/hunter2", "https only"),
        ("ftp://user:hunter2@graph.microsoft.com/", "user name"),
    ];
    for (url, reason) in table {
        let error = endpoint(url).expect_err(url);
        assert!(matches!(error, Error::Endpoint(_)), "{error:?}");
        assert!(error.to_string().contains(reason), "{error}");
        assert!(!error.to_string().contains("hunter2"), "{error}");
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
}

#[tokio::test]
async fn a_redirect_to_another_host_is_an_error_that_keeps_the_answer() {
    let foreign = Server::answering([Answer::json("{}")]).await;
    let target = foreign.url("/content/1?sig=hunter2");
    let body = format!("<a href=\"{target}\">moved</a>");
    for status in [301, 302, 303, 307, 308] {
        let answer = Answer::new(status, body.as_str())
            .header("location", &*target)
            .header("request-id", "abc");
        let server = Server::answering([answer]).await;
        for operation in [&GET, &CREATE] {
            let request = tasks(&server).undocumented::<Json<Value>>(operation);
            let error = request.await.expect_err("foreign");
            match (&error, operation.method) {
                (Error::ForeignHost(link), "GET") => assert_eq!(link.url(), target),
                (Error::Service(_), "POST") => {}
                _ => panic!("{error:?}"),
            }
            assert_eq!(error.status().map(|kept| kept.as_u16()), Some(status));
            assert_eq!(error.request_id(), Some("abc"));
            assert!(error.client_request_id().is_some());
            assert_eq!(error.location(), Some(&*target));
            assert_eq!(error.body().map(|kept| &kept[..]), Some(body.as_bytes()));
            assert!(error.to_string().contains("request-id abc"), "{error}");
            for printed in [error.to_string(), format!("{error:?}")] {
                assert!(!printed.contains("hunter2"), "{printed}");
            }
        }
    }
    assert!(foreign.seen().is_empty());
}

#[tokio::test]
async fn a_transport_that_follows_by_itself_leaks_no_token() {
    let foreign = Server::answering([Answer::json(r#"{"forged":true}"#)]).await;
    let answer = Answer::new(302, "").header("location", foreign.url("/beta/tasks"));
    let server = Server::answering([answer]).await;
    let following = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a transport");
    let client = Client::builder(StaticToken::new(SECRET))
        .endpoint(server.url("/beta"))
        .http_client(following)
        .build()
        .expect("a client");
    let request = client
        .root()
        .segment("tasks")
        .undocumented::<Json<Value>>(&GET);
    let error = request.await.expect_err("foreign");
    assert!(matches!(error, Error::ForeignHost(_)), "{error:?}");
    assert_eq!(error.status(), None);
    assert!(
        foreign
            .seen()
            .iter()
            .all(|seen| seen.header("authorization").is_none())
    );
}

#[tokio::test]
async fn redirects_within_the_host_are_followed_for_reading_only() {
    let moved = Answer::new(307, "").header("location", "/beta/moved");
    let server = Server::answering([moved.clone(), Answer::json(r#"{"id":"1"}"#)]).await;
    let value = tasks(&server)
        .undocumented::<Json<Value>>(&GET)
        .await
        .expect("an answer");
    assert_eq!(value, json!({"id": "1"}));
    let seen = server.seen();
    assert_eq!(seen[1].uri.path(), "/beta/moved");
    assert_eq!(
        seen[0].header("client-request-id"),
        seen[1].header("client-request-id")
    );

    let server = Server::answering([moved]).await;
    let error = tasks(&server)
        .undocumented::<NoContent>(&CREATE)
        .await
        .expect_err("moved");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(307));
    assert_eq!(server.seen().len(), 1);
    let error = tasks(&server)
        .undocumented::<NoContent>(&GET)
        .await
        .expect_err("a circle");
    assert!(matches!(error, Error::RepeatedLink(_)), "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(307));
    assert_eq!(error.location(), Some("/beta/moved"));
    assert_eq!(server.seen().len(), 12);
}

#[tokio::test]
async fn debug_prints_no_secret() {
    let server =
        Server::answering([Answer::new(400, "").header("set-cookie", "session=hunter2")]).await;
    let client = client(&server);
    let place = client.root().segment("tasks").key("1");
    let request = place
        .undocumented::<Json<Value>>(&CREATE)
        .header("X-Key", "hunter2")
        .body(&json!({"password": "hunter2"}));
    let builder =
        Client::builder(StaticToken::new(SECRET)).endpoint("https://u:hunter2@graph.example");
    let secret = Answer::json(r#"{"value":[],"password":"hunter2"}"#)
        .header("set-cookie", "session=hunter2")
        .header("location", "/x?sig=hunter2");
    let fine = Server::answering([secret]).await;
    let ok = tasks(&fine);
    let json = ok.undocumented::<Json<Value>>(&GET).query("$filter", "x");
    let list = ok.undocumented::<Json<Collection<Value>>>(&GET);
    let printed = [
        format!("{client:?}"),
        format!("{place:?}"),
        format!("{request:?}"),
        format!("{builder:?}"),
        format!("{:?}", StaticToken::new(SECRET)),
        format!("{:?}", graph_runtime::AccessToken::new(SECRET)),
        format!("{:?}", request.clone().await.expect_err("an error")),
        format!("{:?}", ok.undocumented::<Raw>(&GET).await),
        format!("{:?}", json.clone().send_with_response().await),
        format!(
            "{:?}",
            json.clone()
                .max_response_size(1)
                .await
                .expect_err("too large")
        ),
        format!(
            "{:?}",
            ok.undocumented::<NoContent>(&CREATE)
                .deadline(Duration::ZERO)
                .await
        ),
        format!("{:?}", list.clone().into_pages()),
        format!("{:?}", list.into_stream()),
        format!("{:?}", StandardRetry::default()),
        format!(
            "{:?}",
            TokenRequest::new(["https://graph.microsoft.com/.default"])
        ),
    ];
    for text in printed {
        assert!(
            !text.contains(SECRET) && !text.contains("hunter2"),
            "{text}"
        );
    }
    assert!(format!("{request:?}").contains("/tasks/1"));
}
