//! Pages for the tests of this stage, read by the real parser.

use crate::diagnostic::Diagnostic;
use crate::page::{self, BlockKind, Inline, Page};
use crate::source::{FileId, SourceMap};

use super::{Context, PageFacts, extract};

/// A cell of a table that holds `text`.
pub(super) fn cell(text: &str) -> Inline<'static> {
    let page = format!("# T\n\n|Property|Type|\n|:--|:--|\n|{text}|x|\n");
    let (page, _) = page::parse(FileId(0), page.leak());
    let mut blocks = page.sections.into_iter().flat_map(|section| section.blocks);
    let cell = blocks.find_map(|block| match block.kind {
        BlockKind::Table(table) => table.rows.into_iter().next()?.cells.into_iter().next(),
        _ => None,
    });
    cell.expect("a table with a cell")
}

/// What the pages among some files say, in path order. Included files are files like others.
pub(super) fn facts_of(files: &[(&str, &str)]) -> Vec<(PageFacts, Vec<Diagnostic>)> {
    let owned = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let sources = SourceMap::from_files(owned);
    let parsed: Vec<Page<'_>> = sources
        .iter()
        .map(|(id, file)| page::parse(id, &file.text).0)
        .collect();
    facts_in(&sources, &parsed)
}

/// What the pages of a documents folder say.
pub(super) fn facts_in(
    sources: &SourceMap,
    parsed: &[Page<'_>],
) -> Vec<(PageFacts, Vec<Diagnostic>)> {
    let includes = |from: FileId, target: &str| {
        let id = sources.include(from, target).ok()?;
        parsed.get(id.0 as usize)
    };
    let context = Context {
        sources,
        includes: &includes,
        site: None,
    };
    let pages = sources
        .pages()
        .filter_map(|(id, _)| parsed.get(id.0 as usize));
    pages.map(|page| extract(page, &context)).collect()
}

/// What a single page says.
pub(super) fn page_facts(path: &str, text: &str) -> (PageFacts, Vec<Diagnostic>) {
    facts_of(&[(path, text)]).swap_remove(0)
}
