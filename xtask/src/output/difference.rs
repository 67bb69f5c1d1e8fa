//! A folder and the files it should hold into what differs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{Files, manifest};
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
    /// Compares the folder `out`, which need not exist, with `files`, the manifest among them.
    ///
    /// # Errors
    ///
    /// When `out` is no folder, or can't be read.
    pub(super) fn between(out: &Path, files: &Files) -> Result<Self, Failure> {
        match fs::symlink_metadata(out) {
            Ok(found) if found.is_dir() => compare(out, files),
            Ok(_) => {
                let sentence = format!("the output `{}` is not a folder", out.display());
                Err(Failure::new(sentence))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self {
                created: files.keys().cloned().collect(),
                ..Self::default()
            }),
            Err(error) => Err(Failure::io(out, "cannot be read", &error)),
        }
    }

    /// The folder holds what it should, whoever wrote it.
    pub(crate) fn is_empty(&self) -> bool {
        let lists = [&self.created, &self.changed, &self.removed, &self.foreign];
        lists.iter().all(|list| list.is_empty())
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

fn compare(out: &Path, files: &Files) -> Result<Difference, Failure> {
    let found = list(out)?;
    let ours = ours(out, &found)?;
    let mut difference = Difference {
        has_tool_files: manifest::OF_TOOLS
            .iter()
            .any(|name| out.join(name).exists()),
        ..Difference::default()
    };
    let compared: Vec<_> = files.iter().collect();
    let compared = compared.into_par_iter().map(|(path, text)| {
        let is_same = match found.get(path) {
            Some(true) => Some(has_text(&out.join(path), text)?),
            Some(false) => Some(false),
            None => None,
        };
        Ok((path, is_same))
    });
    for (path, is_same) in compared.collect::<Result<Vec<_>, Failure>>()? {
        let list = match is_same {
            None => &mut difference.created,
            Some(true) => &mut difference.unchanged,
            Some(false) if ours.contains(path) => &mut difference.changed,
            Some(false) => &mut difference.foreign,
        };
        list.push(path.clone());
    }
    for path in found.into_keys().filter(|path| !files.contains_key(path)) {
        match ours.contains(&path) {
            true => difference.removed.push(path),
            false => difference.foreign.push(path),
        }
    }
    difference.foreign.sort();
    Ok(difference)
}

/// Everything in `out` but folders and what belongs to tools; `true` where it is an ordinary file.
pub(super) fn list(out: &Path) -> Result<BTreeMap<String, bool>, Failure> {
    let walk = WalkDir::new(out).min_depth(1).into_iter();
    let mut found = BTreeMap::new();
    for entry in walk.filter_entry(|entry| !is_of_tools(entry)) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(out).to_path_buf();
            Failure::io(&path, "cannot be read", &io::Error::from(error))
        })?;
        if !entry.file_type().is_dir() {
            found.insert(slash_path(out, entry.path()), entry.file_type().is_file());
        }
    }
    Ok(found)
}

fn is_of_tools(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_str().unwrap_or_default();
    entry.depth() == 1 && manifest::OF_TOOLS.contains(&name)
}

/// The path of `path` below `root` with `/`.
pub(super) fn slash_path(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    let parts = parts.map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

fn ours(out: &Path, found: &BTreeMap<String, bool>) -> Result<BTreeSet<String>, Failure> {
    if found.get(manifest::NAME) != Some(&true) {
        return Ok(BTreeSet::new());
    }
    let path = out.join(manifest::NAME);
    let text = fs::read_to_string(&path);
    let text = text.map_err(|error| Failure::io(&path, "cannot be read", &error))?;
    Ok(manifest::parse(&text))
}

fn has_text(path: &Path, text: &str) -> Result<bool, Failure> {
    let size = fs::metadata(path).map(|found| found.len());
    let size = size.map_err(|error| Failure::io(path, "cannot be read", &error))?;
    if size != text.len() as u64 {
        return Ok(false);
    }
    let bytes = fs::read(path);
    let bytes = bytes.map_err(|error| Failure::io(path, "cannot be read", &error))?;
    Ok(bytes == text.as_bytes())
}
