//! The `--out` of a command line into a full path that may be written to.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The full path of the folder `out`, which need not exist, for documents in the folder `docs`.
///
/// # Errors
///
/// When `out` is no folder, or one of the two folders holds the other.
pub(crate) fn resolve(out: &Path, docs: &Path) -> Result<PathBuf, Failure> {
    let full = full_path(out)?;
    if fs::symlink_metadata(&full).is_ok_and(|found| !found.is_dir()) {
        return Err(Failure::new(format!(
            "the output `{}` is not a folder",
            out.display()
        )));
    }
    let docs_full = full_path(docs)?;
    if full.starts_with(&docs_full) || docs_full.starts_with(&full) {
        return Err(Failure::new(format!(
            "the output `{}` and the documents `{}` overlap; give a folder apart from them",
            out.display(),
            docs.display(),
        )));
    }
    Ok(full)
}

/// The path with links followed and `..` resolved, as far as it exists.
fn full_path(path: &Path) -> Result<PathBuf, Failure> {
    let failed = |error| Failure::io(path, "cannot be found", &error);
    let full = env::current_dir().map_err(failed)?.join(path);
    let mut rest = Vec::new();
    for existing in full.ancestors() {
        if let Ok(found) = existing.canonicalize() {
            return append(path, found, rest);
        }
        rest.push(existing.file_name());
    }
    Ok(full)
}

/// A folder that does not exist has no `..`.
fn append(
    path: &Path,
    mut full: PathBuf,
    rest: Vec<Option<&std::ffi::OsStr>>,
) -> Result<PathBuf, Failure> {
    for name in rest.into_iter().rev() {
        let name = name.ok_or_else(|| {
            let sentence = "leads through a folder that does not exist";
            Failure::new(format!("`{}` {sentence}", path.display()))
        })?;
        full.push(name);
    }
    Ok(full)
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn a_file_is_no_folder() {
        let folder = TempDir::new().expect("a folder for the test");
        let out = folder.path().join("out");
        fs::write(&out, "a file\n").expect("a file");
        let failure = resolve(&out, &folder.path().join("docs")).expect_err("a file is no folder");
        assert!(failure.to_string().contains("not a folder"), "{failure}");
    }

    #[test]
    fn an_output_that_overlaps_the_documents_is_refused() {
        let folder = TempDir::new().expect("a folder for the test");
        let root = folder.path().canonicalize().expect("the folder is there");
        let docs = root.join("docs");
        fs::create_dir(&docs).expect("a folder");
        let bad = ["", "docs", "docs/new", "docs/../docs/deep/new"].map(|out| root.join(out));
        for out in bad {
            let failure = resolve(&out, &docs)
                .expect_err("the folders overlap")
                .to_string();
            assert!(failure.contains("overlap"), "{failure}");
        }
        let apart = root.join("docs-out");
        assert_eq!(
            resolve(&apart, &docs).expect("the folders are apart"),
            apart
        );
    }

    #[test]
    fn a_folder_that_does_not_exist_leads_nowhere() {
        let folder = TempDir::new().expect("a folder for the test");
        let out = folder.path().join("missing/../out");
        let failure = resolve(&out, &folder.path().join("docs")).expect_err("there is no way");
        assert!(failure.to_string().contains("does not exist"), "{failure}");
    }
}
