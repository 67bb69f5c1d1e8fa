//! The steps that are one call of cargo, and how a program is called.

use std::env;
use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use super::Verdict;
use crate::failure::Failure;
use crate::workspace;

/// The packages that are written by hand. The layout of generated code is the generator's business.
const BY_HAND: [&str; 4] = ["graph-codegen", "graph-runtime", "xtask", "graph-tests"];

/// Where the models have to compile without the client.
const WASM: &str = "wasm32-unknown-unknown";

pub(super) fn format() -> Result<Verdict, Failure> {
    let mut cargo = cargo();
    cargo.args(["fmt", "--check"]);
    for package in BY_HAND {
        cargo.args(["--package", package]);
    }
    passes(&mut cargo)
}

pub(super) fn clippy() -> Result<Verdict, Failure> {
    let mut cargo = cargo();
    cargo.args(["clippy", "--quiet", "--workspace", "--all-targets"]);
    passes(cargo.args(["--", "--deny", "warnings"]))
}

pub(super) fn rustdoc() -> Result<Verdict, Failure> {
    let mut cargo = cargo();
    cargo.args(["doc", "--quiet", "--workspace", "--no-deps"]);
    passes(cargo.env("RUSTDOCFLAGS", "--deny warnings"))
}

/// The models compile where there is no system underneath, such as in a browser.
pub(super) fn wasm() -> Result<Verdict, Failure> {
    if !is_installed(WASM)? {
        return Ok(Verdict::Skipped(format!(
            "the toolchain has no `{WASM}`; `rustup target add {WASM}` installs it"
        )));
    }
    let mut cargo = cargo();
    cargo.args(["check", "--quiet", "--package", "graph-security"]);
    passes(cargo.args(["--no-default-features", "--target", WASM]))
}

/// Whether the toolchain has the standard library of a target.
fn is_installed(target: &str) -> Result<bool, Failure> {
    let program = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut rustc = Command::new(&program);
    rustc.args(["--print", "target-libdir", "--target", target]);
    let output = rustc.current_dir(workspace::root()).output();
    let name = program.to_string_lossy();
    let output =
        output.map_err(|error| Failure::new(format!("`{name}` can't be run ({error})")))?;
    let folder = String::from_utf8_lossy(&output.stdout);
    Ok(output.status.success() && Path::new(folder.trim()).is_dir())
}

/// The cargo that runs us, in the root of the workspace.
pub(super) fn cargo() -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(workspace::root());
    command
}

/// This program.
pub(super) fn xtask() -> Result<Command, Failure> {
    let program = env::current_exe();
    let program = program.map_err(|error| Failure::new(format!("xtask is not found ({error})")))?;
    Ok(Command::new(program))
}

/// Whether a command succeeds. Nothing that it prints is data of ours, so all goes to stderr.
pub(super) fn passes(command: &mut Command) -> Result<Verdict, Failure> {
    status(command.stdout(io::stderr())).map(|status| status.success().into())
}

/// How a command ends of which nobody wants to see what it prints.
pub(super) fn silent(command: &mut Command) -> Result<ExitStatus, Failure> {
    status(command.stdout(Stdio::null()).stderr(Stdio::null()))
}

fn status(command: &mut Command) -> Result<ExitStatus, Failure> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.stdin(Stdio::null()).status();
    status.map_err(|error| Failure::new(format!("`{name}` can't be run ({error})")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_that_nobody_has_is_not_installed() {
        let installed = is_installed("wasm32-of-no-toolchain").expect("rustc runs");
        assert!(!installed);
    }
}
