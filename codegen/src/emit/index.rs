//! `lib.rs` and the `mod.rs` files.

use super::docs::of_type;
use super::file::{self, SourceFile};
use super::imports::{Imports, ident};
use crate::graph::endpoint::EndpointRules;
use crate::graph::{Service, TypeName};
use proc_macro2::TokenStream;
use quote::quote;

const EMITTER: &str = "codegen/src/emit/index.rs";

/// `src/lib.rs`
pub(crate) fn library(service: &Service) -> syn::Result<SourceFile> {
    let mut docs = of_type(&service.docs, format!("A client for {}.", service.title), None);
    docs.extend([
        String::new(),
        "With the feature `client` (default) [`Client`] sends operations; without it `to_request` and `parse_response`".to_owned(),
        "of [`rt::Operation`] leave sending to you.".to_owned(),
        String::new(),
    ]);
    docs.push(format!(
        "Start at [`operations`], one item per operation of {} (version {});",
        service.title, service.version
    ));
    docs.push("[`types`] has what they take and return, [`Error`] what goes wrong.".to_owned());
    let mut imports = Imports::default();
    let runtime = imports.comment([
        "The runtime: timestamps, blobs, documents, endpoints, and the traits of operations and codecs.",
    ]);
    let operations =
        imports.comment([format!("The {} operations of {}.", service.operations.len(), service.title)]);
    let types = imports.comment(["What operations take and return, and the errors of the model."]);
    let has_settings = service.endpoint.iter().flat_map(EndpointRules::sorted).any(|it| it.setting.is_some());
    let client = if has_settings {
        quote!(
            pub use client::{Client, Settings};
        )
    } else {
        quote!(
            pub use client::Client;
        )
    };
    let items = file::items(quote! {
        #[cfg(feature = "call")]
        pub mod by_name;
        #[cfg(feature = "client")]
        mod client;
        pub mod endpoint;
        mod error;
        #operations
        pub mod operations;
        #types
        pub mod types;

        #[cfg(feature = "client")]
        #client
        pub use error::Error;
        #runtime
        pub use smithy_rt as rt;
    })?;
    Ok(SourceFile {
        path: "src/lib.rs".to_owned(),
        emitter: EMITTER,
        shape: service.id.clone(),
        docs,
        imports,
        items,
    })
}

/// `src/operations/mod.rs`
pub(crate) fn operations(service: &Service) -> syn::Result<SourceFile> {
    let names = service.operations.values().flat_map(|operation| {
        let output = (&operation.output.name, !operation.output.members.is_empty());
        [(&operation.name, true), output]
    });
    modules("src/operations/mod.rs", service, names.collect())
}

/// `src/types/mod.rs`
pub(crate) fn types(service: &Service) -> syn::Result<SourceFile> {
    let names = service.shapes.values().map(|shape| {
        let builder = match shape {
            crate::graph::Shape::Structure(structure) => !structure.members.is_empty(),
            crate::graph::Shape::Error(error) => !error.structure.members.is_empty(),
            _ => false,
        };
        (shape.name(), builder)
    });
    modules("src/types/mod.rs", service, names.collect())
}

/// An index of modules whose types are public here; the modules themselves are private.
fn modules(path: &str, service: &Service, mut names: Vec<(&TypeName, bool)>) -> syn::Result<SourceFile> {
    names.sort_by(|a, b| a.0.module.cmp(&b.0.module));
    let modules = names.iter().map(|(name, _)| {
        let module = ident(&name.module);
        quote!(mod #module;)
    });
    let uses = names.iter().map(|(name, builder)| {
        let (module, rust, builder_name) = (ident(&name.module), ident(&name.rust), ident(&name.builder));
        if *builder {
            quote!(pub use #module::{Builder as #builder_name, #rust};)
        } else {
            quote!(pub use #module::#rust;)
        }
    });
    let tokens: TokenStream = quote!(#(#modules)* #(#uses)*);
    Ok(SourceFile {
        path: path.to_owned(),
        emitter: EMITTER,
        shape: service.id.clone(),
        docs: Vec::new(),
        imports: Imports::default(),
        items: file::items(tokens)?,
    })
}
