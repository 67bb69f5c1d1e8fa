//! Methods tables whose links lead nowhere.

use std::collections::BTreeSet;

use super::subject::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Method, StructuredType};
use crate::source::FileKind;

/// Notes each row of a Methods table that links to a page which is not among those given.
///
/// A folder without API pages is a part of the documents on purpose; nothing is missing there.
pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let files = || subject.sources.iter().map(|(_, file)| file);
    if !files().any(|file| file.kind == FileKind::Api) {
        return Vec::new();
    }
    let pages: BTreeSet<String> = files().map(|file| file.path.to_lowercase()).collect();
    let types = subject.index.structured_types();
    let rows = types.flat_map(|t| t.methods.iter().map(move |method| (t, method)));
    let report = |(structured, method): (&StructuredType, &Method)| {
        let page = method.page.as_ref()?;
        let is_missing = !pages.contains(&page.to_lowercase());
        is_missing.then(|| report(structured, method, page))
    };
    rows.filter_map(report).collect()
}

fn report(structured: &StructuredType, method: &Method, page: &str) -> Diagnostic {
    let message = format!(
        "`{}` lists the method {}, but there is no page `{page}`",
        structured.name, method.name
    );
    Diagnostic::new(Code::MissingPage, method.span, message)
        .with_label("leads nowhere")
        .with_help("add the page, or correct the link")
}
