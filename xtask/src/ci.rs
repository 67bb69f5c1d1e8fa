//! Everything that CI runs but the tests, step by step.

mod cargo;
mod corpus;
mod determinism;

use std::time::Instant;

use crate::failure::Failure;
use crate::{Exit, codegen, report};

/// How a step ended that could be run.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Verdict {
    Passed,
    /// What is wrong is already printed.
    Failed,
    /// Why there is nothing to run.
    Skipped(String),
}

impl From<bool> for Verdict {
    fn from(passed: bool) -> Self {
        if passed { Self::Passed } else { Self::Failed }
    }
}

type Step = (&'static str, fn() -> Result<Verdict, Failure>);

/// In the order in which they run: what fails fastest is first.
const STEPS: [Step; 9] = [
    ("format", cargo::format),
    ("drift", drift),
    ("clippy", cargo::clippy),
    ("rustdoc", cargo::rustdoc),
    ("models on wasm32", cargo::wasm),
    ("determinism", determinism::run),
    ("corpus: lint", corpus::lint),
    ("corpus: generate and compile", corpus::compile),
    ("corpus: floors", corpus::floors),
];

/// Runs every step, also after one that failed, and says how each of them went.
pub(crate) fn run() -> Result<Exit, Failure> {
    let mut failed = Vec::new();
    for (name, step) in STEPS {
        report::words(&format!("ci: {name} …"));
        let start = Instant::now();
        let verdict = step().unwrap_or_else(|failure| {
            report::words(&format!("error: {failure}"));
            Verdict::Failed
        });
        let seconds = start.elapsed().as_secs_f32();
        report::words(&format!("ci: {name}: {} ({seconds:.1} s)", word(&verdict)));
        if verdict == Verdict::Failed {
            failed.push(name);
        }
    }
    if failed.is_empty() {
        report::words("ci: all is well");
        return Ok(Exit::Fine);
    }
    report::words(&format!("ci: failed: {}", failed.join(", ")));
    Ok(Exit::Findings)
}

fn word(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Passed => "passed".to_owned(),
        Verdict::Failed => "FAILED".to_owned(),
        Verdict::Skipped(reason) => format!("skipped, {reason}"),
    }
}

fn drift() -> Result<Verdict, Failure> {
    let exit = codegen::check_own()?;
    Ok(Verdict::from(exit == Exit::Fine))
}
