//! Reference documentation in, source text of a Rust crate and diagnostics out.
//!
//! The documents are in the format of the Microsoft Graph reference: resource pages, enumeration
//! pages and API pages in markdown. The modules stand in the order in which the data passes them;
//! none looks back.

pub mod diagnostic;
pub mod progress;

pub mod config;
pub mod source;
pub mod lenient_json;
pub mod page;
pub mod extract;
pub mod schema;
pub mod assemble;
pub mod fixups;
pub mod resolve;
pub mod check;
pub mod select;
pub mod lower;
pub mod rust;
pub mod emit;
pub mod verify;

mod docs;
mod facts;

pub use docs::{Docs, ReadError, from_files, read};
pub use facts::{Facts, PageCache};
pub use lower::Target;

use std::collections::{BTreeMap, BTreeSet};

use diagnostic::Diagnostic;
use progress::Progress;
use resolve::Index;
use schema::Schema;
use select::{SelectError, Selection};

/// What the documents say, and what is wrong with them.
#[derive(Debug)]
pub struct Analysis {
    /// IR 1, corrected by the fix-ups.
    pub schema: Schema,
    /// The findings of all stages so far, in the order of places.
    pub diagnostics: Vec<Diagnostic>,
    /// How much there is.
    pub summary: Summary,
}

/// How much the documents hold.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Summary {
    /// Pages read, included files not counted.
    pub pages: usize,
    /// Types with identity.
    pub entity_types: usize,
    /// Types without.
    pub complex_types: usize,
    /// Enumerations.
    pub enum_types: usize,
    /// Documented calls.
    pub operations: usize,
    /// Worked examples.
    pub examples: usize,
}

/// A crate of which everything is decided and nothing printed: [`emit::files`] lists its files.
#[derive(Debug)]
pub struct Decided {
    /// What the documents say, with the findings of all stages, in the order of places.
    pub analysis: Analysis,
    /// IR 2.
    pub krate: rust::Crate,
    /// How much of the documents the crate holds, when only a part was asked for.
    pub selected: Option<Summary>,
}

/// A generated crate.
#[derive(Debug)]
pub struct Generated {
    /// The text of each file, by its path below the crate's folder.
    pub files: BTreeMap<String, String>,
    /// The findings of all stages, in the order of places.
    pub diagnostics: Vec<Diagnostic>,
    /// How much the documents hold.
    pub summary: Summary,
    /// How much of it the crate holds, when only a part was asked for.
    pub selected: Option<Summary>,
    /// How many of the documented messages are tests of the crate.
    pub replays: rust::Replays,
}

/// Reads what the documents say, and judges it.
pub fn analyse(docs: &Docs) -> Analysis {
    let (schema, mut diagnostics) = schema_of(docs, docs.facts());
    diagnostics.extend(check(docs, &Index::new(&schema)));
    analysis(docs, schema, diagnostics)
}

/// Brings together what the pages say, corrected by the fix-ups, and does not judge it: the findings
/// are those of reading alone, in no order.
pub fn schema_of(docs: &Docs, facts: Facts) -> (Schema, Vec<Diagnostic>) {
    let mut diagnostics = facts.diagnostics;
    docs.watcher.tell(Progress::Assemble);
    let (mut schema, found) = assemble::assemble(facts.pages);
    diagnostics.extend(found);
    diagnostics.extend(fixups::apply(&mut schema, &docs.fixups, docs.fixups_file));
    (schema, diagnostics)
}

/// Reads and judges as [`analyse`] does, and finds what stands in the way of a crate besides: names
/// that collide, examples that are no call of what their page documents.
pub fn lint(docs: &Docs) -> Analysis {
    decide(docs, docs.facts(), &Target::default()).analysis
}

/// Writes the crate that the documents describe.
pub fn generate(docs: &Docs, target: &Target) -> Generated {
    decide(docs, docs.facts(), target).print(docs)
}

/// Writes the part of the crate that `selection` needs. The findings are those of all documents.
///
/// # Errors
///
/// When something is asked for that the documents don't describe.
pub fn generate_only(
    docs: &Docs,
    target: &Target,
    selection: &Selection,
) -> Result<Generated, SelectError> {
    decide_only(docs, docs.facts(), target, selection).map(|decided| decided.print(docs))
}

/// Decides what the crate holds that the documents describe, and prints none of it.
pub fn decide(docs: &Docs, facts: Facts, target: &Target) -> Decided {
    let (schema, mut diagnostics) = schema_of(docs, facts);
    let index = Index::new(&schema);
    // Neither knows of the other, and most of the second is done on one thread.
    let (judged, (krate, decided)) = rayon::join(
        || check(docs, &index),
        || lower(docs, &index, &docs.config, target),
    );
    diagnostics.extend(judged.into_iter().chain(decided));
    Decided {
        analysis: analysis(docs, schema, diagnostics),
        krate,
        selected: None,
    }
}

/// As [`decide`], of the part of the crate that `selection` needs.
///
/// # Errors
///
/// As [`generate_only`].
pub fn decide_only(
    docs: &Docs,
    facts: Facts,
    target: &Target,
    selection: &Selection,
) -> Result<Decided, SelectError> {
    let Decided {
        analysis, krate, ..
    } = decide(docs, facts, target);
    let part = select::select(&analysis.schema, selection)?;
    let mut config = docs.config.clone();
    // Without configuration, any example of the documents may be the one that tells the address.
    config.api.base_url = krate.client.map(|client| client.base_url);
    let (krate, _) = lower(docs, &Index::new(&part), &config, target);
    Ok(Decided {
        analysis,
        krate,
        selected: Some(summary(pages(&part), &part)),
    })
}

impl Decided {
    /// The text of every file.
    fn print(self, docs: &Docs) -> Generated {
        docs.watcher.tell(Progress::Emit);
        Generated {
            files: emit::emit(&self.krate),
            diagnostics: self.analysis.diagnostics,
            summary: self.analysis.summary,
            selected: self.selected,
            replays: self.krate.replays,
        }
    }
}

/// What the lints find.
fn check(docs: &Docs, index: &Index<'_>) -> Vec<Diagnostic> {
    docs.watcher.tell(Progress::Check);
    check::check(index, &docs.sources)
}

/// Decides what the crate holds, and tells what is found on the way.
fn lower(
    docs: &Docs,
    index: &Index<'_>,
    config: &config::Config,
    target: &Target,
) -> (rust::Crate, Vec<Diagnostic>) {
    docs.watcher.tell(Progress::Lower);
    lower::lower(index, &docs.sources, config, target)
}

fn analysis(docs: &Docs, schema: Schema, mut diagnostics: Vec<Diagnostic>) -> Analysis {
    diagnostic::sort(&mut diagnostics);
    let summary = summary(docs.sources.pages().count(), &schema);
    Analysis {
        schema,
        diagnostics,
        summary,
    }
}

/// IR 1 as JSON, as `docs/ir.md` describes it.
pub fn export(docs: &Docs, analysis: &Analysis) -> serde_json::Value {
    schema::export::to_json(&analysis.schema, &docs.sources)
}

/// The number of pages that something in a schema comes from.
fn pages(schema: &Schema) -> usize {
    let types = schema.entity_types.iter().chain(&schema.complex_types);
    let described = types.flat_map(|t| &t.pages);
    let listed = schema.enum_types.iter().flat_map(|e| &e.pages);
    let called = schema.operations.iter().map(|o| &o.page);
    let paths = described.chain(listed).chain(called).map(|page| &page.path);
    paths.collect::<BTreeSet<_>>().len()
}

fn summary(pages: usize, schema: &Schema) -> Summary {
    Summary {
        pages,
        entity_types: schema.entity_types.len(),
        complex_types: schema.complex_types.len(),
        enum_types: schema.enum_types.len(),
        operations: schema.operations.len(),
        examples: schema.operations.iter().map(|o| o.examples.len()).sum(),
    }
}
