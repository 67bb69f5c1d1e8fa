//! Which host the token may go to: an endpoint or a link in, allowed or not out.

use reqwest::Url;
use reqwest::header::HeaderMap;

use super::Error;

/// Reads the base URL of an API.
///
/// # Errors
///
/// [`Error::Endpoint`] for text that is no absolute `http` or `https` URL, for user information, a
/// query or a fragment in it, and for `http` to a host other than this machine.
pub(super) fn parse_endpoint(text: &str) -> Result<Url, Error> {
    let refuse = |reason: &str| Error::Endpoint(format!("endpoint `{text}`: {reason}"));
    let url = Url::parse(text).map_err(|error| refuse(&error.to_string()))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::Endpoint(
            "the endpoint carries a user name or password; the credential is what signs in"
                .to_owned(),
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refuse("a base URL has no query and no fragment"));
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(refuse(
            "a token goes over https only; http is for hosts on this machine",
        )),
        _ => Err(refuse("only https URLs can be called")),
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
    if endpoint.origin() == url.origin() {
        return Ok(());
    }
    Err(Error::ForeignHost {
        url: url.to_string(),
    })
}

/// Where a redirect leads, as an absolute URL; `None` without a readable `Location`.
pub(super) fn redirect_target(from: &Url, headers: &HeaderMap) -> Option<Url> {
    let location = headers.get(reqwest::header::LOCATION)?;
    from.join(location.to_str().ok()?).ok()
}
