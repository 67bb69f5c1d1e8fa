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
//! The folder is read once, when it is looked at; whether somebody wrote to it meanwhile is told by
//! lengths and times. What is known to hold what it should need not be at hand as text.
//!
//! Nothing waits for the disk: on a busy machine that takes longer than all the rest. What a loss of
//! power takes away is written by the next run, which compares what the files hold, not their times.

mod difference;
mod digest;
mod found;
mod lock;
mod manifest;
mod place;
mod plan;
mod steps;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub(crate) use difference::Difference;
pub(crate) use digest::{Content, Digest, of_files};
pub(crate) use manifest::{NAME as MANIFEST, with_manifest};
pub(crate) use place::resolve;

use crate::failure::Failure;
use found::Found;
use lock::Lock;
use plan::Plan;

/// The files of a generated crate: path below its folder, with `/` on every system → what it holds.
pub(crate) type Files = BTreeMap<String, Content>;

/// An output folder, as it was looked at.
#[derive(Debug)]
pub(crate) struct Output {
    plan: Plan,
    /// None where that can't be told: something can't be read, or a run is at work there or was cut
    /// short.
    found: Option<Found>,
}

impl Output {
    /// Looks at the folder `out`, a path from [`resolve`]; what is at none of the paths is not read.
    ///
    /// # Errors
    ///
    /// When `out` is the root of the file system.
    pub(crate) fn look(out: &Path, paths: &BTreeSet<&str>) -> Result<Self, Failure> {
        let plan = Plan::beside(out)?;
        let found = match plan.work.exists() {
            true => None,
            false => Found::look(out, paths).ok(),
        };
        Ok(Self { plan, found })
    }

    /// Whether the file at a path holds what has this digest.
    pub(crate) fn holds(&self, path: &str, digest: &Digest) -> bool {
        let found = self.found.as_ref().and_then(|found| found.digest(path));
        found == Some(digest)
    }

    /// Whether it is known of each of the paths what the folder holds there.
    pub(crate) fn knows(&self, paths: &BTreeSet<&str>) -> bool {
        let found = self.found.as_ref();
        found.is_some_and(|found| paths.iter().all(|path| found.knows(path)))
    }

    /// The digest of all that the folder holds, but for what belongs to tools. None where that can't
    /// be told for sure.
    pub(crate) fn digest(&self) -> Option<Digest> {
        self.found.as_ref().and_then(Found::whole)
    }

    /// What would change if `files`, the manifest among them, were written; changes nothing.
    ///
    /// # Errors
    ///
    /// When the folder is none or can't be read.
    pub(crate) fn compare(&self, files: &Files) -> Result<Difference, Failure> {
        match &self.found {
            Some(found) => Ok(Difference::between(found, files)),
            None => Ok(Difference::between(&look(&self.plan.out, files)?, files)),
        }
    }

    /// Makes the folder hold `files`, the manifest among them, and nothing else that is ours. Gives
    /// what was changed; where nothing differs, nothing on disk is touched.
    ///
    /// # Errors
    ///
    /// When the folder holds files that are not ours, somebody else writes to it, or the system
    /// refuses. In all of these cases the folder stays as it was.
    pub(crate) fn write(&self, files: &Files) -> Result<Difference, Failure> {
        let plan = &self.plan;
        let current = || self.found.as_ref().filter(|found| found.is_current());
        // Without the lock only the answer that there is nothing to do can be trusted: anything else
        // may be another run at work.
        if !plan.work.exists()
            && let Some(found) = current()
            && let difference = Difference::between(found, files)
            && difference.is_empty()
        {
            return Ok(difference);
        }
        let _lock = Lock::take(&plan.work)?;
        plan.recover()?;
        match current() {
            Some(found) => commit(plan, files, found),
            None => commit(plan, files, &look(&plan.out, files)?),
        }
    }
}

fn look(out: &Path, files: &Files) -> Result<Found, Failure> {
    Found::look(out, &files.keys().map(|path| &**path).collect())
}

/// Brings the difference to the folder; where that fails, the folder is as it was.
fn commit(plan: &Plan, files: &Files, found: &Found) -> Result<Difference, Failure> {
    let difference = Difference::between(found, files);
    difference.refuse_foreign(&plan.out)?;
    if difference.is_empty() {
        return Ok(difference);
    }
    let done = stage_and_replace(plan, files, found, &difference);
    let settled = plan.recover();
    match (done, settled) {
        // All that can fail now is the removal of left-overs, which the next run tries again.
        (Ok(()), _) => Ok(difference),
        (Err(failure), Ok(())) => Err(failure),
        (Err(failure), Err(other)) => Err(Failure::new(format!(
            "{failure}, and the old output can't be put back before the next run: {other}"
        ))),
    }
}

/// Stages the files, then swaps the folders or, where that can't be, replaces the files. A single
/// file takes the place of the old one as a folder does: in one call of the system.
fn stage_and_replace(
    plan: &Plan,
    files: &Files,
    found: &Found,
    difference: &Difference,
) -> Result<(), Failure> {
    let mut staged = difference.to_write().filter_map(|path| files.get(path));
    if !staged.all(|content| content.text.is_some()) {
        return Err(meanwhile(&plan.out));
    }
    let single = difference.single();
    steps::run_all(&match single {
        Some(path) => plan.stage_file(files, path),
        None => plan.stage(files, difference),
    })?;
    // What somebody put there meanwhile would go away with the old folder.
    if !found.is_current() {
        return Err(meanwhile(&plan.out));
    }
    if let Some(path) = single {
        return steps::run_all(&plan.replace_file(path));
    }
    if plan.can_swap(difference) && steps::run_all(&plan.swap()).is_ok() {
        return Ok(());
    }
    steps::run_all(&plan.replace(difference))
}

fn meanwhile(out: &Path) -> Failure {
    let out = out.display();
    Failure::new(format!(
        "somebody else wrote to the output `{out}` meanwhile; run again"
    ))
}
