//! Links as pages write them into paths below the documents folder, and into public addresses.

use std::borrow::Cow;

use serde::Deserialize;

use crate::page::{Piece, PieceKind, trim};
use crate::schema::{PageRef, TypeRef};
use crate::source::{SourceMap, path_parts};

use super::prose::is_type_name;

/// Where the pages are published: the `[site]` table of `codegen.toml`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Scheme and host: `https://learn.microsoft.com`.
    pub root: String,
    /// The path of the API pages below the root: `/en-us/graph/api`. The resource pages are in
    /// `resources` below it.
    pub api: String,
    /// The value of `view`, which names the version: `graph-rest-beta`.
    pub view: Option<String>,
}

impl Site {
    /// The public address of a page, from its path below the documents folder, with or without a
    /// fragment. Nothing for a file that is published as no page of its own.
    #[must_use]
    pub fn page_url(&self, path: &str) -> Option<String> {
        let (path, fragment) = split_fragment(path);
        let stem = path.strip_suffix(".md").unwrap_or(path);
        let place = match (stem.rfind("resources/"), stem.rfind("api/")) {
            (Some(at), _) if starts_component(stem, at) => &stem[at..],
            (_, Some(at)) if starts_component(stem, at) => &stem[at + "api/".len()..],
            _ => return None,
        };
        let view = self
            .view
            .as_ref()
            .map_or_else(String::new, |view| format!("?view={view}"));
        let (root, api) = (self.root.trim_end_matches('/'), self.api.trim_matches('/'));
        Some(format!("{root}/{api}/{place}{view}{fragment}"))
    }
}

/// Reads the links of one file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Links<'a> {
    path: &'a str,
    /// The folder of the file.
    folder: &'a str,
    /// What precedes the folder of the API or resource pages in the path.
    root: &'a str,
    site: Option<&'a Site>,
    sources: Option<&'a SourceMap>,
}

impl<'a> Links<'a> {
    /// Links in the file at `path`, a path below the documents folder.
    pub(super) fn new(path: &'a str, site: Option<&'a Site>) -> Self {
        Self {
            path,
            folder: path.rsplit_once('/').map_or("", |(folder, _)| folder),
            root: docs_root(path),
            site,
            sources: None,
        }
    }

    /// The same links in a folder of these files.
    pub(super) fn among(self, sources: &'a SourceMap) -> Self {
        Self {
            sources: Some(sources),
            ..self
        }
    }

    /// The record of the file itself.
    pub(super) fn page(&self) -> PageRef {
        PageRef {
            path: self.path.to_owned(),
            url: self.site.and_then(|site| site.page_url(self.path)),
        }
    }

    /// What a link leads to as a path below the documents folder, its fragment kept. Nothing for
    /// a link that leaves the folder.
    pub(super) fn docs_path(&self, target: &str) -> Option<String> {
        if is_plain(target) {
            return self.refolded_from_folder(target);
        }
        let target = with_slashes(target.trim().trim_matches(['<', '>']));
        if let Some(published) = published_place(&target) {
            return Some(self.unpublished(published));
        }
        if target.is_empty() || target.starts_with('/') || has_scheme(&target) {
            return None;
        }
        let (path, fragment) = split_fragment(&target);
        let path = without_query(path);
        if path.is_empty() {
            return Some(format!("{}{fragment}", self.path));
        }
        let mut joined = self.refolded_from_folder(path)?;
        joined.push_str(fragment);
        Some(joined)
    }

    /// What a path leads to that starts from the folder of the file.
    fn refolded_from_folder(&self, path: &str) -> Option<String> {
        Some(self.refolded(with_extension(join(self.folder, path)?)))
    }

    /// The path of a link that is written for the site, where API pages stand beside the folder of
    /// the resource pages, as a path below a folder that has one for each.
    fn refolded(self, path: String) -> String {
        let root = self.root;
        let Some(rest) = path.strip_prefix(root) else {
            return path;
        };
        if let Some(place) = rest.strip_prefix("api/resources/") {
            return format!("{root}resources/{place}");
        }
        let found = |path: &str| {
            self.sources
                .is_some_and(|sources| sources.find(path).is_some())
        };
        if rest.contains('/') || found(&path) {
            return path;
        }
        let of_api = format!("{root}api/{rest}");
        match found(&of_api) {
            true => of_api,
            false => path,
        }
    }

    /// The address that a link gets in documentation, absolute.
    pub(super) fn url(&self, target: &str) -> Option<String> {
        let target = target.trim();
        if has_scheme(target) {
            return Some(target.to_owned());
        }
        let site = self.site?;
        if target.starts_with('/') {
            return Some(format!("{}{target}", site.root.trim_end_matches('/')));
        }
        site.page_url(&self.docs_path(target)?)
    }

    /// The type that a piece of prose names: its text, and its link when it has one.
    pub(super) fn type_ref(&self, piece: &Piece<'_>, is_collection: bool) -> TypeRef {
        let link = match &piece.kind {
            PieceKind::Link { target, .. } => self.docs_path(target),
            _ => None,
        };
        TypeRef {
            name: trim(&piece.text).trim_matches(['`', '#']).to_owned(),
            is_collection,
            link,
            span: piece.span,
        }
    }

    /// Whether a reference has a link to a page that may describe a type. Where pages stand in no
    /// folders, any page may.
    pub(super) fn leads_to_type(&self, type_ref: &TypeRef) -> bool {
        let Some(link) = &type_ref.link else {
            return false;
        };
        let (path, _) = split_fragment(link);
        let is_flat = || folder_kind(self.path).is_none() && folder_kind(path).is_none();
        path.contains("resources/")
            || path.ends_with(".md") && is_type_text(&type_ref.name) && is_flat()
    }

    /// The path of a published page as a path below this documents folder.
    fn unpublished(self, published: &str) -> String {
        let (path, fragment) = split_fragment(published);
        let place = without_query(path);
        let root = self.root;
        let folder = if place.starts_with("resources/") {
            ""
        } else {
            "api/"
        };
        with_extension(format!("{root}{folder}{place}")) + fragment
    }
}

/// What precedes `resources/` or `api/` in the path of a page.
fn docs_root(path: &str) -> &str {
    let before = |folder: &str| {
        let mut ends = memchr::memrchr_iter(b'/', path.as_bytes());
        ends.find_map(|end| path.get(..end)?.strip_suffix(folder))
    };
    before("resources")
        .or_else(|| before("api"))
        .unwrap_or_default()
}

/// The innermost folder with a name that says what its pages are.
fn folder_kind(path: &str) -> Option<&str> {
    let folders = path.rsplit('/').skip(1);
    let mut kinds = folders.filter(|folder| matches!(*folder, "resources" | "api"));
    kinds.next()
}

/// Whether the text of a link can be that of a type: a name, with a word on it at most.
fn is_type_text(text: &str) -> bool {
    let name = text
        .strip_suffix(" collection")
        .or_else(|| text.strip_suffix(" object"));
    is_type_name(name.unwrap_or(text))
}

fn starts_component(path: &str, at: usize) -> bool {
    at == 0 || path.as_bytes().get(at - 1) == Some(&b'/')
}

/// What follows `/graph/api/` in a link to the published pages.
fn published_place(target: &str) -> Option<&str> {
    let local = target.starts_with('/');
    let hosts = [
        "https://learn.microsoft.com/",
        "https://docs.microsoft.com/",
    ];
    if !local && !hosts.iter().any(|host| target.starts_with(host)) {
        return None;
    }
    let (_, place) = target.split_once("/graph/api/")?;
    (!place.is_empty()).then_some(place)
}

fn has_scheme(target: &str) -> bool {
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| target.starts_with(scheme))
}

fn split_fragment(target: &str) -> (&str, &str) {
    target
        .find('#')
        .map_or((target, ""), |at| target.split_at(at))
}

fn without_query(path: &str) -> &str {
    path.split('?').next().unwrap_or(path)
}

/// The site's own export of the pages writes links without `.md`.
fn with_extension(mut path: String) -> String {
    if path.ends_with(".md") {
        return path;
    }
    let name = path.rsplit('/').next().unwrap_or(&path);
    if !name.is_empty() && !name.contains('.') {
        path.push_str(".md");
    }
    path
}

/// Whether a link is nothing but a path from the folder of its file, as nearly all are.
fn is_plain(target: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'/');
    !target.is_empty() && !target.starts_with('/') && target.bytes().all(is_part)
}

/// A path with the separators that the documents mostly use.
fn with_slashes(path: &str) -> Cow<'_, str> {
    match path.contains('\\') {
        true => Cow::Owned(path.replace('\\', "/")),
        false => Cow::Borrowed(path),
    }
}

/// `folder/path` without `.` and `..`. Nothing when it leaves the documents folder.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut joined = String::with_capacity(folder.len() + path.len() + "/.md".len());
    joined.push_str(folder);
    for part in path_parts(path) {
        match part {
            "" | "." => {}
            ".." if joined.is_empty() => return None,
            ".." => joined.truncate(memchr::memrchr(b'/', joined.as_bytes()).unwrap_or(0)),
            name => {
                if !joined.is_empty() {
                    joined.push('/');
                }
                joined.push_str(name);
            }
        }
    }
    Some(joined)
}

#[cfg(test)]
mod tests {
    use super::{Links, Site};

    fn site() -> Site {
        Site {
            root: "https://learn.microsoft.com".to_owned(),
            api: "/en-us/graph/api".to_owned(),
            view: Some("graph-rest-beta".to_owned()),
        }
    }

    #[test]
    fn links_lead_to_paths_below_the_documents_folder() {
        let cases = [
            (
                "resources/a.md",
                "../resources/b.md",
                Some("resources/b.md"),
            ),
            (
                "resources/a.md",
                "b.md#x-values",
                Some("resources/b.md#x-values"),
            ),
            (
                "resources/a.md",
                "#x-values",
                Some("resources/a.md#x-values"),
            ),
            ("resources/a.md", "..\\api\\b.md", Some("api/b.md")),
            ("resources/a.md", "b", Some("resources/b.md")),
            ("resources/a.md", "../../concepts/b.md", None),
            ("resources/a.md", "/graph/errors", None),
            (
                "api/a.md",
                "/graph/api/resources/b?view=graph-rest-1.0#c",
                Some("resources/b.md#c"),
            ),
            (
                "x/beta/api/a.md",
                "/graph/api/b?view=y",
                Some("x/beta/api/b.md"),
            ),
            (
                "api/a.md",
                "https://docs.microsoft.com/en-us/graph/api/resources/b",
                Some("resources/b.md"),
            ),
            ("api/a.md", "https://example.org/graph/api/b", None),
            (
                "x/api/a.md",
                "resources/b?view=graph-rest-beta",
                Some("x/resources/b.md"),
            ),
            ("a.md", "resources/b", Some("resources/b.md")),
            ("a.md", "b", Some("b.md")),
        ];
        for (from, target, expected) in cases {
            let path = Links::new(from, None).docs_path(target);
            assert_eq!(path.as_deref(), expected, "{target} in {from}");
        }
    }

    #[test]
    fn links_get_absolute_addresses() {
        let api = "https://learn.microsoft.com/en-us/graph/api";
        let cases = [
            (
                "../resources/b.md#c",
                Some(format!("{api}/resources/b?view=graph-rest-beta#c")),
            ),
            ("b.md", Some(format!("{api}/b?view=graph-rest-beta"))),
            (
                "/graph/x",
                Some("https://learn.microsoft.com/graph/x".to_owned()),
            ),
            ("https://a.example/", Some("https://a.example/".to_owned())),
            ("../includes/b.md", None),
        ];
        let site = site();
        for (target, expected) in cases {
            assert_eq!(
                Links::new("api/a.md", Some(&site)).url(target),
                expected,
                "{target}"
            );
        }
        assert_eq!(Links::new("api/a.md", None).url("b.md"), None);
    }
}
