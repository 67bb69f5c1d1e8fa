//! Upload sessions, against a server that keeps what it gets.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes as Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use graph_runtime::{BoxFuture, ByteSource, Bytes, Client, Error, StaticToken, Upload};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::server::{Answer, Server};
use crate::{SECRET, transport};

const UNIT: usize = 320 * 1024;

/// What the server does with a piece besides keeping it.
#[derive(Clone, Copy, Debug)]
enum Fault {
    None,
    /// It does not keep the piece and is busy.
    Busy,
    /// It keeps the piece and says that it failed.
    LostAnswer,
    /// It does not keep the piece and refuses it for good.
    Refused,
    /// It keeps half of the piece.
    Half,
    /// It keeps nothing and asks for the same again.
    Again,
}

/// How the service writes its answers.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Dialect {
    OneDrive,
    Outlook,
    Deferred,
}

struct Store {
    dialect: Dialect,
    faults: VecDeque<Fault>,
    kept: Vec<u8>,
    log: Vec<String>,
}

struct Session {
    address: SocketAddr,
    store: Arc<Mutex<Store>>,
    serving: JoinHandle<()>,
}

impl Session {
    async fn new(dialect: Dialect, faults: impl IntoIterator<Item = Fault>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let store = Arc::new(Mutex::new(Store {
            dialect,
            faults: faults.into_iter().collect(),
            kept: Vec::new(),
            log: Vec::new(),
        }));
        let router = Router::new()
            .fallback(handle)
            .with_state(Arc::clone(&store));
        let serving = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("a server");
        });
        Self {
            address,
            store,
            serving,
        }
    }

    fn url(&self) -> String {
        format!("http://{}/up/1?tempauth=hunter2", self.address)
    }

    /// What was kept, and the requests without their host.
    fn end(&self) -> (Vec<u8>, Vec<String>) {
        let store = self.store.lock().expect("no panic");
        (store.kept.clone(), store.log.clone())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn handle(
    State(store): State<Arc<Mutex<Store>>>,
    method: Method,
    headers: HeaderMap,
    body: Body,
) -> Response {
    for name in ["authorization", "client-request-id", "prefer"] {
        assert!(!headers.contains_key(name), "{name}");
    }
    let mut store = store.lock().expect("no panic");
    let range = headers
        .get("content-range")
        .map(|range| range.to_str().expect("text").to_owned());
    store
        .log
        .push(format!("{method} {}", range.as_deref().unwrap_or_default()));
    match (method.as_str(), range) {
        ("PUT", Some(range)) => put(&mut store, &range, &body),
        ("GET", None) => answer(200, &store, None),
        ("POST", None) if body.is_empty() => item(&store),
        ("DELETE", None) => StatusCode::NO_CONTENT.into_response(),
        other => panic!("{other:?}"),
    }
}

fn put(store: &mut Store, range: &str, body: &[u8]) -> Response {
    let (range, total) = range
        .strip_prefix("bytes ")
        .and_then(|range| range.split_once('/'))
        .expect("a range");
    let (start, end) = range.split_once('-').expect("a range");
    let [start, end, total] =
        [start, end, total].map(|text| text.parse::<usize>().expect("a number"));
    assert_eq!(body.len(), end + 1 - start);
    assert!(
        end + 1 == total || body.len().is_multiple_of(UNIT),
        "{range}"
    );
    let busy = (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "0")]).into_response();
    let fault = store.faults.pop_front().unwrap_or(Fault::None);
    match fault {
        Fault::Busy => return busy,
        Fault::Refused => return StatusCode::CONFLICT.into_response(),
        Fault::Again => return answer(202, store, Some(total)),
        Fault::None | Fault::LostAnswer | Fault::Half => {}
    }
    if start != store.kept.len() {
        return StatusCode::RANGE_NOT_SATISFIABLE.into_response();
    }
    let kept = if matches!(fault, Fault::Half) {
        body.len() / 2
    } else {
        body.len()
    };
    store.kept.extend_from_slice(&body[..kept]);
    match (store.kept.len() == total, store.dialect) {
        _ if matches!(fault, Fault::LostAnswer) => busy,
        (true, Dialect::OneDrive) => item(store),
        (true, Dialect::Outlook) => {
            (StatusCode::CREATED, [("location", "/attachments/1")]).into_response()
        }
        (true, Dialect::Deferred) => answer(202, store, Some(total)),
        (false, Dialect::Outlook) => answer(200, store, Some(total)),
        (false, _) => answer(202, store, Some(total)),
    }
}

fn item(store: &Store) -> Response {
    (
        StatusCode::CREATED,
        axum::Json(json!({"id": "7", "size": store.kept.len()})),
    )
        .into_response()
}

/// What is missing, in the words of the service.
fn answer(status: u16, store: &Store, total: Option<usize>) -> Response {
    let next = store.kept.len();
    let ranges = match store.dialect {
        _ if total == Some(next) => json!({"nextExpectedRanges": []}),
        Dialect::Outlook => json!({"NextExpectedRanges": [next.to_string()]}),
        _ => {
            json!({"expirationDateTime": "2015-01-29T09:21:55.523Z", "nextExpectedRanges": [format!("{next}-")]})
        }
    };
    (
        StatusCode::from_u16(status).expect("a status"),
        axum::Json(ranges),
    )
        .into_response()
}

fn client() -> Client {
    Client::builder(StaticToken::new(SECRET))
        .http_client(transport())
        .build()
        .expect("a client")
}

/// Bytes of which no two pieces are alike.
fn content(length: usize) -> Bytes {
    (0..length).map(|index| (index / 7 + index) as u8).collect()
}

#[tokio::test]
async fn a_file_goes_up_in_pieces() {
    let file = content(2 * UNIT + 5);
    for dialect in [Dialect::OneDrive, Dialect::Outlook] {
        let session = Session::new(dialect, []).await;
        let mut upload = client()
            .upload_session(&session.url())
            .expect("a session")
            .piece_size(UNIT + 7);
        let spawned = {
            let mut file = file.clone();
            async move { upload.upload(&mut file).await }
        };
        let response = tokio::spawn(spawned)
            .await
            .expect("no panic")
            .expect("an item");
        assert_eq!(response.status, 201);
        if dialect == Dialect::OneDrive {
            assert_eq!(
                response.json::<Value>().expect("JSON"),
                json!({"id": "7", "size": file.len()})
            );
        }
        let (kept, log) = session.end();
        assert!(kept == file);
        let ranges = ["0-327679", "327680-655359", "655360-655364"];
        assert_eq!(log, ranges.map(|range| format!("PUT bytes {range}/655365")));
    }
}

#[tokio::test]
async fn a_session_that_was_just_created_is_uploaded_to_in_one_call() {
    let session = Session::new(Dialect::OneDrive, []).await;
    let created = json!({"uploadUrl": session.url(), "expirationDateTime": "2030-01-01T00:00:00Z"});
    let server = Server::answering([Answer::json(&created.to_string()), Answer::json("{}")]).await;
    let place = crate::tasks(&server).segment("createUploadSession");
    let request = place.undocumented::<Upload<Value>>(&crate::CREATE);
    let upload = request.clone().await.expect("a session");
    assert_eq!(upload["expirationDateTime"], "2030-01-01T00:00:00Z");
    assert!(!format!("{upload:?}").contains("hunter2"), "{upload:?}");
    let mut file = content(UNIT + 3);
    let pieces = upload.session().expect("a session").piece_size(UNIT);
    let response = { pieces }.upload(&mut file).await.expect("an item");
    assert_eq!(response.status, 201);
    assert!(session.end().0 == file);
    assert_eq!(upload.into_inner()["uploadUrl"], json!(session.url()));
    let nowhere = request.await.expect("an answer");
    let error = nowhere.upload(&mut file).await.expect_err("no URL");
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
}

#[tokio::test]
async fn progress_can_be_shown_and_a_session_printed() {
    let session = Session::new(Dialect::OneDrive, []).await;
    let mut upload = client()
        .upload_session(&session.url())
        .expect("a session")
        .piece_size(0);
    let mut positions = Vec::new();
    let mut file = content(2 * UNIT);
    while upload
        .upload_piece(&mut file)
        .await
        .expect("a piece")
        .is_none()
    {
        positions.push(upload.position());
    }
    assert_eq!(positions, [Some(UNIT as u64)]);
    assert!(!format!("{upload:?}").contains("hunter2"), "{upload:?}");
    assert_eq!(upload.url(), session.url());
}

#[tokio::test]
async fn whatever_happens_to_pieces_no_byte_is_lost_or_doubled() {
    let mut rng = fastrand::Rng::with_seed(4);
    for round in 0..40 {
        let length = rng.usize(1..5 * UNIT);
        let faults: Vec<Fault> = (0..rng.usize(..8))
            .map(|_| {
                rng.choice([Fault::None, Fault::Busy, Fault::LostAnswer, Fault::Half])
                    .expect("one")
            })
            .collect();
        // Of the last piece the answer must come: the session is over with it.
        let pieces = length.div_ceil(UNIT);
        let faults = faults.into_iter().take(pieces.saturating_sub(1));
        let session = Session::new(Dialect::OneDrive, faults).await;
        let mut file = content(length);
        let upload = client().upload_session(&session.url()).expect("a session");
        let result = upload
            .piece_size(UNIT * rng.usize(1..3))
            .upload(&mut file)
            .await;
        let (kept, log) = session.end();
        result.unwrap_or_else(|error| panic!("{round}: {error}: {log:?}"));
        assert!(kept == file, "{round}: {log:?}");
    }
}

#[tokio::test]
async fn an_upload_that_failed_goes_on_from_what_the_service_has() {
    let session = Session::new(Dialect::OneDrive, [Fault::None, Fault::Refused]).await;
    let mut file = content(3 * UNIT);
    let mut upload = client()
        .upload_session(&session.url())
        .expect("a session")
        .piece_size(UNIT);
    let error = upload.upload(&mut file).await.expect_err("409");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(409));
    assert_eq!(upload.position(), None);
    let url = upload.url().to_owned();
    drop(upload);
    let mut upload = client().resume_upload_session(&url).expect("a session");
    let status = upload.status().await.expect("a status");
    assert_eq!(status.next_expected_ranges, [(UNIT as u64, None)]);
    assert!(status.expiration.is_some());
    upload.upload(&mut file).await.expect("an item");
    let (kept, log) = session.end();
    assert!(kept == file);
    assert_eq!(log[2..], ["GET ", "GET ", "PUT bytes 327680-983039/983040"]);
}

#[tokio::test]
async fn a_session_without_progress_comes_to_an_end() {
    let session = Session::new(Dialect::OneDrive, [Fault::Again; 50]).await;
    let mut upload = client().upload_session(&session.url()).expect("a session");
    let error = upload.upload(&mut content(5)).await.expect_err("no end");
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    assert!(session.end().1.len() < 20);
}

#[tokio::test]
async fn items_appear_when_committed_and_sessions_go_when_cancelled() {
    let session = Session::new(Dialect::Deferred, []).await;
    let mut upload = client().upload_session(&session.url()).expect("a session");
    let response = upload.upload(&mut content(9)).await.expect("all bytes");
    assert_eq!(response.status, 202);
    let item: Value = upload
        .commit()
        .await
        .expect("an item")
        .json()
        .expect("JSON");
    assert_eq!(item["id"], "7");
    let upload = client().upload_session(&session.url()).expect("a session");
    upload.cancel().await.expect("gone");
    let (_, log) = session.end();
    assert_eq!(log, ["PUT bytes 0-8/9", "POST ", "DELETE "]);
}

/// A source that breaks its word.
struct Broken(&'static str);

impl ByteSource for Broken {
    fn length(&self) -> u64 {
        if self.0 == "empty" { 0 } else { 10 }
    }

    fn read(&mut self, _start: u64, _size: usize) -> BoxFuture<'_, io::Result<Bytes>> {
        Box::pin(async {
            match self.0 {
                "short" => Ok(Bytes::from_static(b"abc")),
                _ => Err(io::Error::other("gone")),
            }
        })
    }
}

#[tokio::test]
async fn sources_that_break_their_word_and_links_that_are_open_lines_send_nothing() {
    let session = Session::new(Dialect::OneDrive, []).await;
    for kind in ["empty", "short", "failing"] {
        let mut upload = client().upload_session(&session.url()).expect("a session");
        let error = upload.upload(&mut Broken(kind)).await.expect_err(kind);
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    }
    assert!(session.end().1.is_empty());
    for url in ["http://up.example/1?tempauth=hunter2", "", "/up/1"] {
        let error = client().upload_session(url).expect_err(url);
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}
