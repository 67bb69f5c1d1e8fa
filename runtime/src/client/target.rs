//! Where a request goes: a place below the endpoint, a path that the caller wrote, or a link of the
//! service in, a URL out.

use percent_encoding::percent_decode_str;
use reqwest::Url;

use super::Error;
use super::query::Query;

/// Where a request goes.
#[derive(Clone)]
pub(super) struct Target {
    base: Base,
    pub(super) query: Query,
}

/// The part before the query.
#[derive(Clone)]
enum Base {
    /// A path below the endpoint, encoded, with a slash at its start.
    Path(String),
    /// An absolute URL, of which nobody has yet said that a token may go there.
    Url(String),
}

impl Target {
    /// A place below the endpoint.
    pub(super) fn place(path: &str) -> Self {
        Self {
            base: Base::Path(path.to_owned()),
            query: Query::default(),
        }
    }

    /// What a caller wrote: a path below the endpoint, with or without a query, or an absolute URL.
    ///
    /// # Errors
    ///
    /// Why it can't be one. The text itself may be secret and is not repeated.
    pub(super) fn written(text: &str) -> Result<Self, String> {
        let (path, query) = match text.split_once('?') {
            Some((path, query)) => (path, Query::parse(query)),
            None => (text, Query::default()),
        };
        if let Some(fault) = fault(text, path) {
            return Err(fault.to_owned());
        }
        let base = if is_absolute(path) {
            let url = Url::parse(path).map_err(|error| format!("no URL: {error}"))?;
            Base::Url(url.into())
        } else {
            Base::Path(format!("/{}", path.strip_prefix('/').unwrap_or(path)))
        };
        Ok(Self { base, query })
    }

    /// A link as the service gave it.
    pub(super) fn link(link: &Url) -> Self {
        let query = link.query().map_or_else(Query::default, Query::parse);
        let mut base = link.clone();
        base.set_query(None);
        base.set_fragment(None);
        Self {
            base: Base::Url(base.into()),
            query,
        }
    }

    /// The link that this is, if it is one.
    pub(super) fn as_link(&self) -> Option<String> {
        match &self.base {
            Base::Path(_) => None,
            Base::Url(url) => Some(format!("{url}{}", self.query)),
        }
    }

    /// The URL of this target on a client with that endpoint.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] when there is no such URL, or when it is not below the endpoint
    /// where it should be.
    pub(super) fn url(&self, endpoint: &Url) -> Result<Url, Error> {
        let root = endpoint.as_str().trim_end_matches('/');
        let shown = self.shown();
        let url = match &self.base {
            // The host was read with the endpoint. Behind a host alone, a path could be taken for another.
            Base::Path(path) if endpoint.path() != "/" => {
                let below = endpoint.path().trim_end_matches('/');
                endpoint.join(&format!("{below}{path}{}", self.query))
            }
            Base::Path(path) => Url::parse(&format!("{root}{path}{}", self.query)),
            Base::Url(url) => Url::parse(&format!("{url}{}", self.query)),
        };
        let url = url.map_err(|error| Error::InvalidRequest(format!("`{shown}`: {error}")))?;
        match matches!(self.base, Base::Url(_)) || url.as_str().starts_with(root) {
            true => Ok(url),
            false => Err(Error::InvalidRequest(format!(
                "`{shown}` leads out of the endpoint"
            ))),
        }
    }

    /// What may be printed of it: the path, or the URL without its query.
    pub(super) fn shown(&self) -> &str {
        match &self.base {
            Base::Path(text) | Base::Url(text) => text,
        }
    }

    /// The path below the endpoint, encoded, and the query with it; `None` for a URL that is not
    /// below the endpoint.
    ///
    /// # Errors
    ///
    /// As [`Target::url`].
    pub(super) fn relative(&self, endpoint: &Url) -> Result<Option<String>, Error> {
        let url = self.url(endpoint)?;
        let root = endpoint.as_str().trim_end_matches('/');
        let rest = url.as_str().strip_prefix(root);
        Ok(rest.filter(|rest| rest.starts_with('/')).map(str::to_owned))
    }
}

/// What makes text no path and no URL of a request. URL parsers would take the first three for
/// syntax or drop them, and so end up elsewhere than the text says.
fn fault(text: &str, path: &str) -> Option<&'static str> {
    if text.contains(|character: char| character.is_ascii_control()) {
        return Some("a path holds no control characters; they are written as `%0A`");
    }
    if path.contains('\\') {
        return Some("a path holds no backslash; it is written as `%5C`");
    }
    if text.contains('#') {
        return Some("a request has no fragment; a `#` is written as `%23`");
    }
    if path.split('/').any(is_dots) {
        return Some("a path with `.` or `..` in it would lead elsewhere");
    }
    if path.starts_with("//") {
        return Some("a path starts with one slash");
    }
    let authority = path.split("//").nth(1).filter(|_| is_absolute(path));
    let host = authority.and_then(|authority| authority.split('/').next());
    if host.is_some_and(|host| host.contains('@')) {
        return Some("the credential is what signs in, not a user name in the URL");
    }
    None
}

/// Whether a segment is one of those that URL parsers remove, encoded or not.
fn is_dots(segment: &str) -> bool {
    let decoded = percent_decode_str(segment).collect::<Vec<u8>>();
    matches!(&decoded[..], b"." | b"..")
}

fn is_absolute(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}
