//! [`UnfollowedLink`]: a link and the answer it came in to what a log may say of both.

use std::fmt;

use reqwest::Url;

use super::Response;
use super::error::write_ids;
use super::response::header_text;

/// A link or the target of a redirect that the client did not go to.
///
/// Links can be keys: a pre-authenticated one opens what it leads to for whoever holds it. `Debug`
/// and `Display` therefore print scheme, host and path; [`UnfollowedLink::url`] has all of it.
pub struct UnfollowedLink {
    url: Url,
    response: Option<Response>,
}

impl UnfollowedLink {
    /// A link that was refused before anything was sent to it.
    pub(super) fn unasked(url: Url) -> Self {
        Self {
            url,
            response: None,
        }
    }

    /// A link that an answer redirects to.
    pub(super) fn redirected(url: Url, response: Response) -> Self {
        Self {
            url,
            response: Some(response),
        }
    }

    /// The absolute URL, query and all. It may be secret: not for logs, and not for the token.
    #[must_use]
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// The endpoint's own answer that redirects there. `None` for links out of a body, and for what
    /// a transport has followed by itself: what a foreign host answers is not the service's word.
    #[must_use]
    pub fn response(&self) -> Option<&Response> {
        self.response.as_ref()
    }
}

impl fmt::Display for UnfollowedLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&public_part(&self.url))?;
        let Some(response) = &self.response else {
            return Ok(());
        };
        write_ids(
            f,
            header_text(&response.headers, "request-id"),
            Some(&response.client_request_id),
            response.attempts,
        )
    }
}

impl fmt::Debug for UnfollowedLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnfollowedLink")
            .field("url", &public_part(&self.url))
            .field("response", &self.response)
            .finish()
    }
}

/// Scheme, host, port and path; of a URL without a host, whose path can be anything, the scheme.
fn public_part(url: &Url) -> String {
    let scheme = url.scheme();
    let Some(host) = url.host_str() else {
        return format!("{scheme}:");
    };
    let port = url.port().map(|port| format!(":{port}"));
    format!(
        "{scheme}://{host}{}{}",
        port.unwrap_or_default(),
        url.path()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_part_is_printed() {
        let table = [
            (
                "https://files.example/a/b?sig=SECRET#SECRET",
                "https://files.example/a/b",
            ),
            ("https://u:SECRET@[::1]:8443/a", "https://[::1]:8443/a"),
            ("data:text/plain,SECRET", "data:"),
        ];
        for (text, printed) in table {
            let link = UnfollowedLink::unasked(Url::parse(text).expect(text));
            assert_eq!(link.to_string(), printed);
            assert!(!format!("{link:?}").contains("SECRET"), "{link:?}");
            assert_eq!(link.url(), text);
        }
    }
}
