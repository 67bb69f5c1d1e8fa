//! A documented response in, an HTTP server on loopback out that records what it is asked.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, HeaderName, TRANSFER_ENCODING};
use http::{HeaderMap, Method, StatusCode, Uri};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use super::message::ResponseText;

/// How long a replayed call may take; on loopback it takes milliseconds.
pub(super) const TIME_LIMIT: Duration = Duration::from_secs(30);

/// How many bytes of a body are recorded. Examples on pages have a few thousand.
const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// Documented headers of a body that was measured, packed or cut otherwise than ours is.
const NOT_REPEATED: [HeaderName; 4] = [
    CONNECTION,
    CONTENT_ENCODING,
    CONTENT_LENGTH,
    TRANSFER_ENCODING,
];

/// A server that gives the same answer to every request. It stops when it is dropped.
pub(super) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

/// A request as it arrived.
#[derive(Clone)]
pub(super) struct Recorded {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

struct Shared {
    answer: http::Response<Full<Bytes>>,
    recorded: Mutex<Vec<Recorded>>,
}

impl Server {
    /// Starts to listen on a port of the system's choice.
    pub(super) async fn start(response: &ResponseText) -> Result<Self, String> {
        let describe = |error: std::io::Error| format!("no server on loopback: {error}");
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .map_err(describe)?;
        let address = listener.local_addr().map_err(describe)?;
        let shared = Arc::new(Shared {
            answer: answer(response),
            recorded: Mutex::default(),
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self {
            address,
            shared,
            accepting,
        })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Ends the server and gives what it was asked.
    pub(super) fn stop(self) -> Vec<Recorded> {
        std::mem::take(&mut *self.shared.recorded())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Shared {
    fn recorded(&self) -> MutexGuard<'_, Vec<Recorded>> {
        self.recorded.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn answer(response: &ResponseText) -> http::Response<Full<Bytes>> {
    let mut answer = http::Response::new(Full::new(Bytes::from(response.body.clone())));
    *answer.status_mut() = response.status;
    *answer.headers_mut() = response.headers.clone();
    for name in NOT_REPEATED {
        answer.headers_mut().remove(name);
    }
    answer
}

/// Serves connections until it is aborted; the connections end with it, as their set is dropped.
async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(serve(stream, Arc::clone(&shared)));
    }
}

async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    let service = service_fn(|request| respond(request, Arc::clone(&shared)));
    // A connection that breaks shows on the client's side, which is the one under test.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn respond(
    request: http::Request<Incoming>,
    shared: Arc<Shared>,
) -> Result<http::Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let Ok(body) = Limited::new(body, BODY_LIMIT).collect().await else {
        let mut refusal = http::Response::new(Full::default());
        *refusal.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
        return Ok(refusal);
    };
    shared.recorded().push(Recorded {
        method: head.method,
        uri: head.uri,
        headers: head.headers,
        body: body.to_bytes(),
    });
    Ok(shared.answer.clone())
}
