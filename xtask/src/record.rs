//! What a run of `codegen` read, said and wrote into a record, and a record back into what the next
//! run would say.
//!
//! The output and the words of a run follow from the pages, the options and the program, and from
//! nothing else. A record tells what followed from which of them: it stays true whatever happens to
//! the pages or to the output, since both are looked at again, to the last byte, before it is
//! believed. Where there is any doubt (no record, one that can't be read, another cause, an output that
//! is not the recorded one), the run goes the whole way.

use std::env;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use blake3::{Hash, Hasher};
use graph_codegen::select::Selection;
use graph_codegen::{Docs, Target};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::codegen::Said;
use crate::{output, workspace};

/// What followed from a cause.
#[derive(Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Record {
    /// The digest of all that the output depends on.
    cause: String,
    /// The digest of the output.
    output: String,
    /// How many files the output holds.
    pub(crate) files: usize,
    /// What is said of pages and findings.
    pub(crate) said: Said,
}

/// The digest of everything that the output and the words of a run follow from. None when the
/// program can't be read, which happens while it is built anew.
pub(crate) fn cause(docs: &Docs, target: &Target, selection: &Selection) -> Option<Hash> {
    let program = fs::read(env::current_exe().ok()?).ok()?;
    let mut cause = Hasher::new();
    cause.update(blake3::hash(&program).as_bytes());
    // The name of the folder is in the configuration where the crate is named after it.
    let options = format!("{:?} {target:?} {selection:?}", docs.config);
    cause.update(blake3::hash(options.as_bytes()).as_bytes());
    let files: Vec<_> = docs.sources.iter().map(|(_, file)| file).collect();
    let hashes: Vec<[Hash; 3]> = files
        .par_iter()
        .map(|file| {
            let kind = format!("{:?}", file.kind);
            [&file.path, &kind, &file.text].map(|text| blake3::hash(text.as_bytes()))
        })
        .collect();
    for hash in hashes.iter().flatten() {
        cause.update(hash.as_bytes());
    }
    Some(cause.finalize())
}

impl Record {
    /// The record of the folder `out`, a full path, if it has this cause and the folder holds to the
    /// byte what the record says.
    pub(crate) fn holding(out: &Path, cause: Hash) -> Option<Self> {
        let text = fs::read(path(out)).ok()?;
        let record: Self = serde_json::from_slice(&text).ok()?;
        let is_same = record.cause == cause.to_hex().as_str();
        let holds =
            || output::of_folder(out).is_some_and(|found| record.output == found.to_hex().as_str());
        (is_same && holds()).then_some(record)
    }

    /// Keeps a record for the next run. One that can't be kept costs time and nothing else.
    pub(crate) fn keep(out: &Path, cause: Hash, files: &output::Files, said: Said) {
        let Ok((output, files)) = output::of_files(files) else {
            return;
        };
        let record = Self {
            cause: cause.to_hex().to_string(),
            output: output.to_hex().to_string(),
            files,
            said,
        };
        // It comes to be in one step, so that it is never read half.
        let _ = record.store(&path(out));
    }

    fn store(&self, path: &Path) -> std::io::Result<()> {
        let folder = path.parent().unwrap_or(path);
        fs::create_dir_all(folder)?;
        let mut draft = NamedTempFile::new_in(folder)?;
        draft.write_all(&serde_json::to_vec_pretty(self)?)?;
        draft.persist(path)?;
        Ok(())
    }
}

/// Where the record of the folder `out` is kept.
fn path(out: &Path) -> PathBuf {
    let name = blake3::hash(out.as_os_str().as_encoded_bytes()).to_hex();
    let folder = workspace::target().join("graph-codegen");
    folder.join(format!("{name}.json"))
}
