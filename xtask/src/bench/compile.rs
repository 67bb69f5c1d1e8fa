//! The same models, generated and derived, into what a cold `cargo check` of each takes.

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use graph_codegen::resolve::Index;
use graph_codegen::{Target, emit, lower, rust};

use super::derive;
use super::measure::{self, Cost, median};
use crate::failure::Failure;
use crate::workspace;

/// How often each crate is checked; the middle one counts.
const RUNS: usize = 3;

/// The table of both crates.
pub(super) fn run(docs: &Path) -> Result<String, Failure> {
    let krate = models(docs)?;
    let folder = measure::temporary()?;
    let generated = check(&emit::emit(&krate), &folder.path().join("generated"))?;
    let derived = check(&derive::emit(&krate), &folder.path().join("derived"))?;
    let mut table = String::new();
    for (name, cost) in [("generated", generated), ("derived", derived)] {
        let Cost {
            seconds, mebibytes, ..
        } = cost;
        let _ = writeln!(table, "{name:<12}{seconds:>8.2} s {mebibytes:>8.0} MiB");
    }
    let time = generated.seconds / derived.seconds;
    let memory = generated.mebibytes / derived.mebibytes;
    let _ = writeln!(table, "{:<12}{time:>8.2}   {memory:>8.2}", "ratio");
    Ok(table)
}

/// The crate without its client: models are what both have.
fn models(docs: &Path) -> Result<rust::Crate, Failure> {
    let docs = graph_codegen::read(docs).map_err(|error| Failure::new(error.to_string()))?;
    let analysis = graph_codegen::analyse(&docs);
    let index = Index::new(&analysis.schema);
    let target = Target {
        runtime_path: workspace::runtime().to_string_lossy().replace('\\', "/"),
        standalone: true,
    };
    let (krate, _) = lower::lower(&index, &docs.sources, &docs.config, &target);
    Ok(rust::Crate {
        client: None,
        examples: Vec::new(),
        ..krate
    })
}

/// Writes a crate, builds what it stands on, and checks the crate alone.
fn check(files: &BTreeMap<String, String>, folder: &Path) -> Result<Cost, Failure> {
    write(files, folder)?;
    succeed(&mut cargo(folder), folder)?;
    let mut costs = Vec::new();
    for _ in 0..RUNS {
        // A file that is newer than the last build makes cargo do the crate again, and nothing
        // else; without incremental compilation that is a cold one.
        let root = folder.join("src/lib.rs");
        let text = fs::read(&root).and_then(|text| fs::write(&root, text));
        text.map_err(|error| Failure::io(&root, "cannot be written", &error))?;
        costs.push(succeed(&mut cargo(folder), folder)?);
    }
    Ok(Cost {
        seconds: median(costs.iter().map(|cost| cost.seconds).collect()),
        mebibytes: median(costs.iter().map(|cost| cost.mebibytes).collect()),
        code: Some(0),
    })
}

fn write(files: &BTreeMap<String, String>, folder: &Path) -> Result<(), Failure> {
    for (path, text) in files {
        let path = folder.join(path);
        let made = fs::create_dir_all(path.parent().unwrap_or(folder));
        let written = made.and_then(|()| fs::write(&path, text));
        written.map_err(|error| Failure::io(&path, "cannot be written", &error))?;
    }
    // The versions are those of the workspace, so that nothing has to be looked up.
    let lock = workspace::root().join("Cargo.lock");
    let copied = fs::copy(&lock, folder.join("Cargo.lock"));
    copied.map_err(|error| Failure::io(&lock, "cannot be copied", &error))?;
    Ok(())
}

fn cargo(folder: &Path) -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut cargo = Command::new(program);
    cargo.args(["check", "--lib"]).current_dir(folder);
    cargo
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TARGET_DIR", folder.join("target"));
    cargo
}

fn succeed(cargo: &mut Command, folder: &Path) -> Result<Cost, Failure> {
    let cost = measure::run(cargo)?;
    match cost.code {
        Some(0) => Ok(cost),
        _ => Err(Failure::new(format!(
            "the crate in `{}` does not compile",
            folder.display()
        ))),
    }
}
