//! Documented exchanges to tests: the texts as constants, the call as a chain of methods.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::doc::{self, Docs};
use super::name;
use super::print::{self, Documented, Unit};
use super::scope::Scope;
use crate::rust;

/// The tests of one part of the API, which are a file.
#[derive(Debug, Hash)]
pub(super) struct Module<'a> {
    /// The module's name.
    pub(super) name: &'a str,
    /// The package's name.
    krate: &'a str,
    /// Where requests go.
    base_url: Option<&'a str>,
    tests: Vec<&'a rust::ExampleTest>,
}

/// The tests by the module that they are in.
pub(super) fn modules(krate: &rust::Crate) -> Vec<Module<'_>> {
    let mut modules: BTreeMap<&str, Vec<&rust::ExampleTest>> = BTreeMap::new();
    for example in &krate.examples {
        modules.entry(&example.module).or_default().push(example);
    }
    let base_url = krate.client.as_ref().map(|client| &*client.base_url);
    let modules = modules.into_iter().map(|(name, tests)| Module {
        name,
        krate: &krate.manifest.name,
        base_url,
        tests,
    });
    modules.collect()
}

/// `tests/examples/main.rs`
pub(super) fn root(modules: &[Module<'_>]) -> String {
    let names = modules.iter().map(|module| {
        let module = name::ident(module.name);
        quote! { mod #module; }
    });
    let header = ["The documented examples, each played against a server on loopback.".to_owned()];
    print::file(&header, vec![Unit::Items(names.collect())])
}

/// `tests/examples/security.rs`
pub(super) fn text(module: &Module<'_>) -> String {
    let krate_name = module.krate.replace('-', "_");
    let krate_ident = name::ident(&krate_name);
    let scope = Scope::test(krate_name);
    let base_path = module.base_url.and_then(base_path);
    let mut units = vec![Unit::Items(quote! {
        use graph_runtime::replay::Exchange;
        use #krate_ident::GraphClient;
    })];
    let tests = module.tests.iter();
    units.extend(tests.map(|example| Unit::Item(test(example, base_path.as_deref(), &scope))));
    units.insert(0, scope.uses());
    let header = [format!(
        "The documented examples of `{}`.",
        name::plain(module.name)
    )];
    print::file(&header, units)
}

/// The path of the base URL, where it is not the one segment that a replay expects.
fn base_path(base_url: &str) -> Option<String> {
    let (_, rest) = base_url.split_once("://")?;
    let path = rest
        .trim_end_matches('/')
        .split_once('/')
        .map_or("", |(_, path)| path);
    match path.is_empty() || path.contains('/') {
        true => Some(format!("/{path}")),
        false => None,
    }
}

fn test(example: &rust::ExampleTest, base_path: Option<&str>, scope: &Scope<'_>) -> Documented {
    let test = name::ident(&example.name);
    let request = message(&example.request);
    let response = message(&example.response);
    let base_path = base_path.map(|path| quote!(.base_path(#path)));
    let body = example_body(example, scope);
    let calls = example.calls.iter().map(call);
    let replay = match example.ending {
        rust::Ending::Output => quote!(replay),
        rust::Ending::Redirect => quote!(replay_redirect),
        rust::Ending::Error => quote!(replay_error),
    };
    Documented {
        docs: Docs::line(&doc::code_span(&example.place)),
        code: quote! {
            #[tokio::test]
            async fn #test() {
                const REQUEST: &str = #request;
                const RESPONSE: &str = #response;
                let exchange = Exchange::new(REQUEST, RESPONSE) #base_path;
                #body
                exchange
                    .#replay(async |client: GraphClient| client #(#calls)* .await)
                    .await;
            }
        },
    }
}

/// The declaration of `body`, if an argument is one.
fn example_body(example: &rust::ExampleTest, scope: &Scope<'_>) -> TokenStream {
    let mut arguments = example.calls.iter().flat_map(|call| &call.arguments);
    let body = arguments.find_map(|argument| match argument {
        rust::ExampleArgument::Body(ty) => {
            let ty = scope.ty(ty);
            Some(quote!(let body: #ty = exchange.body();))
        }
        rust::ExampleArgument::Reference => Some(quote! {
            let body: graph_runtime::model::Reference = exchange.body();
        }),
        rust::ExampleArgument::Content => Some(quote! {
            let body = REQUEST.split_once("\n\n").map_or("", |(_, body)| body.trim());
        }),
        rust::ExampleArgument::Text(_)
        | rust::ExampleArgument::Number(_)
        | rust::ExampleArgument::Boolean(_)
        | rust::ExampleArgument::List(_) => None,
    });
    body.unwrap_or_default()
}

fn call(call: &rust::ExampleCall) -> TokenStream {
    let method = name::ident(&call.method);
    let arguments = call.arguments.iter().map(argument);
    quote!(.#method(#(#arguments),*))
}

fn argument(argument: &rust::ExampleArgument) -> TokenStream {
    match argument {
        rust::ExampleArgument::Text(text) => {
            let text = name::text(text);
            quote!(#text)
        }
        rust::ExampleArgument::Number(number) => {
            let number = Literal::u64_unsuffixed(*number);
            quote!(#number)
        }
        rust::ExampleArgument::Boolean(value) => quote!(#value),
        rust::ExampleArgument::List(texts) => {
            let texts = texts.iter().map(|text| name::text(text));
            quote!([#(#texts),*])
        }
        rust::ExampleArgument::Body(_)
        | rust::ExampleArgument::Content
        | rust::ExampleArgument::Reference => quote!(body),
    }
}

/// An HTTP message as a literal that reads as the page does: raw, with as many `#` as it takes,
/// unless it holds something that only an escape can write.
fn message(text: &str) -> Literal {
    let text = text.replace("\r\n", "\n");
    let plain =
        |c: char| matches!(c, '\n' | '\t') || !(c.is_control() || doc::is_direction_mark(c));
    if !text.chars().all(plain) {
        return Literal::string(&text);
    }
    let fence = "#".repeat(longest_fence(&text) + 1);
    let raw = format!("r{fence}\"{text}\"{fence}");
    raw.parse().unwrap_or_else(|_| Literal::string(&text))
}

/// The most `#` that stand behind a quotation mark.
fn longest_fence(text: &str) -> usize {
    text.split('"')
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| *c == '#').count())
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_raw_where_they_can_be() {
        for (text, literal) in [
            ("GET /", "r#\"GET /\"#"),
            ("{\"a\":\"#b\"}\r\n", "r##\"{\"a\":\"#b\"}\n\"##"),
            ("\"###", "r####\"\"###\"####"),
            ("a\rb", "\"a\\rb\""),
            ("a\u{202E}b", "\"a\\u{202e}b\""),
        ] {
            assert_eq!(message(text).to_string(), literal);
        }
    }

    #[test]
    fn a_base_path_is_named_unless_it_is_one_segment() {
        for (url, path) in [
            ("https://graph.microsoft.com/beta", None),
            ("https://graph.microsoft.com/v1.0/", None),
            ("https://example.com/api/v2", Some("/api/v2")),
            ("https://example.com", Some("/")),
        ] {
            assert_eq!(base_path(url).as_deref(), path, "{url}");
        }
    }
}
