//! Paths of generated files into the text of a manifest, and back.

use std::collections::BTreeSet;

use super::Files;
use crate::failure::Failure;

/// The name of the manifest in the output folder.
pub(crate) const NAME: &str = ".graph-codegen";

/// What tools put into the output folder, which is neither ours nor a reason to stop.
pub(super) const OF_TOOLS: [&str; 3] = [".git", "Cargo.lock", "target"];

const HEADER: &str =
    "# The files of this folder that `cargo xtask codegen` wrote and may remove.\n";

/// The files together with the manifest that lists them.
///
/// # Errors
///
/// When a path is absolute, leads out of the folder, holds a control character, or is one that
/// belongs to somebody else.
pub(crate) fn with_manifest(mut files: Files) -> Result<Files, Failure> {
    if let Some(path) = files.keys().find(|path| !is_writable(path)) {
        return Err(Failure::new(format!(
            "a file can't be generated at the path {path:?}"
        )));
    }
    let lines = files.keys().map(|path| format!("{path}\n"));
    let text: String = std::iter::once(HEADER.to_owned()).chain(lines).collect();
    files.insert(NAME.to_owned(), text.into());
    Ok(files)
}

/// The paths that a manifest lists, and its own.
pub(super) fn parse(text: &str) -> BTreeSet<String> {
    let lines = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.chain([NAME]).map(str::to_owned).collect()
}

fn is_writable(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    let parts = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    let characters = !path.contains(|c: char| c.is_control() || matches!(c, '\\' | ':'));
    let is_free = first != NAME && !OF_TOOLS.contains(&first) && !first.starts_with('#');
    parts && characters && is_free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_as_it_was_written() {
        let files =
            ["Cargo.toml", "src/lib.rs"].map(|path| (path.to_owned(), String::new().into()));
        let files = with_manifest(files.into()).expect("the paths are fine");
        let text = files[NAME].text.as_deref();
        let listed = parse(text.expect("the manifest is new"));
        assert_eq!(listed, files.into_keys().collect());
    }

    #[test]
    fn paths_that_are_not_ours_are_refused() {
        let bad = [
            "",
            "/etc/passwd",
            "../x",
            "src/../../x",
            "src//x",
            "./x",
            "a\nb",
            "c:\\x",
            "target/x",
            ".git/config",
            "Cargo.lock",
            ".graph-codegen",
            "# x",
        ];
        for path in bad {
            let files = Files::from([(path.to_owned(), String::new().into())]);
            assert!(with_manifest(files).is_err(), "{path:?} was let through");
        }
    }
}
