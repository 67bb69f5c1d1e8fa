//! A server on loopback that takes JSON batches apart as Microsoft Graph does: limits, order and
//! dependencies are its own, the answers to single requests are the test's.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use graph_runtime::{Client, StaticToken};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::{SECRET, transport};

/// Answers one request: its URL and how often it has been asked before in, `{"status": …}` out.
type Script = dyn Fn(&str, usize) -> Value + Send + Sync;

pub(crate) struct BatchServer {
    address: SocketAddr,
    state: Arc<Shared>,
    serving: JoinHandle<()>,
}

struct Shared {
    script: Box<Script>,
    log: Mutex<Log>,
}

#[derive(Default)]
struct Log {
    posts: Vec<Vec<Value>>,
    carried_out: Vec<String>,
}

impl BatchServer {
    pub(crate) async fn new(script: impl Fn(&str, usize) -> Value + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let state = Arc::new(Shared {
            script: Box::new(script),
            log: Mutex::default(),
        });
        let router = Router::new()
            .route("/beta/$batch", post(answer))
            .with_state(Arc::clone(&state));
        let serving = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("a server");
        });
        Self {
            address,
            state,
            serving,
        }
    }

    pub(crate) fn client(&self) -> Client {
        Client::builder(StaticToken::new(SECRET))
            .endpoint(format!("http://{}/beta", self.address))
            .http_client(transport())
            .build()
            .expect("a client")
    }

    /// The posts, each with its requests.
    pub(crate) fn posts(&self) -> Vec<Vec<Value>> {
        self.state.log.lock().expect("no panic").posts.clone()
    }

    /// The URLs of what was carried out, whether it succeeded or not, in that order.
    pub(crate) fn carried_out(&self) -> Vec<String> {
        self.state.log.lock().expect("no panic").carried_out.clone()
    }
}

impl Drop for BatchServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(State(shared): State<Arc<Shared>>, Json(body): Json<Value>) -> Response {
    let Some(requests) = body["requests"].as_array().cloned() else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let mut log = shared.log.lock().expect("no panic");
    log.posts.push(requests.clone());
    if let Some(fault) = fault(&requests) {
        let error = json!({"error": {"code": "BadRequest", "message": fault}});
        return (StatusCode::BAD_REQUEST, Json(error)).into_response();
    }
    let mut answers: BTreeMap<String, Value> = BTreeMap::new();
    for request in &requests {
        let depends_on = request["dependsOn"].as_array().into_iter().flatten();
        let mut statuses = depends_on.map(|id| &answers[id.as_str().expect("an id")]["status"]);
        let mut answer = if statuses
            .all(|status| (200..300).contains(&status.as_u64().expect("a status")))
        {
            let url = request["url"].as_str().expect("a URL").to_owned();
            let before = log
                .carried_out
                .iter()
                .filter(|other| **other == url)
                .count();
            let answer = (shared.script)(&url, before);
            log.carried_out.push(url);
            answer
        } else {
            json!({"status": 424, "body": {"error": {"code": "FailedDependency", "message": "m"}}})
        };
        answer["id"] = request["id"].clone();
        answers.insert(request["id"].as_str().expect("an id").to_owned(), answer);
    }
    // The service answers in any order: here in reverse. What has status 0 it forgets.
    let mut answers: Vec<Value> = answers.into_values().rev().collect();
    answers.retain(|answer| answer["status"] != 0);
    Json(json!({"responses": answers})).into_response()
}

/// What makes a post one that the service refuses as a whole.
fn fault(requests: &[Value]) -> Option<String> {
    if requests.len() > 20 {
        return Some(format!("{} requests", requests.len()));
    }
    let mut ids: Vec<&Value> = Vec::new();
    for request in requests {
        let known = request["dependsOn"].as_array();
        if known.into_iter().flatten().any(|id| !ids.contains(&id)) || ids.contains(&&request["id"])
        {
            return Some(format!("the ids of {request}"));
        }
        if request.get("body").is_some() && request["headers"]["content-type"].is_null() {
            return Some(format!("no type of {request}"));
        }
        ids.push(&request["id"]);
    }
    None
}
