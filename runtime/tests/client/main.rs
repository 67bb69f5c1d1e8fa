//! The client against a real server on loopback.

mod batch;
mod batch_posts;
mod batch_server;
mod content;
mod credentials;
mod errors;
mod expression;
mod filters;
mod faults;
mod hosts;
mod long_running;
mod paging;
mod raw;
mod relative_paths;
mod requests;
mod retry;
mod resuming;
mod server;
mod upload;
mod table;
mod tokens;
#[cfg(feature = "tracing")]
mod traces;
mod wire;

use graph_runtime::{Client, Operation, Permissions, Resource, StaticToken};
use server::Server;

/// The token that no `Debug` and no foreign host may see.
const SECRET: &str = "eyJ0-secret-token";

const GET: Operation = operation("Get task", "GET");
const LIST: Operation = operation("List tasks", "GET");
const CREATE: Operation = operation("Create task", "POST");
const UPDATE: Operation = operation("Update task", "PATCH");
const DELETE: Operation = operation("Delete task", "DELETE");

const fn operation(name: &'static str, method: &'static str) -> Operation {
    Operation {
        name,
        method,
        path_templates: &["/tasks/{id}"],
        permissions: Permissions {
            delegated_work: None,
            delegated_personal: None,
            application: None,
        },
        errors: &[],
        documentation: Some("https://learn.microsoft.com/graph/api/overview"),
    }
}

/// A client as it is made without further settings.
fn client(server: &Server) -> Client {
    Client::builder(StaticToken::new(SECRET))
        .endpoint(server.url("/beta"))
        .build()
        .expect("a client for loopback")
}

/// A place of a client that tries once, over a [`transport`] of its own.
fn tasks(server: &Server) -> Resource {
    let client = Client::builder(StaticToken::new(SECRET))
        .endpoint(server.url("/beta"))
        .http_client(transport())
        .no_retry()
        .build()
        .expect("a client for loopback");
    client.root().segment("tasks")
}

/// A transport that loads no certificates, which would be most of the work of a test without TLS.
fn transport() -> reqwest::Client {
    // An error means that there is a provider already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .tls_certs_only([])
        .build()
        .expect("a transport")
}
