//! What generated Microsoft Graph crates stand on: models that lose nothing, and a client to trust.
//!
//! Generated crates bring types of their own. By itself, this one calls what no page describes: any path,
//! any JSON, on the same pipeline.
//!
//! ```no_run
//! use graph_runtime::filter::field;
//! use graph_runtime::model::{Collection, Json as Value};
//! use graph_runtime::{Client, Error, Json, Method, StaticToken};
//!
//! async fn high_alerts(token: String) -> Result<(), Error> {
//!     let client = Client::builder(StaticToken::new(token)).build()?;
//!
//!     // A list is a stream: a page is fetched when the items before it are used up.
//!     let high = field("status").eq("new").and(field("severity").eq("high"));
//!     let list = client.request::<Json<Collection<Value>>>(Method::GET, "/security/alerts_v2");
//!     let mut alerts = list.filter(high).top(50).into_stream();
//!     while let Some(alert) = alerts.try_next().await? {
//!         println!("{}", alert["title"]);
//!     }
//!
//!     // A request is a value that is sent when it is awaited.
//!     let comment = serde_json::json!({"comment": "looked into"});
//!     match client.post("/security/alerts_v2/7/comments").body(&comment).await {
//!         Ok(comments) => println!("{comments}"),
//!         // The client has waited and tried again by itself, as far as that does no harm.
//!         Err(error) if error.is_retryable() => println!("to be tried later: {error}"),
//!         Err(error) if error.may_have_been_carried_out() => println!("to be looked at: {error}"),
//!         Err(error) => return Err(error),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! | about | see |
//! |---|---|
//! | values as they are on the wire | [`model`] |
//! | signing in | [`TokenCredential`], [`StaticToken`], [`Cloud`]; `AzureCredential` with the feature `azure-identity` |
//! | settings and bounds | [`ClientBuilder`] |
//! | requests and their options | [`Request`], [`options`], [`filter`] |
//! | lists, and what has changed since | [`Request::into_stream`], [`Request::into_pages`], [`Request::resume`] |
//! | trying again | [`StandardRetry`], [`RetryPolicy`], [`NoRetry`] |
//! | errors | [`Error`], [`ServiceError`], [`TransportError`] |
//! | many requests as one | [`Batch`] |
//! | files | [`Request::download`], [`Request::body_stream`], [`UploadSession`] |
//! | what goes on after its answer | [`Request::start`], [`Poller`] |
//! | documented exchanges as tests | `replay`, with the feature of that name |

pub mod model;

#[cfg(feature = "client")]
pub mod client;

#[cfg(feature = "replay")]
pub mod replay;

#[cfg(feature = "client")]
pub use client::*;

/// What the macros of this crate name, so that a crate using them needs no dependency of its own.
#[doc(hidden)]
pub mod __private {
    pub use serde;
}
