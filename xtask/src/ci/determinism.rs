//! Several runs over the same pages into whether their outputs are the same to the byte.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use walkdir::WalkDir;

use super::{Verdict, cargo, corpus};
use crate::failure::Failure;
use crate::{report, workspace};

/// What is generated from each folder: all of it, and a part. The real pages hold these, too.
const PARTS: [&[&str]; 2] = [&[], &["--only", "/security/incidentTasks"]];

/// More threads than there are processors mix the pages up the most.
const THREADS: [&str; 2] = ["1", "13"];

/// Neither threads, nor the order in which a folder lists its files, nor the folder that the command
/// is run in may show in the output.
pub(super) fn run() -> Result<Verdict, Failure> {
    let mut passed = same("docs-src".as_ref(), &workspace::root())?;
    if let Some(docs) = corpus::folder() {
        passed &= same(corpus::PART.as_ref(), &docs)?;
    }
    Ok(passed.into())
}

/// A folder that goes away with the value.
pub(super) fn temporary() -> Result<TempDir, Failure> {
    let folder = TempDir::new();
    folder.map_err(|error| Failure::new(format!("there is no temporary folder ({error})")))
}

/// Generates from the folder `docs` of `root`, in every way that must not matter.
fn same(docs: &Path, root: &Path) -> Result<bool, Failure> {
    let folder = temporary()?;
    // The crate may be called after the folder, which keeps its name.
    let reversed = folder.path().join("reversed");
    copy_in_reverse(&root.join(docs), &reversed.join(docs))?;
    let mut passed = true;
    for part in PARTS {
        let outs = temporary()?;
        let out = outs.path().join("first");
        let expected = generate(&root.join(docs), &workspace::root(), THREADS[0], part, &out)?;
        let ways = [
            ("threads", docs.to_path_buf(), root, THREADS[1]),
            (
                "order and folder",
                docs.to_path_buf(),
                &reversed,
                THREADS[1],
            ),
            (
                "absolute path",
                reversed.join(docs),
                folder.path(),
                THREADS[0],
            ),
        ];
        for (number, (name, docs, from, threads)) in ways.into_iter().enumerate() {
            let out = outs.path().join(format!("other-{number}"));
            let found = generate(&docs, from, threads, part, &out)?;
            for path in differing(&expected, &found) {
                let docs = docs.display();
                report::words(&format!("{docs}: {name}: differs from run to run: {path}"));
                passed = false;
            }
        }
    }
    Ok(passed)
}

fn generate(
    docs: &Path,
    from: &Path,
    threads: &str,
    part: &[&str],
    out: &Path,
) -> Result<Contents, Failure> {
    let mut xtask = cargo::xtask()?;
    xtask.args(["codegen", "--no-cache", "--docs"]).arg(docs);
    xtask.arg("--out").arg(out).args(part);
    xtask.current_dir(from).env("RAYON_NUM_THREADS", threads);
    let status = cargo::silent(&mut xtask)?;
    match status.code() {
        // Errors of pages are findings; what is generated from them has to be the same, too.
        Some(0 | 1) => read(out),
        _ => Err(Failure::new(format!(
            "codegen of `{}` ended with {status}",
            docs.display()
        ))),
    }
}

/// Makes a copy whose files came to be in the other order, which some file systems list them in.
fn copy_in_reverse(from: &Path, to: &Path) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::io(from, "cannot be copied", &error);
    let entries = WalkDir::new(from).sort_by_file_name().into_iter();
    let entries: Vec<_> = entries
        .collect::<Result<_, _>>()
        .map_err(|error| failed(error.into()))?;
    let files = entries
        .iter()
        .rev()
        .filter(|entry| entry.file_type().is_file());
    for file in files {
        let below = file.path().strip_prefix(from).unwrap_or(file.path());
        let path = to.join(below);
        fs::create_dir_all(path.parent().unwrap_or(to)).map_err(failed)?;
        fs::copy(file.path(), &path).map_err(failed)?;
    }
    Ok(())
}

type Contents = BTreeMap<PathBuf, Vec<u8>>;

fn read(root: &Path) -> Result<Contents, Failure> {
    let failed = |error: io::Error| Failure::io(root, "cannot be read", &error);
    let mut contents = Contents::new();
    for entry in WalkDir::new(root) {
        let entry = entry.map_err(|error| failed(error.into()))?;
        if entry.file_type().is_file() {
            let path = entry
                .path()
                .strip_prefix(root)
                .unwrap_or(entry.path())
                .to_path_buf();
            contents.insert(path, fs::read(entry.path()).map_err(failed)?);
        }
    }
    Ok(contents)
}

fn differing(left: &Contents, right: &Contents) -> Vec<String> {
    let mut paths: Vec<_> = left.keys().chain(right.keys()).collect();
    paths.sort();
    paths.dedup();
    paths.retain(|path| left.get(*path) != right.get(*path));
    paths
        .iter()
        .map(|path| path.display().to_string())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_text_and_a_lone_file_differ() {
        let contents = |pairs: &[(&str, &str)]| -> Contents {
            let pairs = pairs.iter();
            pairs
                .map(|(path, text)| (path.into(), text.as_bytes().to_vec()))
                .collect()
        };
        let left = contents(&[("a", "1"), ("b", "1"), ("c", "1")]);
        let right = contents(&[("a", "1"), ("b", "2"), ("d", "1")]);
        assert_eq!(differing(&left, &right), ["b", "c", "d"]);
        assert_eq!(differing(&left, &left), [""; 0]);
    }
}
