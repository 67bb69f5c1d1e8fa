//! What users do to upload a large file.

#[allow(dead_code, reason = "each use needs another part of it")]
mod loopback;

use graph_runtime::{Bytes, StaticToken};
use loopback::Loopback;
use upload_sessions::GraphClient;

const SESSION: &str = "200 OK\n\n{\"uploadUrl\":\"http://{address}/up/7\",\
                       \"expirationDateTime\":\"2030-01-01T00:00:00Z\"}";

fn client(server: &Loopback) -> GraphClient {
    let builder = GraphClient::builder(StaticToken::new("t")).endpoint(server.endpoint());
    builder.build().expect("loopback needs no TLS")
}

#[tokio::test]
async fn a_file_goes_up_in_one_call() {
    let server = Loopback::answering(&[SESSION, "201 Created\n\n{\"id\":\"7\"}"]);
    let session = client(&server).books().by_id("7").create_upload_session();
    let session = session.await.expect("a session");
    assert!(session.expiration_date_time.is_some());
    let mut file = Bytes::from_static(b"It was a fine day.");
    let answer = session.upload(&mut file).await.expect("an item");
    assert_eq!(answer.status, 201);
    let put = server.seen().remove(1);
    assert_eq!(put.line, "PUT /up/7");
    assert_eq!(put.header("content-range"), Some("bytes 0-17/18"));
    assert_eq!(put.header("authorization"), None);
    assert_eq!(put.body, "It was a fine day.");
}

#[tokio::test]
async fn an_upload_goes_on_in_another_process() {
    const UNIT: usize = 320 * 1024;
    let server = Loopback::answering(&[
        SESSION,
        "202 Accepted\n\n{\"nextExpectedRanges\":[\"327680-\"]}",
        "200 OK\n\n{\"nextExpectedRanges\":[\"327680-\"]}",
        "201 Created\n\n{\"id\":\"7\"}",
    ]);
    let mut file = Bytes::from(vec![b'x'; UNIT + 2]);
    let client = client(&server);
    let session = client.books().by_id("7").create_upload_session();
    let session = session.await.expect("a session");
    let mut pieces = session.session().expect("a URL").piece_size(UNIT);
    let url = pieces.url().to_owned();
    let first = pieces.upload_piece(&mut file).await.expect("a piece");
    assert!(first.is_none());
    drop((session, pieces));
    let rest = client.client().resume_upload_session(&url).expect("a URL");
    { rest }.upload(&mut file).await.expect("an item");
    let last = server.seen().remove(3);
    assert_eq!(
        last.header("content-range"),
        Some("bytes 327680-327681/327682")
    );
}
