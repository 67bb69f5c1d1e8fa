//! Documents into the folder of a crate.

use std::path::{Component, Path, PathBuf};

use graph_codegen::diagnostic::{Diagnostic, Severity, render};
use graph_codegen::select::Selection;
use graph_codegen::{Docs, Generated, Target};

use crate::args::Codegen;
use crate::failure::Failure;
use crate::output::{self, Difference};
use crate::{Exit, report, summary, workspace};

/// Generates, then writes or, with `--check`, compares.
pub(crate) fn run(args: &Codegen) -> Result<Exit, Failure> {
    let out = output::resolve(&args.out, &args.docs.folder)?;
    let docs = read(&args.docs.folder)?;
    let generated = generate(args, &docs, &target(&out)?)?;
    let written = match args.check {
        true => check(&generated, &out)?,
        false => write(&generated, &out)?,
    };
    let judged = judge(&generated, &docs);
    let exit = if written == Exit::Fine {
        judged
    } else {
        written
    };
    report::words(&summary::of_pages(&generated.summary));
    if let Some(selected) = &generated.selected {
        report::words(&summary::of_selection(selected));
    }
    report::words(&summary::of_findings(&generated.diagnostics));
    Ok(exit)
}

/// The whole crate, or what `--only` asks for.
fn generate(args: &Codegen, docs: &Docs, target: &Target) -> Result<Generated, Failure> {
    if args.only.is_empty() {
        return Ok(graph_codegen::generate(docs, target));
    }
    let selection = Selection {
        wanted: args.only.clone(),
        navigation: args.navigation,
    };
    let generated = graph_codegen::generate_only(docs, target, &selection);
    generated.map_err(|error| Failure::new(error.to_string()))
}

/// Draws the errors: what was generated from those pages can't be trusted, and nobody may miss it.
fn judge(generated: &Generated, docs: &Docs) -> Exit {
    let is_error = |found: &&Diagnostic| found.severity == Severity::Error;
    let errors: Vec<Diagnostic> = generated
        .diagnostics
        .iter()
        .filter(is_error)
        .cloned()
        .collect();
    if errors.is_empty() {
        return Exit::Fine;
    }
    report::words(&render::human(&errors, &docs.sources, false));
    Exit::Findings
}

/// Whether the crate in this repository is what its documents give.
pub(crate) fn check_own() -> Result<Exit, Failure> {
    let folder = workspace::docs();
    let out = output::resolve(&workspace::generated(), &folder)?;
    let docs = read(&folder)?;
    let generated = graph_codegen::generate(&docs, &target(&out)?);
    let checked = check(&generated, &out)?;
    let judged = judge(&generated, &docs);
    Ok(if checked == Exit::Fine {
        judged
    } else {
        checked
    })
}

fn read(docs: &Path) -> Result<Docs, Failure> {
    graph_codegen::read(docs).map_err(|error| Failure::new(error.to_string()))
}

fn write(generated: &Generated, out: &Path) -> Result<Exit, Failure> {
    let difference = output::write(out, &generated.files)?;
    report::words(&summary::of_files(&difference, out));
    Ok(Exit::Fine)
}

fn check(generated: &Generated, out: &Path) -> Result<Exit, Failure> {
    let difference = output::compare(out, &generated.files)?;
    if difference.is_empty() {
        report::words(&format!("`{}` is what the documents give", out.display()));
        return Ok(Exit::Fine);
    }
    report::data(&drift(&difference))?;
    report::words(&format!(
        "`{}` is not what the documents give; run `cargo xtask codegen` on it",
        out.display()
    ));
    Ok(Exit::Findings)
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
