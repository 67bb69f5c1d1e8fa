//! Pages into how much longer than reading them everything else takes.

use std::cell::Cell;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use graph_codegen::schema::Schema;
use graph_codegen::source::FileKind;
use graph_codegen::{Analysis, Docs};
use pulldown_cmark::{Options, Parser};

use crate::failure::Failure;
use crate::measure::{self, Cost};

/// How often each figure is measured; the middle one counts.
const RUNS: usize = 5;

/// A row of the table: what is measured, and how it is done once.
type Row<'a> = (&'static str, Box<dyn Fn() -> Result<Cost, Failure> + 'a>);

/// The places of the rows that other figures are made from.
const FLOOR: usize = 0;
const WHOLE: usize = 3;
const HALF: usize = 4;

/// The table of all figures.
pub(super) fn run(docs: &Path) -> Result<String, Failure> {
    let pages = pages(docs)?;
    let folder = measure::temporary()?;
    let bench = Bench {
        docs,
        pages: &pages,
        folder: folder.path(),
        fresh: Cell::default(),
    };
    bench.prepare()?;
    let rows = bench.rows();
    let mut costs: Vec<Vec<Cost>> = rows.iter().map(|_| Vec::new()).collect();
    // In turn, so that whatever else the machine does is in the way of all.
    for _ in 0..RUNS {
        for ((_, measure), costs) in rows.iter().zip(&mut costs) {
            costs.push(measure()?);
        }
    }
    let names = rows.iter().map(|(name, _)| *name);
    let costs = costs.iter().map(|costs| Cost::median(costs));
    Ok(table(&names.zip(costs).collect::<Vec<_>>()))
}

fn table(rows: &[(&str, Cost)]) -> String {
    let cost = |row: usize| rows.get(row).map(|(_, cost)| *cost).unwrap_or_default();
    let floor = cost(FLOOR).seconds;
    let mut table = format!(
        "{:<34}{:>10}{:>12}{:>10}\n",
        "", "time", "CPU time", "× floor"
    );
    for (
        name,
        Cost {
            seconds,
            cpu_seconds,
            ..
        },
    ) in rows
    {
        let ratio = seconds / floor;
        let _ = writeln!(
            table,
            "{name:<34}{seconds:>8.3} s{cpu_seconds:>10.3} s{ratio:>10.1}"
        );
    }
    let (whole, half) = (cost(WHOLE), cost(HALF));
    let growth = whole.cpu_seconds / half.cpu_seconds;
    let _ = writeln!(table, "whole against half, CPU time      {growth:>8.2}");
    let peak = whole.mebibytes;
    let _ = writeln!(table, "peak memory, new folder           {peak:>8.0} MiB");
    table
}

/// The places that figures are measured in.
struct Bench<'a> {
    docs: &'a Path,
    pages: &'a [PathBuf],
    folder: &'a Path,
    /// How many folders were generated into that were not there.
    fresh: Cell<usize>,
}

impl<'a> Bench<'a> {
    /// Copies the pages, and every other file of them, and generates the output that later runs find.
    fn prepare(&self) -> Result<(), Failure> {
        copy(self.docs, &self.folder.join("whole"), |_| true)?;
        copy(self.docs, &self.folder.join("half"), |number| {
            number % 2 == 0
        })?;
        self.codegen("whole", "out").map(drop)
    }

    /// In the order in which they are measured: a run in which nothing changed follows one that wrote.
    fn rows(&'a self) -> Vec<Row<'a>> {
        vec![
            (
                "floor",
                Box::new(|| measure::work(|| read_and_parse(self.docs, self.pages))),
            ),
            (
                "documents to IR",
                Box::new(|| measure::work(|| self.to_ir())),
            ),
            (
                "documents to IR and findings",
                Box::new(|| measure::work(|| self.analyse())),
            ),
            (
                "codegen into a new folder",
                Box::new(|| self.fresh("whole")),
            ),
            (
                "codegen of half of the files",
                Box::new(|| self.fresh("half")),
            ),
            (
                "codegen again, nothing changed",
                Box::new(|| self.codegen("whole", "out")),
            ),
            (
                "codegen again, one page changed",
                Box::new(|| self.changed()),
            ),
        ]
    }

    fn to_ir(&self) -> Result<(Docs, Schema), Failure> {
        let docs = read(self.docs)?;
        let (schema, _) = graph_codegen::schema_of(&docs, docs.facts());
        Ok((docs, schema))
    }

    fn analyse(&self) -> Result<(Docs, Analysis), Failure> {
        let docs = read(self.docs)?;
        let analysis = graph_codegen::analyse(&docs);
        Ok((docs, analysis))
    }

    /// Generates into a folder that is not there yet. It stays until the end: where thousands of files
    /// were just removed, some file systems (ext4) take seconds to find places for new ones.
    fn fresh(&self, docs: &str) -> Result<Cost, Failure> {
        let number = self.fresh.get();
        self.fresh.set(number + 1);
        self.codegen(docs, &format!("fresh{number}"))
    }

    fn changed(&self) -> Result<Cost, Failure> {
        change(&self.folder.join("whole"), self.pages)?;
        self.codegen("whole", "out")
    }

    /// A whole run, as a user has it.
    fn codegen(&self, docs: &str, out: &str) -> Result<Cost, Failure> {
        let mut xtask = measure::xtask()?;
        xtask
            .args(["codegen", "--docs"])
            .arg(self.folder.join(docs));
        xtask.arg("--out").arg(self.folder.join(out));
        // The records of the runs go away with all the rest.
        xtask.env("CARGO_TARGET_DIR", self.folder.join("target"));
        let cost = measure::run_silently(&mut xtask)?;
        match cost.code {
            Some(0 | 1) => Ok(cost),
            _ => Err(Failure::new("codegen failed")),
        }
    }
}

fn read(docs: &Path) -> Result<Docs, Failure> {
    graph_codegen::read(docs).map_err(|error| Failure::new(error.to_string()))
}

/// The pages and included files that generation reads, in path order.
fn pages(docs: &Path) -> Result<Vec<PathBuf>, Failure> {
    let docs = read(docs)?;
    let files = docs.sources.iter().map(|(_, file)| file);
    let pages = files.filter(|file| file.kind != FileKind::Configuration);
    Ok(pages.map(|file| PathBuf::from(&file.path)).collect())
}

/// The floor: one thread reads all files and goes through the events of their markdown.
fn read_and_parse(docs: &Path, pages: &[PathBuf]) -> Result<usize, Failure> {
    let mut events = 0;
    for page in pages {
        let path = docs.join(page);
        let text = fs::read_to_string(&path);
        let text = text.map_err(|error| Failure::io(&path, "cannot be read", &error))?;
        let options = Options::ENABLE_TABLES | Options::ENABLE_GFM;
        events += Parser::new_ext(&text, options).into_offset_iter().count();
    }
    Ok(events)
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
