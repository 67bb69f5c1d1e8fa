//! Scripted answers in, an HTTP server on loopback out that records what it is asked.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, Uri};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// One answer: status, headers, body.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Gives its answers in turn, the last again and again.
pub(crate) struct Server {
    address: SocketAddr,
    script: Arc<Script>,
    serving: JoinHandle<()>,
}

#[derive(Default)]
struct Script {
    answers: Mutex<Vec<Answer>>,
    seen: Mutex<Vec<Seen>>,
}

impl Answer {
    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.into(),
        }
    }

    pub(crate) fn json(body: &str) -> Self {
        Self::new(200, body).header("content-type", "application/json")
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl Server {
    /// A server whose answers follow.
    pub(crate) async fn silent() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let script = Arc::<Script>::default();
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&script));
        let serving = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("a server");
        });
        Self {
            address,
            script,
            serving,
        }
    }

    pub(crate) async fn answering(answers: impl IntoIterator<Item = Answer>) -> Self {
        let server = Self::silent().await;
        server.answer(answers);
        server
    }

    pub(crate) fn answer(&self, answers: impl IntoIterator<Item = Answer>) {
        *self.script.answers.lock().expect("no panic") = answers.into_iter().collect();
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.script.seen.lock().expect("no panic").clone()
    }

    /// The only request there was.
    pub(crate) fn only(&self) -> Seen {
        let mut seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:#?}");
        seen.remove(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(
    State(script): State<Arc<Script>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let mut seen = script.seen.lock().expect("no panic");
    let turn = seen.len();
    seen.push(Seen {
        method,
        uri,
        headers,
        body,
    });
    let answers = script.answers.lock().expect("no panic");
    let answer = answers.get(turn).or(answers.last()).expect("an answer");
    let mut response = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(*name, value);
    }
    response
        .body(Body::from(answer.body.clone()))
        .expect("a response")
}
