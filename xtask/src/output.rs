//! Generated files into a folder: only what changed, and all of it or nothing.
//!
//! The folder belongs to the machine. A manifest in it (`.graph-codegen`) lists what was written,
//! so that files which are no longer generated can be removed, and so that a file somebody else put
//! there is never overwritten or removed: the run names it and stops.
//!
//! A run that is killed, at any moment, must not leave half of an output. One call of the system
//! does that: the new folder is built beside the old one, where unchanged files are hard links and
//! so keep their times, and both change places (`renameat2` with `RENAME_EXCHANGE`). Between the old
//! and the new output there is nothing to see.
//!
//! Some folders can't be swapped: one that holds a `target/`, a `Cargo.lock` or a `.git` of its own,
//! since these would go away with the old folder; one that a shell stands in, since it would be left
//! in a folder that is gone; one on a file system that can't do it (a layer of a container, a mount
//! point). There files are replaced one by one, behind an undo journal: the files that will go are
//! linked into the work folder, the journal is written, the files are replaced, the journal is
//! removed. A run that finds a journal puts the old output back before it does anything else.
//!
//! The work folder stands beside the output (`.NAME.graph-codegen`), on the same file system, and is
//! gone when the run ends. It also holds the lock that keeps two runs from one output.
//!
//! Nothing waits for the disk: on a busy machine that takes longer than all the rest. What a loss of
//! power takes away is written by the next run, which compares what the files hold, not their times.

mod difference;
mod digest;
mod lock;
mod manifest;
mod place;
mod plan;
mod steps;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::Path;

pub(crate) use difference::Difference;
pub(crate) use digest::{of_files, of_folder};
pub(crate) use place::resolve;

use crate::failure::Failure;
use lock::Lock;
use plan::Plan;

/// The files of a generated crate: path below its folder, with `/` on every system → text.
pub(crate) type Files = BTreeMap<String, String>;

/// What would change in the folder `out` if `files` were written; changes nothing.
///
/// # Errors
///
/// When `out` is no folder or can't be read, or when a path of `files` leads out of the folder.
pub(crate) fn compare(out: &Path, files: &Files) -> Result<Difference, Failure> {
    Difference::between(out, &manifest::with_manifest(files)?)
}

/// Makes the folder `out`, a path from [`resolve`], hold `files` and nothing else that is ours.
/// Gives what was changed; where nothing differs, nothing on disk is touched.
///
/// # Errors
///
/// When `out` holds files that are not ours, another run writes to it, or the system refuses. In all
/// of these cases the folder stays as it was.
pub(crate) fn write(out: &Path, files: &Files) -> Result<Difference, Failure> {
    let files = manifest::with_manifest(files)?;
    let plan = Plan::beside(out)?;
    // Without the lock only the answer that there is nothing to do can be trusted: anything else may
    // be another run at work.
    if !plan.work.exists()
        && let Ok(difference) = Difference::between(out, &files)
        && difference.is_empty()
    {
        return Ok(difference);
    }
    let _lock = Lock::take(&plan.work)?;
    plan.recover()?;
    let difference = Difference::between(out, &files)?;
    difference.refuse_foreign(out)?;
    if !difference.is_empty() {
        commit(&plan, &files, &difference)?;
    }
    Ok(difference)
}

/// Brings the difference to the folder; where that fails, the folder is as it was.
fn commit(plan: &Plan, files: &Files, difference: &Difference) -> Result<(), Failure> {
    let done = stage_and_replace(plan, files, difference);
    let settled = plan.recover();
    match (done, settled) {
        // All that can fail now is the removal of left-overs, which the next run tries again.
        (Ok(()), _) => Ok(()),
        (Err(failure), Ok(())) => Err(failure),
        (Err(failure), Err(other)) => Err(Failure::new(format!(
            "{failure}, and the old output can't be put back before the next run: {other}"
        ))),
    }
}

/// Stages the files, then swaps the folders or, where that can't be, replaces the files.
fn stage_and_replace(plan: &Plan, files: &Files, difference: &Difference) -> Result<(), Failure> {
    steps::run_all(&plan.stage(files, difference))?;
    // What somebody put there meanwhile would go away with the old folder.
    if Difference::between(&plan.out, files)? != *difference {
        let out = plan.out.display();
        let sentence = format!("somebody else wrote to the output `{out}` meanwhile; run again");
        return Err(Failure::new(sentence));
    }
    if plan.can_swap(difference) && steps::run_all(&plan.swap()).is_ok() {
        return Ok(());
    }
    steps::run_all(&plan.replace(difference))
}
