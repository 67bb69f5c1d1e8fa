//! A hierarchy: an enum over the subtypes of a type, its tag table, and the properties they share.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::{Block, Table, Unit, row};
use super::scope::Scope;
use super::{doc, name};
use crate::rust;

/// The items of a hierarchy's file.
pub(super) fn units(item: &rust::Hierarchy, scope: &Scope<'_>) -> Vec<Unit> {
    let mut units = vec![Unit::Block(declaration(item, scope))];
    if !item.accessors.is_empty() {
        let ident = name::ident(&item.name);
        let accessors = item.accessors.iter().map(|it| accessor(it, scope));
        units.push(Unit::Block(Block {
            attributes: TokenStream::new(),
            head: quote!(impl #ident),
            members: accessors.collect(),
        }));
    }
    units.push(Unit::Table(table(item, scope)));
    units
}

fn declaration(item: &rust::Hierarchy, scope: &Scope<'_>) -> Block {
    let docs = doc::attributes_or(&item.doc, &format!("The types of `{}`.", item.name));
    let ident = name::ident(&item.name);
    let listed = item.variants.iter().chain(&item.untagged);
    let mut members: Vec<TokenStream> = listed.map(|it| variant(it, scope)).collect();
    members.push(unknown(item, scope));
    Block {
        attributes: quote! {
            #docs
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
        },
        head: quote!(pub enum #ident),
        members,
    }
}

fn variant(variant: &rust::HierarchyVariant, scope: &Scope<'_>) -> TokenStream {
    let docs = doc::attributes_or(
        &variant.doc,
        &format!("The type {}.", doc::code_span(&variant.odata_type)),
    );
    let ident = name::ident(&variant.name);
    let boxed = scope.prelude("Box");
    let ty = scope.model(&variant.ty);
    quote! { #docs #ident(#boxed<#ty>), }
}

fn unknown(item: &rust::Hierarchy, scope: &Scope<'_>) -> TokenStream {
    let boxed = scope.prelude("Box");
    let ty = scope.model(&item.unknown);
    quote! {
        /// A type that the documents do not list, with all that it came with.
        Unknown(#boxed<#ty>),
    }
}

fn accessor(accessor: &rust::Accessor, scope: &Scope<'_>) -> TokenStream {
    let docs = doc::attributes_or(
        &accessor.doc,
        &format!("The property {}.", doc::code_span(&accessor.wire_name)),
    );
    let ident = name::ident(&accessor.name);
    let option = scope.prelude("Option");
    let ty = match &accessor.ty {
        rust::Type::Boxed(inner) => scope.ty(inner),
        other => scope.ty(other),
    };
    let base_property = scope.runtime_model("base_property");
    let wire_name = name::text(&accessor.wire_name);
    quote! {
        #docs
        #[must_use]
        pub fn #ident(&self) -> #option<&#ty> {
            #base_property(self, #wire_name)
        }
    }
}

fn table(item: &rust::Hierarchy, scope: &Scope<'_>) -> Table {
    let mut rows: Vec<String> = item
        .variants
        .iter()
        .map(|variant| {
            row(
                name::text(&variant.odata_type),
                place(&variant.name, &variant.ty, scope),
            )
        })
        .collect();
    rows.extend(item.untagged.iter().map(|variant| {
        let before = match variant.odata_type.as_str() {
            "" => "untagged".to_owned(),
            tag => format!("untagged {}", name::text(tag)),
        };
        row(before, place(&variant.name, &variant.ty, scope))
    }));
    rows.push(row("_", place("Unknown", &item.unknown, scope)));
    Table {
        path: "graph_runtime::tagged",
        name: item.name.clone(),
        rows,
    }
}

/// `Variant(Type)`
fn place(variant: &str, ty: &rust::TypePath, scope: &Scope<'_>) -> String {
    format!("{}({})", name::ident(variant), scope.model_text(ty))
}
