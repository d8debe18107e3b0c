//! The client: a method per operation.

use super::file::{self, SourceFile};
use super::imports::{Imports, ident};
use crate::graph::{Operation, Service};
use proc_macro2::TokenStream;
use quote::quote;

/// `src/client.rs`
pub(crate) fn file(service: &Service) -> syn::Result<SourceFile> {
    let mut imports = Imports::default();
    let rt = imports.rt();
    let docs = imports.comment([
        format!("A client for {}; cloning it is cheap.", service.title),
        String::new(),
        "Each operation has a method, which starts a builder whose `send` makes the call.".to_owned(),
    ]);
    let sdk_id = &service.sdk_id;
    let signing_name = match &service.signing_name {
        Some(name) => quote!(Some(#name)),
        None => quote!(None),
    };
    let methods: Vec<TokenStream> =
        service.operations.values().map(|operation| method(operation, &mut imports)).collect();
    // A service may be left without operations.
    let methods = (!methods.is_empty()).then(|| quote!(impl Client { #(#methods)* }));
    let items = file::items(quote! {
        #docs
        #[derive(Clone)]
        pub struct Client {
            inner: #rt::client::Client,
        }

        const SERVICE: #rt::client::Service = #rt::client::Service {
            id: #sdk_id,
            signing_name: #signing_name,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            resolve: crate::endpoint::resolve,
        };

        #rt::client_methods!(Client, SERVICE);

        #methods
    })?;
    Ok(SourceFile {
        path: "src/client.rs".to_owned(),
        emitter: "codegen/src/emit/client.rs",
        shape: service.id.clone(),
        docs: Vec::new(),
        imports,
        items,
    })
}

fn method(operation: &Operation, imports: &mut Imports) -> TokenStream {
    let operations = imports.operations();
    let name = ident(&operation.method);
    let (input, builder) = (ident(&operation.input.name.rust), ident(&operation.input.name.builder));
    let docs = imports.comment([format!("Starts [`{0}`](operations::{0}).", operation.input.name.rust)]);
    quote! {
        #docs
        pub fn #name(&self) -> #operations::#builder<Self> {
            #operations::#input::via(self)
        }
    }
}
