//! `[!INCLUDE [label](path)]` in a page into the file that it names.

use std::collections::BTreeMap;
use std::fmt;

use memchr::memmem;
use rayon::prelude::*;

use super::{FileId, SourceMap, Span};
use crate::diagnostic::{Code, Diagnostic};

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
    found: memmem::FindIter<'s, 'static>,
}

impl<'s> Targets<'s> {
    pub(super) fn new(text: &'s str) -> Self {
        let found = memmem::find_iter(text.as_bytes(), OPENER);
        Self { text, found }
    }

    /// The path of the include that is opened at `at`: `[!INCLUDE [label](path)]`, on one line.
    fn target_at(&self, at: usize) -> Option<Target<'s>> {
        let rest = self.text.get(at..)?;
        let line = rest.split('\n').next()?;
        let open = line.find("](")? + 2;
        let close = open + line.get(open..)?.find(')')?;
        let written = line.get(open..close)?;
        let path = written.trim().trim_start_matches('<').trim_end_matches('>');
        let start = at + open + (written.len() - written.trim_start().len());
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
    let target = target.replace('\\', "/");
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let (mut parts, rest) = match target.trim_start_matches('~').strip_prefix('/') {
        Some(rest) => (Vec::new(), rest),
        None => (from.split('/').collect::<Vec<_>>(), target),
    };
    parts.pop();
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop().ok_or(IncludeError::OutsideRoot)?),
            name if name.contains(':') => return Err(IncludeError::OutsideRoot),
            name => parts.push(name),
        }
    }
    if parts.contains(&"snippets") {
        return Err(IncludeError::Snippet);
    }
    Ok(parts.join("/"))
}

/// One diagnostic for each target that leads nowhere, at the first page that names it.
pub(super) fn check(map: &SourceMap) -> Vec<Diagnostic> {
    let files: Vec<FileId> = map.iter().map(|(id, _)| id).collect();
    let found: Vec<_> = files
        .par_iter()
        .flat_map_iter(|id| faults_of(map, *id))
        .collect();
    let mut faults: BTreeMap<(Code, String), (Span, usize)> = BTreeMap::new();
    for (key, span) in found {
        faults.entry(key).or_insert((span, 0)).1 += 1;
    }
    let mut diagnostics: Vec<_> = faults.into_iter().map(diagnose).collect();
    crate::diagnostic::sort(&mut diagnostics);
    diagnostics
}

/// The targets of a file that lead nowhere, and where they stand.
fn faults_of(map: &SourceMap, id: FileId) -> Vec<((Code, String), Span)> {
    let fault = |target: Target<'_>| {
        let key = match map.include(id, target.path) {
            Ok(_) | Err(IncludeError::Snippet) => return None,
            Err(IncludeError::OutsideRoot) => (Code::IncludeOutsideRoot, target.path.into()),
            Err(IncludeError::Missing(path)) => (Code::MissingInclude, path),
        };
        let end = target.start + target.path.len();
        Some((key, Span::new(id, target.start, end)))
    };
    Targets::new(&map.get(id).text).filter_map(fault).collect()
}

fn diagnose(((code, path), (span, count)): ((Code, String), (Span, usize))) -> Diagnostic {
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
