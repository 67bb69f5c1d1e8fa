//! Documents into JSON.

use crate::args::{Export, Form};
use crate::failure::Failure;
use crate::{Exit, report, summary};

/// Prints what the documents say.
pub(crate) fn run(args: &Export) -> Result<Exit, Failure> {
    let docs = graph_codegen::read(&args.docs.folder);
    let docs = docs.map_err(|error| Failure::new(error.to_string()))?;
    let analysis = graph_codegen::analyse(&docs);
    let value = match args.format {
        Form::Ir => graph_codegen::export(&docs, &analysis),
    };
    report::data(&format!("{value:#}\n"))?;
    report::words(&summary::of_pages(&analysis.summary));
    Ok(Exit::Fine)
}
