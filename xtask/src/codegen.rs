//! Documents into the folder of a crate.

use std::path::{Component, Path, PathBuf};

use graph_codegen::diagnostic::{Diagnostic, Severity, render};
use graph_codegen::{Docs, Generated, Target};

use serde::{Deserialize, Serialize};

use crate::args::Codegen;
use crate::failure::Failure;
use crate::output::{self, Difference};
use crate::progress::Bar;
use crate::record::{self, Record};
use crate::{Exit, report, summary, workspace};

/// Generates, then writes or, with `--check`, compares. Where a record tells that both would change
/// nothing, it only says what they would say.
pub(crate) fn run(args: &Codegen) -> Result<Exit, Failure> {
    let out = output::resolve(&args.out, &args.docs.folder)?;
    let bar = Bar::on_stderr();
    let docs = bar.read(&args.docs.folder)?;
    let target = target(&out)?;
    let cause = match args.no_cache {
        true => None,
        false => record::cause(&docs, &target, &args.part.selection()),
    };
    if let Some(record) = cause.and_then(|cause| Record::holding(&out, cause)) {
        drop(bar);
        return Ok(repeat(args, &out, &record));
    }
    let generated = generate(args, &docs, &target)?;
    let said = Said::of(&generated, &docs);
    let written = match args.check {
        true => check(&generated, &out, bar)?,
        false => write(&generated, &out, bar)?,
    };
    let exit = said.tell(written);
    if let Some(cause) = cause.filter(|_| !args.check) {
        Record::keep(&out, cause, &generated.files, said);
    }
    Ok(exit)
}

/// Says what a run over an output that is as it should be says.
fn repeat(args: &Codegen, out: &Path, record: &Record) -> Exit {
    report::words(&match args.check {
        true => as_it_should_be(out),
        false => summary::of_unchanged_files(record.files, out),
    });
    record.said.tell(Exit::Fine)
}

/// The whole crate, or what `--only` asks for.
fn generate(args: &Codegen, docs: &Docs, target: &Target) -> Result<Generated, Failure> {
    if args.part.only.is_empty() {
        return Ok(graph_codegen::generate(docs, target));
    }
    let generated = graph_codegen::generate_only(docs, target, &args.part.selection());
    generated.map_err(|error| Failure::new(error.to_string()))
}

/// What is said of pages and findings, whatever comes of the output.
#[derive(Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Said {
    /// The errors, drawn: what was generated from those pages can't be trusted, and nobody may miss
    /// it.
    errors: Option<String>,
    /// The lines at the end.
    summary: Vec<String>,
}

impl Said {
    fn of(generated: &Generated, docs: &Docs) -> Self {
        let selected = generated.selected.as_ref().map(summary::of_selection);
        let mut summary = vec![summary::of_pages(&generated.summary)];
        summary.extend(selected);
        summary.push(summary::of_replays(&generated.replays));
        summary.push(summary::of_findings(&generated.diagnostics));
        Self {
            errors: errors(generated, docs),
            summary,
        }
    }

    /// Says it, and gives how the command ends when `written` is how the output fared.
    fn tell(&self, written: Exit) -> Exit {
        let lines = self.errors.iter().chain(&self.summary);
        lines.for_each(|line| report::words(line));
        match self.errors {
            Some(_) => Exit::Findings,
            None => written,
        }
    }
}

fn errors(generated: &Generated, docs: &Docs) -> Option<String> {
    let found = generated.diagnostics.iter();
    let errors = found.filter(|found| found.severity == Severity::Error);
    let errors: Vec<Diagnostic> = errors.cloned().collect();
    (!errors.is_empty()).then(|| render::human(&errors, &docs.sources, false))
}

/// Whether the crate in this repository is what its documents give. Trusts no record.
pub(crate) fn check_own() -> Result<Exit, Failure> {
    let folder = workspace::docs();
    let out = output::resolve(&workspace::generated(), &folder)?;
    let bar = Bar::on_stderr();
    let docs = bar.read(&folder)?;
    let generated = graph_codegen::generate(&docs, &target(&out)?);
    let checked = check(&generated, &out, bar)?;
    let errors = errors(&generated, &docs);
    errors.iter().for_each(|errors| report::words(errors));
    Ok(match errors {
        Some(_) => Exit::Findings,
        None => checked,
    })
}

fn write(generated: &Generated, out: &Path, bar: Bar) -> Result<Exit, Failure> {
    bar.stage("writing files");
    let difference = output::write(out, &generated.files)?;
    drop(bar);
    report::words(&summary::of_files(&difference, out));
    Ok(Exit::Fine)
}

fn check(generated: &Generated, out: &Path, bar: Bar) -> Result<Exit, Failure> {
    bar.stage("comparing files");
    let difference = output::compare(out, &generated.files)?;
    drop(bar);
    if difference.is_empty() {
        report::words(&as_it_should_be(out));
        return Ok(Exit::Fine);
    }
    report::data(&drift(&difference))?;
    report::words(&format!(
        "`{}` is not what the documents give; run `cargo xtask codegen` on it",
        out.display()
    ));
    Ok(Exit::Findings)
}

fn as_it_should_be(out: &Path) -> String {
    format!("`{}` is what the documents give", out.display())
}

/// One line a file: what is with it, and its path.
fn drift(difference: &Difference) -> String {
    let rows = [
        ("differs", &difference.changed),
        ("missing", &difference.created),
        ("extra", &difference.removed),
        ("foreign", &difference.foreign),
    ];
    let lines = rows.iter().flat_map(|(word, paths)| {
        let lines = paths.iter().map(move |path| format!("{word} {path}\n"));
        lines.collect::<Vec<_>>()
    });
    lines.collect()
}

/// How a crate in the folder `out`, a full path, finds the runtime.
fn target(out: &Path) -> Result<Target, Failure> {
    let runtime = full(&workspace::runtime())?;
    let root = full(&workspace::root())?;
    let runtime_path = match out.starts_with(&root) {
        true => relative(out, &runtime),
        false => runtime,
    };
    Ok(Target {
        runtime_path: runtime_path.to_string_lossy().replace('\\', "/"),
        standalone: out != root.join("generated"),
    })
}

fn full(path: &Path) -> Result<PathBuf, Failure> {
    let found = path.canonicalize();
    found.map_err(|error| Failure::io(path, "cannot be found", &error))
}

/// The way from the folder `from` to `to`, both full paths.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let same = from.components().zip(to.components());
    let same = same.take_while(|(left, right)| left == right).count();
    let up = from.components().skip(same).map(|_| Component::ParentDir);
    up.chain(to.components().skip(same)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_goes_up_to_the_common_folder_and_down() {
        let rows = [
            ("/w/generated", "/w/runtime", "../runtime"),
            ("/w/target/x/y", "/w/runtime", "../../../runtime"),
            ("/w", "/w/runtime", "runtime"),
            ("/x/y", "/w/runtime", "../../w/runtime"),
        ];
        for (from, to, expected) in rows {
            assert_eq!(
                relative(Path::new(from), Path::new(to)),
                Path::new(expected),
                "{from}"
            );
        }
    }
}
