//! `[!INCLUDE [label](path)]` in a page into the file that it names.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;

use super::{FileId, SourceFile, SourceMap, Span};
use crate::diagnostic::{Code, Diagnostic};
use crate::page::{trim, trim_start};

/// What opens an include. Upstream never writes it in another case.
const OPENER: &str = "[!INCLUDE";

/// Why an include leads to no file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum IncludeError {
    /// A generated language snippet, which is never read.
    Snippet,
    /// The path leads out of the documents folder.
    OutsideRoot,
    /// There is no such file; holds the path below the documents folder.
    Missing(String),
}

impl fmt::Display for IncludeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Snippet => f.write_str("language snippets are not read"),
            Self::OutsideRoot => f.write_str("the path leads out of the documents folder"),
            Self::Missing(path) => write!(f, "there is no file `{path}`"),
        }
    }
}

impl std::error::Error for IncludeError {}

impl SourceMap {
    /// The file that an `[!INCLUDE]` of the page `from` names as `target`.
    ///
    /// # Errors
    ///
    /// When the target is a language snippet, leads out of the documents folder, or was not found
    /// when the folder was read.
    pub fn include(&self, from: FileId, target: &str) -> Result<FileId, IncludeError> {
        let path = resolve(&self.get(from).path, target)?;
        self.find(&path).ok_or(IncludeError::Missing(path))
    }
}

/// An include as it stands in a text.
pub(super) struct Target<'s> {
    /// The path as written.
    pub(super) path: &'s str,
    /// Where the path begins, in bytes.
    pub(super) start: usize,
}

/// The includes of a text, found by a literal scan and in the order of the text.
pub(super) struct Targets<'s> {
    text: &'s str,
    found: memmem::FindIter<'s, 's>,
}

impl<'s> Targets<'s> {
    pub(super) fn new(text: &'s str) -> Self {
        static FINDER: LazyLock<memmem::Finder<'static>> =
            LazyLock::new(|| memmem::Finder::new(OPENER));
        let found = FINDER.find_iter(text.as_bytes());
        Self { text, found }
    }

    /// The path of the include that is opened at `at`: `[!INCLUDE [label](path)]`, on one line.
    fn target_at(&self, at: usize) -> Option<Target<'s>> {
        let rest = self.text.get(at..)?;
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let line = rest.get(..end)?;
        let mut brackets = memchr::memchr_iter(b']', line.as_bytes());
        let open = brackets.find_map(|at| {
            let behind = at + "](".len();
            line.get(at..behind)
                .filter(|sign| *sign == "](")
                .map(|_| behind)
        })?;
        let close = open + memchr::memchr(b')', line.as_bytes().get(open..)?)?;
        let written = line.get(open..close)?;
        let path = trim(written).trim_start_matches('<').trim_end_matches('>');
        let start = at + open + (written.len() - trim_start(written).len());
        Some(Target { path, start })
    }
}

impl<'s> Iterator for Targets<'s> {
    type Item = Target<'s>;

    fn next(&mut self) -> Option<Target<'s>> {
        loop {
            let at = self.found.next()?;
            if let Some(target) = self.target_at(at) {
                return Some(target);
            }
        }
    }
}

/// The path below the documents folder that `target` means on the page `from`.
///
/// `/x` and `~/x` start at the documents folder, all else at the folder of the page.
pub(super) fn resolve(from: &str, target: &str) -> Result<String, IncludeError> {
    let target = match memchr::memchr(b'\\', target.as_bytes()) {
        Some(_) => Cow::Owned(target.replace('\\', "/")),
        None => Cow::Borrowed(target),
    };
    let end = memchr::memchr2(b'#', b'?', target.as_bytes());
    let target = target
        .get(..end.unwrap_or(target.len()))
        .unwrap_or_default();
    let (folder, rest) = match target.trim_start_matches('~').strip_prefix('/') {
        Some(rest) => ("", rest),
        None => (
            memchr::memrchr(b'/', from.as_bytes())
                .and_then(|end| from.get(..end))
                .unwrap_or_default(),
            target,
        ),
    };
    let mut path = String::with_capacity(folder.len() + "/".len() + rest.len());
    path.push_str(folder);
    for part in path_parts(rest) {
        match part {
            "" | "." => {}
            ".." if path.is_empty() => return Err(IncludeError::OutsideRoot),
            ".." => path.truncate(memchr::memrchr(b'/', path.as_bytes()).unwrap_or(0)),
            name if name.contains(':') => return Err(IncludeError::OutsideRoot),
            name => {
                if !path.is_empty() {
                    path.push('/');
                }
                path.push_str(name);
            }
        }
    }
    let is_snippet = path_parts(&path).any(|part| part == "snippets");
    match is_snippet {
        true => Err(IncludeError::Snippet),
        false => Ok(path),
    }
}

/// The parts of a path between its slashes, as by [`str::split`].
pub(crate) fn path_parts(path: &str) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(b'/', path.as_bytes()).chain([path.len()]);
    let mut start = 0;
    ends.map(move |end| {
        let part = path.get(start..end).unwrap_or_default();
        start = end + 1;
        part
    })
}

/// An include of a file.
pub(super) struct Included {
    /// The path below the documents folder, or, of an include that leads out of it, the path as written.
    pub(super) path: Result<String, String>,
    /// Where the path stands.
    range: Range<usize>,
}

/// By the path of each file what it includes, language snippets left out.
pub(super) type Includes = BTreeMap<String, Vec<Included>>;

/// What a file includes, language snippets left out.
pub(super) fn included_by(file: &SourceFile) -> Vec<Included> {
    let named = Targets::new(&file.text).filter_map(|target| {
        let path = match resolve(&file.path, target.path) {
            Ok(path) => Ok(path),
            Err(IncludeError::Snippet) => return None,
            Err(_) => Err(target.path.to_owned()),
        };
        let range = target.start..target.start + target.path.len();
        Some(Included { path, range })
    });
    named.collect()
}

/// One diagnostic for each include that leads nowhere, at the first page that names it.
pub(super) fn check(map: &SourceMap, includes: &Includes) -> Vec<Diagnostic> {
    let mut faults: BTreeMap<(Code, &str), (Span, usize)> = BTreeMap::new();
    for (file, named) in includes {
        let Some(id) = map.find(file) else { continue };
        for Included { path, range } in named {
            let key = match path {
                Ok(path) if map.find(path).is_some() => continue,
                Ok(path) => (Code::MissingInclude, path.as_str()),
                Err(written) => (Code::IncludeOutsideRoot, written.as_str()),
            };
            let span = Span::new(id, range.start, range.end);
            faults.entry(key).or_insert((span, 0)).1 += 1;
        }
    }
    let mut diagnostics: Vec<_> = faults.into_iter().map(diagnose).collect();
    crate::diagnostic::sort(&mut diagnostics);
    diagnostics
}

fn diagnose(((code, path), (span, count)): ((Code, &str), (Span, usize))) -> Diagnostic {
    let message = match code {
        Code::IncludeOutsideRoot => format!("`{path}` leads out of the documents folder"),
        _ => format!("the included file `{path}` does not exist"),
    };
    let diagnostic = Diagnostic::new(code, span, message).with_label("included here");
    match count {
        1 => diagnostic,
        2 => diagnostic.with_help("one more include names it"),
        _ => diagnostic.with_help(format!("{} more includes name it", count - 1)),
    }
}
