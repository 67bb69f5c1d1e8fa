//! The root of the client: `GraphClient`, and the first steps from it.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::Docs;
use super::print::{self, Block, Documented, Unit};
use super::scope::Scope;
use super::{name, operation, place};
use crate::rust;

/// `src/client.rs`
pub(super) fn text(client: &rust::Client) -> String {
    let declared = place::declared("GraphClient", &client.operations);
    let scope = Scope::client(declared, &client.modules);
    let mut units = vec![
        place::modules("client", &client.modules),
        Unit::Block(declaration(client, &scope)),
        Unit::Block(implementation(client, &scope)),
        Unit::Items(conversion(&scope)),
    ];
    for item in &client.operations {
        units.extend(operation::units(item, &scope));
    }
    units.insert(0, scope.uses());
    let header =
        ["The client: one module and one request builder a segment of the path.".to_owned()];
    print::file(&header, units)
}

fn declaration(client: &rust::Client, scope: &Scope<'_>) -> Block {
    let resource = scope.runtime("Resource");
    Block {
        docs: Docs::or(&client.doc, || {
            "The client of the documented API.".to_owned()
        }),
        attributes: quote! { #[derive(Clone, Debug)] },
        head: quote!(pub struct GraphClient),
        members: vec![Documented::not(quote!(resource: #resource,))],
    }
}

fn implementation(client: &rust::Client, scope: &Scope<'_>) -> Block {
    let own = own_members(client, scope).into_iter();
    let mut members: Vec<Documented> = own.map(Documented::not).collect();
    members.extend(place::methods(&client.navigations, &client.calls, scope));
    Block {
        docs: Docs::default(),
        attributes: TokenStream::new(),
        head: quote!(impl GraphClient),
        members,
    }
}

/// What every root has, whatever the documents say.
fn own_members(client: &rust::Client, scope: &Scope<'_>) -> Vec<TokenStream> {
    let base_url = name::text(&client.base_url);
    let raw = scope.runtime("Client");
    let builder = scope.runtime("ClientBuilder");
    let error = scope.runtime("Error");
    let credential = scope.runtime("TokenCredential");
    vec![
        quote! {
            /// Where requests go unless [`ClientBuilder::endpoint`] says otherwise.
            pub const BASE_URL: &'static str = #base_url;
        },
        quote! {
            /// A client for [`BASE_URL`](Self::BASE_URL) with that credential.
            ///
            /// # Errors
            ///
            /// When the transport can't be set up, for want of TLS roots for example.
            pub fn new(credential: impl #credential + 'static) -> Result<Self, #error> {
                Self::builder(credential).build()
            }
        },
        quote! {
            /// A client to be, whose endpoint, transport and scopes can still be chosen.
            pub fn builder(credential: impl #credential + 'static) -> #builder<Self> {
                #builder::new(credential, Self::BASE_URL)
            }
        },
        quote! {
            /// The client underneath, for requests that the documents do not describe.
            #[must_use]
            pub fn client(&self) -> &#raw {
                self.resource.client()
            }
        },
    ]
}

fn conversion(scope: &Scope<'_>) -> TokenStream {
    let client = scope.runtime("Client");
    quote! {
        impl From<#client> for GraphClient {
            fn from(client: #client) -> Self {
                Self { resource: client.root() }
            }
        }
    }
}
