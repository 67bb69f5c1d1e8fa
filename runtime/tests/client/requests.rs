//! What is sent: paths, queries, headers and bodies.

use std::collections::BTreeMap;
use std::future::IntoFuture;

use graph_runtime::{
    Bytes, Error, Json, NoContent, Operation, Raw, RawBytes, Single, Text, enum_literal,
};
use serde_json::{Value, json};

use crate::server::{Answer, Server};
use crate::{CREATE, DELETE, GET, SECRET, UPDATE, client, operation, tasks};

/// Keys as users have them, and the one segment each must stay within.
const KEYS: [(&str, &str); 13] = [
    ("213213", "213213"),
    (
        "6f2d4b1e-0c3a-4d5e-8f60-718293a4b5c6",
        "6f2d4b1e-0c3a-4d5e-8f60-718293a4b5c6",
    ),
    ("a/b", "a%2Fb"),
    ("../me", "..%2Fme"),
    ("...", "..."),
    ("a?b#c", "a%3Fb%23c"),
    ("100%", "100%25"),
    ("%2e%2e", "%252e%252e"),
    ("a b+c", "a%20b%2Bc"),
    ("a\\b", "a%5Cb"),
    ("a\r\nb\t", "a%0D%0Ab%09"),
    ("it's(me)", "it%27s%28me%29"),
    ("grüße", "gr%C3%BC%C3%9Fe"),
];

#[tokio::test]
async fn keys_stay_within_their_segment() {
    let server = Server::answering([Answer::json("{}")]).await;
    for (key, encoded) in KEYS {
        let request = tasks(&server)
            .key(key)
            .segment("end")
            .undocumented::<Json<Value>>(&GET);
        request.await.expect(key);
        let seen = server.seen().pop().expect("a request");
        assert_eq!(
            seen.uri.path(),
            format!("/beta/tasks/{encoded}/end"),
            "{key:?}"
        );
        assert_eq!(seen.uri.query(), None, "{key:?}");
    }
}

#[tokio::test]
async fn keys_that_no_path_can_hold_are_refused_unsent() {
    let server = Server::answering([Answer::json("{}")]).await;
    for key in ["", ".", ".."] {
        let request = tasks(&server)
            .key(key)
            .segment("end")
            .undocumented::<NoContent>(&DELETE);
        let error = request.await.expect_err(key);
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
        assert!(error.to_string().contains("/tasks"), "{error}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn alternate_keys_functions_and_casts() {
    let server = Server::answering([Answer::json("{}")]).await;
    let root = client(&server).root();
    let table = [
        (
            root.segment("devices")
                .alternate_key("deviceId", "o'neil/1"),
            "/devices(deviceId='o''neil%2F1')",
        ),
        (
            root.segment("reports").function(
                "getUsage",
                &[("period", "'D7 a'".to_owned()), ("top", "5".to_owned())],
            ),
            "/reports/getUsage(period='D7%20a',top=5)",
        ),
        (
            root.function(
                "f",
                &[
                    ("a", enum_literal("contoso.kind", "b'/c")),
                    ("b", 5.to_string()),
                ],
            ),
            "/f(a=contoso.kind'b''%2Fc',b=5)",
        ),
        (
            root.segment("drive").function("delta", &[]),
            "/drive/delta()",
        ),
        (root.segment("users").segment("$count"), "/users/$count"),
        (
            root.segment("m").segment("microsoft.graph.user"),
            "/m/microsoft.graph.user",
        ),
        (root.segment("a/b?c"), "/a%2Fb%3Fc"),
    ];
    for (place, path) in table {
        // Quotes inside a literal are encoded, those around it are not: both read the same.
        let path = path.replace("o''neil", "o%27%27neil");
        assert_eq!(place.path(), path);
        place
            .undocumented::<Json<Value>>(&GET)
            .await
            .expect("an answer");
        let seen = server.seen().pop().expect("a request");
        assert_eq!(seen.uri.path(), format!("/beta{path}"));
    }
    let nowhere = root
        .alternate_key("a", "b")
        .undocumented::<NoContent>(&GET)
        .await;
    assert!(
        matches!(nowhere, Err(Error::InvalidRequest(_))),
        "{nowhere:?}"
    );
}

#[tokio::test]
async fn query_options_are_encoded_and_replaced() {
    let server = Server::answering([Answer::json("{}")]).await;
    let table = [
        (
            "$filter",
            "status eq 'open'",
            "$filter=status%20eq%20%27open%27",
        ),
        ("$select", "id,displayName", "$select=id%2CdisplayName"),
        (
            "$search",
            "\"a+b\" & c=d#e%",
            "$search=%22a%2Bb%22%20%26%20c%3Dd%23e%25",
        ),
        ("@p", "x", "@p=x"),
        ("a b", "ü", "a%20b=%C3%BC"),
    ];
    for (name, value, expected) in table {
        let request = tasks(&server).undocumented::<Json<Value>>(&GET);
        request
            .query(name, "before")
            .query(name, value)
            .await
            .expect(name);
        let seen = server.seen().pop().expect("a request");
        assert_eq!(seen.uri.query(), Some(expected));
    }
    let request = tasks(&server).undocumented::<Json<Value>>(&GET);
    request
        .query("$top", 5)
        .query("$count", true)
        .await
        .expect("an answer");
    let seen = server.seen().pop().expect("a request");
    assert_eq!(seen.uri.query(), Some("$top=5&$count=true"));
}

#[tokio::test]
async fn default_headers() {
    let server = Server::answering([Answer::json("{}")]).await;
    let request = tasks(&server).undocumented::<Json<Value>>(&GET);
    request.clone().await.expect("an answer");
    request.await.expect("an answer");
    let seen = server.seen();
    let table = [
        ("accept", "application/json"),
        ("authorization", &format!("Bearer {SECRET}")),
        ("prefer", "include-unknown-enum-members"),
        (
            "user-agent",
            concat!("graph-runtime/", env!("CARGO_PKG_VERSION")),
        ),
    ];
    for (name, value) in table {
        assert_eq!(seen[0].header(name), Some(value), "{name}");
    }
    assert_eq!(seen[0].header("content-type"), None);
    let ids: Vec<&str> = seen
        .iter()
        .filter_map(|seen| seen.header("client-request-id"))
        .collect();
    assert!(
        ids.iter().all(|id| uuid::Uuid::parse_str(id).is_ok()),
        "{ids:?}"
    );
    assert_ne!(ids[0], ids[1]);
}

#[tokio::test]
async fn headers_replace_and_preferences_add_up() {
    let server = Server::answering([Answer::json("{}")]).await;
    let request = tasks(&server).undocumented::<Json<Value>>(&GET);
    request
        .header("ConsistencyLevel", "session")
        .header("ConsistencyLevel", "eventual")
        .header("If-Match", "W/\"1\"")
        .header("Prefer", "odata.maxpagesize=5")
        .header("Prefer", "return=minimal")
        .header("client-request-id", "mine")
        .header("User-Agent", "triage/1.0")
        .await
        .expect("an answer");
    let seen = server.only();
    let prefer = "include-unknown-enum-members, odata.maxpagesize=5, return=minimal";
    let table = [
        ("consistencylevel", "eventual"),
        ("if-match", "W/\"1\""),
        ("prefer", prefer),
        ("client-request-id", "mine"),
        ("user-agent", "triage/1.0"),
    ];
    for (name, value) in table {
        assert_eq!(seen.header(name), Some(value), "{name}");
        assert_eq!(seen.headers.get_all(name).iter().count(), 1, "{name}");
    }
}

#[tokio::test]
async fn headers_that_cannot_be_sent_surface_on_send() {
    let server = Server::answering([Answer::json("{}")]).await;
    let table = [
        ("Authorization", "Bearer other"),
        ("Host", "evil.example"),
        ("Content-Length", "5"),
        ("bad name", "x"),
        ("If-Match", "a\r\nX-Smuggled: b"),
    ];
    for (name, value) in table {
        let request = tasks(&server).undocumented::<Json<Value>>(&GET);
        let error = request.header(name, value).await.expect_err(name);
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
        assert!(!error.to_string().contains(value), "{error}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn bodies() {
    let server = Server::answering([Answer::new(204, "")]).await;
    let request = |operation| tasks(&server).key("1").undocumented::<NoContent>(operation);
    request(&UPDATE)
        .body(&json!({"status": "completed"}))
        .await
        .expect("sent");
    request(&CREATE)
        .bytes(Bytes::from_static(b"\x00\x01"))
        .await
        .expect("sent");
    request(&CREATE)
        .header("Content-Type", "text/plain")
        .bytes("hi")
        .await
        .expect("sent");
    request(&CREATE).await.expect("sent");
    let seen = server.seen();
    let sent: Vec<_> = seen
        .iter()
        .map(|seen| {
            (
                seen.method.as_str(),
                seen.header("content-type"),
                &seen.body[..],
            )
        })
        .collect();
    let expected: [(&str, Option<&str>, &[u8]); 4] = [
        (
            "PATCH",
            Some("application/json"),
            b"{\"status\":\"completed\"}",
        ),
        ("POST", Some("application/octet-stream"), b"\x00\x01"),
        ("POST", Some("text/plain"), b"hi"),
        ("POST", None, b""),
    ];
    assert_eq!(sent, expected);
    // Services answer 411 to a POST that does not say how long its body is.
    assert_eq!(seen[3].header("content-length"), Some("0"));
}

#[tokio::test]
async fn a_body_that_is_no_json_surfaces_on_send() {
    let server = Server::answering([Answer::new(204, "")]).await;
    let keys_no_object_has = BTreeMap::from([((1, 2), 3)]);
    let request = tasks(&server).undocumented::<NoContent>(&CREATE);
    let error = request
        .body(&keys_no_object_has)
        .await
        .expect_err("no JSON");
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_method_that_is_none_surfaces_on_send() {
    const BROKEN: Operation = operation("Broken", "GE T");
    let server = Server::answering([Answer::new(204, "")]).await;
    let error = tasks(&server)
        .undocumented::<NoContent>(&BROKEN)
        .await
        .expect_err("no method");
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
}

#[tokio::test]
async fn answers_are_read_as_asked_for() {
    let server = Server::answering([
        Answer::json("\u{feff}{\"id\":\"1\"}"),
        Answer::json(r#"{"@odata.context":"c","value":7}"#),
        Answer::new(200, "text"),
        Answer::new(200, b"\xff\x00".as_slice()),
        Answer::new(202, "").header("location", "/beta/operations/1"),
        Answer::new(200, "not looked at"),
    ])
    .await;
    let place = tasks(&server);
    assert_eq!(
        place.undocumented::<Json<Value>>(&GET).await.expect("JSON"),
        json!({"id": "1"})
    );
    assert_eq!(
        place
            .undocumented::<Single<i32>>(&GET)
            .await
            .expect("a value"),
        7
    );
    assert_eq!(
        place.undocumented::<Text>(&GET).await.expect("text"),
        "text"
    );
    assert_eq!(
        place.undocumented::<RawBytes>(&GET).await.expect("bytes")[..],
        *b"\xff\x00"
    );
    let raw = place.undocumented::<Raw>(&CREATE).await.expect("an answer");
    assert_eq!(raw.status, 202);
    assert_eq!(raw.headers["location"], "/beta/operations/1");
    place
        .undocumented::<NoContent>(&DELETE)
        .await
        .expect("nothing");
    let accept: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.headers["accept"].clone())
        .collect();
    assert_eq!(
        accept,
        [
            "application/json",
            "application/json",
            "text/plain",
            "*/*",
            "*/*",
            "application/json"
        ]
    );
}

/// An operation as generated code declares it.
enum GetTask {}

graph_runtime::operation! {
    GetTask {
        name: "Get task",
        method: "GET",
        paths: ["/tasks"],
        delegated_work: ["Task.Read"] | [],
        response: Json<Value>,
        options: [Select, IfMatch, Prefer],
    }
}

#[tokio::test]
async fn generated_requests_are_awaited_spawned_and_sent() {
    fn is_send<T: Send + 'static>(future: T) -> T {
        future
    }
    let server = Server::answering([Answer::json("{}")]).await;
    let request = || tasks(&server).request::<GetTask>().select(["id", "a b"]);
    request()
        .if_match("*")
        .prefer("a")
        .prefer("b")
        .await
        .expect("an answer");
    request().send().await.expect("an answer");
    let spawned = tokio::spawn(is_send(request().into_future())).await;
    spawned.expect("no panic").expect("an answer");
    let seen = server.seen();
    assert_eq!(seen.len(), 3);
    assert_eq!(seen[0].header("if-match"), Some("*"));
    assert_eq!(
        seen[0].header("prefer"),
        Some("include-unknown-enum-members, a, b")
    );
    assert_eq!(seen[2].uri, "/beta/tasks?$select=id%2Ca%20b");
}
