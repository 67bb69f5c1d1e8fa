//! An operation: the type that requests for it have, its documented facts, its options, and what it
//! answers.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::Docs;
use super::print::{self, Block, Documented, Table, Unit};
use super::scope::Scope;
use super::{facts, name};
use crate::rust;

/// The items of an operation.
pub(super) fn units(item: &rust::Operation, scope: &Scope<'_>) -> Vec<Unit> {
    let ident = name::ident(&item.name);
    let mut units = vec![Unit::Item(Documented {
        docs: Docs::or(&item.doc, || facts::title(&item.facts)),
        code: quote! { pub enum #ident {} },
    })];
    units.extend(Block::implementation(&item.name, members(item, scope)));
    units.push(Unit::Table(table(item, scope)));
    units
}

/// The constants that the documents ask for.
fn members(item: &rust::Operation, scope: &Scope<'_>) -> Vec<Documented> {
    let mut members = facts::error_codes(&item.facts.errors);
    members.extend(item.value_lists.iter().map(|list| value_list(list, scope)));
    members.extend(item.options.iter().filter_map(option_name));
    members
}

/// What the runtime is told of the operation.
fn table(item: &rust::Operation, scope: &Scope<'_>) -> Table {
    let mut rows = facts::rows(&item.facts);
    let response = print::print_type(&response_kind(&item.output, scope));
    rows.push(format!("response: {response}"));
    let options = item.options.iter().filter_map(documented_option);
    let options: Vec<&str> = options.collect();
    rows.push(format!("options: [{}]", options.join(", ")));
    Table {
        path: "graph_runtime::operation",
        name: item.name.clone(),
        rows,
    }
}

/// The trait of an option that the runtime has a method for.
fn documented_option(option: &rust::RequestOption) -> Option<&'static str> {
    match &option.setter {
        rust::OptionSetter::Method { option, .. } => Some(option),
        rust::OptionSetter::Named(_) => None,
    }
}

/// The constant with the name of an option that is set by its name.
fn option_name(option: &rust::RequestOption) -> Option<Documented> {
    let rust::OptionSetter::Named(named) = &option.setter else {
        return None;
    };
    let constant = name::ident(&named.constant);
    let wire_name = name::text(&option.wire_name);
    Some(Documented {
        docs: Docs::or(&named.doc, || "The name of a documented option.".to_owned()),
        code: quote! { pub const #constant: &'static str = #wire_name; },
    })
}

/// How the runtime is told to read the answer.
fn response_kind(output: &rust::Output, scope: &Scope<'_>) -> TokenStream {
    match output {
        rust::Output::None => scope.runtime("NoContent"),
        rust::Output::Content => scope.runtime("RawBytes"),
        rust::Output::Json(ty) => applied("Json", scope.ty(ty), scope),
        rust::Output::Single(ty) => applied("Single", scope.ty(ty), scope),
        rust::Output::Collection(ty) => applied("Json", collection(ty, scope), scope),
        rust::Output::AnyJson => scope.runtime("AnyJson"),
        rust::Output::Count => scope.runtime("Count"),
        rust::Output::LinkedContent => scope.runtime("LinkedBytes"),
        rust::Output::Upload(ty) => applied("Upload", scope.ty(ty), scope),
        rust::Output::Accepted(rust::Type::Primitive(rust::Primitive::Json)) => {
            scope.runtime("Accepted")
        }
        rust::Output::Accepted(monitor) => applied("Accepted", scope.ty(monitor), scope),
        rust::Output::Outcome(ty, rust::Type::Primitive(rust::Primitive::Json)) => {
            applied("Outcome", scope.ty(ty), scope)
        }
        rust::Output::Outcome(ty, monitor) => {
            let (ty, monitor) = (scope.ty(ty), scope.ty(monitor));
            applied("Outcome", quote!(#ty, #monitor), scope)
        }
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

fn value_list(list: &rust::ValueList, scope: &Scope<'_>) -> Documented {
    let ident = name::ident(&list.name);
    let code = match &list.values {
        rust::ValueListValues::Variants { ty, variants } => {
            let ty = scope.model(ty);
            let variants = variants.iter().map(|variant| name::ident(variant));
            quote! { pub const #ident: &'static [#ty] = &[#(#ty::#variants),*]; }
        }
        rust::ValueListValues::Text(values) => {
            let values = values.iter().map(|value| name::text(value));
            quote! { pub const #ident: &'static [&'static str] = &[#(#values),*]; }
        }
    };
    let docs = Docs::or(&list.doc, || "A documented list of values.".to_owned());
    Documented { docs, code }
}
