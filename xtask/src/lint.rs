//! Documents into findings.

use std::env;
use std::io::{self, IsTerminal as _};

use graph_codegen::diagnostic::{Diagnostic, Severity, render};
use graph_codegen::source::SourceMap;

use crate::args::{Format, Lint};
use crate::failure::Failure;
use crate::progress::Bar;
use crate::{Exit, report, summary, workspace};

/// Prints the findings. Errors and warnings count; notes don't.
pub(crate) fn run(args: &Lint) -> Result<Exit, Failure> {
    let bar = Bar::on_stderr();
    let docs = bar.read(&args.docs.folder)?;
    let analysis = graph_codegen::lint(&docs);
    drop(bar);
    let root = workspace::seen_from_root(&args.docs.folder);
    let text = draw(args.format, &analysis.diagnostics, &docs.sources, &root);
    report::data(&text)?;
    report::words(&summary::of_pages(&analysis.summary));
    report::words(&summary::of_findings(&analysis.diagnostics));
    Ok(exit(&analysis.diagnostics))
}

fn exit(diagnostics: &[Diagnostic]) -> Exit {
    let counts = |diagnostic: &Diagnostic| diagnostic.severity != Severity::Note;
    match diagnostics.iter().any(counts) {
        true => Exit::Findings,
        false => Exit::Fine,
    }
}

/// `root` is where tools find the documents, from the root of the repository.
fn draw(format: Format, diagnostics: &[Diagnostic], sources: &SourceMap, root: &str) -> String {
    match format {
        Format::Human => render::human(diagnostics, sources, wants_color()),
        Format::Json => render::json(diagnostics, sources),
        Format::Sarif => render::sarif(diagnostics, sources, root),
        Format::Github => render::github(diagnostics, sources, root),
    }
}

/// <https://no-color.org>
fn wants_color() -> bool {
    io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
