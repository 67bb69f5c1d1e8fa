//! A place in the API: its request builder with the ways on from it and the calls on it.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::Docs;
use super::print::{self, Block, Documented, Unit};
use super::scope::Scope;
use super::{doc, name, operation, step};
use crate::rust;

/// `src/client/security/incident_tasks.rs`
pub(super) fn text(module: &rust::ClientModule) -> String {
    let scope = Scope::client(
        declared(&module.builder, &module.operations),
        &module.children,
    );
    let mut units = vec![
        modules(&module.name, &module.children),
        Unit::Block(declaration(module, &scope)),
        Unit::Block(implementation(module, &scope)),
        Unit::Text(mark(&module.builder)),
    ];
    for item in &module.operations {
        units.extend(operation::units(item, &scope));
    }
    units.insert(0, scope.uses());
    let path = doc::code_span(&module.path);
    print::file(&[format!("The requests on {path}.")], units)
}

/// The line that lets a builder lead to its path, broken where `rustfmt` would break it.
fn mark(builder: &str) -> String {
    const WIDTH: usize = 89;
    let line = format!("graph_runtime::place!({builder});\n");
    match line.trim_end().len() <= WIDTH {
        true => line,
        false => format!("graph_runtime::place!(\n    {builder}\n);\n"),
    }
}

/// The types that a file of the client declares.
pub(super) fn declared(builder: &str, operations: &[rust::Operation]) -> BTreeSet<String> {
    operations
        .iter()
        .map(|operation| operation.name.clone())
        .chain([builder.to_owned()])
        .collect()
}

/// The modules below a file of the client.
pub(super) fn modules(parent: &str, children: &[rust::ClientModule]) -> Unit {
    let lines = children
        .iter()
        .map(|child| print::module(parent, "pub mod", &child.name));
    Unit::Text(lines.collect())
}

/// The methods of a builder that holds a `resource`.
pub(super) fn methods(
    navigations: &[rust::Navigation],
    calls: &[rust::Call],
    scope: &Scope<'_>,
) -> Vec<Documented> {
    let navigations = navigations.iter().map(navigation);
    let calls = calls.iter().map(|it| call(it, scope));
    navigations.chain(calls).collect()
}

fn declaration(module: &rust::ClientModule, scope: &Scope<'_>) -> Block {
    let path = doc::code_span(&module.path);
    let ident = name::ident(&module.builder);
    let resource = scope.runtime("Resource");
    Block {
        docs: Docs::or(&module.doc, || format!("The place {path}.")),
        attributes: quote! { #[derive(Clone, Debug)] },
        head: quote!(pub struct #ident),
        members: vec![Documented::not(quote!(resource: #resource,))],
    }
}

fn implementation(module: &rust::ClientModule, scope: &Scope<'_>) -> Block {
    let ident = name::ident(&module.builder);
    let resource = scope.runtime("Resource");
    let mut members = vec![Documented::not(quote! {
        pub(in crate::client) fn new(resource: #resource) -> Self {
            Self { resource }
        }
    })];
    members.extend(methods(&module.navigations, &module.calls, scope));
    Block {
        docs: Docs::default(),
        attributes: TokenStream::new(),
        head: quote!(impl #ident),
        members,
    }
}

fn navigation(navigation: &rust::Navigation) -> Documented {
    let method = name::ident(&navigation.method);
    let module = name::ident(&navigation.module);
    let builder = name::ident(&navigation.builder);
    let step::Steps { parameters, calls } = step::steps([&navigation.step]);
    let allowed = name::parameters_allowed(parameters.len() + 1);
    Documented {
        docs: Docs::or(&navigation.doc, || step::description(&navigation.step)),
        code: quote! {
            #allowed
            #[must_use]
            pub fn #method(&self, #(#parameters),*) -> #module::#builder {
                #module::#builder::new(self.resource #calls)
            }
        },
    }
}

fn call(call: &rust::Call, scope: &Scope<'_>) -> Documented {
    let method = name::ident(&call.method);
    let request = scope.runtime("Request");
    let operation = operation_path(&call.operation);
    let step::Steps {
        mut parameters,
        calls,
    } = step::steps(&call.steps);
    let body = body(call.body.as_ref(), scope);
    parameters.extend(body.parameter);
    let (convert, make) = (body.convert, body.make);
    let allowed = name::parameters_allowed(parameters.len() + 1);
    Documented {
        docs: Docs::or(&call.doc, || "Makes the request.".to_owned()),
        code: quote! {
            #allowed
            pub fn #method(&self, #(#parameters),*) -> #request<#operation> {
                #convert
                self.resource #calls.#make
            }
        },
    }
}

/// The type of an operation, as the module of a call sees it.
fn operation_path(path: &rust::OperationPath) -> TokenStream {
    match path {
        rust::OperationPath::Here(name) => {
            let name = name::ident(name);
            quote!(#name)
        }
        rust::OperationPath::Elsewhere { modules, name } => {
            let modules = modules.iter().map(|module| name::ident(module));
            let name = name::ident(name);
            quote!(crate::client::#(#modules::)*#name)
        }
    }
}

/// The body of a request, as code.
struct Body {
    /// `body: impl Into<T>`
    parameter: Option<TokenStream>,
    /// A statement that makes a `T` of it.
    convert: TokenStream,
    /// What is called on the resource.
    make: TokenStream,
}

fn body(body: Option<&rust::BodyParameter>, scope: &Scope<'_>) -> Body {
    match body {
        None => Body {
            parameter: None,
            convert: TokenStream::new(),
            make: quote!(request()),
        },
        Some(rust::BodyParameter::Json(ty)) => {
            let ty = scope.ty(ty);
            Body {
                parameter: Some(quote!(body: impl Into<#ty>)),
                convert: quote!(let body: #ty = body.into();),
                make: quote!(request_with_json(&body)),
            }
        }
        Some(rust::BodyParameter::Reference) => {
            let reference = scope.runtime_model("Reference");
            Body {
                parameter: Some(quote!(body: impl Into<#reference>)),
                convert: TokenStream::new(),
                make: quote!(request_with_reference(body)),
            }
        }
        Some(rust::BodyParameter::Content(media_type)) => {
            let media_type = name::text(media_type);
            let content = scope.runtime("Content");
            Body {
                parameter: Some(quote!(body: impl Into<#content>)),
                convert: TokenStream::new(),
                make: quote!(request_with_content(#media_type, body)),
            }
        }
    }
}
