//! The HTTP client that generated request builders stand on.
//!
//! The way of a call: a [`Client`] knows the endpoint and the credential; a [`Resource`] is a place
//! below it; a [`Request`] is for one [documented operation](DocumentedOperation) on that place, a
//! value until it is awaited. Every request, the pages of a list included, goes through one pipeline, which adds the
//! token, the default headers and the `client-request-id`, keeps to the configured host, and turns
//! what comes back into the output or into an [`Error`] that loses nothing of the answer.
//!
//! Calls that fail for now are tried again where that can do no harm ([`StandardRetry`] has the rules, and
//! [`ClientBuilder::retry`] takes others), and come to an end in time ([`ClientBuilder::deadline`]).
//! [`Error::attempts`] tells how often the request was sent, [`Error::is_retryable`] whether it may be sent again.
//! With the feature `tracing`, which is on by default, each call is a span.
//!
//! Downloads are documented as `302 Found` with a `Location` on another host, which opens without a
//! token. Requests for operations that are documented so go there, without the token, and
//! [`Request::follow_download`] has others do so. Without it the client goes to no other host: such an
//! answer is an [`Error::ForeignHost`], and [`Error::location`] is the address to fetch the content from, by
//! other means. [`ClientBuilder::stay_on_host`] has it so for all.
//!
//! | to | there is |
//! |---|---|
//! | put conditions together | [`filter::field`] |
//! | read a list | [`Request::into_stream`], [`Request::into_pages`] |
//! | go on with a list, or read what has changed | [`Request::resume`] |
//! | call what no generated type stands for | [`Client::get`] and its kin, [`Client::request`] |
//! | send up to twenty requests as one | [`Client::batch`] |
//! | take a body as it comes | [`Request::download`] |
//! | send a body as it is made | [`Content::stream`], [`Request::body_stream`] |
//! | upload a large file | [`Upload::upload`], [`Client::upload_session`] |
//! | wait for what goes on after its answer | [`Accepted::wait`], [`Request::start`] |
//! | link an object to another by `$ref` | [`Reference`](crate::model::Reference), [`Place`] |

mod answer;
#[cfg(feature = "azure-identity")]
mod azure;
mod batch;
mod body;
mod budget;
mod builder;
mod challenge;
mod cloud;
mod content;
mod credential;
mod delta;
mod documented;
mod download;
mod encode;
mod error;
pub mod filter;
mod limits;
mod linked;
mod long_running;
mod opened;
mod operation;
pub mod options;
mod origin;
mod paging;
mod patience;
mod pipeline;
mod place;
mod query;
mod raw;
mod request;
mod resource;
mod response;
mod retry;
mod retry_after;
mod service_error;
mod target;
mod trail;
mod token_cache;
mod trace;
mod transport;
mod transport_error;
mod unfollowed_link;
mod upload;
mod warning;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use reqwest::Url;

pub use self::answer::Answer;
#[cfg(feature = "azure-identity")]
pub use self::azure::AzureCredential;
pub use self::batch::{Batch, BatchAnswers, BatchPart};
pub use self::builder::ClientBuilder;
#[cfg(all(feature = "replay", feature = "rustls"))]
pub(crate) use self::builder::ensure_crypto_provider;
pub use self::cloud::Cloud;
pub use self::content::Content;
pub use self::credential::{
    AccessToken, CredentialError, StaticToken, TokenCredential, TokenRequest,
};
pub use self::documented::{DocumentedOperation, RequestType, Undocumented};
pub use self::download::Download;
pub use self::error::{DecodeError, Error};
pub use self::linked::Origin;
pub use self::long_running::{
    Accepted, OperationError, OperationErrorKind, OperationState, Outcome, Poller, StatusReport,
};
pub use self::operation::{DocumentedError, Operation, PermissionSet, Permissions};
pub use self::paging::{Items, Pages};
pub use self::place::Place;
pub use self::request::Request;
pub use self::resource::{Resource, enum_literal};
pub use self::response::{
    AnyJson, Count, Json, LinkedBytes, ListKind, NoContent, Raw, RawBytes, Response, ResponseKind,
    Single, Text,
};
pub use self::retry::{FailedAttempt, NoRetry, RetryPolicy, StandardRetry};
pub use self::retry_after::RetryAfter;
pub use self::service_error::{ErrorDetail, InnerError, ServiceError, ServiceErrorKind};
pub use self::transport_error::{TransportError, TransportErrorKind};
pub use self::unfollowed_link::UnfollowedLink;
pub use self::upload::{ByteSource, Upload, UploadSession, UploadStatus};
pub use self::warning::Warning;
pub use bytes::Bytes;
pub use futures_core::Stream;
pub use http::{HeaderMap, Method, StatusCode};
pub use jiff::Timestamp;

/// A future on the heap that may move between threads: what credentials and awaited requests are.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Where requests go and in whose name. Clones share one connection pool and one credential.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

/// What all clones of a client have in common.
struct Shared {
    endpoint: Url,
    http: reqwest::Client,
    tokens: token_cache::TokenCache,
    user_agent: http::HeaderValue,
    limits: limits::Limits,
    budget: budget::Budget,
}

impl Client {
    /// Starts a client for the v1.0 endpoint of the global Microsoft Graph cloud;
    /// [`ClientBuilder::endpoint`] chooses another.
    pub fn builder(credential: impl TokenCredential + 'static) -> ClientBuilder<Client> {
        ClientBuilder::new(credential, "https://graph.microsoft.com/v1.0")
    }

    /// The base URL that paths are appended to, version included, without a slash at its end.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        self.shared.endpoint.as_str().trim_end_matches('/')
    }

    /// The place that every path starts from.
    #[must_use]
    pub fn root(&self) -> Resource {
        Resource::root(self.clone())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("endpoint", &self.endpoint())
            .finish_non_exhaustive()
    }
}
