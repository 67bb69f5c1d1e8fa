//! A work folder into the right to work in it, which one run has at a time.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// How often a run looks again when the lock it got had just been thrown away by the run before.
const ATTEMPTS: usize = 16;

/// The right to work in a work folder. The folder goes away with it, unless something is left there.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Makes the work folder and takes its lock. The system gives the lock back when the process
    /// ends, however it ends.
    ///
    /// # Errors
    ///
    /// When another run has the lock, or the folder can't be written.
    pub(super) fn take(work: &Path) -> Result<Self, Failure> {
        for _ in 0..ATTEMPTS {
            match open(work) {
                Ok(Some(lock)) => return Ok(lock),
                Ok(None) => {}
                Err(TryLockError::Error(error)) => {
                    let folder = work.parent().unwrap_or(work);
                    return Err(Failure::io(folder, "cannot be written to", &error));
                }
                Err(TryLockError::WouldBlock) => break,
            }
        }
        let sentence =
            "another run of codegen is writing to this output; try again when it is done";
        Err(Failure::new(sentence))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // What can't be removed now is removed by the next run, so an error changes nothing.
        let _ = fs::remove_file(&self.path);
        let _ = self.path.parent().map(fs::remove_dir);
        let _ = self.file.unlock();
    }
}

/// Gives none when the file that was locked is no longer the one at the path: the run that had it
/// removed it between our opening and our locking it.
fn open(work: &Path) -> Result<Option<Lock>, TryLockError> {
    let path = work.join("lock");
    make_folder(work).map_err(TryLockError::Error)?;
    let file = match File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
    {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(TryLockError::Error(error)),
    };
    file.try_lock()?;
    let is_current = is_at(&file, &path);
    Ok(is_current.then_some(Lock { file, path }))
}

/// The run before may remove the folder at any moment, which [`fs::create_dir_all`] takes for an error.
fn make_folder(work: &Path) -> io::Result<()> {
    work.parent().map_or(Ok(()), fs::create_dir_all)?;
    match fs::create_dir(work) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let (Ok(ours), Ok(found)) = (file.metadata(), fs::metadata(path)) else {
        return false;
    };
    (ours.dev(), ours.ino()) == (found.dev(), found.ino())
}

/// Elsewhere a file that is open can't be removed and made anew.
#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}
