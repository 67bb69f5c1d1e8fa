//! `src/lib.rs`: the front page and the modules.

use quote::quote;

use super::print::{self, Unit};
use super::{doc, start};
use crate::rust;

/// The text of `src/lib.rs`.
pub(super) fn text(krate: &rust::Crate) -> String {
    let mut modules = quote! { pub mod models; };
    let mut exports = quote! { pub use graph_runtime; };
    if krate.client.is_some() {
        modules = quote! { #[cfg(feature = "client")] pub mod client; #modules };
        exports = quote! { #[cfg(feature = "client")] pub use client::GraphClient; #exports };
    }
    let mut header = doc::header(&krate.doc, &krate.manifest.description);
    if let Some(program) = &krate.start {
        header.extend([String::new(), "```no_run".to_owned()]);
        header.extend(start::lines(krate, program));
        header.push("```".to_owned());
    }
    header.push(String::new());
    header.extend(doc::header(&krate.topics, ""));
    print::file(&header, vec![Unit::Items(modules), Unit::Items(exports)])
}
