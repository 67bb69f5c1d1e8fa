//! The same models, generated and derived, into what a cold `cargo check` of each takes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use graph_codegen::resolve::Index;
use graph_codegen::{Target, emit, lower, rust};

use super::derive;
use crate::check::Package;
use crate::failure::Failure;
use crate::measure::{self, Cost};
use crate::workspace;

/// The table of both crates, each checked so many times.
pub(super) fn run(docs: &Path, runs: usize) -> Result<String, Failure> {
    let krate = models(docs)?;
    let folder = measure::temporary()?;
    let crates = [
        package(&emit::emit(&krate), &folder.path().join("generated"))?,
        package(&derive::emit(&krate), &folder.path().join("derived"))?,
    ];
    drop(krate);
    let mut costs = [const { Vec::new() }; 2];
    // In turn, so that whatever else the machine does is in the way of both.
    for _ in 0..runs.max(1) {
        for (package, costs) in crates.iter().zip(&mut costs) {
            costs.push(succeed(package)?);
        }
    }
    Ok(table(costs.map(|costs| Cost::median(&costs))))
}

fn table([generated, derived]: [Cost; 2]) -> String {
    let mut table = String::new();
    for (name, cost) in [("generated", generated), ("derived", derived)] {
        let (seconds, cpu, memory) = (cost.seconds, cost.cpu_seconds, cost.mebibytes);
        let _ = writeln!(
            table,
            "{name:<12}{seconds:>8.2} s {cpu:>8.2} s CPU {memory:>8.0} MiB"
        );
    }
    let time = generated.seconds / derived.seconds;
    let cpu = generated.cpu_seconds / derived.cpu_seconds;
    let memory = generated.mebibytes / derived.mebibytes;
    let _ = writeln!(
        table,
        "{:<12}{time:>8.2}   {cpu:>8.2}       {memory:>8.2}",
        "ratio"
    );
    table
}

/// Writes a crate and builds what it stands on.
fn package(files: &BTreeMap<String, String>, folder: &Path) -> Result<Package, Failure> {
    write(files, folder)?;
    let package = Package {
        folder: folder.to_path_buf(),
        target: folder.join("target"),
        // The derived one is not for people to read, and the lints of the generated one are those
        // of the crate that users have; neither is what is measured here.
        deny_warnings: false,
        options: &["--lib"],
    };
    match package.prepare(measure::run_silently)? {
        true => Ok(package),
        false => Err(does_not_compile(&package)),
    }
}

fn succeed(package: &Package) -> Result<Cost, Failure> {
    let cost = package.check(measure::run_silently)?;
    match cost.code {
        Some(0) => Ok(cost),
        _ => Err(does_not_compile(package)),
    }
}

fn does_not_compile(package: &Package) -> Failure {
    let folder = package.folder.display();
    Failure::new(format!("the crate in `{folder}` does not compile"))
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
        start: None,
        examples: Vec::new(),
        ..krate
    })
}

fn write(files: &BTreeMap<String, String>, folder: &Path) -> Result<(), Failure> {
    for (path, text) in files {
        let path = folder.join(path);
        let made = fs::create_dir_all(path.parent().unwrap_or(folder));
        let written = made.and_then(|()| fs::write(&path, text));
        written.map_err(|error| Failure::io(&path, "cannot be written", &error))?;
    }
    Ok(())
}
