//! How values of a struct are made: `new` with what is required, and a chainable method for each
//! of the other fields.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::doc::Docs;
use super::name;
use super::print::Documented;
use super::scope::Scope;
use crate::rust;

/// Whether the table gives `Default`: nothing is required, and nothing is there from the start.
pub(super) fn has_default(item: &rust::Struct) -> bool {
    item.tag.is_none() && !has_required(item)
}

/// Whether `Default` is written out: nothing is required, but a tag is there from the start.
pub(super) fn has_tagged_default(item: &rust::Struct) -> bool {
    item.tag.is_some() && !has_required(item)
}

fn has_required(item: &rust::Struct) -> bool {
    let required = |field: &rust::Field| field.presence == rust::Presence::Required;
    item.fields.iter().any(required)
}

/// `Default` for a struct whose `new` sets its tag.
pub(super) fn tagged_default(item: &rust::Struct) -> TokenStream {
    let ident = name::ident(&item.name);
    quote! {
        impl Default for #ident {
            fn default() -> Self {
                Self::new()
            }
        }
    }
}

/// The functions that make values.
pub(super) fn functions(item: &rust::Struct, scope: &Scope<'_>) -> Vec<Documented> {
    match item.construction {
        rust::Construction::Read => return Vec::new(),
        rust::Construction::ReadWrite | rust::Construction::Write => {}
    }
    let mut functions = vec![constructor(item, scope)];
    functions.extend(
        item.fields
            .iter()
            .filter(|field| field.presence != rust::Presence::Required)
            .map(|field| setter(field, scope)),
    );
    functions
}

fn constructor(item: &rust::Struct, scope: &Scope<'_>) -> Documented {
    if has_default(item) {
        // Not `Self::default()`: a document may have a field of that name, and so a method.
        return Documented {
            docs: Docs::line("A value with nothing set."),
            code: quote! {
                #[must_use]
                pub fn new() -> Self {
                    Default::default()
                }
            },
        };
    }
    let required = |field: &&rust::Field| field.presence == rust::Presence::Required;
    let parameters: Vec<TokenStream> = item
        .fields
        .iter()
        .filter(required)
        .map(|field| parameter(field, scope))
        .collect();
    let allowed = name::parameters_allowed(parameters.len());
    let values = item.fields.iter().map(|field| initial(field, scope));
    let additional_properties = additional_properties(item, scope);
    let must_use = parameters.is_empty().then(|| quote!(#[must_use]));
    let docs = match (has_required(item), &item.tag) {
        (true, None) => "A value with what is required, and nothing else set.",
        (true, Some(_)) => {
            "A value with its `@odata.type` and what is required, and nothing else set."
        }
        (false, _) => "A value with its `@odata.type`, and nothing else set.",
    };
    Documented {
        docs: Docs::line(docs),
        code: quote! {
            #must_use
            #allowed
            pub fn new(#(#parameters),*) -> Self {
                Self {
                    #(#values,)*
                    additional_properties: #additional_properties,
                }
            }
        },
    }
}

/// What stands beside the documented fields from the start: the tag, or nothing.
fn additional_properties(item: &rust::Struct, scope: &Scope<'_>) -> TokenStream {
    let ty = scope.runtime_model("AdditionalProperties");
    match &item.tag {
        None => quote!(#ty::new()),
        Some(tag) => {
            let tag = name::text(tag);
            quote!(#ty::from_iter([("@odata.type".to_owned(), #tag.into())]))
        }
    }
}

/// The field in the struct expression of `new`.
fn initial(field: &rust::Field, scope: &Scope<'_>) -> TokenStream {
    let ident = name::ident(&field.name);
    match field.presence {
        rust::Presence::Required => {
            let value = converted(field, &ident);
            match is_as_it_is(&field.ty) {
                true => quote!(#ident),
                false => quote!(#ident: #value),
            }
        }
        rust::Presence::Optional => quote!(#ident: None),
        rust::Presence::Patch => {
            let patch = scope.runtime_model("Patch");
            quote!(#ident: #patch::Unset)
        }
    }
}

fn setter(field: &rust::Field, scope: &Scope<'_>) -> Documented {
    let ident = name::ident(&field.name);
    let method = name::ident(&field.setter);
    // The method may be called as the field is, and a link knows a raw identifier by its plain name.
    let docs = format!("Sets [`{0}`](field@Self::{0}).", name::plain(&field.name));
    let parameter = parameter(field, scope);
    let value = converted(field, &ident);
    let value = match field.presence {
        rust::Presence::Required | rust::Presence::Patch => value,
        rust::Presence::Optional => quote!(Some(#value)),
    };
    Documented {
        docs: Docs::line(&docs),
        code: quote! {
            #[must_use]
            pub fn #method(mut self, #parameter) -> Self {
                self.#ident = #value;
                self
            }
        },
    }
}

/// `name: impl Into<T>`: what a field is set from.
fn parameter(field: &rust::Field, scope: &Scope<'_>) -> TokenStream {
    let ident = name::ident(&field.name);
    let ty = scope.ty(unboxed(&field.ty));
    match field.presence {
        rust::Presence::Patch => {
            let patch = scope.runtime_model("Patch");
            quote!(#ident: impl Into<#patch<#ty>>)
        }
        rust::Presence::Required | rust::Presence::Optional if is_as_it_is(&field.ty) => {
            quote!(#ident: #ty)
        }
        rust::Presence::Required | rust::Presence::Optional => quote!(#ident: impl Into<#ty>),
    }
}

/// The parameter as the field holds it, less its `Option`.
fn converted(field: &rust::Field, ident: &Ident) -> TokenStream {
    let boxed = matches!(field.ty, rust::Type::Boxed(_));
    match field.presence {
        rust::Presence::Patch if boxed => quote!(#ident.into().map(Box::new)),
        rust::Presence::Patch => quote!(#ident.into()),
        rust::Presence::Required | rust::Presence::Optional => {
            match (boxed, is_as_it_is(&field.ty)) {
                (true, _) => quote!(Box::new(#ident.into())),
                (false, true) => quote!(#ident),
                (false, false) => quote!(#ident.into()),
            }
        }
    }
}

/// Whether the type is taken as it is. A number that converts into any other leaves the type of a
/// literal open.
fn is_as_it_is(ty: &rust::Type) -> bool {
    match ty {
        rust::Type::Primitive(primitive) => match primitive {
            rust::Primitive::Boolean
            | rust::Primitive::Byte
            | rust::Primitive::SByte
            | rust::Primitive::Int16
            | rust::Primitive::Int32
            | rust::Primitive::Int64
            | rust::Primitive::Single
            | rust::Primitive::Double => true,
            rust::Primitive::String
            | rust::Primitive::Decimal
            | rust::Primitive::Guid
            | rust::Primitive::DateTimeOffset
            | rust::Primitive::Date
            | rust::Primitive::TimeOfDay
            | rust::Primitive::Duration
            | rust::Primitive::Binary
            | rust::Primitive::Json => false,
        },
        rust::Type::Model(_)
        | rust::Type::Boxed(_)
        | rust::Type::Vec(_)
        | rust::Type::Flags(_)
        | rust::Type::Collection(_) => false,
    }
}

/// The type inside the box, if there is one.
fn unboxed(ty: &rust::Type) -> &rust::Type {
    match ty {
        rust::Type::Boxed(inner) => inner,
        rust::Type::Primitive(_)
        | rust::Type::Model(_)
        | rust::Type::Vec(_)
        | rust::Type::Flags(_)
        | rust::Type::Collection(_) => ty,
    }
}
