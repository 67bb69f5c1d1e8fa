//! `src/lib.rs`: the front page and the modules.

use quote::quote;

use super::doc;
use super::print::{self, Unit};
use crate::rust;

/// The text of `src/lib.rs`.
pub(super) fn text(krate: &rust::Crate) -> String {
    let mut modules = quote! { pub mod models; };
    let mut exports = quote! { pub use graph_runtime; };
    if krate.client.is_some() {
        modules = quote! { #[cfg(feature = "client")] pub mod client; #modules };
        exports = quote! { #[cfg(feature = "client")] pub use client::GraphClient; #exports };
    }
    let header = doc::header(&krate.doc, &krate.manifest.description);
    print::file(&header, &[Unit::Items(modules), Unit::Items(exports)])
}
