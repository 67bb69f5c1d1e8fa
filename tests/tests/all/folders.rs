//! Where the parts of this repository are, and how cargo is run on what tests write.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository.
pub(crate) fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .join("..")
        .canonicalize()
        .expect("the repository is there")
}

/// The folder of real pages, or none with a word on it.
#[expect(
    clippy::print_stderr,
    reason = "whoever reads the output should know what did not run"
)]
pub(crate) fn real_pages() -> Option<PathBuf> {
    let folder = std::env::var_os("GRAPH_DOCS").filter(|folder| !folder.is_empty());
    if folder.is_none() {
        eprintln!("skipped: GRAPH_DOCS is not set");
    }
    folder.map(|folder| root().join(folder))
}

/// A page of `docs-src`.
pub(crate) fn page(path: &str) -> String {
    read(&root().join("docs-src").join(path))
}

/// The text of a file.
pub(crate) fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Writes a file, and the folders that it stands in.
pub(crate) fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("a folder");
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// Writes the files of a generated crate.
pub(crate) fn write_all<'a>(
    folder: &Path,
    files: impl IntoIterator<Item = (&'a String, &'a String)>,
) {
    for (path, text) in files {
        write(&folder.join(path), text);
    }
}

/// Cargo for the folder of a workspace that a test has written, which takes the versions of ours:
/// nothing has to be fetched. What it builds lands beside what was built for the tests themselves,
/// so that the runtime and all below it are built once.
pub(crate) fn cargo(folder: &Path) -> Command {
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file to copy");
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", root().join(target))
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only");
    command
}

/// Runs a command to its end, holds it to success, and gives what it printed.
pub(crate) fn succeed(command: &mut Command) -> String {
    let output = command.output().expect("the program can be started");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{command:?}: {}\n{printed}{told}",
        output.status
    );
    printed
}
