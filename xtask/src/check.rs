//! A crate in a folder into what a cold `cargo check` of it alone takes.

use std::env;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::failure::Failure;
use crate::measure::Cost;
use crate::workspace;

/// The files that a manifest of ours names, and what there is in them when there is nothing: a crate of
/// these is what it stands on.
const ROOTS: [(&str, &str); 3] = [
    ("src/lib.rs", "//! Nothing.\n"),
    ("tests/examples/main.rs", "//! Nothing.\n"),
    ("examples/start.rs", "//! Nothing.\nfn main() {}\n"),
];

/// A crate to be checked.
#[derive(Debug)]
pub(crate) struct Package {
    /// The folder of the crate.
    pub(crate) folder: PathBuf,
    /// The folder that it is built into.
    pub(crate) target: PathBuf,
    /// A warning is an error.
    pub(crate) deny_warnings: bool,
    /// Options of `cargo check`.
    pub(crate) options: &'static [&'static str],
}

impl Package {
    /// Builds what the crate stands on and nothing of the crate, with `run` to run cargo. Tells
    /// whether that went well.
    ///
    /// # Errors
    ///
    /// When files can't be written, or cargo can't be run.
    pub(crate) fn prepare(&self, run: Run) -> Result<bool, Failure> {
        // It stands beside the crate, so that relative paths of the manifest lead to the same places.
        let mut name = self.folder.file_name().unwrap_or_default().to_owned();
        name.push("-stub");
        let stub = self.folder.with_file_name(name);
        copy(&self.folder.join("Cargo.toml"), &stub.join("Cargo.toml"))?;
        for (path, nothing) in ROOTS {
            write(&stub.join(path), nothing)?;
        }
        // The versions are those of the workspace, so that nothing has to be looked up.
        let lock = workspace::root().join("Cargo.lock");
        for folder in [&stub, &self.folder] {
            copy(&lock, &folder.join("Cargo.lock"))?;
        }
        Ok(run(&mut self.cargo(&stub))?.code == Some(0))
    }

    /// Checks the crate as if it were done for the first time, with `run` to run cargo.
    ///
    /// # Errors
    ///
    /// When cargo can't be run. Whether the crate compiles is for the exit code to tell.
    pub(crate) fn check(&self, run: Run) -> Result<Cost, Failure> {
        // A file that is newer than the last build makes cargo do the crate again, and nothing else;
        // without incremental compilation that is a cold one.
        for root in ROOTS.map(|(path, _)| self.folder.join(path)) {
            if root.is_file() {
                let touched = File::options().append(true).open(&root);
                let touched = touched.and_then(|file| file.set_modified(SystemTime::now()));
                touched.map_err(|error| Failure::io(&root, "cannot be written", &error))?;
            }
        }
        run(&mut self.cargo(&self.folder))
    }

    fn cargo(&self, folder: &Path) -> Command {
        let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut cargo = Command::new(program);
        cargo.args(["check", "--quiet"]).args(self.options);
        cargo.current_dir(folder);
        cargo.env("CARGO_INCREMENTAL", "0");
        cargo.env("CARGO_TARGET_DIR", &self.target);
        if self.deny_warnings {
            cargo.env("RUSTFLAGS", "--deny warnings");
        }
        cargo
    }
}

/// How cargo is run: with or without its words.
pub(crate) type Run = fn(&mut Command) -> Result<Cost, Failure>;

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    let copied = make_parent(to).and_then(|()| fs::copy(from, to));
    copied
        .map(drop)
        .map_err(|error| Failure::io(from, "cannot be copied", &error))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let written = make_parent(path).and_then(|()| fs::write(path, text));
    written.map_err(|error| Failure::io(path, "cannot be written", &error))
}

fn make_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}
