//! The one way out: a request in, an answer of success out.
//!
//! Every request of every client passes here, whatever it is for, so that what must hold for all of
//! them is decided in one place: the token, the default headers, the host, and later how often to try.

use http::header::{AUTHORIZATION, CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};
use http::{Method, StatusCode};
use reqwest::Url;
use uuid::Uuid;

use super::body::Body;
use super::opened::Opened;
use super::origin;
use super::request::Parts;
use super::{
    BoxFuture, Client, CredentialError, Error, Response, ServiceError, TransportError,
    UnfollowedLink,
};

/// The id that a client gives each request, for support to find it by.
const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");

/// Preferences of RFC 7240.
const PREFER: HeaderName = HeaderName::from_static("prefer");

/// Without this preference the service hides newer members of evolvable enums.
const UNKNOWN_MEMBERS: &str = "include-unknown-enum-members";

/// How many redirects in a row are followed.
const MAX_REDIRECTS: usize = 10;

/// A request as it goes out, but for what the pipeline adds.
pub(super) struct Outgoing {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Body,
    /// What holds for this request in place of what holds for its client.
    #[allow(dead_code, reason = "there is nothing to set as yet")]
    pub(super) settings: Settings,
}

/// What a request may have other than its client has it.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {}

/// Sends a request that was just built.
pub(super) fn send(parts: Box<Parts>) -> BoxFuture<'static, Result<Response, Error>> {
    Box::pin(async move {
        let outgoing = parts.outgoing()?;
        exchange(&parts.client, outgoing).await
    })
}

/// Sends a request and reads the answer to its end.
///
/// # Errors
///
/// Whatever keeps an answer of success from being had; see [`Error`].
pub(super) async fn exchange(client: &Client, outgoing: Outgoing) -> Result<Response, Error> {
    open(client, outgoing).await?.read().await
}

/// Sends a request and waits for the headers of an answer of success, whose body is then the
/// caller's to read.
///
/// # Errors
///
/// Whatever keeps an answer of success from being had; see [`Error`]. Other answers are read to their
/// end, so that the error has all of them.
pub(super) async fn open(client: &Client, mut outgoing: Outgoing) -> Result<Opened, Error> {
    origin::require_same_origin(&client.shared.endpoint, &outgoing.url)?;
    add_default_headers(client, &mut outgoing.headers)?;
    add_content_length(&mut outgoing);
    let client_request_id = client_request_id(&mut outgoing.headers)?;
    outgoing
        .headers
        .insert(AUTHORIZATION, authorization(client).await?);
    let opened = transport(client, outgoing, client_request_id).await?;
    if opened.status.is_success() {
        return Ok(opened);
    }
    Err(Error::Service(Box::new(ServiceError::new(
        opened.read().await?,
    ))))
}

fn add_default_headers(client: &Client, headers: &mut HeaderMap) -> Result<(), Error> {
    headers
        .entry(http::header::USER_AGENT)
        .or_insert_with(|| client.shared.user_agent.clone());
    let preferences = match headers.get(PREFER).map(HeaderValue::to_str) {
        Some(Ok(set)) if set.contains(UNKNOWN_MEMBERS) => return Ok(()),
        Some(Ok(set)) => format!("{UNKNOWN_MEMBERS}, {set}"),
        _ => UNKNOWN_MEMBERS.to_owned(),
    };
    headers.insert(PREFER, header_value(&preferences)?);
    Ok(())
}

/// Says how long the body is where the transport would not: of streams, and that there is none where
/// the method lets one be expected (RFC 9110 §8.6), as services answer 411 to silence.
fn add_content_length(outgoing: &mut Outgoing) {
    let expects_body = [Method::POST, Method::PUT, Method::PATCH].contains(&outgoing.method);
    let length = outgoing.body.length();
    if let Some(length) = length.filter(|length| expects_body || *length > 0) {
        outgoing.headers.insert(CONTENT_LENGTH, length.into());
    }
}

/// The id that the caller chose, else a new one, which is put among the headers.
fn client_request_id(headers: &mut HeaderMap) -> Result<String, Error> {
    if let Some(Ok(id)) = headers.get(CLIENT_REQUEST_ID).map(HeaderValue::to_str) {
        return Ok(id.to_owned());
    }
    let id = Uuid::new_v4().to_string();
    headers.insert(CLIENT_REQUEST_ID, header_value(&id)?);
    Ok(id)
}

fn header_value(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(text).map_err(|error| Error::InvalidRequest(error.to_string()))
}

async fn authorization(client: &Client) -> Result<HeaderValue, Error> {
    let shared = &client.shared;
    let scopes: Vec<&str> = shared.scopes.iter().map(String::as_str).collect();
    let token = shared.credential.get_token(&scopes).await;
    let token = token.map_err(Error::Credential)?;
    let mut value = HeaderValue::from_str(&format!("Bearer {}", token.secret())).map_err(|_| {
        Error::Credential(CredentialError::new("the token can't be put in a header"))
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// Hands a request to the transport and gives the answer, its body unread, following redirects within the host when it only reads.
///
/// A redirect of any other request is an answer like those of failure: to repeat the request at
/// another place is not the client's to decide.
async fn transport(
    client: &Client,
    mut outgoing: Outgoing,
    client_request_id: String,
) -> Result<Opened, Error> {
    let endpoint = &client.shared.endpoint;
    let only_reads = [Method::GET, Method::HEAD].contains(&outgoing.method);
    let mut followed = 0;
    loop {
        let answer = hand_over(client, &mut outgoing, &client_request_id).await?;
        // A transport that follows redirects by itself may have ended up anywhere.
        origin::require_same_origin(endpoint, answer.url())?;
        let Some(target) = redirect(&answer).filter(|_| only_reads) else {
            return Ok(Opened::new(answer, client_request_id));
        };
        let refusal = if !origin::is_same_origin(endpoint, &target) {
            Error::ForeignHost
        } else if followed == MAX_REDIRECTS {
            Error::RepeatedLink
        } else {
            followed += 1;
            outgoing.url = target;
            continue;
        };
        let response = Opened::new(answer, client_request_id).read().await?;
        let link = UnfollowedLink::redirected(target, response);
        return Err(refusal(Box::new(link)));
    }
}

async fn hand_over(
    client: &Client,
    outgoing: &mut Outgoing,
    client_request_id: &str,
) -> Result<reqwest::Response, Error> {
    let mut request = reqwest::Request::new(outgoing.method.clone(), outgoing.url.clone());
    *request.headers_mut() = outgoing.headers.clone();
    *request.body_mut() = outgoing.body.take();
    let answer = client.shared.http.execute(request).await;
    answer.map_err(|error| {
        Error::Transport(Box::new(TransportError::before_answer(
            client_request_id,
            error,
        )))
    })
}

/// Where an answer redirects to; `None` when it does not. 304 and its like lead nowhere.
fn redirect(answer: &reqwest::Response) -> Option<Url> {
    match answer.status() {
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => origin::redirect_target(answer.url(), answer.headers()),
        _ => None,
    }
}
