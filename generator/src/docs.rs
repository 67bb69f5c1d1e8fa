//! A documents folder, read and parsed.

use std::fmt;
use std::path::Path;

use rayon::prelude::*;

use crate::config::{Config, package_name_fault};
use crate::diagnostic::Diagnostic;
use crate::extract::Context;
use crate::fixups::{self, Fixup};
use crate::page::{self, Page};
use crate::source::{self, FileId, FileKind, SourceMap};

/// A documents folder: its files, its configuration and its fix-ups.
#[derive(Debug)]
pub struct Docs {
    /// The files.
    pub sources: SourceMap,
    /// `codegen.toml`; the defaults when there is none.
    pub config: Config,
    /// `fixups.toml`; none when there is none.
    pub fixups: Vec<Fixup>,
    /// The file that the fix-ups stand in.
    pub(crate) fixups_file: FileId,
    /// What reading found.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Why a documents folder can't be used.
#[derive(Debug)]
pub enum ReadError {
    /// The folder or a page can't be read.
    Source(source::ReadError),
    /// `codegen.toml` or `fixups.toml` holds what it should not.
    Configuration {
        /// The file's name.
        name: &'static str,
        /// What is wrong in it, as one sentence.
        error: String,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(error) => error.fmt(f),
            Self::Configuration { name, error } => {
                write!(f, "`{name}` of the documents folder can't be used: {error}")
            }
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Source(error) => Some(error),
            Self::Configuration { .. } => None,
        }
    }
}

/// Reads the pages below `root`, what they include, and the configuration beside them.
///
/// # Errors
///
/// When `root` is no folder or holds no page, when a file can't be read or is not UTF-8, when
/// `codegen.toml` or `fixups.toml` holds what it should not.
pub fn read(root: &Path) -> Result<Docs, ReadError> {
    let (sources, diagnostics) = SourceMap::read(root).map_err(ReadError::Source)?;
    let mut docs = with_configuration(sources)?;
    docs.diagnostics = diagnostics;
    if docs.config.package.name.is_none() {
        docs.config.package.name = folder_name(root);
    }
    Ok(docs)
}

/// Takes files that are in memory, `codegen.toml` and `fixups.toml` among them.
///
/// # Errors
///
/// When `codegen.toml` or `fixups.toml` holds what it should not.
pub fn from_files(files: impl IntoIterator<Item = (String, String)>) -> Result<Docs, ReadError> {
    with_configuration(SourceMap::from_files(files))
}

fn with_configuration(sources: SourceMap) -> Result<Docs, ReadError> {
    let text = |name| sources.find(name).map(|id| sources.get(id).text.as_str());
    let config = match text("codegen.toml") {
        Some(text) => Config::parse(text).map_err(in_file("codegen.toml"))?,
        None => Config::default(),
    };
    let fixups = match text("fixups.toml") {
        Some(text) => fixups::parse(text).map_err(in_file("fixups.toml"))?,
        None => Vec::new(),
    };
    let fixups_file = sources.find("fixups.toml").unwrap_or_default();
    Ok(Docs {
        config,
        fixups,
        fixups_file,
        diagnostics: Vec::new(),
        sources,
    })
}

fn in_file(name: &'static str) -> impl Fn(String) -> ReadError {
    move |error| ReadError::Configuration { name, error }
}

/// A package name from the folder's: what a package name can't hold becomes a hyphen.
fn folder_name(root: &Path) -> Option<String> {
    let root = root.canonicalize().ok()?;
    let name = root.file_name()?.to_string_lossy().to_lowercase();
    let clean: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let clean = clean.trim_matches('-');
    Some(match package_name_fault(clean) {
        None => clean.to_owned(),
        Some(_) => format!("graph-{clean}").trim_end_matches('-').to_owned(),
    })
}

/// The parsed pages of a folder.
pub(crate) struct Pages<'d> {
    /// The pages, in path order.
    pub(crate) pages: Vec<Page<'d>>,
    /// The included files, in path order.
    includes: Vec<Page<'d>>,
}

impl Docs {
    /// Parses every page and every included file, each on its own.
    pub(crate) fn parse(&self, diagnostics: &mut Vec<Diagnostic>) -> Pages<'_> {
        let files: Vec<(FileId, &source::SourceFile)> = self
            .sources
            .iter()
            .filter(|(_, f)| f.kind != FileKind::Configuration)
            .collect();
        let parsed: Vec<_> = files
            .par_iter()
            .map(|(id, file)| (file.kind == FileKind::Include, page::parse(*id, &file.text)))
            .collect();
        let mut pages = Pages {
            pages: Vec::new(),
            includes: Vec::new(),
        };
        for (included, (page, mut found)) in parsed {
            diagnostics.append(&mut found);
            if included {
                pages.includes.push(page)
            } else {
                pages.pages.push(page)
            }
        }
        pages
    }
}

impl<'d> Pages<'d> {
    /// The included file that `target` names in the file `from`.
    pub(crate) fn include(&self, docs: &Docs, from: FileId, target: &str) -> Option<&Page<'d>> {
        let id = docs.sources.include(from, target).ok()?;
        let place = self
            .includes
            .binary_search_by_key(&id, |page| page.file)
            .ok()?;
        self.includes.get(place)
    }
}

/// What a page of `docs` stands in.
pub(crate) fn context<'a>(
    docs: &'a Docs,
    includes: &'a dyn Fn(FileId, &str) -> Option<&'a Page<'a>>,
) -> Context<'a> {
    Context {
        sources: &docs.sources,
        includes,
        site: docs.config.site.as_ref(),
    }
}
