//! The documented facts of an operation to constants.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::scope::Scope;
use super::{doc, name};
use crate::rust;

/// What the operation is called, as a sentence of documentation.
pub(super) fn title(facts: &rust::OperationFacts) -> String {
    match facts.name.trim() {
        "" => format!("A {} request.", doc::code_span(&facts.method)),
        name => format!("The operation {}.", doc::code_span(name)),
    }
}

/// The constant `OPERATION`.
pub(super) fn constant(facts: &rust::OperationFacts, scope: &Scope<'_>) -> TokenStream {
    let operation = scope.runtime("Operation");
    let permissions = permissions(facts, scope);
    let errors = errors(&facts.errors, scope);
    let name = name::text(&facts.name);
    let method = name::text(&facts.method);
    let path_templates = texts(&facts.path_templates);
    let documentation = match &facts.documentation {
        Some(url) => {
            let (some, url) = (scope.prelude("Some"), name::text(url));
            quote!(#some(#url))
        }
        None => scope.prelude("None"),
    };
    quote! {
        /// What the documentation says of the operation: paths, permissions, errors.
        pub const OPERATION: #operation = #operation {
            name: #name,
            method: #method,
            path_templates: #path_templates,
            permissions: #permissions,
            errors: #errors,
            documentation: #documentation,
        };
    }
}

/// A constant for the code of each documented error; several errors may share one.
pub(super) fn error_codes(errors: &[rust::ErrorFacts]) -> Vec<TokenStream> {
    let mut seen = BTreeSet::new();
    errors
        .iter()
        .filter(|error| !error.constant.is_empty() && seen.insert(&error.constant))
        .map(error_code)
        .collect()
}

fn error_code(error: &rust::ErrorFacts) -> TokenStream {
    let docs = doc::attributes_or(&error.doc, "The code of a documented error.");
    let constant = name::ident(&error.constant);
    let code = name::text(&error.code);
    quote! { #docs pub const #constant: &'static str = #code; }
}

fn errors(errors: &[rust::ErrorFacts], scope: &Scope<'_>) -> TokenStream {
    let errors = errors.iter().map(|error| {
        let documented_error = scope.runtime("DocumentedError");
        let status = Literal::u16_unsuffixed(error.status);
        let code = name::text(&error.code);
        let message = name::text(&error.message);
        let condition = name::text(&error.condition);
        quote! {
            #documented_error {
                status: #status,
                code: #code,
                message: #message,
                condition: #condition,
            }
        }
    });
    quote!(&[#(#errors),*])
}

fn permissions(facts: &rust::OperationFacts, scope: &Scope<'_>) -> TokenStream {
    let permissions = scope.runtime("Permissions");
    let delegated_work = permission_set(facts.delegated_work.as_ref(), scope);
    let delegated_personal = permission_set(facts.delegated_personal.as_ref(), scope);
    let application = permission_set(facts.application.as_ref(), scope);
    quote! {
        #permissions {
            delegated_work: #delegated_work,
            delegated_personal: #delegated_personal,
            application: #application,
        }
    }
}

fn permission_set(set: Option<&rust::PermissionSet>, scope: &Scope<'_>) -> TokenStream {
    let Some(set) = set else {
        return quote!(None);
    };
    let permission_set = scope.runtime("PermissionSet");
    let least = texts(&set.least);
    let higher = texts(&set.higher);
    quote!(Some(#permission_set { least: #least, higher: #higher }))
}

fn texts(texts: &[String]) -> TokenStream {
    let texts = texts.iter().map(|text| name::text(text));
    quote!(&[#(#texts),*])
}
