//! [`Origin`]: where an answer comes from, and what the links in its headers are relative to.

use reqwest::Url;

use super::Client;

/// Where an answer comes from: the client that asked.
///
/// It is handed to each [`ResponseKind`](super::ResponseKind), for outputs that lead on.
pub struct Origin<'a> {
    client: &'a Client,
}

impl<'a> Origin<'a> {
    pub(super) fn of(client: &'a Client) -> Self {
        Self { client }
    }

    /// The client that asked.
    #[must_use]
    pub fn client(&self) -> &'a Client {
        self.client
    }

    /// A link of the answer as an absolute URL.
    ///
    /// Services write paths from the root of their host, as HTTP has it, and from the root of the API:
    /// `/v1.0/teams('1')` and `/teams('1')`. A path without a version belongs below the endpoint, as does
    /// one without a slash at its start.
    pub(super) fn resolve(&self, link: &str) -> Option<Url> {
        let endpoint = &self.client.shared.endpoint;
        let root = endpoint.as_str().trim_end_matches('/');
        if is_below_the_api(endpoint, link) {
            return Url::parse(&format!("{root}{link}")).ok();
        }
        Url::parse(&format!("{root}/")).ok()?.join(link).ok()
    }
}

/// Whether a link is a path from the root of the API.
fn is_below_the_api(endpoint: &Url, link: &str) -> bool {
    let Some(path) = link.strip_prefix('/') else {
        return false;
    };
    let base = endpoint.path().trim_matches('/');
    let of_endpoint = path
        .strip_prefix(base)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let first = path.split('/').next().unwrap_or_default();
    !path.starts_with('/') && !base.is_empty() && !of_endpoint && !is_version(first)
}

/// Whether a segment is a version of the API: `beta`, `v1.0`.
fn is_version(segment: &str) -> bool {
    let number = segment
        .strip_prefix('v')
        .and_then(|rest| rest.chars().next());
    segment == "beta" || number.is_some_and(|sign| sign.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_without_a_version_are_below_the_api() {
        let table = [
            ("https://h/v1.0", "/teams('1')/operations('2')", true),
            ("https://h/v1.0", "/v1.0/teams/1", false),
            ("https://h/v1.0", "/beta/teams/1", false),
            ("https://h/v1.0", "/voices/1", true),
            ("https://h/v1.0", "operations/1", false),
            ("https://h/v1.0", "//other/x", false),
            ("https://h/v1.0", "https://other/x", false),
            ("https://h/api/v2", "/api/v2/x", false),
            ("https://h/api/v2", "/api/v20/x", true),
            ("https://h", "/x", false),
        ];
        for (endpoint, link, expected) in table {
            let url = Url::parse(endpoint).expect(endpoint);
            assert_eq!(is_below_the_api(&url, link), expected, "{endpoint} {link}");
        }
    }
}
