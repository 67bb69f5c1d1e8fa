//! The command line: arguments into the work of the library, and its results into files, text and
//! exit codes.

mod args;
mod bench;
mod check;
mod ci;
mod codegen;
mod compile;
mod export;
mod failure;
mod lint;
mod measure;
mod output;
mod progress;
mod record;
mod report;
mod summary;
mod verify;
mod workspace;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command};
use failure::Failure;

/// Generating takes and returns small pieces of memory by the million, on all threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a command ended that could do its work.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Exit {
    /// There is nothing to object to.
    Fine,
    /// There are findings, or drift.
    Findings,
}

fn main() -> ExitCode {
    match run(&Args::parse().command) {
        Ok(Exit::Fine) => ExitCode::SUCCESS,
        Ok(Exit::Findings) => ExitCode::from(1),
        Err(failure) => {
            report::words(&format!("error: {failure}"));
            ExitCode::from(2)
        }
    }
}

fn run(command: &Command) -> Result<Exit, Failure> {
    match command {
        Command::Codegen(args) => codegen::run(args),
        Command::Lint(args) => lint::run(args),
        Command::Export(args) => export::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Compile(args) => compile::run(args),
        Command::Bench(args) => bench::run(args),
        Command::Ci => ci::run(),
    }
}
