//! Bodies that are not JSON: downloads as streams, from other hosts too, and uploads from streams.

use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use futures_util::{StreamExt, TryStreamExt, stream};
use graph_runtime::{
    AnyJson, Bytes, Client, ClientBuilder, Content, Error, Json, LinkedBytes, NoContent, RawBytes,
    Request, StaticToken, Text, Undocumented,
};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::server::{Answer, Server};
use crate::wire::{Act, Then, Wire};
use crate::{CREATE, GET, SECRET, operation, tasks, transport};

const REPLACE: graph_runtime::Operation = operation("Replace content", "PUT");

fn content(server: &Server) -> Request<Undocumented<RawBytes>> {
    tasks(server).key("1").segment("content").undocumented(&GET)
}

async fn collected(request: Request<Undocumented<RawBytes>>) -> Result<Vec<u8>, Error> {
    let parts: Vec<Bytes> = request.download().await?.try_collect().await?;
    Ok(parts.concat())
}

fn redirect(to: &str) -> Answer {
    Answer::new(302, format!("<a href=\"{to}\">")).header("location", to)
}

#[tokio::test]
async fn documented_redirects_are_followed_unless_the_caller_or_the_client_stays() {
    let other = Server::answering([Answer::new(200, "bytes")]).await;
    let server = Server::answering([redirect(&link(&other))]).await;
    let request = tasks(&server).undocumented::<LinkedBytes>(&GET);
    assert_eq!(request.clone().await.expect("the content"), "bytes");
    let seen = other.only();
    assert_eq!(seen.header("authorization"), None);
    let client = tasks(&server).client().clone();
    let raw = client.get("/content").read_as::<LinkedBytes>();
    assert_eq!(raw.await.expect("the content"), "bytes");
    let stays = request.stay_on_host().await.expect_err("a redirect");
    assert_eq!(stays.location(), Some(&*link(&other)));
    let client = Client::builder(StaticToken::new(SECRET))
        .endpoint(server.url("/beta"))
        .http_client(transport())
        .stay_on_host()
        .build()
        .expect("a client");
    let request = client.request::<LinkedBytes>(graph_runtime::Method::GET, "/content");
    let stays = request.follow_download().await.expect_err("a redirect");
    assert!(matches!(stays, Error::ForeignHost(_)), "{stays:?}");
    assert_eq!(other.seen().len(), 2);
}

#[tokio::test]
async fn json_that_no_page_describes_may_be_missing() {
    let server = Server::answering([Answer::new(200, ""), Answer::json("[1]")]).await;
    let request = tasks(&server).undocumented::<AnyJson>(&CREATE);
    assert_eq!(request.clone().await.expect("nothing"), Value::Null);
    assert_eq!(request.clone().await.expect("JSON"), serde_json::json!([1]));
    server.answer([Answer::new(200, "<html>")]);
    assert!(matches!(request.await, Err(Error::Decode(_))));
}

#[tokio::test]
async fn content_is_whatever_becomes_bytes_or_a_stream() {
    let parts = [
        Ok::<_, io::Error>(Bytes::from("by")),
        Ok(Bytes::from("tes")),
    ];
    let contents = [
        Content::from("bytes"),
        Content::from("bytes".to_owned()),
        Content::from(b"bytes"),
        Content::from(b"bytes".to_vec()),
        Content::from(Bytes::from("bytes")),
        Content::stream(5, stream::iter(parts)),
    ];
    for content in contents {
        assert!(format!("{content:?}").contains("Some(5)"), "{content:?}");
        let server = Server::answering([Answer::new(204, "")]).await;
        let client = tasks(&server).client().clone();
        client
            .put("/content")
            .bytes(content)
            .read_as::<NoContent>()
            .await
            .expect("no content");
        let seen = server.only();
        assert_eq!(&seen.body[..], b"bytes");
        assert_eq!(seen.header("content-length"), Some("5"));
        assert_eq!(
            seen.header("content-type"),
            Some("application/octet-stream")
        );
    }
}

/// A link of the kind that opens what it leads to.
fn link(server: &Server) -> String {
    server.url("/files/1?sig=hunter2")
}

#[tokio::test]
async fn a_body_comes_in_parts() {
    let body: Vec<u8> = (0..20_000_000_u32).map(|index| index as u8).collect();
    let server = Server::answering([Answer::new(200, body.clone()).header("etag", "\"1\"")]).await;
    let download = content(&server).download().await.expect("headers");
    assert_eq!(download.status, 200);
    assert_eq!(download.headers["etag"], "\"1\"");
    assert_eq!(download.content_length(), Some(20_000_000));
    let parts: Vec<Bytes> = download.try_collect().await.expect("the body");
    assert!(parts.len() > 10, "{}", parts.len());
    assert!(parts.concat() == body);
}

#[tokio::test]
async fn a_download_that_breaks_off_or_stalls_ends_with_the_error() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nabc";
    for then in [Then::Close, Then::Reset, Then::Stall] {
        let wire = Wire::playing([Act::new(head, then)]).await;
        let client = Client::builder(StaticToken::new(SECRET))
            .endpoint(wire.url("/beta"))
            .http_client(transport())
            .idle_timeout(Duration::from_millis(300))
            .build()
            .expect("a client");
        let request = client.get("/content").read_as::<RawBytes>();
        let parts: Vec<_> = request.download().await.expect("headers").collect().await;
        assert_eq!(parts.len(), 2, "{then:?}: {parts:?}");
        assert_eq!(parts[0].as_deref().expect("a part"), b"abc");
        assert!(
            matches!(parts[1], Err(Error::Transport(_))),
            "{then:?}: {parts:?}"
        );
        assert_eq!(wire.seen().len(), 1);
    }
}

/// A server that takes its time in both directions: 1 MiB of the request each 20 milliseconds, then
/// six bytes of the answer, one each 100.
async fn slow() -> (SocketAddr, JoinHandle<usize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("its address");
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut buffer = vec![0; 1024 * 1024];
        let mut head = stream.read(&mut buffer).await.expect("a request");
        let length = buffer
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .expect("its head")
            + 4;
        let text = String::from_utf8_lossy(&buffer[..length]).to_ascii_lowercase();
        let announced = text
            .split_once("content-length: ")
            .and_then(|(_, rest)| rest.split_once("\r\n"));
        let announced = announced.map_or(0, |(length, _)| length.parse().expect("a length"));
        while head - length < announced {
            tokio::time::sleep(Duration::from_millis(20)).await;
            head += stream
                .read_exact(&mut buffer[..(announced + length - head).min(1024 * 1024)])
                .await
                .expect("more");
        }
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n")
            .await
            .expect("a reader");
        for byte in b"abcdef" {
            tokio::time::sleep(Duration::from_millis(100)).await;
            // Who has had enough does not read on.
            let _ = stream.write_all(&[*byte]).await;
        }
        announced
    });
    (address, serving)
}

fn impatient(address: SocketAddr) -> ClientBuilder {
    Client::builder(StaticToken::new(SECRET))
        .endpoint(format!("http://{address}/beta"))
        .http_client(transport())
        .no_retry()
}

#[tokio::test]
async fn a_download_may_take_longer_than_a_call() {
    let (address, _serving) = slow().await;
    let client = impatient(address)
        .deadline(Duration::from_millis(300))
        .build()
        .expect("a client");
    let request = client.get("/content").read_as::<RawBytes>();
    let parts: Vec<Bytes> = request
        .download()
        .await
        .expect("headers")
        .try_collect()
        .await
        .expect("all");
    assert_eq!(parts.concat(), b"abcdef");
}

#[tokio::test]
async fn a_slow_line_is_no_silent_service() {
    let (address, serving) = slow().await;
    let client = impatient(address)
        .response_timeout(Duration::from_millis(300))
        .build()
        .expect("a client");
    let body = Bytes::from(vec![7; 40 * 1024 * 1024]);
    let request = client.put("/content").read_as::<RawBytes>().bytes(body);
    let start = Instant::now();
    request.await.expect("an answer");
    assert!(
        start.elapsed() > Duration::from_millis(600),
        "{:?}",
        start.elapsed()
    );
    assert_eq!(serving.await.expect("no panic"), 40 * 1024 * 1024);
}

#[tokio::test]
async fn failures_are_errors_before_there_is_a_stream() {
    let answer = Answer::new(404, r#"{"error":{"code":"itemNotFound"}}"#);
    let server = Server::answering([answer]).await;
    let error = content(&server).download().await.expect_err("404");
    assert_eq!(error.code(), Some("itemNotFound"));
}

#[tokio::test]
async fn content_of_another_host_is_fetched_when_asked_for_and_without_the_token() {
    let files = Server::answering([Answer::new(206, "content")]).await;
    let server = Server::answering([redirect(&link(&files))]).await;
    let request = || {
        content(&server)
            .header("Range", "bytes=0-6")
            .header("If-Match", "x")
    };
    let error = request().await.expect_err("foreign");
    assert!(matches!(error, Error::ForeignHost(_)), "{error:?}");
    let error = request().download().await.expect_err("foreign");
    assert!(matches!(error, Error::ForeignHost(_)), "{error:?}");
    assert!(files.seen().is_empty());

    let bytes = request().follow_download().await.expect("bytes");
    assert_eq!(&bytes[..], b"content");
    let bytes = collected(request().follow_download()).await.expect("bytes");
    assert_eq!(&bytes[..], b"content");
    for seen in files.seen() {
        assert_eq!(seen.uri, "/files/1?sig=hunter2");
        let mut names: Vec<&str> = seen.headers.keys().map(|name| name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            ["accept", "accept-encoding", "host", "range", "user-agent"]
        );
        assert_eq!(seen.header("range"), Some("bytes=0-6"));
    }
    assert_eq!(files.seen().len(), 2);
    let token = format!("Bearer {SECRET}");
    assert!(
        server
            .seen()
            .iter()
            .all(|seen| seen.header("authorization") == Some(&*token))
    );
}

#[tokio::test]
async fn hosts_of_content_may_send_on_but_not_over_an_open_line() {
    let store = Server::answering([Answer::new(200, "content")]).await;
    let files = Server::answering([
        redirect(&link(&store)),
        redirect("http://files.example/1?sig=hunter2"),
    ])
    .await;
    let server = Server::answering([redirect(&link(&files))]).await;
    let bytes = content(&server).follow_download().await.expect("bytes");
    assert_eq!(&bytes[..], b"content");
    let error = content(&server)
        .follow_download()
        .await
        .expect_err("an open line");
    assert!(matches!(error, Error::ForeignHost(_)), "{error:?}");
    assert!(
        !format!("{error:?} {error}").contains("hunter2"),
        "{error:?}"
    );
    assert!(store.only().header("authorization").is_none());

    let server = Server::answering([redirect("http://files.example/1?sig=hunter2")]).await;
    let error = content(&server)
        .follow_download()
        .await
        .expect_err("an open line");
    assert!(matches!(error, Error::ForeignHost(_)), "{error:?}");
}

#[tokio::test]
async fn only_redirects_of_the_endpoint_itself_are_followed_elsewhere() {
    let files = Server::answering([Answer::json("{}")]).await;
    let page = format!(r#"{{"value":[],"@odata.nextLink":"{}"}}"#, link(&files));
    let server = Server::answering([Answer::json(&page), redirect(&link(&files))]).await;
    let list = tasks(&server).undocumented::<Json<graph_runtime::model::Collection<i32>>>(&GET);
    let pages: Vec<_> = list.follow_download().into_pages().collect().await;
    assert!(matches!(pages[1], Err(Error::ForeignHost(_))), "{pages:?}");
    let post = tasks(&server).undocumented::<NoContent>(&CREATE);
    let error = post.follow_download().await.expect_err("a redirect");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(302));
    let client = tasks(&server).client().clone();
    let raw = client.get(&link(&files)).follow_download();
    assert!(matches!(raw.await, Err(Error::ForeignHost(_))));
    assert!(files.seen().is_empty());
}

#[tokio::test]
async fn what_the_other_host_refuses_is_an_error_of_its_own() {
    let files = Server::answering([Answer::new(403, "expired")]).await;
    let server = Server::answering([redirect(&link(&files))]).await;
    let text = tasks(&server).undocumented::<Text>(&GET).follow_download();
    let error = text.await.expect_err("403");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(403));
    assert!(
        !format!("{error:?} {error}").contains("hunter2"),
        "{error:?}"
    );
}

/// A request whose body is a stream of those parts.
fn upload(
    server: &Server,
    length: u64,
    parts: &[&'static [u8]],
) -> Request<Undocumented<NoContent>> {
    let parts: Vec<io::Result<Bytes>> = parts
        .iter()
        .map(|part| Ok(Bytes::from_static(part)))
        .collect();
    let place = tasks(server).key("1").segment("content");
    place
        .undocumented(&REPLACE)
        .body_stream(length, stream::iter(parts))
}

#[tokio::test]
async fn a_stream_is_sent_with_its_length() {
    let server = Server::answering([Answer::new(204, "")]).await;
    upload(&server, 6, &[b"abc", b"", b"def"])
        .await
        .expect("sent");
    upload(&server, 0, &[])
        .header("Content-Type", "image/png")
        .await
        .expect("sent");
    let seen = server.seen();
    assert_eq!(&seen[0].body[..], b"abcdef");
    assert_eq!(seen[0].header("content-length"), Some("6"));
    assert_eq!(seen[0].header("transfer-encoding"), None);
    assert_eq!(
        seen[0].header("content-type"),
        Some("application/octet-stream")
    );
    assert_eq!(seen[1].header("content-length"), Some("0"));
    assert_eq!(seen[1].header("content-type"), Some("image/png"));
}

#[tokio::test]
async fn a_stream_of_another_length_than_announced_is_no_success() {
    let server = Server::answering([Answer::new(204, "")]).await;
    let parts: [&[u8]; 2] = [b"abc", b"def"];
    for length in [1, 3, 5, 7] {
        let error = upload(&server, length, &parts).await.expect_err("not six");
        assert!(matches!(error, Error::Transport(_)), "{length}: {error:?}");
    }
    let failing = stream::iter([
        Ok(Bytes::from_static(b"abc")),
        Err(io::Error::other("gone")),
    ]);
    let request = tasks(&server).undocumented::<NoContent>(&REPLACE);
    let error = request.body_stream(6, failing).await.expect_err("gone");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(server.seen().iter().all(|seen| seen.body.len() < 6));
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let server = Server::answering([Answer::new(503, "").header("retry-after", "0")]).await;
    let client: Client = tasks(&server).client().clone();
    let parts = stream::iter([Ok::<_, io::Error>(Bytes::from_static(b"abc"))]);
    let request = client
        .put("/content")
        .read_as::<Json<Value>>()
        .body_stream(3, parts);
    let again = request.clone();
    let error = request.await.expect_err("503");
    assert_eq!(error.attempts(), 1);
    let error = again.await.expect_err("nothing left");
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    assert_eq!(server.seen().len(), 1);
}
