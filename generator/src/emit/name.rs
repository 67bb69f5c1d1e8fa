//! Names as `lower` gives them to tokens: identifiers, raw ones included, and what follows from them.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// The identifier, which may be raw: `status`, `r#type`.
///
/// # Panics
///
/// When it is no identifier.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(keyword) => Ident::new_raw(keyword, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// The text of a raw identifier without its mark.
pub(super) fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// The name of the file that holds a module, without its extension.
pub(super) fn file_stem(module: &str) -> &str {
    plain(module)
}

/// A string literal.
pub(super) fn text(text: &str) -> Literal {
    Literal::string(text)
}

/// What a function of that many parameters carries, `self` included.
pub(super) fn parameters_allowed(count: usize) -> TokenStream {
    match count > 7 {
        true => quote! {
            #[allow(clippy::too_many_arguments, reason = "the documents ask for each")]
        },
        false => TokenStream::new(),
    }
}
