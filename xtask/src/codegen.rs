//! Documents into the folder of a crate.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use graph_codegen::diagnostic::{Diagnostic, Severity, render};
use graph_codegen::emit::{self, File};
use graph_codegen::{Decided, Docs, Facts, PageCache, Target, rust};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::args::Codegen;
use crate::failure::Failure;
use crate::output::{self, Content, Difference, Digest, Files, Output};
use crate::progress::Bar;
use crate::record::{self, Cause, Draft, Record};
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
        false => Cause::of(&docs, &target, &args.part.selection()),
    };
    let record = cause.and_then(|cause| Some((cause, Record::read(&out, cause)?)));
    if let Some((_, record)) = record.as_ref().filter(|(cause, it)| it.holds(&out, *cause)) {
        drop(bar);
        return Ok(repeat(args, &out, record));
    }
    let (facts, read) = read(&docs, &out, cause);
    // What a check finds is not for the next run.
    let cause = cause.filter(|_| !args.check);
    let record = record.map(|(_, record)| record);
    // Most of the decisions are made on one thread: meanwhile another writes what is kept, which then
    // takes no more memory, and looks at the output.
    let ((pages, output), decided) = rayon::join(
        || {
            let pages = || Draft::of_pages(&out, cause?, &read?);
            (pages(), record.as_ref().and_then(|it| it.look(&out)))
        },
        || decide(args, &docs, facts, &target),
    );
    let decided = decided?;
    bar.stage("printing the crate");
    let printed = Printed::of(&decided.krate, &out, output, record.as_ref())?;
    let said = Said::of(&decided, &docs);
    let draft = || {
        let record = Record::of(cause?, &printed.files, &printed.sources, said.clone());
        Draft::of_record(&out, &record)
    };
    let (written, draft) = rayon::join(
        || match args.check {
            true => printed.check(&out, bar),
            false => printed.write(&out, bar),
        },
        draft,
    );
    let exit = said.tell(written?);
    // What is kept of the output is true from now on.
    [pages, draft].into_iter().flatten().for_each(Draft::keep);
    // The process is about to end: to give back millions of pieces of memory before takes time, and
    // is of no use to anybody.
    std::mem::forget((docs, decided, printed));
    Ok(exit)
}

/// What the pages say, and all of it for the next run, unless nothing is to be taken from runs before.
fn read(docs: &Docs, out: &Path, cause: Option<Cause>) -> (Facts, Option<PageCache>) {
    let Some(cause) = cause else {
        return (docs.facts(), None);
    };
    let (facts, read) = docs.facts_with(record::known(out, cause));
    (facts, Some(read))
}

/// Says what a run over an output that is as it should be says.
fn repeat(args: &Codegen, out: &Path, record: &Record) -> Exit {
    report::words(&match args.check {
        true => as_it_should_be(out),
        false => summary::of_unchanged_files(record.count(), out),
    });
    record.said.tell(Exit::Fine)
}

/// The whole crate, or what `--only` asks for.
fn decide(args: &Codegen, docs: &Docs, facts: Facts, target: &Target) -> Result<Decided, Failure> {
    if args.part.only.is_empty() {
        return Ok(graph_codegen::decide(docs, facts, target));
    }
    let decided = graph_codegen::decide_only(docs, facts, target, &args.part.selection());
    decided.map_err(|error| Failure::new(error.to_string()))
}

/// The files of a crate, and the folder that they are for.
struct Printed {
    output: Output,
    /// The manifest is among them.
    files: Files,
    /// What each file was printed from.
    sources: BTreeMap<String, Digest>,
}

impl Printed {
    /// Prints the files. One that the record knows, and that the folder `out` holds as the record
    /// says, stays as it is. `output` is that folder where somebody has looked at it already.
    fn of(
        krate: &rust::Crate,
        out: &Path,
        output: Option<Output>,
        record: Option<&Record>,
    ) -> Result<Self, Failure> {
        let files = emit::files(krate);
        let mut paths: BTreeSet<&str> = files.iter().map(|file| &*file.path).collect();
        paths.insert(output::MANIFEST);
        let output = match output.filter(|output| output.knows(&paths)) {
            Some(output) => output,
            None => Output::look(out, &paths)?,
        };
        let print = |file: &File<'_>| {
            let source = record::source(file);
            let known = record.and_then(|record| record.text(&file.path, &source));
            let known = known.filter(|text| output.holds(&file.path, text));
            let content = known.map(Content::kept);
            (source, content.unwrap_or_else(|| file.text().into()))
        };
        let printed: Vec<_> = files.par_iter().map(print).collect();
        let paths = || files.iter().map(|file| file.path.clone());
        let sources = printed.iter().map(|(source, _)| *source);
        let sources = paths().zip(sources).collect();
        let contents = printed.into_iter().map(|(_, content)| content);
        let files = output::with_manifest(paths().zip(contents).collect())?;
        Ok(Self {
            output,
            files,
            sources,
        })
    }

    fn write(&self, out: &Path, bar: Bar) -> Result<Exit, Failure> {
        bar.stage("writing files");
        let difference = self.output.write(&self.files)?;
        drop(bar);
        report::words(&summary::of_files(&difference, out));
        Ok(Exit::Fine)
    }

    fn check(&self, out: &Path, bar: Bar) -> Result<Exit, Failure> {
        bar.stage("comparing files");
        let difference = self.output.compare(&self.files)?;
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
}

/// What is said of pages and findings, whatever comes of the output.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Said {
    /// The errors, drawn: what was generated from those pages can't be trusted, and nobody may miss
    /// it.
    errors: Option<String>,
    /// The lines at the end.
    summary: Vec<String>,
}

impl Said {
    fn of(decided: &Decided, docs: &Docs) -> Self {
        let analysis = &decided.analysis;
        let selected = decided.selected.as_ref().map(summary::of_selection);
        let mut summary = vec![summary::of_pages(&analysis.summary)];
        summary.extend(selected);
        summary.push(summary::of_replays(&decided.krate.replays));
        summary.push(summary::of_findings(&analysis.diagnostics));
        Self {
            errors: errors(&analysis.diagnostics, docs),
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

fn errors(found: &[Diagnostic], docs: &Docs) -> Option<String> {
    let errors = found
        .iter()
        .filter(|found| found.severity == Severity::Error);
    let errors: Vec<Diagnostic> = errors.cloned().collect();
    (!errors.is_empty()).then(|| render::human(&errors, &docs.sources, false))
}

/// Whether the crate in this repository is what its documents give. Trusts no record.
pub(crate) fn check_own() -> Result<Exit, Failure> {
    let folder = workspace::docs();
    let out = output::resolve(&workspace::generated(), &folder)?;
    let bar = Bar::on_stderr();
    let docs = bar.read(&folder)?;
    let decided = graph_codegen::decide(&docs, docs.facts(), &target(&out)?);
    let checked = Printed::of(&decided.krate, &out, None, None)?.check(&out, bar)?;
    let errors = errors(&decided.analysis.diagnostics, &docs);
    errors.iter().for_each(|errors| report::words(errors));
    Ok(match errors {
        Some(_) => Exit::Findings,
        None => checked,
    })
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
