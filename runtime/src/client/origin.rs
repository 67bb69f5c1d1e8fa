//! Which host the token may go to: an endpoint or a link in, allowed or not out.

use reqwest::Url;
use reqwest::header::HeaderMap;

use super::{Error, UnfollowedLink};

/// Reads the base URL of an API.
///
/// # Errors
///
/// [`Error::Endpoint`] for text that is no absolute `http` or `https` URL, for user information, a
/// query or a fragment in it, and for `http` to a host other than this machine. Any part of the
/// text may be a secret in the wrong place, so the error names scheme and host at most.
pub(super) fn parse_endpoint(text: &str) -> Result<Url, Error> {
    let url = Url::parse(text)
        .map_err(|error| Error::Endpoint(format!("the endpoint is no absolute URL: {error}")))?;
    match fault(&url) {
        Some(fault) => Err(Error::Endpoint(format!(
            "the endpoint{}: {fault}",
            at(&url)
        ))),
        None => Ok(url),
    }
}

/// What makes a URL no endpoint.
fn fault(url: &Url) -> Option<&'static str> {
    if !url.username().is_empty() || url.password().is_some() {
        return Some("a user name or password is in it; the credential is what signs in");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Some("a base URL has no query and no fragment");
    }
    match url.scheme() {
        "https" => None,
        "http" if is_loopback(url) => None,
        "http" => Some("a token goes over https only; http is for hosts on this machine"),
        _ => Some("only https URLs can be called"),
    }
}

/// Where a URL leads, for an error. Nothing for schemes that are not the web's: `user:password`
/// reads as a URL too, with the user for a scheme.
fn at(url: &Url) -> String {
    match (url.scheme(), url.host_str()) {
        (scheme @ ("http" | "https"), Some(host)) => format!(" at {scheme}://{host}"),
        _ => String::new(),
    }
}

/// Whether the URL names this very machine, so that what is sent to it leaves no network card.
fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else {
        return false;
    };
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// The scope that stands for all permissions granted to the application at that host.
pub(super) fn default_scope(endpoint: &Url) -> String {
    let host = endpoint.host_str().unwrap_or_default();
    format!("{}://{host}/.default", endpoint.scheme())
}

/// Lets a URL through that is at the endpoint's scheme, host and port.
///
/// # Errors
///
/// [`Error::ForeignHost`] for any other.
pub(super) fn require_same_origin(endpoint: &Url, url: &Url) -> Result<(), Error> {
    if is_same_origin(endpoint, url) {
        return Ok(());
    }
    let link = UnfollowedLink::unasked(url.clone());
    Err(Error::ForeignHost(Box::new(link)))
}

/// Whether the URL is at the endpoint's scheme, host and port.
pub(super) fn is_same_origin(endpoint: &Url, url: &Url) -> bool {
    // Endpoints are `http` or `https`, so that this is their origin, compared without writing it down.
    endpoint.scheme() == url.scheme()
        && endpoint.host_str() == url.host_str()
        && endpoint.port_or_known_default() == url.port_or_known_default()
}

/// Lets a URL through that may be called by the link alone.
///
/// # Errors
///
/// [`Error::InvalidRequest`] for any other; the link, which may be a key, is not in it.
pub(super) fn require_safe_without_token(url: &Url) -> Result<(), Error> {
    match is_safe_without_token(url) {
        true => Ok(()),
        false => Err(Error::InvalidRequest(format!(
            "the link{} is not https",
            at(url)
        ))),
    }
}

/// Whether nobody on the way can read along: https, or a host on this machine.
pub(super) fn is_safe_without_token(url: &Url) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => is_loopback(url),
        _ => false,
    }
}

/// Where a redirect leads, as an absolute URL; `None` without a readable `Location`.
pub(super) fn redirect_target(from: &Url, headers: &HeaderMap) -> Option<Url> {
    let location = headers.get(reqwest::header::LOCATION)?;
    from.join(location.to_str().ok()?).ok()
}
