//! Where the parts of this repository are.

use std::env;
use std::path::{Path, PathBuf};

/// The root of the workspace that this program was built in.
pub(crate) fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_path_buf()
}

/// The documents that the crate in this repository is generated from.
pub(crate) fn docs() -> PathBuf {
    root().join("docs-src")
}

/// The crate that is generated in this repository.
pub(crate) fn generated() -> PathBuf {
    root().join("generated")
}

/// The crate that generated code stands on.
pub(crate) fn runtime() -> PathBuf {
    root().join("runtime")
}

/// The folder that cargo builds into.
pub(crate) fn target() -> PathBuf {
    let folder = env::var_os("CARGO_TARGET_DIR").filter(|folder| !folder.is_empty());
    root().join(folder.map_or_else(|| "target".into(), PathBuf::from))
}

/// A path as one from the root of the workspace, with `/`; as it is where it leads elsewhere.
pub(crate) fn seen_from_root(path: &Path) -> String {
    let below = |path: &Path| {
        let full = path.canonicalize().ok()?;
        let root = root().canonicalize().ok()?;
        full.strip_prefix(root).map(Path::to_path_buf).ok()
    };
    let path = below(path).unwrap_or_else(|| path.to_path_buf());
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documents_of_this_repository_are_seen_from_its_root() {
        let there_and_back = docs().join("../docs-src");
        assert_eq!(seen_from_root(&there_and_back), "docs-src");
        assert_eq!(
            seen_from_root(Path::new("../elsewhere/docs")),
            "../elsewhere/docs"
        );
    }
}
