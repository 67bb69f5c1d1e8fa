//! One call of an operation: options, headers and a body in, what the pipeline sends out.

use std::error;
use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;

use bytes::Bytes;
use futures_core::Stream;
use http::header::{
    ACCEPT, AUTHORIZATION, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderMap, HeaderName,
    HeaderValue, TRANSFER_ENCODING,
};
use reqwest::{Method, Url};
use serde::Serialize;

use super::body::Body;
use super::content::{Content, Payload};
use super::filter::Condition;
use super::pipeline::Access;
use super::target::Target;
use super::{BoxFuture, Client, Error, Operation, Origin, RequestType, Resource, ResponseKind};
use super::{Undocumented, pipeline};

/// Headers that the pipeline and the transport answer for.
const RESERVED_HEADERS: [HeaderName; 5] = [
    AUTHORIZATION,
    CONNECTION,
    CONTENT_LENGTH,
    HOST,
    TRANSFER_ENCODING,
];

/// The header of preferences (RFC 7240), a list that may be given in parts.
const PREFER: HeaderName = HeaderName::from_static("prefer");

/// A request that is sent when it is awaited; `O` is the operation that it is for.
///
/// Besides the methods that every request has, there is one for each [option](super::options) that
/// the operation documents.
///
/// What can't be written as HTTP is remembered and surfaces as [`Error::InvalidRequest`] when the
/// request is sent, so that options chain without a `?` each.
#[must_use = "requests are sent when they are awaited"]
pub struct Request<O> {
    pub(super) parts: Box<Parts>,
    operation: PhantomData<fn() -> O>,
}

/// All of a request that does not depend on how its answer is read.
#[derive(Clone)]
pub(super) struct Parts {
    pub(super) client: Client,
    /// What the documentation says; `None` for what the caller wrote by hand.
    pub(super) operation: Option<&'static Operation>,
    pub(super) headers: HeaderMap,
    pub(super) target: Target,
    method: Method,
    pub(super) content: Payload,
    /// Whether a redirect to another host is followed there, without the token.
    pub(super) follow_download: bool,
    /// What the pipeline does otherwise for this request than for others of the client.
    pub(super) settings: pipeline::Settings,
    fault: Option<String>,
}

impl<O: RequestType> Request<O> {
    pub(super) fn new(place: &Resource, operation: &'static Operation) -> Self {
        let mut parts = Parts::documented(place, operation, O::Response::ACCEPT);
        parts.follow_download = O::Response::FOLLOWS_DOWNLOAD;
        Self::from_parts(parts)
    }

    /// Sends the request, as awaiting it does.
    ///
    /// # Errors
    ///
    /// Whatever keeps the output from being had; see [`Error`].
    pub fn send(self) -> BoxFuture<'static, Result<<O::Response as ResponseKind>::Output, Error>> {
        Box::pin(async move {
            let client = self.parts.client.clone();
            let response = pipeline::send(self.parts).await?;
            O::Response::decode(response, &Origin::of(&client))
        })
    }
}

impl<O> Request<O> {
    pub(super) fn from_parts(parts: Parts) -> Self {
        Self {
            parts: Box::new(parts),
            operation: PhantomData,
        }
    }

    pub(super) fn into_parts(self) -> Parts {
        *self.parts
    }

    /// Sets a query option, such as `$filter`, in place of one of the same name.
    pub fn query(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.parts.target.query.set(name, &value.to_string());
        self
    }

    /// Adds to a query option that is a list.
    pub(super) fn query_list(mut self, name: &str, values: &str) -> Self {
        if !values.is_empty() {
            self.parts.target.query.extend(name, values);
        }
        self
    }

    /// Sets a query option that is a condition.
    pub(super) fn query_condition(mut self, name: &str, condition: Condition) -> Self {
        match condition.into_text() {
            Ok(text) => self.parts.target.query.set(name, &text),
            Err(fault) => self.parts.note(fault),
        }
        self
    }

    /// Sets a header in place of one of the same name; values of `Prefer` are added to what is there.
    ///
    /// `Authorization` comes from the credential, and the headers that frame a message from the
    /// transport: setting one of those is an [`Error::InvalidRequest`].
    pub fn header(mut self, name: &str, value: impl AsRef<str>) -> Self {
        self.parts.set_header(name, value.as_ref());
        self
    }

    pub(super) fn with_json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        self.parts.set_json(serde_json::to_vec(body));
        self
    }

    pub(super) fn with_content(mut self, media_type: &str, body: impl Into<Content>) -> Self {
        self.parts.set_header(CONTENT_TYPE.as_str(), media_type);
        self.parts.content = body.into().0;
        self
    }

    /// Sets the body to a stream of exactly `length` bytes, sent as they are made and not kept; in
    /// place of any other body. `application/octet-stream` unless a header says otherwise.
    ///
    /// Such a request is sent once, however it fails: what has been sent can't be made again. A clone
    /// of it shares the stream, and fails with [`Error::InvalidRequest`] when that was sent. A stream that
    /// fails, or is shorter or longer than `length`, breaks the connection off: [`Error::Transport`]. With a
    /// `length` of 0 nothing is asked of it.
    pub fn body_stream<S, E>(mut self, length: u64, stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn error::Error + Send + Sync>> + 'static,
    {
        self.parts.default_content_type();
        self.parts.content = Content::stream(length, stream).0;
        self
    }

    /// The operation that this is a request for; `None` for [raw](Client::request) requests.
    #[must_use]
    pub fn operation(&self) -> Option<&'static Operation> {
        self.parts.operation
    }
}

impl<R: ResponseKind> Request<Undocumented<R>> {
    /// Sets the body to the JSON of `body`.
    pub fn body(self, body: &(impl Serialize + ?Sized)) -> Self {
        self.with_json(body)
    }

    /// Sets the body to bytes as they are; `application/octet-stream` unless a header says otherwise.
    pub fn bytes(mut self, body: impl Into<Content>) -> Self {
        self.parts.default_content_type();
        self.parts.content = body.into().0;
        self
    }
}

impl<O: RequestType> IntoFuture for Request<O> {
    type Output = Result<<O::Response as ResponseKind>::Output, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

impl<O> Clone for Request<O> {
    fn clone(&self) -> Self {
        Self {
            parts: self.parts.clone(),
            operation: PhantomData,
        }
    }
}

// Values of headers and the body may be secret; their names and size are enough to find one's way.
impl<O> fmt::Debug for Request<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = &self.parts;
        let headers: Vec<&str> = parts.headers.keys().map(HeaderName::as_str).collect();
        f.debug_struct("Request")
            .field(
                "operation",
                &parts.operation.map(|operation| operation.name),
            )
            .field("method", &parts.method.as_str())
            .field("path", &parts.target.shown())
            .field("query", &parts.target.query)
            .field("headers", &headers)
            .field("body_length", &parts.content.len())
            .finish_non_exhaustive()
    }
}

impl Parts {
    /// A request for an operation at a place.
    fn documented(place: &Resource, operation: &'static Operation, accept: &'static str) -> Self {
        let method = Method::from_bytes(operation.method.as_bytes());
        let mut parts = Self {
            operation: Some(operation),
            ..Self::new(place.client(), accept, Target::place(place.path()))
        };
        parts.settings.operation = Some(operation);
        if let Some(fault) = place.fault() {
            parts.note(fault.to_owned());
        }
        match method {
            Ok(method) => parts.method = method,
            Err(_) => parts.note(format!("`{}` is no HTTP method", operation.method)),
        }
        parts
    }

    /// A request for what the caller wrote.
    pub(super) fn written(
        client: &Client,
        method: Method,
        path: &str,
        accept: &'static str,
    ) -> Self {
        let (target, fault) = match Target::written(path) {
            Ok(target) => (target, None),
            Err(fault) => (Target::place(""), Some(fault)),
        };
        Self {
            method,
            fault,
            ..Self::new(client, accept, target)
        }
    }

    fn new(client: &Client, accept: &'static str, target: Target) -> Self {
        let mut headers = HeaderMap::with_capacity(pipeline::HEADERS);
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        Self {
            client: client.clone(),
            operation: None,
            headers,
            target,
            method: Method::GET,
            content: Payload::None,
            follow_download: false,
            settings: pipeline::Settings::default(),
            fault: None,
        }
    }

    /// What goes out.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] for whatever was set that can't be sent.
    pub(super) fn outgoing(&self) -> Result<pipeline::Outgoing, Error> {
        self.clone().into_outgoing()
    }

    /// As [`Parts::outgoing`], of a request that is not sent again.
    pub(super) fn into_outgoing(self) -> Result<pipeline::Outgoing, Error> {
        let url = self.url();
        if let Some(fault) = self.fault {
            return Err(Error::InvalidRequest(fault));
        }
        Ok(pipeline::Outgoing {
            url: url?,
            method: self.method,
            headers: self.headers,
            body: self.content.to_body()?,
            access: Access::Token,
            follow_redirects: true,
            settings: self.settings,
        })
    }

    /// Makes this the request for what a link of the service leads to.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] for what is no link. The link itself may hold what an error should
    /// not print.
    pub(super) fn follow(&mut self, link: &str) -> Result<(), Error> {
        let url = self.url()?.join(link).map_err(|error| {
            Error::InvalidRequest(format!("the link to a page can't be read: {error}"))
        })?;
        self.target = Target::link(&url);
        self.method = Method::GET;
        self.headers.remove(CONTENT_TYPE);
        self.content = Payload::None;
        Ok(())
    }

    /// As [`Parts::follow`], the error being one of the request.
    pub(super) fn resume(&mut self, link: &str) {
        match self.follow(link) {
            Err(Error::InvalidRequest(fault)) => self.note(fault),
            Err(error) => self.note(error.to_string()),
            Ok(()) => {}
        }
    }

    /// What goes out for another URL in place of this one: without headers and content.
    pub(super) fn outgoing_to(&self, url: Url) -> pipeline::Outgoing {
        pipeline::Outgoing {
            method: self.method.clone(),
            url,
            headers: HeaderMap::new(),
            body: Body::Empty,
            access: Access::Token,
            follow_redirects: true,
            settings: self.settings.clone(),
        }
    }

    /// The link that this is a request for, if it is one.
    pub(super) fn link(&self) -> Option<String> {
        self.target.as_link()
    }

    /// Where the request goes.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] when what the caller wrote is no place.
    pub(super) fn url(&self) -> Result<Url, Error> {
        self.target.url(&self.client.shared.endpoint)
    }

    fn set_header(&mut self, name: &str, value: &str) {
        let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
            return self.note(format!("`{name}` is no name of a header"));
        };
        if RESERVED_HEADERS.contains(&header) {
            return self.note(format!("the header `{name}` is not for the caller to set"));
        }
        let value = match self.headers.get(&header).map(HeaderValue::to_str) {
            Some(Ok(earlier)) if header == PREFER => format!("{earlier}, {value}"),
            _ => value.to_owned(),
        };
        match HeaderValue::from_str(&value) {
            Ok(value) => drop(self.headers.insert(header, value)),
            Err(_) => self.note(format!(
                "the value of `{name}` holds characters no header can"
            )),
        }
    }

    pub(super) fn set_json(&mut self, json: Result<Vec<u8>, serde_json::Error>) {
        match json {
            Ok(json) => {
                let json_type = HeaderValue::from_static("application/json");
                self.headers.insert(CONTENT_TYPE, json_type);
                self.content = Payload::Bytes(json.into());
            }
            Err(error) => self.note(format!("the body can't be written as JSON: {error}")),
        }
    }

    /// Says that the body is bytes, unless it is said what they are.
    fn default_content_type(&mut self) {
        let bytes = HeaderValue::from_static("application/octet-stream");
        self.headers.entry(CONTENT_TYPE).or_insert(bytes);
    }

    fn note(&mut self, fault: String) {
        self.fault.get_or_insert(fault);
    }
}
