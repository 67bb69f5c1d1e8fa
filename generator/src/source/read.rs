//! A documents folder into the files that generation needs.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::include::{self, Included, Includes};
use super::{FileKind, SourceFile, SourceMap};
use crate::diagnostic::Diagnostic;

/// The deepest nesting of includes in includes that is followed. Upstream never nests them.
const MAX_INCLUDE_DEPTH: usize = 8;

/// The names of the files that configure the generation.
const CONFIGURATION: &[&str] = &["codegen.toml", "fixups.toml"];

/// Why a documents folder could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// There is nothing at the path.
    NotFound(PathBuf),
    /// There is something else than a folder at the path.
    NotADirectory(PathBuf),
    /// The folder holds no page.
    Empty(PathBuf),
    /// A file is not UTF-8.
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// The first byte that is not UTF-8; the first byte of a file is 0.
        offset: usize,
    },
    /// The system refused to list a folder or to read a file.
    Io {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(path) => write!(
                f,
                "there is no folder `{}`; give the folder that holds `resources/` and `api/`",
                path.display()
            ),
            Self::NotADirectory(path) => write!(
                f,
                "`{}` is not a folder; give the folder that holds `resources/` and `api/`",
                path.display()
            ),
            Self::Empty(path) => write!(
                f,
                "`{}` holds no pages; put `.md` files into its `resources/` or `api/` folder",
                path.display()
            ),
            Self::NotUtf8 { path, offset } => write!(
                f,
                "`{}` is not UTF-8 (first bad byte at offset {offset}); save it as UTF-8",
                path.display()
            ),
            Self::Io { path, error } => write!(
                f,
                "`{}` could not be read ({error}); check that it exists and may be read",
                path.display()
            ),
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}

impl SourceMap {
    /// Reads the pages below `root` and the files that they include.
    ///
    /// Pages are the `.md` files below any folder named `resources` or `api`, and those elsewhere
    /// that look like reference; without such a folder, every `.md` file below `root`. Folders of
    /// includes or of language snippets and hidden folders are not walked. The
    /// diagnostics tell of includes that lead nowhere or out of the folder.
    ///
    /// # Errors
    ///
    /// When `root` is no folder or holds no page, when a file cannot be read or is not UTF-8.
    pub fn read(root: &Path) -> Result<(Self, Vec<Diagnostic>), ReadError> {
        check_root(root)?;
        let (pages, others) = find_pages(root)?;
        if pages.is_empty() {
            return Err(ReadError::Empty(root.to_path_buf()));
        }
        let mut files = read_files(root, pages)?;
        files.extend(reference_among(root, others));
        let (included, includes) = read_includes(root, &files)?;
        files.extend(included);
        files.extend(read_configuration(root)?);
        let map = Self::from_source_files(files);
        let diagnostics = include::check(&map, &includes);
        Ok((map, diagnostics))
    }
}

/// The files at the root that configure the generation, as far as they exist.
fn read_configuration(root: &Path) -> Result<Vec<SourceFile>, ReadError> {
    let present = CONFIGURATION
        .iter()
        .filter(|name| root.join(name).is_file());
    let named = present.map(|name| ((*name).to_owned(), FileKind::Configuration));
    read_files(root, named.collect())
}

/// The kind that a path alone tells: by its name, or by the innermost folder whose name says something.
pub(super) fn kind_of(path: &str) -> FileKind {
    if CONFIGURATION.contains(&path) {
        return FileKind::Configuration;
    }
    let folders = path.rsplit('/').skip(1);
    let mut kinds = folders.filter_map(|folder| match folder {
        "resources" => Some(FileKind::Resource),
        "api" => Some(FileKind::Api),
        "includes" => Some(FileKind::Include),
        _ => None,
    });
    kinds.next().unwrap_or(FileKind::Page)
}

/// Drops a byte order mark and turns `\r\n` into `\n`; costs one scan when there is neither.
pub(super) fn normalise(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if memchr::memchr(b'\r', text.as_bytes()).is_some() {
        text = text.replace("\r\n", "\n");
    }
    text
}

fn check_root(root: &Path) -> Result<(), ReadError> {
    match fs::metadata(root) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(ReadError::NotADirectory(root.to_path_buf())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(ReadError::NotFound(root.to_path_buf()))
        }
        Err(error) => Err(io_error(root, error)),
    }
}

/// The folders that are not walked: what is in them is read when a page names it, if at all.
const ASIDE: [&str; 2] = ["includes", "snippets"];

/// Paths below the root, and what they tell of their files.
type Named = Vec<(String, FileKind)>;

/// The pages below `root`, and the `.md` files that may be some: where no folder `resources` or
/// `api` says which are pages, all are.
fn find_pages(root: &Path) -> Result<(Named, Named), ReadError> {
    let mut pages = Vec::new();
    for entry in WalkDir::new(root).into_iter().filter_entry(is_walked) {
        let entry = entry.map_err(|error| walk_error(root, error))?;
        if entry.file_type().is_file() && has_md_extension(entry.path()) {
            let path = slash_path(root, entry.path());
            let kind = kind_of(&path);
            pages.push((path, kind));
        }
    }
    let is_sure = |(_, kind): &(String, FileKind)| *kind != FileKind::Page;
    if !pages.iter().any(is_sure) {
        return Ok((pages, Vec::new()));
    }
    Ok(pages.into_iter().partition(is_sure))
}

/// Those of the files outside `resources` and `api` that are reference. Concepts and other articles
/// are none; one that can't be read is not asked for.
fn reference_among(root: &Path, others: Named) -> Vec<SourceFile> {
    let read = |(path, kind)| read_file(root, path, kind).ok();
    let files = others.into_par_iter().filter_map(read);
    files.filter(|file| is_reference(&file.text)).collect()
}

/// Whether a text has what pages of types or of calls have: the line `Namespace: …`, or a section
/// "HTTP request".
fn is_reference(text: &str) -> bool {
    text.lines().any(|line| {
        let heading = line.trim_start_matches('#');
        let is_heading = heading.len() < line.len();
        line.starts_with("Namespace:")
            || (is_heading && heading.trim().eq_ignore_ascii_case("http request"))
    })
}

fn is_walked(entry: &DirEntry) -> bool {
    if entry.depth() == 0 || !entry.file_type().is_dir() {
        return true;
    }
    let name = entry.file_name().to_string_lossy();
    !name.starts_with('.') && !ASIDE.contains(&name.as_ref())
}

fn has_md_extension(path: &Path) -> bool {
    let extension = path.extension();
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
}

fn slash_path(root: &Path, path: &Path) -> String {
    // Where slashes part paths anyway, the path is what follows the root's.
    if let (MAIN_SEPARATOR, Some(root), Some(path)) = ('/', root.to_str(), path.to_str())
        && let Some(relative) = path.strip_prefix(root)
    {
        return relative.trim_start_matches('/').to_owned();
    }
    let relative = path.strip_prefix(root).unwrap_or(path);
    let mut joined = String::with_capacity(relative.as_os_str().len());
    for part in relative.components() {
        if !joined.is_empty() {
            joined.push('/');
        }
        joined.push_str(&part.as_os_str().to_string_lossy());
    }
    joined
}

fn read_files(root: &Path, paths: Vec<(String, FileKind)>) -> Result<Vec<SourceFile>, ReadError> {
    let files = paths.into_par_iter();
    files
        .map(|(path, kind)| read_file(root, path, kind))
        .collect()
}

fn read_file(root: &Path, path: String, kind: FileKind) -> Result<SourceFile, ReadError> {
    let full = root.join(&path);
    let bytes = fs::read(&full).map_err(|error| io_error(&full, error))?;
    let text = String::from_utf8(bytes).map_err(|error| ReadError::NotUtf8 {
        path: full,
        offset: error.utf8_error().valid_up_to(),
    })?;
    Ok(SourceFile::new(path, text, kind))
}

/// The existing files that the pages include, and those that these include in turn; and by the path
/// of each file its includes.
fn read_includes(
    root: &Path,
    pages: &[SourceFile],
) -> Result<(Vec<SourceFile>, Includes), ReadError> {
    let mut known: BTreeSet<String> = pages.iter().map(|f| f.path.clone()).collect();
    let (mut all, mut includes) = (Vec::new(), Includes::new());
    let mut wave = new_targets(root, pages, &mut known, &mut includes);
    for _ in 0..MAX_INCLUDE_DEPTH {
        if wave.is_empty() {
            break;
        }
        let files = read_files(root, wave)?;
        wave = new_targets(root, &files, &mut known, &mut includes);
        all.extend(files);
    }
    Ok((all, includes))
}

/// The paths that `files` include, exist below `root`, and are not in `known` yet. What each file
/// includes goes to `includes`.
fn new_targets(
    root: &Path,
    files: &[SourceFile],
    known: &mut BTreeSet<String>,
    includes: &mut Includes,
) -> Vec<(String, FileKind)> {
    let found: Vec<Vec<Included>> = files.par_iter().map(include::included_by).collect();
    let mut fresh = Vec::new();
    for (file, named) in files.iter().zip(found) {
        for path in named.iter().filter_map(|named| named.path.as_ref().ok()) {
            if known.insert(path.clone()) && is_file_within(root, path) {
                fresh.push((path.clone(), FileKind::Include));
            }
        }
        if !named.is_empty() {
            includes.insert(file.path.clone(), named);
        }
    }
    fresh
}

/// A link in the folder may lead out of it; what it leads to is not the documents' to show.
fn is_file_within(root: &Path, path: &str) -> bool {
    let (Ok(root), Ok(full)) = (root.canonicalize(), root.join(path).canonicalize()) else {
        return false;
    };
    full.starts_with(root) && full.is_file()
}

fn io_error(path: &Path, error: io::Error) -> ReadError {
    ReadError::Io {
        path: path.to_path_buf(),
        error,
    }
}

fn walk_error(root: &Path, error: walkdir::Error) -> ReadError {
    let path = error.path().unwrap_or(root).to_path_buf();
    let error = error.into_io_error();
    let error = error.unwrap_or_else(|| io::Error::other("a folder contains itself"));
    ReadError::Io { path, error }
}
