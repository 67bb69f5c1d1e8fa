//! Documents and the service's metadata into figures and differences.

use std::fs;
use std::path::Path;

use graph_codegen::verify::{self, Floors, Report, render};

use crate::args::{ReportFormat, Verify};
use crate::failure::Failure;
use crate::progress::Bar;
use crate::{Exit, report, summary};

/// Prints what differs. Differences are no findings; figures below their floors are.
pub(crate) fn run(args: &Verify) -> Result<Exit, Failure> {
    let floors = args.floors.as_deref().map(floors).transpose()?;
    let metadata = text(&args.metadata)?;
    let bar = Bar::on_stderr();
    let docs = bar.read(&args.docs.folder)?;
    let analysis = graph_codegen::analyse(&docs);
    bar.stage("comparing");
    let found = verify::verify(&analysis.schema, &docs.sources, &metadata);
    let found = found.map_err(|error| cannot_use(&args.metadata, &error))?;
    drop(bar);
    report::data(&draw(args, &found))?;
    report::words(&summary::of_pages(&analysis.summary));
    Ok(floors.map_or(Exit::Fine, |floors| judge(&floors, &found)))
}

fn draw(args: &Verify, found: &Report) -> String {
    match args.format {
        ReportFormat::Human => render::human(found, args.limit),
        ReportFormat::Json => render::json(found),
    }
}

/// Names each figure that is below its floor.
fn judge(floors: &Floors, found: &Report) -> Exit {
    let shortfalls = floors.shortfalls(found);
    for shortfall in &shortfalls {
        report::words(&format!("below its floor: {shortfall}"));
    }
    match shortfalls.is_empty() {
        true => Exit::Fine,
        false => Exit::Findings,
    }
}

fn floors(path: &Path) -> Result<Floors, Failure> {
    Floors::parse(&text(path)?).map_err(|error| cannot_use(path, &error))
}

fn text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure::io(path, "can't be read", &error))
}

fn cannot_use(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::new(format!("`{}` can't be used: {error}", path.display()))
}
