//! Steps of a path to the parameters of a method and the expression that goes them.

use proc_macro2::TokenStream;
use quote::quote;

use super::name;
use crate::rust;

/// The steps of a method, as code.
#[derive(Default)]
pub(super) struct Steps {
    /// `id: impl AsRef<str>`, one for each value that the caller gives.
    pub(super) parameters: Vec<TokenStream>,
    /// `.segment("name").key(id.as_ref())`, what is called on the resource.
    pub(super) calls: TokenStream,
}

/// Spells steps.
pub(super) fn steps<'a>(steps: impl IntoIterator<Item = &'a rust::Step>) -> Steps {
    let mut spelled = Steps::default();
    for step in steps {
        match step {
            rust::Step::Segment(name) => segment(name, &mut spelled),
            rust::Step::Key(parameter) => key(parameter, &mut spelled),
            rust::Step::AlternateKey(pairs) => alternate_key(pairs, &mut spelled),
            rust::Step::RelativePath(parameter) => relative_path(parameter, &mut spelled),
            rust::Step::Function { name, parameters } => function(name, parameters, &mut spelled),
        }
    }
    spelled
}

/// A step in words, where the documents have none.
pub(super) fn description(step: &rust::Step) -> String {
    match step {
        rust::Step::Segment(name) => format!("The place `/{name}` below this one."),
        rust::Step::Key(parameter) => {
            format!("The member that has the key `{}`.", name::plain(parameter))
        }
        rust::Step::AlternateKey(pairs) => {
            let names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
            format!(
                "The member that has the alternate key `{}`.",
                names.join(",")
            )
        }
        rust::Step::RelativePath(parameter) => {
            format!("What lies at `{}` below this.", name::plain(parameter))
        }
        rust::Step::Function { name, .. } => format!("The function `{name}`."),
    }
}

fn segment(name: &str, spelled: &mut Steps) {
    let name = name::text(name);
    spelled.calls.extend(quote!(.segment(#name)));
}

fn key(parameter: &str, spelled: &mut Steps) {
    let parameter = name::ident(parameter);
    spelled.parameters.push(quote!(#parameter: impl AsRef<str>));
    spelled.calls.extend(quote!(.key(#parameter.as_ref())));
}

fn alternate_key(pairs: &[(String, String)], spelled: &mut Steps) {
    let mut values = Vec::new();
    for (wire_name, parameter) in pairs {
        let wire_name = name::text(wire_name);
        let parameter = name::ident(parameter);
        spelled.parameters.push(quote!(#parameter: impl AsRef<str>));
        values.push(quote!(#wire_name, #parameter.as_ref()));
    }
    spelled.calls.extend(match values.as_slice() {
        [value] => quote!(.alternate_key(#value)),
        [..] => quote!(.alternate_keys(&[#((#values)),*])),
    });
}

fn relative_path(parameter: &str, spelled: &mut Steps) {
    let parameter = name::ident(parameter);
    spelled.parameters.push(quote!(#parameter: impl AsRef<str>));
    let calls = quote!(.relative_path(#parameter.as_ref()));
    spelled.calls.extend(calls);
}

fn function(name: &str, parameters: &[rust::FunctionParameter], spelled: &mut Steps) {
    let mut arguments = Vec::new();
    for parameter in parameters {
        let wire_name = name::text(&parameter.wire_name);
        let ident = name::ident(&parameter.name);
        let (ty, literal) = match &parameter.literal {
            // A quote inside of a string literal is doubled (OData ABNF, `SQUOTE-in-string`).
            rust::Literal::Quoted => (
                quote!(impl AsRef<str>),
                quote!(format!("'{}'", #ident.as_ref().replace('\'', "''"))),
            ),
            rust::Literal::Member(type_name) => {
                let type_name = name::text(type_name);
                (
                    quote!(impl ToString),
                    quote!(graph_runtime::enum_literal(#type_name, #ident)),
                )
            }
            rust::Literal::Bare => (quote!(impl ToString), quote!(#ident.to_string())),
        };
        spelled.parameters.push(quote!(#ident: #ty));
        arguments.push(quote!((#wire_name, #literal)));
    }
    let name = name::text(name);
    spelled
        .calls
        .extend(quote!(.function(#name, &[#(#arguments),*])));
}
