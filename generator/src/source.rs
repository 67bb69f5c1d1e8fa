//! Files on disk into a [`SourceMap`], and byte ranges back into lines and columns.
//!
//! A documents folder is what a clone of the upstream repository holds: `resources/`, `api/` and
//! `includes/`, at any depth and in any mix. Pages are what lies in `resources/` and `api/`, and what
//! looks like one elsewhere; an included file is read only when a page names it, so that folders of language snippets, which
//! hold tens of thousands of files, are never walked.

mod include;
mod read;

use std::sync::OnceLock;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

pub use include::IncludeError;
pub(crate) use include::path_parts;
pub use read::ReadError;

/// A file of the [`SourceMap`], by its place in path order.
#[derive(
    BorshDeserialize,
    BorshSerialize,
    Clone,
    Copy,
    Debug,
    Default,
    Eq,
    Hash,
    Ord,
    PartialEq,
    PartialOrd,
    Serialize,
)]
pub struct FileId(pub u32);

/// A range of bytes in one file.
#[derive(
    BorshDeserialize,
    BorshSerialize,
    Clone,
    Copy,
    Debug,
    Default,
    Eq,
    Hash,
    Ord,
    PartialEq,
    PartialOrd,
    Serialize,
)]
pub struct Span {
    /// The file that the bytes stand in.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte behind the last one.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `file`. A page of 4 GiB or more is cut off at the last byte that
    /// can be named.
    #[must_use]
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            file,
            start: clamp(start),
            end: clamp(end.max(start)),
        }
    }

    /// The span as a range that slices the text of its file.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span that holds both; `self` when they stand in different files.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        if self.file != other.file {
            return self;
        }
        Self {
            file: self.file,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// What a file is in the documents folder, by the folder that it stands in.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub enum FileKind {
    /// Below a folder `resources`.
    Resource,
    /// Below a folder `api`.
    Api,
    /// Named by an `[!INCLUDE]` of a page.
    Include,
    /// `codegen.toml` or `fixups.toml` of the documents folder.
    Configuration,
    /// A page outside of `resources` and `api`: its content tells what it is.
    Page,
}

/// A line and a column, as an editor shows them.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct LineColumn {
    /// The line; the first is 1.
    pub line: u32,
    /// The column in characters; the first is 1.
    pub column: u32,
}

/// A file and its text.
#[derive(Debug)]
pub struct SourceFile {
    /// The path below the documents folder, with `/` on every system.
    pub path: String,
    /// The text, without a byte order mark and with `\n` at the ends of lines.
    pub text: String,
    /// What the file is.
    pub kind: FileKind,
    line_starts: OnceLock<Vec<u32>>,
    digest: OnceLock<[u8; blake3::OUT_LEN]>,
}

impl SourceFile {
    /// A file of which the text is at hand; a byte order mark is dropped, `\r\n` becomes `\n`.
    #[must_use]
    pub fn new(path: String, text: String, kind: FileKind) -> Self {
        Self {
            path,
            text: read::normalise(text),
            kind,
            line_starts: OnceLock::new(),
            digest: OnceLock::new(),
        }
    }

    /// The BLAKE3 digest of the text; taken once.
    #[must_use]
    pub fn digest(&self) -> [u8; blake3::OUT_LEN] {
        let digest = || *blake3::hash(self.text.as_bytes()).as_bytes();
        *self.digest.get_or_init(digest)
    }

    /// The line and column of a byte. Behind the end of the text: those of the end.
    #[must_use]
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start <= offset).max(1);
        let start = starts.get(line - 1).copied().unwrap_or(0) as usize;
        let end = (offset as usize).min(self.text.len());
        let before = self.text.as_bytes().get(start..end).unwrap_or_default();
        let column = before.iter().filter(|byte| (**byte as i8) >= -0x40).count();
        LineColumn {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column + 1).unwrap_or(u32::MAX),
        }
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            let starts = ends.map(|end| u32::try_from(end + 1).unwrap_or(u32::MAX));
            std::iter::once(0).chain(starts).collect()
        })
    }
}

/// The files of a documents folder in path order.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Files from memory, for tests and for callers that have no folder. The kind of a file comes
    /// from its path, as in [`SourceMap::read`]; a folder `includes` makes it an include.
    #[must_use]
    pub fn from_files(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let with_kind = |(path, text): (String, String)| {
            let kind = read::kind_of(&path);
            SourceFile::new(path, text, kind)
        };
        Self::from_source_files(files.into_iter().map(with_kind).collect())
    }

    /// The file of an id. An id of another map may name another file.
    ///
    /// # Panics
    ///
    /// When the map has no such file, which an id of this map never does.
    #[must_use]
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// All files with their ids, in path order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        let numbered = self.files.iter().zip(0..);
        numbered.map(|(file, id)| (FileId(id), file))
    }

    /// The files that are pages, in path order: neither the included ones nor the configuration.
    pub fn pages(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        let aside = [FileKind::Include, FileKind::Configuration];
        self.iter()
            .filter(move |(_, file)| !aside.contains(&file.kind))
    }

    /// The number of files, included ones too.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// There are no files.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The file at a path as in [`SourceFile::path`].
    #[must_use]
    pub fn find(&self, path: &str) -> Option<FileId> {
        let place = self
            .files
            .binary_search_by(|file| file.path.as_str().cmp(path));
        place.ok().and_then(|at| u32::try_from(at).ok()).map(FileId)
    }

    /// The text that a span covers; empty when the span is none of the file's.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        let file = self.files.get(span.file.0 as usize);
        file.and_then(|file| file.text.get(span.range()))
            .unwrap_or("")
    }

    /// Where a span begins.
    #[must_use]
    pub fn line_column(&self, span: Span) -> LineColumn {
        self.get(span.file).line_column(span.start)
    }

    /// Where a span ends: the place behind its last character.
    #[must_use]
    pub fn end_line_column(&self, span: Span) -> LineColumn {
        self.get(span.file).line_column(span.end)
    }

    fn from_source_files(mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|left, right| left.path.cmp(&right.path));
        files.dedup_by(|later, kept| later.path == kept.path);
        Self { files }
    }
}

#[cfg(test)]
mod tests;
