//! A documents folder: its files, its configuration and its fix-ups.

use std::fmt;
use std::path::Path;

use crate::config::{Config, package_name_fault};
use crate::diagnostic::Diagnostic;
use crate::fixups::{self, Fixup};
use crate::progress::Watcher;
use crate::source::{self, FileId, SourceMap};

/// A documents folder: its files, its configuration and its fix-ups.
#[derive(Debug)]
pub struct Docs {
    /// The files.
    pub sources: SourceMap,
    /// `codegen.toml`; the defaults when there is none.
    pub config: Config,
    /// `fixups.toml`; none when there is none.
    pub fixups: Vec<Fixup>,
    /// Who is told what a run over these documents is at; nobody at first.
    pub watcher: Watcher,
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
        watcher: Watcher::default(),
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
