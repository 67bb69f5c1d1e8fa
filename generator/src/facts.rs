//! What the pages of a folder say, each on its own: read from their text, or known from an earlier
//! run over the same text.

mod cache;

#[cfg(test)]
mod tests;

use rayon::prelude::*;

pub use cache::PageCache;

use crate::diagnostic::Diagnostic;
use crate::docs::Docs;
use crate::extract::{self, Context, PageFacts};
use crate::page::{self, Page};
use crate::progress::Progress;
use crate::source::{FileId, FileKind, SourceFile};
use cache::Cause;

/// What every page says, in path order, and what is wrong in them.
#[derive(Debug, Default)]
pub struct Facts {
    pub(crate) pages: Vec<PageFacts>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What one page says, and what is wrong in it.
type Reading = (PageFacts, Vec<Diagnostic>);

impl Docs {
    /// Reads what every page says, each on its own. A page is taken apart, read and dropped in one
    /// go: its structure stays near the processor, and the structures of all pages are never in
    /// memory together.
    #[must_use]
    pub fn facts(&self) -> Facts {
        self.read_each(|reader, id, file| (reader.read(id, &file.text), ()))
            .0
    }

    /// As [`Docs::facts`], without reading again what the cache of an earlier run knows. The cache
    /// that comes back knows these pages and no others.
    #[must_use]
    pub fn facts_with(&self, mut cache: PageCache) -> (Facts, PageCache) {
        let cause = Cause::of(self);
        let (facts, read) = self.read_each(|reader, id, file| {
            let key = cause.key(file);
            if let Some(known) = cache.reading(&key) {
                return (known, (key, None));
            }
            let reading = reader.read(id, &file.text);
            let bytes = cache::bytes(&reading);
            (reading, (key, bytes))
        });
        cache.update(read);
        (facts, cache)
    }

    /// The reading of each page and what else `read` gives for it, in path order.
    fn read_each<T: Send>(
        &self,
        read: impl Fn(&Reader<'_>, FileId, &SourceFile) -> (Reading, T) + Sync,
    ) -> (Facts, Vec<T>) {
        let mut facts = Facts {
            pages: Vec::new(),
            diagnostics: self.diagnostics.clone(),
        };
        let reader = Reader::new(self, &mut facts.diagnostics);
        let pages: Vec<_> = self.sources.pages().collect();
        self.watcher.tell(Progress::Extract { pages: pages.len() });
        let read = |(id, file): &(FileId, &SourceFile)| {
            let reading = read(&reader, *id, file);
            self.watcher.tell(Progress::Page);
            reading
        };
        let found: Vec<_> = pages.par_iter().map(read).collect();
        facts.pages.reserve(found.len());
        let mut others = Vec::with_capacity(found.len());
        for ((page, mut problems), other) in found {
            facts.pages.push(page);
            facts.diagnostics.append(&mut problems);
            others.push(other);
        }
        (facts, others)
    }
}

/// Reads pages. The files that they include are parsed once: many pages share each of them.
struct Reader<'d> {
    docs: &'d Docs,
    /// In path order.
    includes: Vec<Page<'d>>,
}

impl<'d> Reader<'d> {
    fn new(docs: &'d Docs, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let files = docs.sources.iter();
        let files = files.filter(|(_, file)| file.kind == FileKind::Include);
        let includes = files.map(|(id, file)| {
            let (page, mut found) = page::parse(id, &file.text);
            diagnostics.append(&mut found);
            page
        });
        Self {
            docs,
            includes: includes.collect(),
        }
    }

    fn read(&self, id: FileId, text: &str) -> Reading {
        let (page, mut diagnostics) = page::parse(id, text);
        let includes = |from, target: &str| self.included(from, target);
        let context = Context {
            sources: &self.docs.sources,
            includes: &includes,
            site: self.docs.config.site.as_ref(),
        };
        let (facts, mut found) = extract::extract(&page, &context);
        diagnostics.append(&mut found);
        (facts, diagnostics)
    }

    /// The included file that `target` names in the file `from`.
    fn included(&self, from: FileId, target: &str) -> Option<&Page<'_>> {
        let id = self.docs.sources.include(from, target).ok()?;
        let place = self.includes.binary_search_by_key(&id, |page| page.file);
        self.includes.get(place.ok()?)
    }
}
