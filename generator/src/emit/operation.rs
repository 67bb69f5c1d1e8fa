//! An operation: the type that requests for it have, its documented facts, its options, and what it
//! answers.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::{Block, Unit};
use super::scope::Scope;
use super::{doc, facts, name};
use crate::rust;

/// The items of an operation.
pub(super) fn units(item: &rust::Operation, scope: &Scope<'_>) -> Vec<Unit> {
    let docs = doc::attributes_or(&item.doc, &facts::title(&item.facts));
    let ident = name::ident(&item.name);
    let mut arguments = vec![quote!(#ident), response_kind(&item.output, scope)];
    arguments.extend(item.options.iter().filter_map(documented_option));
    vec![
        Unit::Items(quote! { #docs pub enum #ident {} }),
        Unit::Block(Block {
            attributes: TokenStream::new(),
            head: quote!(impl #ident),
            members: members(item, scope),
        }),
        Unit::Call("graph_runtime::operation", arguments),
    ]
}

fn members(item: &rust::Operation, scope: &Scope<'_>) -> Vec<TokenStream> {
    let mut members = vec![facts::constant(&item.facts, scope)];
    members.extend(facts::error_codes(&item.facts.errors));
    members.extend(item.value_lists.iter().map(|list| value_list(list, scope)));
    members.extend(item.options.iter().filter_map(option_name));
    members
}

/// The trait of an option that the runtime has a method for.
fn documented_option(option: &rust::RequestOption) -> Option<TokenStream> {
    match &option.setter {
        rust::OptionSetter::Method { option, .. } => {
            let option = name::ident(option);
            Some(quote!(#option))
        }
        rust::OptionSetter::Named(_) => None,
    }
}

/// The constant with the name of an option that is set by its name.
fn option_name(option: &rust::RequestOption) -> Option<TokenStream> {
    let rust::OptionSetter::Named(named) = &option.setter else {
        return None;
    };
    let docs = doc::attributes_or(&named.doc, "The name of a documented option.");
    let constant = name::ident(&named.constant);
    let wire_name = name::text(&option.wire_name);
    Some(quote! { #docs pub const #constant: &'static str = #wire_name; })
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
