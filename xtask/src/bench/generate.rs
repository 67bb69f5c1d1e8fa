//! Pages into how much longer than reading them everything else takes.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use graph_codegen::source::FileKind;
use pulldown_cmark::{Options, Parser};

use super::measure::{self, Cost, median};
use crate::failure::Failure;

/// How often each figure is measured; the middle one counts.
const RUNS: usize = 5;

/// The table of all figures.
pub(super) fn run(docs: &Path) -> Result<String, Failure> {
    let pages = pages(docs)?;
    let folder = measure::temporary()?;
    let (half, whole) = (folder.path().join("half"), folder.path().join("whole"));
    copy(docs, &whole, |_| true)?;
    copy(docs, &half, |number| number % 2 == 0)?;
    let out = folder.path().join("out");
    let floor = median(times(|| read_and_parse(docs, &pages))?);
    let analysed = median(times(|| analyse(docs))?);
    let fresh = fresh(docs, folder.path())?;
    let of_half = self::fresh(&half, folder.path())?;
    codegen(&whole, &out)?;
    let again = middle(|| codegen(&whole, &out))?;
    let changed = middle(|| {
        change(&whole, &pages)?;
        codegen(&whole, &out)
    })?;
    let mut table = format!("{} files, floor {floor:.3} s\n", pages.len());
    let rows = [
        ("documents to IR and findings", analysed),
        ("codegen into a new folder", fresh.seconds),
        ("codegen again, nothing changed", again.seconds),
        ("codegen again, one page changed", changed.seconds),
    ];
    for (name, seconds) in rows {
        let ratio = seconds / floor;
        let _ = writeln!(table, "{name:<34}{seconds:>8.3} s {ratio:>6.1} × floor");
    }
    let growth = fresh.seconds / of_half.seconds;
    let _ = writeln!(table, "whole against half of the pages    {growth:>8.2}");
    let _ = writeln!(
        table,
        "peak memory, new folder            {:>8.0} MiB",
        fresh.mebibytes
    );
    Ok(table)
}

/// The pages and included files that generation reads, in path order.
fn pages(docs: &Path) -> Result<Vec<PathBuf>, Failure> {
    let docs = graph_codegen::read(docs).map_err(|error| Failure::new(error.to_string()))?;
    let files = docs.sources.iter().map(|(_, file)| file);
    let pages = files.filter(|file| file.kind != FileKind::Configuration);
    Ok(pages.map(|file| PathBuf::from(&file.path)).collect())
}

/// The floor: one thread reads all files and goes through the events of their markdown.
fn read_and_parse(docs: &Path, pages: &[PathBuf]) -> Result<(), Failure> {
    let mut events = 0;
    for page in pages {
        let path = docs.join(page);
        let text = fs::read_to_string(&path);
        let text = text.map_err(|error| Failure::io(&path, "cannot be read", &error))?;
        let options = Options::ENABLE_TABLES | Options::ENABLE_GFM;
        events += Parser::new_ext(&text, options).into_offset_iter().count();
    }
    std::hint::black_box(events);
    Ok(())
}

fn analyse(docs: &Path) -> Result<(), Failure> {
    let docs = graph_codegen::read(docs).map_err(|error| Failure::new(error.to_string()))?;
    std::hint::black_box(graph_codegen::analyse(&docs));
    Ok(())
}

fn times(work: impl Fn() -> Result<(), Failure>) -> Result<Vec<f64>, Failure> {
    let time = |_| {
        let start = Instant::now();
        work().map(|()| start.elapsed().as_secs_f64())
    };
    (0..RUNS).map(time).collect()
}

/// Generates into a folder that is not there yet.
fn fresh(docs: &Path, folder: &Path) -> Result<Cost, Failure> {
    middle(|| {
        let out = folder.join("fresh");
        let cost = codegen(docs, &out)?;
        let removed = fs::remove_dir_all(&out);
        removed.map_err(|error| Failure::io(&out, "cannot be removed", &error))?;
        Ok(cost)
    })
}

fn middle(run: impl Fn() -> Result<Cost, Failure>) -> Result<Cost, Failure> {
    let costs: Vec<Cost> = (0..RUNS).map(|_| run()).collect::<Result<_, _>>()?;
    Ok(Cost {
        seconds: median(costs.iter().map(|cost| cost.seconds).collect()),
        mebibytes: median(costs.iter().map(|cost| cost.mebibytes).collect()),
        code: None,
    })
}

/// A whole run, as a user has it.
fn codegen(docs: &Path, out: &Path) -> Result<Cost, Failure> {
    let mut xtask = measure::xtask()?;
    xtask.args(["codegen", "--docs"]).arg(docs);
    let cost = measure::run(xtask.arg("--out").arg(out))?;
    match cost.code {
        // Errors in the pages are no fault of the run.
        Some(0 | 1) => Ok(cost),
        _ => Err(Failure::new("`codegen` failed; run it to see why")),
    }
}

/// Adds a sentence to a page.
fn change(docs: &Path, pages: &[PathBuf]) -> Result<(), Failure> {
    let Some(page) = pages.get(pages.len() / 2) else {
        return Ok(());
    };
    let path = docs.join(page);
    let failed = |error: io::Error| Failure::io(&path, "cannot be changed", &error);
    let text = fs::read_to_string(&path).map_err(failed)?;
    fs::write(&path, format!("{text}\nOne more sentence.\n")).map_err(failed)
}

/// Copies the files of a folder whose numbers are wanted.
fn copy(from: &Path, to: &Path, wanted: impl Fn(usize) -> bool) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::io(from, "cannot be copied", &error);
    let walk = walkdir::WalkDir::new(from).sort_by_file_name().into_iter();
    let entries = walk.filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    for (_, entry) in files.enumerate().filter(|(number, _)| wanted(*number)) {
        let below = entry.path().strip_prefix(from).unwrap_or(entry.path());
        let path = to.join(below);
        fs::create_dir_all(path.parent().unwrap_or(to)).map_err(failed)?;
        fs::copy(entry.path(), &path).map_err(failed)?;
    }
    Ok(())
}
