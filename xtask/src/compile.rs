//! Documents into a crate, and the crate into whether it compiles without a warning.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use walkdir::WalkDir;

use crate::args::{Codegen, Compile};
use crate::check::Package;
use crate::failure::Failure;
use crate::measure::{self, Cost};
use crate::{Exit, codegen, report, workspace};

/// Generates, checks, and prints what that took. Pages with errors and a crate that does not compile
/// are findings.
pub(crate) fn run(args: &Compile) -> Result<Exit, Failure> {
    let folder = workspace::target().join("compile");
    let out = folder.join("crates").join(name(&args.docs.folder)?);
    let generated = codegen::run(&Codegen {
        docs: args.docs.clone(),
        out: out.clone(),
        part: args.part.clone(),
        check: false,
        no_cache: true,
    })?;
    report::data(&size(&out)?)?;
    let package = Package {
        folder: out,
        target: folder.join("target"),
        deny_warnings: true,
        options: options(args),
    };
    if !package.prepare(aloud)? {
        return Err(Failure::new("what the crate stands on does not compile"));
    }
    let cost = package.check(aloud)?;
    if cost.code != Some(0) {
        report::words("the crate does not compile");
        return Ok(Exit::Findings);
    }
    let (seconds, peak) = (cost.seconds, cost.mebibytes);
    report::data(&format!(
        "cargo check: {seconds:.1} s, peak memory {peak:.0} MiB\n"
    ))?;
    Ok(generated)
}

/// The crate is called as the folder of its documents.
fn name(docs: &Path) -> Result<std::ffi::OsString, Failure> {
    let full = docs.canonicalize();
    let full = full.map_err(|error| Failure::io(docs, "cannot be found", &error))?;
    Ok(full.file_name().unwrap_or("root".as_ref()).to_owned())
}

fn options(args: &Compile) -> &'static [&'static str] {
    match (args.models, args.tests) {
        (true, _) => &["--lib", "--no-default-features"],
        (_, true) => &["--lib", "--tests", "--examples"],
        _ => &["--lib"],
    }
}

/// Runs cargo so that people see what it says; nothing of that is data of ours.
fn aloud(cargo: &mut Command) -> Result<Cost, Failure> {
    measure::run(cargo.stdout(io::stderr()))
}

/// One line: how many files of Rust there are, and how large they are together.
fn size(out: &Path) -> Result<String, Failure> {
    let (mut files, mut bytes) = (0_usize, 0_u64);
    for entry in WalkDir::new(out).into_iter().flatten() {
        if entry
            .path()
            .extension()
            .is_some_and(|extension| extension == "rs")
        {
            let found = fs::metadata(entry.path());
            let found =
                found.map_err(|error| Failure::io(entry.path(), "cannot be read", &error))?;
            files += 1;
            bytes += found.len();
        }
    }
    let mebibytes = bytes as f64 / f64::from(1 << 20);
    Ok(format!("source: {files} files, {mebibytes:.1} MiB\n"))
}
