//! A server on loopback that gives one answer to everything: for answers that a service gives when
//! it is not itself.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A running server. It stops when it is dropped.
#[derive(Debug)]
pub struct Canned {
    address: SocketAddr,
    serving: JoinHandle<()>,
}

#[derive(Debug)]
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Canned {
    /// Starts a server that answers everything with that status, these headers and that body.
    ///
    /// # Panics
    ///
    /// When loopback has no free port, or a header is none.
    pub async fn start(
        status: u16,
        headers: &[(&'static str, &'static str)],
        body: &'static str,
    ) -> Self {
        let status = StatusCode::from_u16(status).expect("a status has three digits");
        let headers = headers.iter().map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        });
        let answer = Answer {
            status,
            headers: headers.collect(),
            body: Bytes::from_static(body.as_bytes()),
        };
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound socket has an address");
        let router = Router::new().fallback(give).with_state(Arc::new(answer));
        let serving = tokio::spawn(async move {
            axum::serve(listener, router)
                .await
                .expect("a bound socket accepts");
        });
        Self { address, serving }
    }

    /// The base URL.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}/beta", self.address)
    }
}

impl Drop for Canned {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn give(State(answer): State<Arc<Answer>>) -> Response<Body> {
    let mut response = Response::new(Body::from(answer.body.clone()));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers.clone();
    response
}
