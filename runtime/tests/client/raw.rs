//! Requests that no generated type stands for, and paths made of anything.

use std::borrow::Cow;

use fastrand::Rng;
use graph_runtime::model::Collection;
use graph_runtime::{Count, Error, Json, Method, NoContent, RawBytes, Text};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use crate::server::{Answer, Server};
use crate::{GET, SECRET, tasks};

#[tokio::test]
async fn any_method_on_any_path() {
    let server = Server::answering([Answer::json(r#"{"id":"1"}"#)]).await;
    let client = tasks(&server).client().clone();
    let value = client.get("/users?$filter=a eq 'b'&x=%2B").top(5).await;
    assert_eq!(value.expect("an answer"), json!({"id": "1"}));
    client
        .post("users")
        .body(&json!({"a": 1}))
        .await
        .expect("sent");
    client
        .patch("/users/1")
        .body(&json!({}))
        .await
        .expect("sent");
    client
        .put("/users/1/photo/$value")
        .bytes("x")
        .await
        .expect("sent");
    client
        .delete("/users/1")
        .header("If-Match", "*")
        .await
        .expect("sent");
    let query = Method::from_bytes(b"QUERY").expect("a method");
    let answer = client
        .request::<Text>(query, "/users")
        .body(&json!({}))
        .await;
    assert_eq!(answer.expect("text"), r#"{"id":"1"}"#);
    let seen = server.seen();
    let sent: Vec<String> = seen
        .iter()
        .map(|seen| format!("{} {}", seen.method, seen.uri))
        .collect();
    let expected = [
        "GET /beta/users?$filter=a%20eq%20%27b%27&x=%2B&$top=5",
        "POST /beta/users",
        "PATCH /beta/users/1",
        "PUT /beta/users/1/photo/$value",
        "DELETE /beta/users/1",
        "QUERY /beta/users",
    ];
    assert_eq!(sent, expected);
    assert_eq!(seen[4].header("if-match"), Some("*"));
    for seen in &seen {
        assert_eq!(
            seen.header("authorization"),
            Some(&*format!("Bearer {SECRET}"))
        );
        assert!(seen.header("client-request-id").is_some());
    }
}

#[tokio::test]
async fn a_change_may_be_answered_with_nothing() {
    let nothing = || Answer::new(204, "");
    let server = Server::answering([nothing(), nothing(), nothing(), Answer::json("")]).await;
    let client = tasks(&server).client().clone();
    let changes = [client.post("/a"), client.patch("/a"), client.put("/a")];
    for change in changes {
        let value = change.body(&json!({})).await;
        assert_eq!(value.expect("an answer"), Value::Null);
    }
    // Whoever asks for an object wants to know that there is none.
    let read = client.get("/a").await;
    assert!(matches!(read, Err(Error::Decode(_))), "{read:?}");
}

#[tokio::test]
async fn answers_are_read_as_asked_for() {
    let server = Server::answering([Answer::json(r#"{"value":[1]}"#)]).await;
    let client = tasks(&server).client().clone();
    let list = client.get("/numbers").read_as::<Json<Collection<i32>>>();
    assert_eq!(list.clone().await.expect("a page").value, [1]);
    let bytes = list.read_as::<RawBytes>().await.expect("bytes");
    assert_eq!(&bytes[..], br#"{"value":[1]}"#);
    let chosen = client.get("/numbers").header("Accept", "application/xml");
    chosen.read_as::<NoContent>().await.expect("an answer");
    let seen = server.seen();
    let accept: Vec<_> = seen
        .iter()
        .filter_map(|seen| seen.header("accept"))
        .collect();
    assert_eq!(accept, ["application/json", "*/*", "application/xml"]);
    assert!(client.get("/numbers").operation().is_none());
    assert_eq!(
        tasks(&server).undocumented::<Text>(&GET).operation(),
        Some(&GET)
    );
}

#[tokio::test]
async fn references_are_added_and_removed_and_counts_are_numbers() {
    let server = Server::answering([
        Answer::new(204, ""),
        Answer::new(204, ""),
        Answer::new(200, "\u{feff}12\n").header("content-type", "text/plain"),
        Answer::new(200, "many").header("content-type", "text/plain"),
    ])
    .await;
    let client = tasks(&server).client().clone();
    let user = client.root().segment("users").key("a/b");
    assert_eq!(user.url(), server.url("/beta/users/a%2Fb"));
    let members = client.root().segment("groups").key("1").segment("members");
    let add = client.request::<NoContent>(Method::POST, members.segment("$ref").path());
    add.body(&user.reference()).await.expect("sent");
    let remove = members.key("a/b").segment("$ref");
    client.delete(remove.path()).await.expect("sent");
    let count = || client.get("/users/$count").read_as::<Count>();
    assert_eq!(count().await.expect("a number"), 12);
    let error = count().await.expect_err("no number");
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    let seen = server.seen();
    assert_eq!(seen[0].uri, "/beta/groups/1/members/$ref");
    let body: Value = serde_json::from_slice(&seen[0].body).expect("JSON");
    assert_eq!(body, json!({"@odata.id": user.url()}));
    assert_eq!(
        (seen[1].method.as_str(), seen[1].uri.path()),
        ("DELETE", "/beta/groups/1/members/a%2Fb/$ref")
    );
    assert_eq!(seen[2].header("accept"), Some("text/plain"));
}

#[tokio::test]
async fn paths_that_would_lead_elsewhere_are_refused_unsent() {
    let server = Server::answering([Answer::json("{}")]).await;
    let client = tasks(&server).client().clone();
    let own = server.url("");
    let table = [
        "/../v1.0/me",
        "..",
        "/a/%2e%2E/b",
        "/a/.%2e",
        "/./a",
        "/a\\..\\b",
        "//evil.example/a",
        "/a#b",
        "/a\tb",
        "/.\n./a",
        "/a?b=\r\nHost: evil.example",
        &format!("{own}/beta/../v1.0/a"),
        &own.replace("//", "//user:hunter2@"),
        "http://[::1/a",
    ];
    for path in table {
        let error = client.get(path).await.expect_err(path);
        assert!(
            matches!(error, Error::InvalidRequest(_)),
            "{path}: {error:?}"
        );
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn absolute_urls_stay_on_the_host() {
    let foreign = Server::answering([Answer::json("{}")]).await;
    let server = Server::answering([Answer::json("{}")]).await;
    let client = tasks(&server).client().clone();
    let own = server.url("/v1.0/me?$select=id");
    client.get(&own).select(["name"]).await.expect("an answer");
    assert_eq!(server.only().uri, "/v1.0/me?$select=id%2Cname");
    let port = server.url("").replace("http://127.0.0.1:", "");
    let table = [
        foreign.url("/beta/me?sig=hunter2"),
        format!("https://127.0.0.1:{port}/beta/me"),
        format!("HTTP://localhost:{port}/beta/me"),
        format!("http://127.0.0.1.evil.example:{port}/me"),
    ];
    for url in &table {
        let request = client.get(url);
        assert!(!format!("{request:?}").contains("hunter2"), "{request:?}");
        let error = request.await.expect_err(url);
        assert!(matches!(error, Error::ForeignHost(_)), "{error:?}");
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
    assert_eq!(server.seen().len(), 1);
    assert!(foreign.seen().is_empty());
}

/// Text of what paths are attacked with.
fn nasty(rng: &mut Rng) -> String {
    let pieces = [
        "/",
        "\\",
        "..",
        ".",
        "%2F",
        "%2e",
        "%",
        "?",
        "#",
        "'",
        "''",
        "(",
        ")",
        ",",
        "=",
        ":",
        ";",
        "@",
        "&",
        "+",
        " ",
        "\t",
        "\r\n",
        "\0",
        "ü",
        "\u{202e}",
        "\u{1F512}",
        "a",
        "B7",
        "$count",
        "|",
        "\"",
    ];
    let length = rng.usize(1..6);
    let piece = |_| match rng.usize(..10) {
        0 => Cow::from(rng.char(..).to_string()),
        _ => Cow::from(pieces[rng.usize(..pieces.len())]),
    };
    (0..length).map(piece).collect()
}

#[tokio::test]
async fn no_text_leaves_its_segment() {
    let server = Server::answering([Answer::json("{}")]).await;
    let place = tasks(&server);
    let mut rng = Rng::with_seed(4);
    let mut sent = Vec::new();
    for _ in 0..300 {
        let text = nasty(&mut rng);
        let quoted = text.replace('\'', "''");
        let places = [
            (place.key(&text), vec!["tasks", &*text]),
            (place.segment(&text), vec!["tasks", &*text]),
            (
                place.function("f", &[("a", text.clone())]),
                vec!["tasks", &*format!("f(a={text})")],
            ),
            (
                place.alternate_key("a", &text),
                vec![&*format!("tasks(a='{quoted}')")],
            ),
        ]
        .map(|(place, path)| (place, [&["beta"], &path[..], &["end"]].concat().join("\n/")));
        for (place, path) in places {
            let request = place.segment("end").undocumented::<Json<Value>>(&GET);
            let result = request.query("q", &text).await;
            if path.ends_with("\n/.\n/end") || path.ends_with("\n/..\n/end") {
                assert!(matches!(result, Err(Error::InvalidRequest(_))), "{text:?}");
                continue;
            }
            result.unwrap_or_else(|error| panic!("{text:?}: {error}"));
            sent.push((path, text.clone()));
        }
    }
    let seen = server.seen();
    assert_eq!(seen.len(), sent.len());
    assert!(sent.len() > 1000, "{}", sent.len());
    let decoded = |text| {
        percent_decode_str(text)
            .decode_utf8()
            .expect("UTF-8")
            .into_owned()
    };
    for (seen, (path, text)) in seen.iter().zip(sent) {
        let segments: Vec<String> = seen.uri.path().split('/').skip(1).map(decoded).collect();
        assert_eq!(segments.join("\n/"), path, "{}", seen.uri);
        assert_eq!(seen.uri.query().map(decoded), Some(format!("q={text}")));
    }
}
