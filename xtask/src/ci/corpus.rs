//! Real pages, where they are at hand, into whether the generator bears them.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Verdict, cargo, determinism};
use crate::failure::Failure;
use crate::{report, workspace};

/// The variable that names the folder of the real pages.
const VARIABLE: &str = "GRAPH_DOCS";

/// The part of the pages that is generated and compiled.
pub(super) const PART: &str = "security-2025";

/// The part of the pages that is held against the service's metadata.
const MEASURED: &str = "graph-2021-beta";

/// The metadata of the same week, from the folder of the real pages.
const METADATA: &str = "../metadata/graph-2021-beta.csdl.xml";

/// A small service and its documents, from the root of the workspace.
const SAMPLE: &str = "tests/sample";

/// The least figures, from the root of the workspace.
const FLOORS: &str = "tests/floors/beta.toml";

/// Every page is analysed without a panic: findings are expected, a crash is not.
pub(super) fn lint() -> Result<Verdict, Failure> {
    let Some(docs) = folder() else {
        return Ok(skipped());
    };
    let mut passed = survives(&docs.join(PART))?;
    let seeds = [docs.join("seeds"), docs.join("../seeds")];
    if let Some(seeds) = seeds.iter().find(|folder| folder.is_dir()) {
        passed &= seeds_survive(seeds)?;
    }
    Ok(passed.into())
}

/// The crate from the real pages compiles without a warning, its tests and the program of its front page too.
pub(super) fn compile() -> Result<Verdict, Failure> {
    let Some(docs) = folder() else {
        return Ok(skipped());
    };
    let mut xtask = cargo::xtask()?;
    xtask.args(["compile", "--tests", "--docs"]);
    xtask.arg(docs.join(PART));
    cargo::passes(&mut xtask)
}

/// No figure of the comparison with a service's own metadata falls below its floor: that of the
/// sample in this repository anywhere, that of the real pages where they are at hand.
pub(super) fn floors() -> Result<Verdict, Failure> {
    let sample = workspace::root().join(SAMPLE);
    let metadata = sample.join("metadata.xml");
    let verdict = hold(&sample.join("docs"), &metadata, &sample.join("floors.toml"))?;
    let Some(docs) = folder().filter(|_| verdict == Verdict::Passed) else {
        return Ok(verdict);
    };
    let (pages, metadata) = (docs.join(MEASURED), docs.join(METADATA));
    if !pages.is_dir() || !metadata.is_file() {
        let pages = pages.display();
        report::words(&format!("`{pages}` and its metadata are not there"));
        return Ok(verdict);
    }
    hold(&pages, &metadata, &workspace::root().join(FLOORS))
}

fn hold(pages: &Path, metadata: &Path, floors: &Path) -> Result<Verdict, Failure> {
    let mut xtask = cargo::xtask()?;
    xtask.args(["verify", "--limit", "0", "--docs"]).arg(pages);
    xtask.arg("--metadata").arg(metadata);
    xtask.arg("--floors").arg(floors);
    cargo::passes(&mut xtask)
}

/// Relative paths start at the root of the workspace, whatever folder the command is run in.
pub(super) fn folder() -> Option<PathBuf> {
    let folder = env::var_os(VARIABLE).filter(|folder| !folder.is_empty());
    folder.map(|folder| workspace::root().join(folder))
}

fn skipped() -> Verdict {
    Verdict::Skipped(format!("{VARIABLE} is not set"))
}

/// Each seed is a page on its own; its file is not named like one.
fn seeds_survive(seeds: &Path) -> Result<bool, Failure> {
    let failed = |error: io::Error| Failure::io(seeds, "cannot be read", &error);
    let mut passed = true;
    for seed in fs::read_dir(seeds).map_err(failed)? {
        let seed = seed.map_err(failed)?.path();
        let folder = determinism::temporary()?;
        fs::copy(&seed, folder.path().join("page.md")).map_err(failed)?;
        if !survives(folder.path())? {
            report::words(&format!("the seed is `{}`", seed.display()));
            passed = false;
        }
    }
    Ok(passed)
}

fn survives(docs: &Path) -> Result<bool, Failure> {
    let mut xtask = cargo::xtask()?;
    xtask.args(["lint", "--format", "json", "--docs"]).arg(docs);
    let status = cargo::silent(&mut xtask)?;
    let survived = matches!(status.code(), Some(0 | 1));
    if !survived {
        report::words(&format!("lint of `{}` ended with {status}", docs.display()));
    }
    Ok(survived)
}
