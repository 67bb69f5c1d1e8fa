//! A struct: its fields, what it is called on the wire, how it is made, and its field table.

use quote::quote;

use super::doc::Docs;
use super::print::{Block, Documented, Table, Unit, row};
use super::scope::Scope;
use super::{construction, doc, name};
use crate::rust;

/// The items of a struct's file.
pub(super) fn units(item: &rust::Struct, scope: &Scope<'_>) -> Vec<Unit> {
    let mut units = vec![Unit::Block(declaration(item, scope))];
    units.extend(Block::implementation(&item.name, members(item, scope)));
    if construction::has_tagged_default(item) {
        units.push(Unit::Items(construction::tagged_default(item)));
    }
    units.push(Unit::Table(table(item)));
    units
}

fn declaration(item: &rust::Struct, scope: &Scope<'_>) -> Block {
    let ident = name::ident(&item.name);
    let mut members: Vec<Documented> = item.fields.iter().map(|it| field(it, scope)).collect();
    members.push(additional_properties(scope));
    Block {
        docs: Docs::or(&item.doc, || format!("The type `{}`.", item.name)),
        attributes: quote! { #[non_exhaustive] },
        head: quote!(pub struct #ident),
        members,
    }
}

fn field(field: &rust::Field, scope: &Scope<'_>) -> Documented {
    let fallback = || format!("The property {}.", doc::code_span(&field.wire_name));
    let ident = name::ident(&field.name);
    let ty = scope.ty(&field.ty);
    let ty = match field.presence {
        rust::Presence::Required => ty,
        rust::Presence::Optional => {
            let option = scope.prelude("Option");
            quote!(#option<#ty>)
        }
        rust::Presence::Patch => {
            let patch = scope.runtime_model("Patch");
            quote!(#patch<#ty>)
        }
    };
    Documented {
        docs: Docs::or(&field.doc, fallback),
        code: quote! { pub #ident: #ty, },
    }
}

fn additional_properties(scope: &Scope<'_>) -> Documented {
    let ty = scope.runtime_model("AdditionalProperties");
    Documented {
        docs: Docs::line(
            "What the documents do not list, by wire name; `@odata.*` annotations among it.",
        ),
        code: quote! { pub additional_properties: #ty, },
    }
}

/// The constants and functions of the struct.
fn members(item: &rust::Struct, scope: &Scope<'_>) -> Vec<Documented> {
    let odata_type = item.odata_type.iter().map(|odata_type| {
        let odata_type = name::text(odata_type);
        Documented {
            docs: Docs::line("The `@odata.type` of this type."),
            code: quote! { pub const ODATA_TYPE: &'static str = #odata_type; },
        }
    });
    odata_type
        .chain(construction::functions(item, scope))
        .collect()
}

/// The table that reading and writing, and all that is commonly derived, is made from.
fn table(item: &rust::Struct) -> Table {
    let default = match construction::has_default(item) {
        true => ": Default",
        false => "",
    };
    let rows = item.fields.iter().enumerate();
    let rows = rows.map(|(index, field)| {
        let wire_name = name::text(&field.wire_name);
        row(format!("{index} {wire_name}"), name::ident(&field.name))
    });
    Table {
        path: "graph_runtime::structured",
        name: format!("{}{default}", item.name),
        rows: rows.collect(),
    }
}
