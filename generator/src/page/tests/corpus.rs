//! Real pages, where `GRAPH_DOCS` says that there are some.

use std::path::Path;

use rayon::prelude::*;

use crate::page::parse;
use crate::source::SourceMap;

#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn every_real_page_is_read() {
    let Some(docs) = std::env::var_os("GRAPH_DOCS") else {
        eprintln!("skipped: GRAPH_DOCS names no folder with real pages");
        return;
    };
    for (folder, fewest) in [("security-2025", 80), ("graph-2021-beta", 7_900)] {
        let (map, _) = SourceMap::read(&Path::new(&docs).join(folder)).expect("a readable folder");
        let files: Vec<_> = map.iter().collect();
        assert!(
            files.len() >= fewest,
            "{folder} has only {} files",
            files.len()
        );
        files.par_iter().for_each(|(id, file)| {
            let (page, diagnostics) = parse(*id, &file.text);
            let has_title = page.title().is_some() || file.path.starts_with("includes/");
            assert!(has_title, "{} has no title", file.path);
            let blocks = page.sections.iter().flat_map(|section| &section.blocks);
            let spans = blocks
                .map(|block| block.span)
                .chain(diagnostics.iter().map(|d| d.span));
            for span in spans {
                assert!(
                    file.text.get(span.range()).is_some(),
                    "{} {span:?}",
                    file.path
                );
            }
        });
    }
}
