//! The words of a command line into a [`Command`].

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use graph_codegen::select::{DEFAULT_NAVIGATION, Selection, Wanted};

use crate::workspace;

const EXIT_CODES: &str = "\
Exit codes:
  0  fine
  1  findings or drift
  2  wrong usage or unreadable input

Data goes to stdout; words, summaries and progress go to stderr.";

/// Turns reference documentation in the Microsoft Graph format into a Rust crate.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask", after_help = EXIT_CODES, arg_required_else_help = true)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Generate the crate: write what changed, remove what is gone
    Codegen(Codegen),
    /// Tell what is wrong in the documents, and where
    Lint(Lint),
    /// Print what the documents say as JSON
    Export(Export),
    /// Hold what the documents say against the service's own metadata
    Verify(Verify),
    /// Generate a crate below the target folder and check that it compiles without a warning
    ///
    /// Prints how much was generated, and what a cold `cargo check` of the crate alone took.
    Compile(Compile),
    /// Measure how long generating takes, or compiling what was generated; wants a release build
    Bench(Bench),
    /// Run all checks of this repository but its tests
    ///
    /// Formatting, clippy, rustdoc, drift, and whether the output depends on threads or folders.
    /// With GRAPH_DOCS set to a folder that holds `security-2025/`, that is generated and compiled
    /// too.
    Ci,
}

/// `codegen`
#[derive(Debug, clap::Args)]
pub(crate) struct Codegen {
    #[command(flatten)]
    pub(crate) docs: Docs,
    /// The folder of the crate; all of it belongs to this command
    ///
    /// It may not hold files that this command did not write, but for `target/`, `Cargo.lock` and
    /// `.git`. A run that is interrupted leaves the old crate whole.
    #[arg(long, value_name = "FOLDER", default_value_os_t = workspace::generated())]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) part: Part,
    /// Write nothing; name the files that differ from what would be written
    #[arg(long)]
    pub(crate) check: bool,
    /// Do all the work even if nothing has changed since the last run
    ///
    /// A run keeps a record in the target folder of what it read, said and wrote. When the pages,
    /// the options, this program and every file of the output are still the same, the next run says
    /// the same and stops there. Where some have changed, it reads these pages alone, and prints what
    /// follows from them.
    #[arg(long)]
    pub(crate) no_cache: bool,
}

/// `compile`
#[derive(Debug, clap::Args)]
pub(crate) struct Compile {
    #[command(flatten)]
    pub(crate) docs: Docs,
    #[command(flatten)]
    pub(crate) part: Part,
    /// Check the models alone, as a user does who takes the crate without its client
    #[arg(long)]
    pub(crate) models: bool,
    /// Check the tests of the crate too, which are the documented examples, and the program of its front page
    #[arg(long, conflicts_with = "models")]
    pub(crate) tests: bool,
}

/// What of the documents is asked for.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Part {
    /// Generate only this path with all below it, or only this type; repeatable
    ///
    /// A path begins with a slash: `/security/incidentTasks`, `/users/{id}/messages`. It brings
    /// the operations there and the types that they carry. A type is a qualified name or, where
    /// only one type has it, a local one; it brings no operations. Each type brings its bases, its
    /// subtypes and the types of its properties. Values of any other type are kept as JSON.
    #[arg(long, value_name = "PATH|TYPE", value_parser = wanted)]
    pub(crate) only: Vec<Wanted>,
    /// With --only: how many navigation properties to follow one after the other
    ///
    /// The default is what one request can bring, as the service expands one level. With 0,
    /// relationships are kept as JSON unless their types are needed anyway.
    #[arg(long, value_name = "STEPS", requires = "only", default_value_t = DEFAULT_NAVIGATION)]
    pub(crate) navigation: usize,
}

impl Part {
    /// The same in the words of the generator.
    pub(crate) fn selection(&self) -> Selection {
        Selection {
            wanted: self.only.clone(),
            navigation: self.navigation,
        }
    }
}

/// One word behind `--only`; whether it names anything is for the documents to say.
fn wanted(word: &str) -> Result<Wanted, std::convert::Infallible> {
    Ok(Wanted::from(word))
}

/// `lint`
#[derive(Debug, clap::Args)]
pub(crate) struct Lint {
    #[command(flatten)]
    pub(crate) docs: Docs,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// `export`
#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) docs: Docs,
    /// What to print
    #[arg(long, value_enum, default_value_t = Form::Ir)]
    pub(crate) format: Form,
}

/// `bench`
#[derive(Debug, clap::Args)]
pub(crate) struct Bench {
    /// What to measure
    #[command(subcommand)]
    pub(crate) kind: BenchKind,
}

/// What is measured.
#[derive(Debug, Subcommand)]
pub(crate) enum BenchKind {
    /// Time and memory of `codegen`, against reading the pages and parsing their markdown
    Generate(Docs),
    /// `cargo check` of the models, against the same models as derives with a flattened map
    Compile(BenchCompile),
}

/// `bench compile`
#[derive(Debug, clap::Args)]
pub(crate) struct BenchCompile {
    #[command(flatten)]
    pub(crate) docs: Docs,
    /// How often each crate is checked, in turn; the middle one counts
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    pub(crate) runs: usize,
}

/// `verify`
#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) docs: Docs,
    /// The service's metadata: an OData CSDL document in XML
    #[arg(long, value_name = "FILE")]
    pub(crate) metadata: PathBuf,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t = ReportFormat::Human)]
    pub(crate) format: ReportFormat,
    /// Print at most so many differences; JSON always holds all
    #[arg(long, value_name = "NUMBER")]
    pub(crate) limit: Option<usize>,
    /// Exit with 1 when a figure is below its floor in this file
    ///
    /// A TOML file of lines such as `properties = { recall = 98.5, precision = 99.3 }`, in percent.
    #[arg(long, value_name = "FILE")]
    pub(crate) floors: Option<PathBuf>,
}

/// How a comparison is printed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// Figures, then differences page by page
    Human,
    /// One JSON value
    Json,
}

/// Where the documents are.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Docs {
    /// The folder of the documents: the one with `resources/` and `api/`
    #[arg(long = "docs", value_name = "FOLDER", default_value_os_t = workspace::docs())]
    pub(crate) folder: PathBuf,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// Drawn for people, with the lines of the pages
    Human,
    /// One JSON value
    Json,
    /// SARIF 2.1.0, which code scanning services read
    Sarif,
    /// Workflow commands of GitHub Actions, which become annotations
    Github,
}

/// What can be exported.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Form {
    /// The first intermediate representation: types and operations in the words of OData CSDL
    Ir,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_definition_is_sound() {
        super::Args::command().debug_assert();
    }
}
