//! An HTTP server on loopback that keeps incident tasks in memory and behaves as the pages in
//! `docs-src/api/` say.
//!
//! It is written from the pages and shares no code with the generator or the generated crate: where
//! the two agree, they agree because both follow the documents. What it does besides them has to be
//! asked for: throttling, lost answers, other people who change tasks, ETags.

mod answer;
mod batch;
mod faults;
mod operations;
mod query;
mod store;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, Uri};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use answer::{Answer, Refusal, Told};
use faults::Faults;
pub use faults::Moment;
use store::Store;

/// The token that the server takes; any other is answered with 401.
pub const TOKEN: &str = "token-of-the-tests";

/// The version of the API, the first segment of every path.
const VERSION: &str = "beta";

/// A running server. It stops when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    serving: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    /// The address that `@odata.nextLink` leads to.
    root: String,
    store: Mutex<Store>,
    faults: Mutex<Faults>,
    requests: Mutex<Vec<Recorded>>,
    /// Told when a request is held.
    held: Notify,
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The method.
    pub method: Method,
    /// The path, percent-encoded as it was sent.
    pub path: String,
    /// The query, decoded.
    pub query: Vec<(String, String)>,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Recorded {
    /// The value of a header that holds text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as JSON; null when it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

impl Server {
    /// Starts a server without tasks at a free port.
    ///
    /// # Panics
    ///
    /// When loopback has no free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound socket has an address");
        let shared = Arc::new(Shared {
            root: format!("http://{address}/{VERSION}"),
            store: Mutex::default(),
            faults: Mutex::default(),
            requests: Mutex::default(),
            held: Notify::new(),
        });
        let router = Router::new()
            .fallback(handle)
            .with_state(Arc::clone(&shared));
        let serving = tokio::spawn(async move {
            axum::serve(listener, router)
                .await
                .expect("a bound socket accepts");
        });
        Self {
            address,
            shared,
            serving,
        }
    }

    /// The base URL that stands for `https://graph.microsoft.com/beta`.
    #[must_use]
    pub fn endpoint(&self) -> String {
        self.shared.root.clone()
    }

    /// The port's address.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Puts a task in as it is, and gives its ID back. The ID is a new one unless the task has one.
    ///
    /// # Panics
    ///
    /// When the task is no JSON object.
    pub fn put(&self, task: Value) -> String {
        lock(&self.shared.store).put(task)
    }

    /// From now on, every action on that device goes wrong. A device is named as a task's
    /// `responseAction` names it.
    pub fn fail_device(&self, device: &str) {
        lock(&self.shared.store).fail_device(device);
    }

    /// From now on, actions that take a while are over once their task was read that often.
    pub fn finish_after(&self, reads: u32) {
        lock(&self.shared.store).finish_after(reads);
    }

    /// From now on, tasks carry ETags, and `If-Match` is looked at; the pages say nothing of either.
    pub fn use_etags(&self) {
        lock(&self.shared.store).use_etags();
    }

    /// From now on, lists show tasks as they were put in, as lists of a large service may for a while.
    pub fn let_lists_lag(&self) {
        lock(&self.shared.store).let_lists_lag();
    }

    /// The IDs of the tasks whose actions were begun, in that order.
    #[must_use]
    pub fn actions(&self) -> Vec<String> {
        lock(&self.shared.store).actions().to_vec()
    }

    /// Answers the next requests on a task with 429, so many of them, those in batches too.
    pub fn throttle(&self, id: &str, requests: u32) {
        lock(&self.shared.faults).throttle(id, requests);
    }

    /// Has somebody else change a task when it is updated next, right before that.
    pub fn interfere(&self, id: &str) {
        lock(&self.shared.faults).interfere(id);
    }

    /// Carries out what the next request on a task asks for, and breaks the connection off where the
    /// answer should come.
    pub fn lose_answer(&self, id: &str) {
        lock(&self.shared.faults).lose_answer(id);
    }

    /// Leaves the request of that number, counted from 1 and from the start of the server, without an
    /// answer for as long as its sender waits.
    pub fn hold(&self, number: usize, moment: Moment) {
        lock(&self.shared.faults).hold(number, moment);
    }

    /// Waits until a request is [held](Self::hold).
    pub async fn held(&self) {
        self.shared.held.notified().await;
    }

    /// The requests up to now, refused ones too.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        lock(&self.shared.requests).clone()
    }

    /// The last request.
    ///
    /// # Panics
    ///
    /// When there was none.
    #[must_use]
    pub fn last_request(&self) -> Recorded {
        lock(&self.shared.requests)
            .last()
            .cloned()
            .expect("a request was sent")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// A panic while a lock is held fails its own test; the others go on.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

async fn handle(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let request = Recorded {
        method,
        path: uri.path().to_owned(),
        query: query::pairs(uri.query().unwrap_or_default()),
        headers,
        body,
    };
    let number = record(&shared, &request);
    hold(&shared, number, Moment::Before).await;
    let result = answer_to(&shared, &request);
    hold(&shared, number, Moment::After).await;
    match lock(&shared.faults).loses_answer(&request.path) {
        true => answer::broken(),
        false => Told::new(result, request.header("client-request-id")).response(),
    }
}

/// Takes a request down, and gives its number.
fn record(shared: &Shared, request: &Recorded) -> usize {
    let mut requests = lock(&shared.requests);
    requests.push(request.clone());
    requests.len()
}

/// Waits for ever where that was asked for. Whoever hangs up ends the waiting, and what would have
/// followed does not happen.
async fn hold(shared: &Shared, number: usize, moment: Moment) {
    if lock(&shared.faults).holds(number, moment) {
        shared.held.notify_one();
        std::future::pending::<()>().await;
    }
}

fn answer_to(shared: &Shared, request: &Recorded) -> Result<Answer, Refusal> {
    authorize(request)?;
    match decoded(&request.path) == format!("/{VERSION}/$batch") {
        true => batch::answer(request, |part| answer_to_one(shared, part)),
        false => answer_to_one(shared, request),
    }
}

/// The answer to a request by itself, or to one of a batch.
fn answer_to_one(shared: &Shared, request: &Recorded) -> Result<Answer, Refusal> {
    let segments: Vec<String> = request.path.split('/').skip(1).map(decoded).collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let [VERSION, "security", "incidentTasks", rest @ ..] = segments.as_slice() else {
        return Err(Refusal::no_such_path(&request.path));
    };
    let store = &mut *lock(&shared.store);
    if let [id, ..] = rest {
        lock(&shared.faults).strike(id, &request.method, store)?;
    }
    match (request.method.as_str(), rest) {
        ("GET", []) => operations::list(store, &request.query, &shared.root),
        ("POST", []) => operations::create(store, &request.body),
        ("GET", [id]) => operations::get(store, id),
        ("PATCH", [id]) => operations::update(store, id, request.header("if-match"), &request.body),
        ("DELETE", [id]) => operations::delete(store, id),
        ("POST", [id, "executeResponseAction"]) => operations::execute(store, id),
        _ => Err(Refusal::no_such_path(&request.path)),
    }
}

fn decoded(segment: &str) -> String {
    percent_decode_str(segment).decode_utf8_lossy().into_owned()
}

fn authorize(request: &Recorded) -> Result<(), Refusal> {
    let token = request
        .header("authorization")
        .and_then(|value| value.strip_prefix("Bearer "));
    match token {
        Some(TOKEN) => Ok(()),
        _ => Err(Refusal::unauthorized()),
    }
}
