//! A request: the type that is awaited, its documented facts, its options, and what it answers.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::{Block, Unit};
use super::scope::Scope;
use super::{doc, name, operation};
use crate::rust;

/// The items of a request.
pub(super) fn units(item: &rust::Request, scope: &Scope<'_>) -> Vec<Unit> {
    let ident = name::ident(&item.name);
    let output = output(&item.output, scope);
    vec![
        Unit::Block(declaration(item, scope)),
        Unit::Block(Block {
            attributes: TokenStream::new(),
            head: quote!(impl #ident),
            members: members(item, scope),
        }),
        Unit::Call("graph_runtime::request_impls", vec![quote!(#ident), output]),
    ]
}

fn declaration(item: &rust::Request, scope: &Scope<'_>) -> Block {
    let docs = doc::attributes_or(&item.doc, &operation::title(&item.operation));
    let ident = name::ident(&item.name);
    let request = scope.runtime("Request");
    let kind = response_kind(&item.output, scope);
    Block {
        attributes: quote! {
            #docs
            #[derive(Clone, Debug)]
            #[must_use = "requests are sent when they are awaited"]
        },
        head: quote!(pub struct #ident),
        members: vec![quote!(request: #request<#kind>,)],
    }
}

fn members(item: &rust::Request, scope: &Scope<'_>) -> Vec<TokenStream> {
    let mut members = vec![operation::constant(&item.operation, scope)];
    members.extend(operation::error_codes(&item.operation.errors));
    members.extend(item.value_lists.iter().map(|list| value_list(list, scope)));
    members.extend(item.options.iter().map(|it| option(it, scope)));
    members.extend(paging(&item.output, scope));
    members
}

/// How the runtime is told to read the answer.
fn response_kind(output: &rust::Output, scope: &Scope<'_>) -> TokenStream {
    match output {
        rust::Output::None => scope.runtime("NoContent"),
        rust::Output::Content => scope.runtime("RawBytes"),
        rust::Output::Json(ty) => applied("Json", scope.ty(ty), scope),
        rust::Output::Single(ty) => applied("Single", scope.ty(ty), scope),
        rust::Output::Collection(ty) => applied("Json", collection(ty, scope), scope),
    }
}

/// What awaiting the request gives.
fn output(output: &rust::Output, scope: &Scope<'_>) -> TokenStream {
    match output {
        rust::Output::None => quote!(()),
        rust::Output::Content => scope.runtime("Bytes"),
        rust::Output::Json(ty) | rust::Output::Single(ty) => scope.ty(ty),
        rust::Output::Collection(ty) => collection(ty, scope),
    }
}

fn applied(kind: &'static str, ty: TokenStream, scope: &Scope<'_>) -> TokenStream {
    let kind = scope.runtime(kind);
    quote!(#kind<#ty>)
}

fn collection(ty: &rust::Type, scope: &Scope<'_>) -> TokenStream {
    let collection = scope.runtime_model("Collection");
    let ty = scope.ty(ty);
    quote!(#collection<#ty>)
}

fn value_list(list: &rust::ValueList, scope: &Scope<'_>) -> TokenStream {
    let docs = doc::attributes_or(&list.doc, "A documented list of values.");
    let ident = name::ident(&list.name);
    match &list.values {
        rust::ValueListValues::Variants { ty, variants } => {
            let ty = scope.model(ty);
            let variants = variants.iter().map(|variant| name::ident(variant));
            quote! { #docs pub const #ident: &'static [#ty] = &[#(#ty::#variants),*]; }
        }
        rust::ValueListValues::Text(values) => {
            let values = values.iter().map(|value| name::text(value));
            quote! { #docs pub const #ident: &'static [&'static str] = &[#(#values),*]; }
        }
    }
}

fn option(option: &rust::RequestOption, scope: &Scope<'_>) -> TokenStream {
    let docs = doc::attributes_or(
        &option.doc,
        &format!("Sets {}.", doc::code_span(&option.wire_name)),
    );
    let method = name::ident(&option.method);
    let wire_name = name::text(&option.wire_name);
    let (ty, value) = match option.kind {
        rust::OptionKind::Text => (quote!(impl AsRef<str>), quote!(#method.as_ref())),
        rust::OptionKind::Number => (quote!(i64), quote!(#method)),
        rust::OptionKind::Boolean => (quote!(bool), quote!(#method)),
        rust::OptionKind::Header => (quote!(impl AsRef<str>), quote!(#method)),
        rust::OptionKind::List => (
            quote!(impl IntoIterator<Item = impl AsRef<str>>),
            quote!(#method.join(",")),
        ),
    };
    let collected = match option.kind {
        rust::OptionKind::List => collected(&option.method, scope),
        rust::OptionKind::Text
        | rust::OptionKind::Number
        | rust::OptionKind::Boolean
        | rust::OptionKind::Header => TokenStream::new(),
    };
    let set = match option.kind {
        rust::OptionKind::Header => quote!(header),
        rust::OptionKind::Text
        | rust::OptionKind::Number
        | rust::OptionKind::Boolean
        | rust::OptionKind::List => quote!(query),
    };
    quote! {
        #docs
        pub fn #method(mut self, #method: #ty) -> Self {
            #collected
            self.request = self.request.#set(#wire_name, #value);
            self
        }
    }
}

/// The values of a list, so that they can be joined.
fn collected(method: &str, scope: &Scope<'_>) -> TokenStream {
    let method = name::ident(method);
    let vec = scope.prelude("Vec");
    let string = scope.prelude("String");
    quote! {
        let #method: #vec<#string> = #method
            .into_iter()
            .map(|value| value.as_ref().to_owned())
            .collect();
    }
}

/// What only requests for a collection have.
fn paging(output: &rust::Output, scope: &Scope<'_>) -> Vec<TokenStream> {
    let ty = match output {
        rust::Output::Collection(ty) => scope.ty(ty),
        rust::Output::None
        | rust::Output::Json(_)
        | rust::Output::Single(_)
        | rust::Output::Content => return Vec::new(),
    };
    let items = scope.runtime("Items");
    let pages = scope.runtime("Pages");
    vec![
        quote! {
            /// The items of all pages, each page fetched when the items before it are used up.
            pub fn into_stream(self) -> #items<#ty> {
                self.request.into_stream()
            }
        },
        quote! {
            /// The pages one by one, each fetched when it is asked for.
            pub fn into_pages(self) -> #pages<#ty> {
                self.request.into_pages()
            }
        },
    ]
}
