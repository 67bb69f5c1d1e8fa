//! Single changes on disk, each of which may be the last one that a killed run makes.
//!
//! Each step may be run again after it was run, or after it was cut short.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::failure::Failure;

/// One change on disk.
#[derive(Debug)]
pub(super) enum Step<'a> {
    /// The folder exists, and the folders that it stands in.
    MakeFolder(PathBuf),
    /// A file holds a text.
    Write { path: PathBuf, text: Cow<'a, str> },
    /// `to` is the file `from` under another name, or a copy of it with the same time.
    Link { from: PathBuf, to: PathBuf },
    /// `to` may be used by whom `from` may be used by.
    CopyPermissions { from: PathBuf, to: PathBuf },
    /// Two folders have changed places, in one call of the system.
    Exchange { left: PathBuf, right: PathBuf },
    /// `from` is now called `to`; a file that was called `to` is gone.
    Rename { from: PathBuf, to: PathBuf },
    /// There is no such file.
    RemoveFile(PathBuf),
    /// Folders below `root` on the way to `path` that hold nothing are gone.
    RemoveEmptyFolders { root: PathBuf, path: PathBuf },
    /// There is no such folder.
    RemoveTree(PathBuf),
}

/// Runs steps in their order, but for neighbours that each fill a file of their own: these run side
/// by side.
///
/// # Errors
///
/// The first error ends it; it names the file or folder.
pub(super) fn run_all(steps: &[Step<'_>]) -> Result<(), Failure> {
    let mut groups = steps.chunk_by(|left, right| left.fills_a_file() && right.fills_a_file());
    groups.try_for_each(|group| group.par_iter().try_for_each(Step::run))
}

impl Step<'_> {
    fn run(&self) -> Result<(), Failure> {
        let failed = |error| Failure::io(self.path(), "cannot be written", &error);
        self.change().map_err(failed)
    }

    fn fills_a_file(&self) -> bool {
        matches!(self, Self::Write { .. } | Self::Link { .. })
    }

    fn change(&self) -> io::Result<()> {
        match self {
            Self::MakeFolder(path) => fs::create_dir_all(path),
            Self::Write { path, text } => fs::write(path, text.as_bytes()),
            Self::Link { from, to } => link(from, to),
            Self::CopyPermissions { from, to } => {
                fs::set_permissions(to, fs::metadata(from)?.permissions())
            }
            Self::Exchange { left, right } => exchange(left, right),
            Self::Rename { from, to } => rename(from, to),
            Self::RemoveFile(path) => remove_file(path),
            Self::RemoveEmptyFolders { root, path } => {
                remove_empty_folders(root, path);
                Ok(())
            }
            Self::RemoveTree(path) => unless_gone(fs::remove_dir_all(path)),
        }
    }

    /// What an error of the step is about.
    fn path(&self) -> &Path {
        match self {
            Self::MakeFolder(path) | Self::RemoveFile(path) | Self::RemoveTree(path) => path,
            Self::Write { path, .. } | Self::RemoveEmptyFolders { path, .. } => path,
            Self::Link { to, .. } | Self::CopyPermissions { to, .. } | Self::Rename { to, .. } => {
                to
            }
            Self::Exchange { right, .. } => right,
        }
    }
}

/// Not every file system has hard links, and not everybody may make one of a file.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    remove_file(to)?;
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to)?;
    let modified = fs::metadata(from)?.modified()?;
    fs::File::options()
        .write(true)
        .open(to)?
        .set_modified(modified)
}

/// Where the output is a mount point, the work folder stands on another file system. A copy may be cut
/// short, but `from` is still there then.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices && from.is_file() => {
            link(from, to)?;
            fs::remove_file(from)
        }
        other => other,
    }
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(left: &Path, right: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, left, CWD, right, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_left: &Path, _right: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// A folder of that name is not the file, and stays.
fn remove_file(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => unless_gone(fs::remove_file(path)),
        Err(error) => unless_gone(Err(error)),
    }
}

fn unless_gone(result: io::Result<()>) -> io::Result<()> {
    match result {
        // A path through a file names nothing either.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(())
        }
        other => other,
    }
}

/// A folder that holds something stays, which the system sees to.
fn remove_empty_folders(root: &Path, path: &Path) {
    let folders = path
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != root);
    for folder in folders.filter(|folder| folder.starts_with(root)) {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}
