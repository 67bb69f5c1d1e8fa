//! Pages into figures: how long generating from them takes, and how long compiling what comes out.
//!
//! Figures are ratios between things measured one after the other in one run, since seconds say more
//! about the machine and its neighbours than about the program.

mod compile;
mod derive;
mod generate;

use crate::args::{Bench, BenchKind};
use crate::failure::Failure;
use crate::{Exit, report};

/// Measures, and prints a table.
pub(crate) fn run(args: &Bench) -> Result<Exit, Failure> {
    if cfg!(debug_assertions) {
        return Err(Failure::new(
            "a debug build says nothing about speed; \
             run `cargo run --release --package xtask -- bench …`",
        ));
    }
    let table = match &args.kind {
        BenchKind::Generate(docs) => generate::run(&docs.folder)?,
        BenchKind::Compile(args) => compile::run(&args.docs.folder, args.runs)?,
    };
    report::data(&table)?;
    Ok(Exit::Fine)
}
