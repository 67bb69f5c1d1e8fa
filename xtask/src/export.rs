//! Documents into JSON.

use crate::args::{Export, Form};
use crate::failure::Failure;
use crate::progress::Bar;
use crate::{Exit, report, summary};

/// Prints what the documents say.
pub(crate) fn run(args: &Export) -> Result<Exit, Failure> {
    let bar = Bar::on_stderr();
    let docs = bar.read(&args.docs.folder)?;
    let analysis = graph_codegen::analyse(&docs);
    let value = match args.format {
        Form::Ir => graph_codegen::export(&docs, &analysis),
    };
    drop(bar);
    report::data(&format!("{value:#}\n"))?;
    report::words(&summary::of_pages(&analysis.summary));
    Ok(Exit::Fine)
}
