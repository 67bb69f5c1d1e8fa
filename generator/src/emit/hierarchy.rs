//! A hierarchy: an enum over the subtypes of a type, its tag table, and the properties they share.

use quote::quote;

use super::doc::Docs;
use super::print::{Block, Documented, Table, Unit, row};
use super::scope::Scope;
use super::{doc, name};
use crate::rust;

/// The items of a hierarchy's file.
pub(super) fn units(item: &rust::Hierarchy, scope: &Scope<'_>) -> Vec<Unit> {
    let mut units = vec![Unit::Block(declaration(item, scope))];
    let accessors = item.accessors.iter().map(|it| accessor(it, scope));
    units.extend(Block::implementation(&item.name, accessors.collect()));
    units.push(Unit::Table(table(item, scope)));
    units
}

fn declaration(item: &rust::Hierarchy, scope: &Scope<'_>) -> Block {
    let ident = name::ident(&item.name);
    let listed = item.variants.iter().chain(&item.untagged);
    let mut members: Vec<Documented> = listed.map(|it| variant(it, scope)).collect();
    members.push(unknown(item, scope));
    Block {
        docs: Docs::or(&item.doc, || format!("The types of `{}`.", item.name)),
        attributes: quote! {
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
        },
        head: quote!(pub enum #ident),
        members,
    }
}

fn variant(variant: &rust::HierarchyVariant, scope: &Scope<'_>) -> Documented {
    let fallback = || format!("The type {}.", doc::code_span(&variant.odata_type));
    let ident = name::ident(&variant.name);
    let boxed = scope.prelude("Box");
    let ty = scope.model(&variant.ty);
    Documented {
        docs: Docs::or(&variant.doc, fallback),
        code: quote! { #ident(#boxed<#ty>), },
    }
}

fn unknown(item: &rust::Hierarchy, scope: &Scope<'_>) -> Documented {
    let boxed = scope.prelude("Box");
    let ty = scope.model(&item.unknown);
    Documented {
        docs: Docs::line("A type that the documents do not list, with all that it came with."),
        code: quote! { Unknown(#boxed<#ty>), },
    }
}

fn accessor(accessor: &rust::Accessor, scope: &Scope<'_>) -> Documented {
    let fallback = || format!("The property {}.", doc::code_span(&accessor.wire_name));
    let ident = name::ident(&accessor.name);
    let option = scope.prelude("Option");
    let ty = match &accessor.ty {
        rust::Type::Boxed(inner) => scope.ty(inner),
        other => scope.ty(other),
    };
    let base_property = scope.runtime_model("base_property");
    let wire_name = name::text(&accessor.wire_name);
    Documented {
        docs: Docs::or(&accessor.doc, fallback),
        code: quote! {
            #[must_use]
            pub fn #ident(&self) -> #option<&#ty> {
                #base_property(self, #wire_name)
            }
        },
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
