//! `lib.rs` and the `mod.rs` files.

use crate::emit::docs::comments::of_type;
use crate::emit::docs::deprecated;
use crate::graph::endpoint::rule_set::EndpointRules;
use crate::graph::service::{ErrorVariant, Operation, Service};
use crate::graph::shape::{Shape, TypeName};
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use crate::text::markdown::{Markdown, markdown};
use proc_macro2::TokenStream;
use quote::quote;

const EMITTER: &str = "codegen/src/emit/index.rs";

/// The documentation of the feature `serde`.
const SERDE: [&str; 4] = [
    "",
    "With the feature `serde`, all types implement `Serialize` and `Deserialize` of serde, by the names of",
    "members in the model. The documentation of `rt::serde` has the form of each type. Members with the",
    "trait `sensitive` are redacted by `Debug`, but serialized as they are.",
];

/// `src/lib.rs`
pub(crate) fn library(service: &Service) -> syn::Result<SourceFile> {
    let mut docs = of_type(
        &service.docs,
        markdown!("A client for {}.", service.title.plain()),
    );
    docs.extend([
        Markdown::default(),
        "[`Client`] sends operations. Without the feature `client`, which is on by default, the crate has".into(),
        "types, codecs, and [`rt::Operation`], which converts operations to and from HTTP messages.".into(),
        Markdown::default(),
    ]);
    docs.push(markdown!(
        "[`operations`] has a type for each operation of {} (API version {}),",
        service.title.plain(),
        service.version.plain()
    ));
    docs.push("[`types`] the types of their members, and [`Error`] the errors.".into());
    if let Some(limit) = service.recursion_limit {
        docs.extend([
            Markdown::default(),
            "Types of this crate nest deeply. A crate with async functions that return such a value, or hold".into(),
            markdown!("one across an `await`, needs `#![recursion_limit = \"{}\"]`, too.", limit),
        ]);
    }
    if service.serde {
        docs.extend(SERDE.map(Markdown::from));
    }
    let mut imports = Imports::default();
    let runtime = imports.comment([
        "The runtime: timestamps, blobs, documents, endpoints, and the traits of operations and codecs.",
    ]);
    let count = service.operations.len();
    let operations = imports.comment([markdown!(
        "The {} operations of {}.",
        count,
        service.title.plain()
    )]);
    let types = imports.comment(["The types of members, and the errors of the model."]);
    let has_settings = service
        .endpoint
        .iter()
        .flat_map(EndpointRules::sorted)
        .any(|it| it.setting.is_some());
    let client = if has_settings {
        quote!(
            pub use client::{Client, Settings};
        )
    } else {
        quote!(
            pub use client::Client;
        )
    };
    let is_deprecated = |error: &ErrorVariant| {
        service
            .shapes
            .get(&error.id)
            .is_some_and(|shape| shape.deprecated().is_some())
    };
    let allowance = deprecated::allowance(service.errors.iter().any(is_deprecated));
    let uses_deprecated = |operation: &Operation| {
        operation.input.deprecated.is_some()
            || deprecated::in_structure(&operation.input, service)
            || deprecated::in_structure(&operation.output, service)
    };
    let by_name = deprecated::allowance(service.operations.values().any(uses_deprecated));
    let with_serde = service.serde.then(|| {
        let allowance = deprecated::allowance(
            deprecated::in_any_shape(service) || service.operations.values().any(uses_deprecated),
        );
        quote!(#[cfg(feature = "serde")] #allowance mod serde;)
    });
    let items = source_file::items(quote! {
        #[cfg(feature = "call")]
        #by_name
        pub mod by_name;
        #[cfg(feature = "client")]
        mod client;
        pub mod endpoint;
        #allowance
        mod error;
        #operations
        pub mod operations;
        #with_serde
        #types
        pub mod types;

        #[cfg(feature = "client")]
        #client
        pub use error::Error;
        #runtime
        pub use smithy_rt as rt;
    })?;
    Ok(SourceFile {
        attributes: attributes(service),
        path: "src/lib.rs".to_owned(),
        emitter: EMITTER,
        shape: service.id.clone(),
        docs,
        imports,
        items,
    })
}

/// The attributes of the crate. docs.rs shows which feature an item needs.
fn attributes(service: &Service) -> Vec<String> {
    let limit = service.recursion_limit;
    let limit = limit.map(|limit| format!("recursion_limit = \"{limit}\""));
    let docs = "cfg_attr(docsrs, feature(doc_cfg))".to_owned();
    limit.into_iter().chain([docs]).collect()
}

/// `src/operations/mod.rs`
pub(crate) fn operations(service: &Service) -> syn::Result<SourceFile> {
    let names = service.operations.values().flat_map(|operation| {
        let output = &operation.output;
        [
            Module {
                name: &operation.name,
                has_builder: true,
                deprecated: operation.input.deprecated.is_some(),
                uses_deprecated: deprecated::in_operation(operation, service),
            },
            Module {
                name: &output.name,
                has_builder: !output.members.is_empty(),
                deprecated: output.deprecated.is_some(),
                uses_deprecated: deprecated::in_structure(output, service),
            },
        ]
    });
    modules("src/operations/mod.rs", service, names.collect())
}

/// `src/types/mod.rs`
pub(crate) fn types(service: &Service) -> syn::Result<SourceFile> {
    let names = service.shapes.values().map(|shape| {
        let has_builder = match shape {
            Shape::Structure(structure) => !structure.members.is_empty(),
            Shape::Error(error) => !error.structure.members.is_empty(),
            _ => false,
        };
        Module {
            name: shape.name(),
            has_builder,
            deprecated: shape.deprecated().is_some(),
            uses_deprecated: deprecated::in_shape(shape, service),
        }
    });
    modules("src/types/mod.rs", service, names.collect())
}

/// A module of one type.
struct Module<'s> {
    name: &'s TypeName,
    has_builder: bool,
    deprecated: bool,
    uses_deprecated: bool,
}

/// An index of modules. The modules are private, and their types are public.
fn modules(path: &str, service: &Service, mut all: Vec<Module<'_>>) -> syn::Result<SourceFile> {
    all.sort_by(|a, b| a.name.module.cmp(&b.name.module));
    let modules = all.iter().map(|module| {
        let (allowance, name) = (
            deprecated::allowance(module.uses_deprecated),
            ident(&module.name.module),
        );
        quote!(#allowance mod #name;)
    });
    let uses = all.iter().map(|module| {
        let TypeName {
            rust,
            builder,
            module: name,
        } = module.name;
        let (allowance, name) = (deprecated::allowance(module.deprecated), ident(name));
        let (rust, builder) = (ident(rust), ident(builder));
        if module.has_builder {
            quote!(#allowance pub use #name::{Builder as #builder, #rust};)
        } else {
            quote!(#allowance pub use #name::#rust;)
        }
    });
    let tokens: TokenStream = quote!(#(#modules)* #(#uses)*);
    Ok(SourceFile {
        attributes: Vec::new(),
        path: path.to_owned(),
        emitter: EMITTER,
        shape: service.id.clone(),
        docs: Vec::new(),
        imports: Imports::default(),
        items: source_file::items(tokens)?,
    })
}
