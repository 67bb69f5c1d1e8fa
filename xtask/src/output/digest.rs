//! The files of an output, in memory or on disk, into one digest that tells whether they are the same.

use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::difference::list;
use super::plan::Plan;
use super::{Files, manifest};
use crate::failure::Failure;

/// Tells sets of files apart: their paths and what they hold.
pub(crate) type Digest = blake3::Hash;

/// The digest of what an output holds once `files` are written to it, and how many files that are:
/// the manifest is one of them.
///
/// # Errors
///
/// When a path of `files` is none that can be written.
pub(crate) fn of_files(files: &Files) -> Result<(Digest, usize), Failure> {
    let manifest = manifest::text(files)?;
    let mut files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (&**path, &**text))
        .collect();
    files.push((manifest::NAME, &manifest));
    files.sort_unstable();
    let hashes = files
        .par_iter()
        .map(|(_, text)| blake3::hash(text.as_bytes()));
    let hashes: Vec<_> = hashes.collect();
    let paths = files.iter().map(|(path, _)| *path);
    Ok((digest(paths.zip(hashes)), files.len()))
}

/// The digest of what the folder `out` holds, but for what belongs to tools. None where that can't be
/// told for sure: something can't be read, is no ordinary file, or a run is at work there or was
/// cut short.
pub(crate) fn of_folder(out: &Path) -> Option<Digest> {
    if Plan::beside(out).ok()?.work.exists() || !fs::symlink_metadata(out).ok()?.is_dir() {
        return None;
    }
    let found: Vec<(String, bool)> = list(out).ok()?.into_iter().collect();
    let hash = |(path, is_file): &(String, bool)| match is_file {
        true => fs::read(out.join(path))
            .ok()
            .map(|text| blake3::hash(&text)),
        false => None,
    };
    let hashes: Option<Vec<_>> = found.par_iter().map(hash).collect();
    let paths = found.iter().map(|(path, _)| &**path);
    Some(digest(paths.zip(hashes?)))
}

/// Paths have to come in order. No path holds a zero byte, so that each ends where it ends.
fn digest<'a>(files: impl Iterator<Item = (&'a str, blake3::Hash)>) -> Digest {
    let mut digest = blake3::Hasher::new();
    for (path, hash) in files {
        digest.update(path.as_bytes()).update(b"\0");
        digest.update(hash.as_bytes());
    }
    digest.finalize()
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::output;

    /// What is written has the digest that was told before, and any change has another one.
    #[test]
    fn the_folder_has_the_digest_of_what_was_written() {
        let folder = TempDir::new().expect("a folder for the test");
        let out = folder.path().join("out");
        let files = [("src/lib.rs", "1"), ("Cargo.toml", "2"), ("src-x", "3")];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
        let files = Files::from(files);
        let (digest, count) = of_files(&files).expect("the paths are fine");
        assert_eq!(count, 4);
        assert_eq!(of_folder(&out), None);
        output::write(&out, &files).expect("it can be written");
        assert_eq!(of_folder(&out), Some(digest));

        fs::create_dir(out.join("target")).expect("a folder");
        fs::write(out.join("target/x"), "built").expect("a file");
        assert_eq!(of_folder(&out), Some(digest), "tools may leave files");

        fs::rename(out.join("src-x"), out.join("src-y")).expect("the file is there");
        assert!(of_folder(&out).is_some_and(|other| other != digest));
        fs::rename(out.join("src-y"), out.join("src-x")).expect("the file is there");
        fs::write(out.join("src-x"), "4").expect("a file");
        assert!(of_folder(&out).is_some_and(|other| other != digest));
        fs::write(out.join("src-x"), "3").expect("a file");
        assert_eq!(of_folder(&out), Some(digest));

        fs::create_dir(folder.path().join(".out.graph-codegen")).expect("a folder");
        assert_eq!(of_folder(&out), None, "somebody is at work");
    }
}
