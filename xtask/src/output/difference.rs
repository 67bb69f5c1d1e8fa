//! A folder and the files it should hold into what differs.

use std::path::Path;

use super::Files;
use super::found::Found;
use crate::failure::Failure;

/// The most files of somebody else that one sentence names.
const NAMED: usize = 10;

/// What differs between a folder and the files that it should hold. All paths are below the folder,
/// with `/`, and in order.
#[derive(Debug, Default, Eq, PartialEq)]
pub(crate) struct Difference {
    /// The folder lacks these.
    pub(crate) created: Vec<String>,
    /// The folder holds these with another content.
    pub(crate) changed: Vec<String>,
    /// Ours, and no longer generated.
    pub(crate) removed: Vec<String>,
    /// The folder holds these as they should be.
    pub(crate) unchanged: Vec<String>,
    /// Not ours: neither in the manifest nor the same as what would be written.
    pub(crate) foreign: Vec<String>,
    /// The folder also holds what tools put there, such as `target/`.
    pub(super) has_tool_files: bool,
}

impl Difference {
    /// Compares a folder with `files`, the manifest among them.
    pub(super) fn between(found: &Found, files: &Files) -> Self {
        let mut difference = Self {
            has_tool_files: found.has_tool_files(),
            ..Self::default()
        };
        for (path, content) in files {
            let list = match found.has(path) {
                false => &mut difference.created,
                true if found.digest(path) == Some(&content.digest) => &mut difference.unchanged,
                true if found.ours.contains(path) => &mut difference.changed,
                true => &mut difference.foreign,
            };
            list.push(path.clone());
        }
        for path in found.paths().filter(|path| !files.contains_key(*path)) {
            match found.ours.contains(path) {
                true => difference.removed.push(path.clone()),
                false => difference.foreign.push(path.clone()),
            }
        }
        difference.foreign.sort();
        difference
    }

    /// The folder holds what it should, whoever wrote it.
    pub(crate) fn is_empty(&self) -> bool {
        let lists = [&self.created, &self.changed, &self.removed, &self.foreign];
        lists.iter().all(|list| list.is_empty())
    }

    /// The paths of the files that have to be written.
    pub(super) fn to_write(&self) -> impl Iterator<Item = &String> {
        self.created.iter().chain(&self.changed)
    }

    /// The only file that differs, where it is there already.
    pub(super) fn single(&self) -> Option<&str> {
        match (&*self.created, &*self.changed, &*self.removed) {
            ([], [path], []) => Some(path),
            _ => None,
        }
    }

    /// Stops where the folder holds files that are not ours.
    ///
    /// # Errors
    ///
    /// Names the files.
    pub(super) fn refuse_foreign(&self, out: &Path) -> Result<(), Failure> {
        if self.foreign.is_empty() {
            return Ok(());
        }
        let named = self.foreign.iter().take(NAMED);
        let names: Vec<String> = named.map(|path| format!("`{path}`")).collect();
        let more = match self.foreign.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        Err(Failure::new(format!(
            "the output `{}` holds files that codegen did not write: {}{more}; \
             move them away or give another folder with --out",
            out.display(),
            names.join(", "),
        )))
    }
}
