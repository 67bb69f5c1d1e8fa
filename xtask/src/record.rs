//! What a run of `codegen` read, said and wrote into a record, and a record back into what the next
//! run need not do again.
//!
//! The output and the words of a run follow from the pages, the options and the program, and from
//! nothing else; the text of a file follows from its part of the crate and the program. A record tells
//! what followed from which of them: it stays true whatever happens to the pages or to the output, since
//! both are looked at again, to the last byte, before it is believed. Where there is any doubt (no
//! record, one that can't be read or is another program's, another cause, an output that is not the
//! recorded one), the run goes the whole way.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::hash;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use blake3::{Hash, Hasher};
use graph_codegen::emit::File;
use graph_codegen::select::Selection;
use graph_codegen::{Docs, PageCache, Target};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::codegen::Said;
use crate::output::{self, Output};
use crate::workspace;

/// What followed from a cause.
#[derive(Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Record {
    /// The digest of the program.
    program: String,
    /// The digest of all that the output depends on, the program aside.
    cause: String,
    /// The digest of the output.
    output: String,
    /// What is known of each file but the manifest.
    files: BTreeMap<String, Printed>,
    /// What is said of pages and findings.
    pub(crate) said: Said,
}

/// What a file was printed from, and what it holds, as digests.
#[derive(Debug, Deserialize, Eq, PartialEq, Serialize)]
struct Printed {
    source: String,
    text: String,
}

/// The digests of everything that the output and the words of a run follow from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cause {
    program: Hash,
    /// Pages and options.
    rest: Hash,
}

impl Cause {
    /// The cause of a run. None when the program can't be read, which happens while it is built anew.
    pub(crate) fn of(docs: &Docs, target: &Target, selection: &Selection) -> Option<Self> {
        let files: Vec<_> = docs.sources.iter().map(|(_, file)| file).collect();
        let (program, digests) = rayon::join(program, || {
            let digests = files.par_iter().map(|file| file.digest());
            digests.collect::<Vec<_>>()
        });
        let mut rest = Hasher::new();
        // The name of the folder is in the configuration where the crate is named after it.
        let options = format!("{:?} {target:?} {selection:?}", docs.config);
        rest.update(blake3::hash(options.as_bytes()).as_bytes());
        for (file, digest) in files.iter().zip(digests) {
            // Neither paths nor kinds hold what parts them here.
            rest.update(format!("{}\0{:?}\0", file.path, file.kind).as_bytes());
            rest.update(&digest);
        }
        Some(Self {
            program: program?,
            rest: rest.finalize(),
        })
    }
}

/// The digest of this program.
fn program() -> Option<Hash> {
    let bytes = fs::read(env::current_exe().ok()?).ok()?;
    Some(blake3::hash(&bytes))
}

/// The digest of what the text of a file follows from, the program aside.
pub(crate) fn source(file: &File<'_>) -> Hash {
    let mut bytes = Bytes::default();
    hash::Hash::hash(file, &mut bytes);
    blake3::hash(&bytes.0)
}

/// All that is fed to a hasher, one behind the other. What is hashed tells where each part ends.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl hash::Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Nobody asks for this: the bytes are what counts.
    fn finish(&self) -> u64 {
        0
    }
}

impl Record {
    /// The record of the folder `out`, a full path, if the same program has left one.
    pub(crate) fn read(out: &Path, cause: Cause) -> Option<Self> {
        let text = fs::read(path(out, "json")).ok()?;
        let record: Self = serde_json::from_slice(&text).ok()?;
        (record.program == cause.program.to_hex().as_str()).then_some(record)
    }

    /// Whether the record has this cause, and the folder `out` holds to the byte what it says.
    pub(crate) fn holds(&self, out: &Path, cause: Cause) -> bool {
        if self.cause != cause.rest.to_hex().as_str() {
            return false;
        }
        let digest = self.look(out).and_then(|output| output.digest());
        digest.is_some_and(|digest| self.output == digest.to_hex().as_str())
    }

    /// Looks at what the folder `out` holds of the recorded output.
    pub(crate) fn look(&self, out: &Path) -> Option<Output> {
        let paths = self.files.keys().map(|path| &**path);
        let paths = paths.chain([output::MANIFEST]).collect();
        Output::look(out, &paths).ok()
    }

    /// How many files the output holds: the manifest is one of them.
    pub(crate) fn count(&self) -> usize {
        self.files.len() + 1
    }

    /// The digest of the text of the file at a path, if it was printed from this source.
    pub(crate) fn text(&self, path: &str, source: &Hash) -> Option<Hash> {
        let known = self.files.get(path);
        let known = known.filter(|known| known.source == source.to_hex().as_str())?;
        Hash::from_hex(&known.text).ok()
    }

    /// A record for the next run: of `files`, the manifest among them, and the digests of what they
    /// were printed from.
    pub(crate) fn of(
        cause: Cause,
        files: &output::Files,
        sources: &BTreeMap<String, Hash>,
        said: Said,
    ) -> Self {
        let printed = sources.iter().filter_map(|(path, source)| {
            let printed = Printed {
                source: source.to_hex().to_string(),
                text: files.get(path)?.digest.to_hex().to_string(),
            };
            Some((path.clone(), printed))
        });
        Self {
            program: cause.program.to_hex().to_string(),
            cause: cause.rest.to_hex().to_string(),
            output: output::of_files(files).to_hex().to_string(),
            files: printed.collect(),
            said,
        }
    }
}

/// What the same program has read in the run before over the folder `out`.
pub(crate) fn known(out: &Path, cause: Cause) -> PageCache {
    let bytes = fs::read(path(out, "pages")).unwrap_or_default();
    let known = bytes.strip_prefix(cause.program.as_bytes());
    PageCache::from_bytes(known.unwrap_or_default())
}

/// A file for the next run that is not in its place yet. One that can't be written is none: it costs
/// time and nothing else.
pub(crate) struct Draft {
    file: NamedTempFile,
    path: PathBuf,
}

impl Draft {
    /// Writes what was read from the pages.
    pub(crate) fn of_pages(out: &Path, cause: Cause, read: &PageCache) -> Option<Self> {
        Self::write(path(out, "pages"), |file| {
            file.write_all(cause.program.as_bytes())?;
            read.write(file)
        })
    }

    /// Writes a record.
    pub(crate) fn of_record(out: &Path, record: &Record) -> Option<Self> {
        let write = |file: &mut NamedTempFile| file.write_all(&serde_json::to_vec(record)?);
        Self::write(path(out, "json"), write)
    }

    fn write(
        path: PathBuf,
        write: impl FnOnce(&mut NamedTempFile) -> io::Result<()>,
    ) -> Option<Self> {
        let folder = path.parent()?;
        fs::create_dir_all(folder).ok()?;
        let mut file = NamedTempFile::new_in(folder).ok()?;
        write(&mut file).ok()?;
        Some(Self { file, path })
    }

    /// Puts the file into its place, in one step, so that it is never read half.
    pub(crate) fn keep(self) {
        let _ = self.file.persist(self.path);
    }
}

/// Where what is kept of the folder `out` stands.
fn path(out: &Path, extension: &str) -> PathBuf {
    let name = blake3::hash(out.as_os_str().as_encoded_bytes()).to_hex();
    let folder = workspace::target().join("graph-codegen");
    folder.join(format!("{name}.{extension}"))
}
