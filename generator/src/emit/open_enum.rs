//! An open enum: its documented members, the place of all others, and its member table.

use quote::quote;

use super::doc::Docs;
use super::print::{Block, Documented, Table, Unit, row};
use super::scope::Scope;
use super::{doc, name};
use crate::rust;

/// The items of an open enum's file.
pub(super) fn units(item: &rust::OpenEnum, scope: &Scope<'_>) -> Vec<Unit> {
    vec![
        Unit::Block(declaration(item, scope)),
        Unit::Table(table(item)),
    ]
}

fn declaration(item: &rust::OpenEnum, scope: &Scope<'_>) -> Block {
    let ident = name::ident(&item.name);
    let mut members: Vec<Documented> = item.variants.iter().map(variant).collect();
    members.push(unknown(scope));
    Block {
        docs: Docs::or(&item.doc, || format!("The enumeration `{}`.", item.name)),
        attributes: quote! {
            #[derive(Clone, Eq, Hash, PartialEq)]
            #[non_exhaustive]
        },
        head: quote!(pub enum #ident),
        members,
    }
}

fn variant(variant: &rust::Variant) -> Documented {
    let fallback = || format!("The member {}.", doc::code_span(&variant.wire_name));
    let ident = name::ident(&variant.name);
    Documented {
        docs: Docs::or(&variant.doc, fallback),
        code: quote! { #ident, },
    }
}

fn unknown(scope: &Scope<'_>) -> Documented {
    let text = scope.prelude("String");
    Documented {
        docs: Docs::line("A member that the documents do not list, as the service wrote it."),
        code: quote! { Unknown(#text), },
    }
}

fn table(item: &rust::OpenEnum) -> Table {
    Table {
        path: "graph_runtime::open_enum",
        name: item.name.clone(),
        rows: item
            .variants
            .iter()
            .map(|variant| row(name::text(&variant.wire_name), name::ident(&variant.name)))
            .collect(),
    }
}
