//! JSON batches.

use std::time::{Duration, Instant};

use fastrand::Rng;
use graph_runtime::model::Collection;
use graph_runtime::{BatchPart, Error, Json, Method, NoContent, Raw, RawBytes, Text, Undocumented};
use serde_json::{Value, json};

use crate::batch_server::BatchServer;

type Whatever = BatchPart<Undocumented<Json<Value>>>;

fn ok(url: &str) -> Value {
    json!({"status": 200, "headers": {"Content-Type": "application/json"}, "body": {"url": url}})
}

/// The urls of each post.
fn urls(server: &BatchServer) -> Vec<Vec<String>> {
    let url = |request: &Value| request["url"].as_str().expect("a URL").to_owned();
    server
        .posts()
        .iter()
        .map(|post| post.iter().map(url).collect())
        .collect()
}

#[tokio::test]
async fn typed_requests_go_out_as_objects_and_their_answers_come_back_typed() {
    let server = BatchServer::new(|url, _| match url {
        "/tasks/1" => json!({"status": 204, "body": null}),
        "/photo" => json!({"status": 200, "headers": {"Content-Type": "image/png"}, "body": "+/8A"}),
        "/tasks/$count" => json!({"status": 200, "headers": {"Content-Type": "text/plain"}, "body": "77u/MTI="}),
        "/note" => json!({"status": "201", "headers": {"content-type": "text/plain", "Location": "/n"}, "body": "as is"}),
        _ => json!({"status": 200, "body": {"value": [1, 2], "@odata.count": 2}}),
    })
    .await;
    let client = server.client();
    let mut batch = client.batch();
    let list = client
        .request::<Json<Collection<i32>>>(Method::GET, "/tasks")
        .filter("a eq 'b'")
        .top(2);
    let list = batch.add(list).expect("a part");
    let close = client
        .patch("/tasks/1")
        .body(&json!({"status": "closed"}))
        .header("If-Match", "W/\"1\"");
    let close = batch.add(close.read_as::<NoContent>()).expect("a part");
    let photo = client
        .put("/photo")
        .header("Content-Type", "image/png")
        .bytes(&b"\xfb\xff"[..]);
    let photo = batch.add(photo.read_as::<RawBytes>()).expect("a part");
    let count = batch
        .add(client.get("/tasks/$count").read_as::<Text>())
        .expect("a part");
    let note = batch
        .add(client.post("/note").read_as::<Raw>())
        .expect("a part");
    assert_eq!((batch.len(), batch.is_empty()), (5, false));
    let mut answers = batch.send().await.expect("answers");
    assert_eq!(answers.response(&note).expect("an answer").status, 201);
    assert_eq!(answers.take(list).expect("a page").value, [1, 2]);
    answers.take(close).expect("nothing");
    assert_eq!(answers.take(photo).expect("bytes")[..], *b"\xfb\xff\x00");
    assert_eq!(answers.take(count).expect("text"), "12");
    let note = answers.take(note).expect("an answer");
    assert_eq!(
        (&note.body[..], &note.headers["location"]),
        (&b"as is"[..], &"/n".parse().expect("a value"))
    );

    let prefer = json!("include-unknown-enum-members");
    let expected = json!([
        {"id": "1", "method": "GET", "url": "/tasks?$filter=a%20eq%20%27b%27&$top=2", "headers": {"prefer": prefer}},
        {"id": "2", "method": "PATCH", "url": "/tasks/1", "body": {"status": "closed"},
            "headers": {"content-type": "application/json", "if-match": "W/\"1\"", "prefer": prefer}},
        {"id": "3", "method": "PUT", "url": "/photo", "body": "-_8=",
            "headers": {"accept": "*/*", "content-type": "image/png", "prefer": prefer}},
        {"id": "4", "method": "GET", "url": "/tasks/$count", "headers": {"accept": "text/plain", "prefer": prefer}},
        {"id": "5", "method": "POST", "url": "/note", "headers": {"accept": "*/*", "prefer": prefer}},
    ]);
    assert_eq!(json!(server.posts()[0]), expected);
}

#[tokio::test]
async fn each_part_fails_by_itself() {
    let server = BatchServer::new(|url, _| match url {
        "/bad" => json!({
            "status": 400,
            "headers": {"request-id": "abc", "Bad Name": "x", "X": {}},
            "body": {"error": {"code": "badRequest", "message": "m"}},
        }),
        "/moved" => {
            json!({"status": 302, "headers": {"location": "https://files.example/a?sig=hunter2"}})
        }
        "/wrong" => json!({"status": 200, "body": [1]}),
        "/forgotten" => json!({"status": 0}),
        "/odd" => json!({"status": "odd"}),
        _ => ok(url),
    })
    .await;
    let client = server.client();
    let mut batch = client.batch();
    let mut add = |path| {
        batch
            .add(
                client
                    .get(path)
                    .read_as::<Json<std::collections::BTreeMap<String, Value>>>(),
            )
            .expect("a part")
    };
    let parts = ["/bad", "/fine", "/moved", "/wrong", "/forgotten", "/odd"].map(&mut add);
    let mut answers = batch.send().await.expect("answers");
    let [bad, fine, moved, wrong, forgotten, odd] = parts.map(|part| answers.take(part));
    let bad = bad.expect_err("400");
    assert_eq!(
        (
            bad.status().map(|status| status.as_u16()),
            bad.code(),
            bad.request_id()
        ),
        (Some(400), Some("badRequest"), Some("abc"))
    );
    assert_eq!(fine.expect("an answer")["url"], "/fine");
    let moved = moved.expect_err("302");
    assert_eq!(
        moved.location(),
        Some("https://files.example/a?sig=hunter2")
    );
    assert!(
        !format!("{moved:?} {moved}").contains("hunter2"),
        "{moved:?}"
    );
    for error in [
        wrong.expect_err("an array"),
        forgotten.expect_err("no answer"),
        odd.expect_err("no status"),
    ] {
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
    }
    assert_eq!(server.posts().len(), 1);
}

#[tokio::test]
async fn dependants_of_a_failure_are_not_carried_out() {
    let server = BatchServer::new(|url, _| match url {
        "/0" => json!({"status": 404}),
        _ => ok(url),
    })
    .await;
    let client = server.client();
    let mut batch = client.batch();
    // The second half of the chain does not fit into the first post.
    let parts: Vec<Whatever> = (0..30)
        .map(|index| batch.add(client.get(&format!("/{index}"))).expect("a part"))
        .collect();
    for pair in parts.windows(2) {
        batch.depends_on(&pair[1], &pair[0]).expect("an order");
    }
    let other = batch.add(client.get("/other")).expect("a part");
    let mut answers = batch.send().await.expect("answers");
    let statuses: Vec<u16> = parts
        .into_iter()
        .map(|part| {
            answers
                .take(part)
                .expect_err("no answer")
                .status()
                .expect("a status")
                .as_u16()
        })
        .collect();
    assert_eq!(statuses, [vec![404], vec![424; 29]].concat());
    answers.take(other).expect("an answer");
    assert_eq!(server.carried_out(), ["/0", "/other"]);
}

#[tokio::test]
async fn throttled_parts_go_again_alone_and_their_dependants_with_them() {
    let server = BatchServer::new(|url, before| match (url, before) {
        ("/b", 0) => json!({"status": 429, "headers": {"Retry-After": "1"}}),
        ("/e", _) => json!({"status": 429, "headers": {"Retry-After": "4000"}}),
        _ => ok(url),
    })
    .await;
    let client = server.client();
    let mut batch = client.batch();
    let [a, b, c, d, e] =
        ["/a", "/b", "/c", "/d", "/e"].map(|path| batch.add(client.post(path)).expect("a part"));
    batch.depends_on(&b, &a).expect("an order");
    batch.depends_on(&c, &b).expect("an order");
    let start = Instant::now();
    let mut answers = batch.send().await.expect("answers");
    assert!(start.elapsed() >= Duration::from_secs(1));
    for (part, url) in [(a, "/a"), (b, "/b"), (c, "/c"), (d, "/d")] {
        assert_eq!(answers.take(part).expect("an answer"), json!({"url": url}));
    }
    let error = answers.take(e).expect_err("a wait too long");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(429));
    assert_eq!(server.carried_out(), ["/a", "/b", "/d", "/e", "/b", "/c"]);
    // What has succeeded is no dependency any more: the service would not know its id.
    assert_eq!(server.posts()[1][0].get("dependsOn"), None);
    assert_eq!(server.posts()[1][1]["dependsOn"], json!(["2"]));
}

#[tokio::test]
async fn parts_are_tried_again_as_their_methods_allow() {
    let server = BatchServer::new(|url, before| match (url.rsplit('/').next(), before) {
        (Some("busy"), 0) => json!({"status": 503, "headers": {"Retry-After": 0}}),
        (Some("down"), 0) => json!({"status": 503}),
        (Some("throttled"), 0) => json!({"status": 429, "headers": {"Retry-After": "0"}}),
        _ => json!({"status": 204}),
    })
    .await;
    let client = server.client();
    let mut batch = client.batch();
    let table = [
        ("GET", "busy", 2, true),
        ("GET", "down", 2, true),
        ("GET", "throttled", 2, true),
        ("POST", "busy", 2, true),
        ("POST", "down", 1, false),
        ("POST", "throttled", 2, true),
        ("PATCH", "down", 1, false),
        ("DELETE", "down", 2, true),
    ];
    let mut add = |method: &str, path: &str, retry: bool| {
        let name = method.parse::<Method>().expect("a method");
        let request = client.request::<NoContent>(name, &format!("/{method}/{retry}/{path}"));
        let request = if retry { request } else { request.no_retry() };
        batch.add(request).expect("a part")
    };
    let parts =
        table.map(|(method, path, _, _)| (add(method, path, true), add(method, path, false)));
    let mut answers = batch.send().await.expect("answers");
    for ((part, once), (method, path, attempts, succeeds)) in parts.into_iter().zip(table) {
        let answer = answers.response(&part).expect("an answer");
        assert_eq!(
            (answer.attempts, answer.method.as_str()),
            (attempts, method),
            "{path}"
        );
        assert_eq!(answers.take(part).is_ok(), succeeds, "{method} {path}");
        let error = answers.take(once).expect_err("one attempt");
        assert_eq!(error.attempts(), 1);
        let sent = server.carried_out();
        let sent = sent
            .iter()
            .filter(|url| **url == format!("/{method}/true/{path}"));
        assert_eq!(sent.count(), attempts as usize);
    }
    assert_eq!(server.posts().len(), 2);
}

#[tokio::test]
async fn any_number_of_parts_in_any_order_is_answered_each_once() {
    let mut rng = Rng::with_seed(4);
    for count in [0, 1, 20, 21, 100] {
        let server = BatchServer::new(|url, _| ok(url)).await;
        let client = server.client();
        let mut batch = client.batch();
        let mut parts: Vec<(String, Whatever)> = Vec::new();
        let mut edges = Vec::new();
        for index in 0..count {
            let url = format!("/{index}");
            let part = batch.add(client.get(&url)).expect("a part");
            for _ in 0..rng.usize(..3) {
                if let Some((earlier_url, earlier)) = rng.choice(&parts) {
                    batch.depends_on(&part, earlier).expect("an order");
                    edges.push((earlier_url.clone(), url.clone()));
                }
            }
            parts.push((url, part));
        }
        let mut answers = batch.send().await.expect("answers");
        rng.shuffle(&mut parts);
        for (url, part) in parts {
            assert_eq!(answers.take(part).expect("an answer"), json!({"url": url}));
        }
        let order = server.carried_out();
        assert_eq!(order.len(), count);
        let place = |url: &String| order.iter().position(|other| other == url);
        assert!(
            edges
                .iter()
                .all(|(earlier, later)| place(earlier) < place(later))
        );
        assert!(
            urls(&server).len() <= count.div_ceil(20) + 1,
            "{:?}",
            urls(&server)
        );
    }
}

#[tokio::test]
async fn what_no_batch_can_hold_is_refused() {
    let server = BatchServer::new(|url, _| ok(url)).await;
    let client = server.client();
    let mut batch = client.batch();
    let foreign = "https://evil.example/beta/me";
    let table = [
        client.get("/../me"),
        client.get(foreign),
        client.get(&client.endpoint().replace("/beta", "/v1.0/me")),
        client
            .get("/a")
            .header("Content-Type", "application/json")
            .bytes("{"),
        server.client().get("/me"),
    ];
    for request in table {
        let error = batch.add(request).expect_err("refused");
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    }
    assert!(batch.is_empty());
    let absolute = client.get(&format!("{}/me", client.endpoint()));
    let first = batch.add(absolute).expect("a part");
    let second = batch.add(client.get("/b")).expect("a part");
    let mut other = client.batch();
    let third = other.add(client.get("/c")).expect("a part");
    for result in [
        batch.depends_on(&first, &second),
        batch.depends_on(&first, &first),
        batch.depends_on(&second, &third),
        other.depends_on(&second, &first),
    ] {
        assert!(
            matches!(result, Err(Error::InvalidRequest(_))),
            "{result:?}"
        );
    }
    let mut answers = batch.send().await.expect("answers");
    assert!(answers.response(&third).is_none());
    assert!(matches!(answers.take(third), Err(Error::InvalidRequest(_))));
    assert_eq!(
        answers.take(first).expect("an answer"),
        json!({"url": "/me"})
    );
}
