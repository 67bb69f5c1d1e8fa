//! Two runs into whether their outputs are the same to the byte.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use tempfile::TempDir;
use walkdir::WalkDir;

use super::{Verdict, cargo};
use crate::failure::Failure;
use crate::{report, workspace};

/// Generates on one thread from the root of the workspace, then on all threads from elsewhere, and
/// compares. Neither threads nor the place that a path starts from may show in the output.
pub(super) fn run() -> Result<Verdict, Failure> {
    let folder = temporary()?;
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let ran = one_thread(&first)? && all_threads(folder.path(), &second)?;
    if !ran {
        report::words("codegen failed");
        return Ok(Verdict::Failed);
    }
    let differing = differing(&read(&first)?, &read(&second)?);
    for path in &differing {
        report::words(&format!("differs from run to run: {path}"));
    }
    Ok(differing.is_empty().into())
}

/// A folder that goes away with the value.
pub(super) fn temporary() -> Result<TempDir, Failure> {
    let folder = TempDir::new();
    folder.map_err(|error| Failure::new(format!("there is no temporary folder ({error})")))
}

fn one_thread(out: &Path) -> Result<bool, Failure> {
    let mut xtask = cargo::xtask()?;
    xtask
        .args(["codegen", "--docs", "docs-src", "--out"])
        .arg(out);
    xtask
        .current_dir(workspace::root())
        .env("RAYON_NUM_THREADS", "1");
    cargo::silent(&mut xtask).map(|status| status.success())
}

fn all_threads(elsewhere: &Path, out: &Path) -> Result<bool, Failure> {
    let mut xtask = cargo::xtask()?;
    xtask
        .args(["codegen", "--docs"])
        .arg(workspace::docs())
        .arg("--out")
        .arg(out);
    xtask.current_dir(elsewhere).env_remove("RAYON_NUM_THREADS");
    cargo::silent(&mut xtask).map(|status| status.success())
}

type Contents = BTreeMap<std::path::PathBuf, Vec<u8>>;

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
