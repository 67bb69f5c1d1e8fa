//! Raw access: any method and any path in, a request on the same pipeline out.
//!
//! For what no generated type stands for: operations newer than the documents, other versions of
//! the API, odd paths.

use http::HeaderValue;
use http::header::ACCEPT;
use reqwest::Method;

use super::request::Parts;
use super::{AnyJson, Client, Json, Request, ResponseKind, Undocumented};
use crate::model;

/// A request that gives the JSON that the answer holds.
type JsonRequest = Request<Undocumented<Json<model::Json>>>;

/// The same of a change, which services may answer without a body.
type ChangeRequest = Request<Undocumented<AnyJson>>;

impl Client {
    /// A request of any method, whose answer is read as `R` says.
    ///
    /// `path` is below the endpoint, version excluded: `/users?$top=5`. It is sent as it is
    /// written; only what no URL can hold, such as spaces, is encoded, so keys from outside belong
    /// into [`Resource::key`](crate::Resource::key) or are encoded before. An absolute URL is taken
    /// too, for the endpoint's own scheme, host and port.
    ///
    /// Paths with `..`, backslashes, control characters or a fragment surface as
    /// [`Error::InvalidRequest`](crate::Error::InvalidRequest) when the request is sent, and URLs of
    /// other hosts as [`Error::ForeignHost`](crate::Error::ForeignHost).
    ///
    /// ```
    /// use graph_runtime::model::{Collection, Json as Value};
    /// use graph_runtime::{Client, Error, Json, Method};
    ///
    /// async fn users(client: &Client) -> Result<Vec<Value>, Error> {
    ///     let request = client.request::<Json<Collection<Value>>>(Method::GET, "/users");
    ///     Ok(request.select(["id"]).top(5).await?.value)
    /// }
    /// ```
    pub fn request<R: ResponseKind>(&self, method: Method, path: &str) -> Request<Undocumented<R>> {
        let mut parts = Parts::written(self, method, path, R::ACCEPT);
        parts.follow_download = R::FOLLOWS_DOWNLOAD;
        Request::from_parts(parts)
    }

    /// A `GET` of any path, which gives the answer's JSON. Paths are those of [`Client::request`].
    pub fn get(&self, path: &str) -> JsonRequest {
        self.request(Method::GET, path)
    }

    /// A `POST` to any path, which gives the answer's JSON, `null` where the answer has no body. Paths are
    /// those of [`Client::request`].
    pub fn post(&self, path: &str) -> ChangeRequest {
        self.request(Method::POST, path)
    }

    /// A `PATCH` of any path, which gives the answer's JSON, `null` where the answer has no body. Paths are
    /// those of [`Client::request`].
    pub fn patch(&self, path: &str) -> ChangeRequest {
        self.request(Method::PATCH, path)
    }

    /// A `PUT` to any path, which gives the answer's JSON, `null` where the answer has no body. Paths are
    /// those of [`Client::request`].
    pub fn put(&self, path: &str) -> ChangeRequest {
        self.request(Method::PUT, path)
    }

    /// A `DELETE` of any path; the answer has no body, or none that matters. Paths are those of
    /// [`Client::request`].
    pub fn delete(&self, path: &str) -> Request<Undocumented<super::NoContent>> {
        self.request(Method::DELETE, path)
    }
}

impl<R: ResponseKind> Request<Undocumented<R>> {
    /// The same request, its answer read as `S` says:
    /// `client.get("/me/photo/$value").read_as::<RawBytes>()`.
    pub fn read_as<S: ResponseKind>(self) -> Request<Undocumented<S>> {
        let mut parts = self.into_parts();
        if parts.headers.get(ACCEPT) == Some(&HeaderValue::from_static(R::ACCEPT)) {
            let accept = HeaderValue::from_static(S::ACCEPT);
            parts.headers.insert(ACCEPT, accept);
        }
        parts.follow_download |= S::FOLLOWS_DOWNLOAD;
        Request::from_parts(parts)
    }
}
