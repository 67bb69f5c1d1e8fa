//! A place in the API: names and keys in, one percent-encoded path out.

use std::fmt;
use std::fmt::Display;

use serde::Serialize;

use super::{
    Client, Content, DocumentedOperation, Operation, Request, ResponseKind, Undocumented, encode,
};
use crate::model::Reference;

/// A path below the endpoint, as generated path types hold it.
///
/// Every name and key stays within its own segment, whatever it contains. One that can't be
/// written as a segment at all (empty, `.` or `..`, which URL parsers remove even when encoded)
/// is remembered, and requests on the place fail with
/// [`Error::InvalidRequest`](super::Error::InvalidRequest) before anything is sent.
#[derive(Clone)]
pub struct Resource {
    client: Client,
    path: String,
    /// The path ends in one relative to the place before it, which a colon ends before more follows.
    is_in_relative_path: bool,
    fault: Option<String>,
}

impl Resource {
    pub(super) fn root(client: Client) -> Self {
        Self {
            client,
            path: String::new(),
            is_in_relative_path: false,
            fault: None,
        }
    }

    /// The place below this one with that documented name, such as `incidentTasks` or `$count`.
    #[must_use]
    pub fn segment(&self, name: &str) -> Self {
        self.child(name, encode::segment(name))
    }

    /// The member of this collection with that key.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.child(key, encode::value(key))
    }

    /// The member of this collection whose alternate key `name` is `key`: `devices(deviceId='…')`.
    #[must_use]
    pub fn alternate_key(&self, name: &str, key: &str) -> Self {
        self.alternate_keys(&[(name, key)])
    }

    /// The member of this collection with an alternate key of several parts:
    /// `places(building='…',floor='…')`.
    #[must_use]
    pub fn alternate_keys(&self, parts: &[(&str, &str)]) -> Self {
        let mut member = self.clone();
        let parts: Vec<String> = parts
            .iter()
            .map(|(name, key)| {
                if self.path.is_empty() || self.is_in_relative_path {
                    member.note(format!("alternate key `{name}` on no collection"));
                }
                format!("{}={}", encode::segment(name), encode::quoted(key))
            })
            .collect();
        member.path.push_str(&format!("({})", parts.join(",")));
        member
    }

    /// What lies at a path below this place, as in `drive/root:/Documents/plan.xlsx:/workbook`.
    ///
    /// The slashes of `path` part its segments, each of which is held to what a key is held to. No
    /// slash stands at its start or end. The colon at its end comes with what follows.
    ///
    /// Source: path-based addressing,
    /// <https://learn.microsoft.com/onedrive/developer/rest-api/concepts/addressing-driveitems>.
    #[must_use]
    pub fn relative_path(&self, path: &str) -> Self {
        let mut place = self.clone();
        if self.path.is_empty() || self.is_in_relative_path {
            place.note(format!("`{path}` is relative to nothing"));
        }
        place.path.push(':');
        place.is_in_relative_path = false;
        for name in path.split('/') {
            place = place.child(name, encode::value(name));
        }
        place.is_in_relative_path = true;
        place
    }

    /// A function bound to this place: `name(a='x',b=5)`.
    ///
    /// The arguments are OData literals already: strings quoted, numbers bare, members of enumerations as
    /// [`enum_literal`] writes them.
    #[must_use]
    pub fn function(&self, name: &str, arguments: &[(&str, String)]) -> Self {
        let arguments: Vec<String> = arguments
            .iter()
            .map(|(name, literal)| {
                format!("{}={}", encode::segment(name), encode::segment(literal))
            })
            .collect();
        let call = format!("{}({})", encode::segment(name), arguments.join(","));
        self.child(name, call)
    }

    /// The path below the endpoint, encoded, with a slash at its start.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The absolute URL of this place.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}{}", self.client.endpoint(), self.path)
    }

    /// A reference to this place, as the body of a request to `…/$ref` that links it.
    #[must_use]
    pub fn reference(&self) -> Reference {
        Reference::new(self.url())
    }

    /// The client that requests on this place go through.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// A request for the operation `O` here.
    pub fn request<O: DocumentedOperation>(&self) -> Request<O> {
        Request::new(self, O::OPERATION)
    }

    /// A request for the operation `O` here that carries the JSON of `body`.
    pub fn request_with_json<O: DocumentedOperation>(
        &self,
        body: &(impl Serialize + ?Sized),
    ) -> Request<O> {
        self.request().with_json(body)
    }

    /// A request for the operation `O` here that carries a reference: what links an object to another.
    pub fn request_with_reference<O: DocumentedOperation>(
        &self,
        body: impl Into<Reference>,
    ) -> Request<O> {
        self.request_with_json(&body.into())
    }

    /// A request for the operation `O` here that carries content of that media type.
    pub fn request_with_content<O: DocumentedOperation>(
        &self,
        media_type: &str,
        body: impl Into<Content>,
    ) -> Request<O> {
        self.request().with_content(media_type, body)
    }

    /// A request here that no generated type stands for; its answer is read as `R` says.
    pub fn undocumented<R: ResponseKind>(
        &self,
        operation: &'static Operation,
    ) -> Request<Undocumented<R>> {
        Request::new(self, operation)
    }

    /// Why no request can be sent to this place, if none can.
    pub(super) fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    fn child(&self, text: &str, encoded: impl Display) -> Self {
        let mut child = self.clone();
        if matches!(text, "" | "." | "..") {
            child.note(format!(
                "`{text}` after `{}/` can't be a segment of a path",
                self.path
            ));
        }
        if std::mem::take(&mut child.is_in_relative_path) {
            child.path.push(':');
        }
        child.path.push('/');
        child.path.push_str(&encoded.to_string());
        child
    }

    fn note(&mut self, fault: String) {
        self.fault.get_or_insert(fault);
    }
}

/// A member of an enumeration as an argument of a function: `microsoft.graph.timeZoneStandard'Iana'`, or
/// `type'a,b'` for several members of one that takes them. `type_name` is the qualified name. No member
/// has a quote in it; one is doubled, so that it ends nothing.
///
/// Source: `enum` of the OData ABNF,
/// <https://docs.oasis-open.org/odata/odata/v4.01/os/abnf/odata-abnf-construction-rules.txt>.
#[must_use]
pub fn enum_literal(type_name: &str, member: impl ToString) -> String {
    format!("{type_name}'{}'", member.to_string().replace('\'', "''"))
}

impl fmt::Debug for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resource")
            .field("endpoint", &self.client.endpoint())
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}
