//! What files hold into digests that tell whether it is the same.

use super::Files;

/// Tells what is held apart.
pub(crate) type Digest = blake3::Hash;

/// What a file is to hold.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Content {
    /// The digest of it.
    pub(crate) digest: Digest,
    /// None where the output was seen to hold it already.
    pub(super) text: Option<String>,
}

impl Content {
    /// What the output was seen to hold.
    pub(crate) fn kept(digest: Digest) -> Self {
        Self { digest, text: None }
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Self {
            digest: blake3::hash(text.as_bytes()),
            text: Some(text),
        }
    }
}

/// The digest of what an output holds once `files`, the manifest among them, are written to it.
pub(crate) fn of_files(files: &Files) -> Digest {
    of(files
        .iter()
        .map(|(path, content)| (&**path, content.digest)))
}

/// Paths have to come in order. No path holds a zero byte, so that each ends where it ends.
pub(super) fn of<'a>(files: impl Iterator<Item = (&'a str, Digest)>) -> Digest {
    let mut digest = blake3::Hasher::new();
    for (path, hash) in files {
        digest.update(path.as_bytes()).update(b"\0");
        digest.update(hash.as_bytes());
    }
    digest.finalize()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use tempfile::TempDir;

    use super::*;
    use crate::output::{Output, with_manifest};

    /// What is written has the digest that was told before, and any change has another one.
    #[test]
    fn the_folder_has_the_digest_of_what_was_written() {
        let folder = TempDir::new().expect("a folder for the test");
        let out = folder.path().join("out");
        let files = [("src/lib.rs", "1"), ("Cargo.toml", "2"), ("src-x", "3")];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned().into()));
        let files = with_manifest(Files::from(files)).expect("the paths are fine");
        let mut paths: BTreeSet<&str> = files.keys().map(|path| &**path).collect();
        paths.insert("src-y");
        let look = |out: &Path| Output::look(out, &paths).expect("the output has a name");
        let of_folder = |out: &Path| look(out).digest();
        let digest = of_files(&files);
        assert_eq!(of_folder(&out), None);
        look(&out).write(&files).expect("it can be written");
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

        fs::write(out.join("mine"), "5").expect("a file");
        assert_eq!(of_folder(&out), None, "nobody asked for this file");
        fs::remove_file(out.join("mine")).expect("the file is there");
        fs::create_dir(folder.path().join(".out.graph-codegen")).expect("a folder");
        assert_eq!(of_folder(&out), None, "somebody is at work");
    }
}
