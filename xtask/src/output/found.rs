//! A folder into what it holds: the digest of every file that a run may leave as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::digest::{self, Digest};
use super::manifest;
use crate::failure::Failure;

/// An output folder at the moment when it was looked at. All paths are below the folder, with `/`.
#[derive(Debug)]
pub(super) struct Found {
    out: PathBuf,
    state: State,
    /// What the files hold that were asked for.
    digests: BTreeMap<String, Digest>,
    /// What the manifest lists, which is always asked for.
    pub(super) ours: BTreeSet<String>,
}

/// What changes when somebody writes to a folder.
#[derive(Debug, Default, Eq, PartialEq)]
struct State {
    /// There is such a folder.
    exists: bool,
    /// Everything in it but folders and what belongs to tools.
    files: BTreeMap<String, Stamp>,
    has_tool_files: bool,
}

/// What changes when somebody writes to a file; none for what is no ordinary file. A new name of the
/// file changes nothing.
type Stamp = Option<(u64, SystemTime)>;

impl Found {
    /// Looks at the folder `out`, which need not exist. Only the files at some of the paths are read:
    /// who knows what else is there.
    ///
    /// # Errors
    ///
    /// When `out` is no folder, or can't be read.
    pub(super) fn look(out: &Path, paths: &BTreeSet<&str>) -> Result<Self, Failure> {
        let mut found = Self {
            out: out.to_path_buf(),
            state: State::default(),
            digests: BTreeMap::new(),
            ours: BTreeSet::new(),
        };
        if !is_there(out)? {
            return Ok(found);
        }
        let read = |(path, is_file): (String, bool)| {
            let full = out.join(&path);
            let (stamp, bytes) = match is_file && paths.contains(&*path) {
                true => read(&full).map(|(stamp, bytes)| (stamp, Some(bytes)))?,
                false => (stamp(&full)?, None),
            };
            let digest = bytes.as_deref().map(blake3::hash);
            // What it lists is what its stamp and its digest are of: another run may be at work.
            let manifest = bytes.filter(|_| path == manifest::NAME);
            Ok((path, stamp, digest, manifest))
        };
        let files: Vec<_> = list(out)?.into_iter().collect();
        let files = files.into_par_iter().map(read);
        for (path, stamp, digest, manifest) in files.collect::<Result<Vec<_>, Failure>>()? {
            if let Some(bytes) = manifest {
                found.ours = manifest::parse(&text(out, bytes)?);
            }
            found.digests.extend(digest.map(|it| (path.clone(), it)));
            found.state.files.insert(path, stamp);
        }
        found.state.has_tool_files = has_tool_files(out);
        found.state.exists = true;
        Ok(found)
    }

    /// Nobody has written to the folder since, as far as lengths and times tell.
    pub(super) fn is_current(&self) -> bool {
        State::of(&self.out).is_ok_and(|state| state == self.state)
    }

    /// The folder also holds what tools put there, such as `target/`.
    pub(super) fn has_tool_files(&self) -> bool {
        self.state.has_tool_files
    }

    /// The paths of everything that the folder holds, in order.
    pub(super) fn paths(&self) -> impl Iterator<Item = &String> {
        self.state.files.keys()
    }

    /// There is something at the path that is no folder.
    pub(super) fn has(&self, path: &str) -> bool {
        self.state.files.contains_key(path)
    }

    /// There is nothing at the path, or it was asked for.
    pub(super) fn knows(&self, path: &str) -> bool {
        !self.has(path) || self.digest(path).is_some()
    }

    /// What the file at a path holds that was asked for.
    pub(super) fn digest(&self, path: &str) -> Option<&Digest> {
        self.digests.get(path)
    }

    /// The digest of all that the folder holds; none where not everything was asked for.
    pub(super) fn whole(&self) -> Option<Digest> {
        let is_whole = self.state.exists && self.digests.len() == self.state.files.len();
        is_whole.then(|| digest::of(self.digests.iter().map(|(path, digest)| (&**path, *digest))))
    }
}

impl State {
    fn of(out: &Path) -> Result<Self, Failure> {
        if !is_there(out)? {
            return Ok(Self::default());
        }
        let stamp = |(path, _)| stamp(&out.join(&path)).map(|stamp| (path, stamp));
        let files: Vec<_> = list(out)?.into_iter().collect();
        let files = files.into_par_iter().map(stamp);
        Ok(Self {
            exists: true,
            files: files.collect::<Result<_, Failure>>()?,
            has_tool_files: has_tool_files(out),
        })
    }
}

fn is_there(out: &Path) -> Result<bool, Failure> {
    match fs::symlink_metadata(out) {
        Ok(found) if found.is_dir() => Ok(true),
        Ok(_) => {
            let sentence = format!("the output `{}` is not a folder", out.display());
            Err(Failure::new(sentence))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Failure::io(out, "cannot be read", &error)),
    }
}

/// Everything in `out` but folders and what belongs to tools; `true` where it is an ordinary file.
fn list(out: &Path) -> Result<BTreeMap<String, bool>, Failure> {
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

fn has_tool_files(out: &Path) -> bool {
    let mut names = manifest::OF_TOOLS.iter();
    names.any(|name| out.join(name).exists())
}

/// The path of `path` below `root` with `/`.
pub(super) fn slash_path(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    let parts = parts.map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

fn stamp(path: &Path) -> Result<Stamp, Failure> {
    let found = fs::symlink_metadata(path).and_then(|found| stamp_of(&found));
    found.map_err(|error| Failure::io(path, "cannot be read", &error))
}

fn stamp_of(found: &fs::Metadata) -> io::Result<Stamp> {
    match found.is_file() {
        true => Ok(Some((found.len(), found.modified()?))),
        false => Ok(None),
    }
}

/// The stamp of a file, and what it holds. The stamp is taken first, so that what is written while the
/// file is read makes another one.
fn read(path: &Path) -> Result<(Stamp, Vec<u8>), Failure> {
    let read = || {
        let mut file = File::open(path)?;
        let found = file.metadata()?;
        let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or_default());
        file.read_to_end(&mut bytes)?;
        Ok((stamp_of(&found)?, bytes))
    };
    read().map_err(|error| Failure::io(path, "cannot be read", &error))
}

/// The text of the manifest.
fn text(out: &Path, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let error = io::Error::new(io::ErrorKind::InvalidData, error);
        Failure::io(&out.join(manifest::NAME), "cannot be read", &error)
    })
}
