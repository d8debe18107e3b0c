//! `lib.rs` and the `mod.rs` files.

use crate::emit::docs::comments::of_type;
use crate::emit::docs::deprecated;
use crate::emit::docs::front_page;
use crate::emit::examples::calls::ExampleTexts;
use crate::graph::endpoint::rule_set::EndpointRules;
use crate::graph::service::{ErrorVariant, Operation, Service};
use crate::graph::shape::{Shape, TypeName};
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use crate::text::markdown::{Markdown, markdown};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

const EMITTER: &str = "codegen/src/emit/index.rs";

/// `src/lib.rs`
pub(crate) fn library(service: &Service, examples: &ExampleTexts) -> syn::Result<SourceFile> {
    let mut docs = of_type(
        &service.docs,
        markdown!("A client for {}.", service.title.plain()),
    );
    docs.extend(front_page::lines(service, examples));
    if let Some(limit) = service.recursion_limit {
        docs.extend([
            Markdown::default(),
            "Types of this crate nest deeply. A crate with async functions that return such a value, or hold".into(),
            markdown!("one across an `await`, needs `#![recursion_limit = \"{}\"]`, too.", limit),
        ]);
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
    let server = service.server.then(|| {
        let allowance = deprecated::allowance(
            deprecated::in_any_shape(service) || service.operations.values().any(uses_deprecated),
        );
        quote!(#[cfg(feature = "server")] #allowance pub mod server;)
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
        #server
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
    modules("src/operations/mod.rs", service, &of_operations(service))
}

/// `src/operations/builders.rs`
pub(crate) fn builders_of_operations(service: &Service) -> syn::Result<SourceFile> {
    let all = of_operations(service);
    let builders = all.iter().filter(|module| module.has_builder);
    let uses = builders.map(Module::of_builder).collect();
    list(
        "src/operations/builders.rs",
        service,
        "The builders of operations and outputs.",
        uses,
    )
}

/// `src/operations/outputs.rs`
pub(crate) fn outputs(service: &Service) -> syn::Result<SourceFile> {
    let all = of_operations(service);
    let outputs = all.iter().filter(|module| module.is_output);
    let uses = outputs
        .map(|module| module.of_type(&quote!(super::)))
        .collect();
    list(
        "src/operations/outputs.rs",
        service,
        "The outputs of operations.",
        uses,
    )
}

/// `src/types/mod.rs`
pub(crate) fn types(service: &Service) -> syn::Result<SourceFile> {
    modules("src/types/mod.rs", service, &of_types(service))
}

/// `src/types/builders.rs`
pub(crate) fn builders_of_types(service: &Service) -> syn::Result<SourceFile> {
    let all = of_types(service);
    let builders = all.iter().filter(|module| module.has_builder);
    let uses = builders.map(Module::of_builder).collect();
    list(
        "src/types/builders.rs",
        service,
        "The builders of structures.",
        uses,
    )
}

/// Whether there are builders of types.
pub(crate) fn has_builders_of_types(service: &Service) -> bool {
    of_types(service).iter().any(|module| module.has_builder)
}

/// A module of one type.
struct Module<'s> {
    name: &'s TypeName,
    is_output: bool,
    has_builder: bool,
    deprecated: bool,
    uses_deprecated: bool,
}

impl Module<'_> {
    /// The `use` of the type, from the module at `path`.
    fn of_type(&self, path: &TokenStream) -> TokenStream {
        let (allowance, module) = self.head();
        let rust = ident(&self.name.rust);
        quote!(#allowance pub use #path #module::#rust;)
    }

    /// The `use` of the builder, from a module beside it.
    fn of_builder(&self) -> TokenStream {
        let (allowance, module) = self.head();
        let builder = ident(&self.name.builder);
        quote!(#allowance pub use super::#module::Builder as #builder;)
    }

    fn head(&self) -> (Option<TokenStream>, Ident) {
        let allowance = deprecated::allowance(self.deprecated);
        (allowance, ident(&self.name.module))
    }
}

/// The modules of operations and outputs, sorted.
fn of_operations(service: &Service) -> Vec<Module<'_>> {
    let mut all = Vec::with_capacity(2 * service.operations.len());
    for operation in service.operations.values() {
        let output = &operation.output;
        all.push(Module {
            name: &operation.name,
            is_output: false,
            has_builder: true,
            deprecated: operation.input.deprecated.is_some(),
            uses_deprecated: deprecated::in_operation(operation, service),
        });
        all.push(Module {
            name: &output.name,
            is_output: true,
            has_builder: !output.members.is_empty(),
            deprecated: output.deprecated.is_some(),
            uses_deprecated: deprecated::in_structure(output, service),
        });
    }
    sorted(all)
}

/// The modules of types, sorted.
fn of_types(service: &Service) -> Vec<Module<'_>> {
    let modules = service.shapes.values().map(|shape| Module {
        name: shape.name(),
        is_output: false,
        has_builder: match shape {
            Shape::Structure(structure) => !structure.members.is_empty(),
            Shape::Error(error) => !error.structure.members.is_empty(),
            _ => false,
        },
        deprecated: shape.deprecated().is_some(),
        uses_deprecated: deprecated::in_shape(shape, service),
    });
    sorted(modules.collect())
}

fn sorted(mut all: Vec<Module<'_>>) -> Vec<Module<'_>> {
    all.sort_by(|a, b| a.name.module.cmp(&b.name.module));
    all
}

/// An index of modules. The modules are private, and their types are public. Builders and outputs
/// are listed in modules of their own, so that documentation lists the operations or types alone.
/// They can also be named without these modules.
fn modules(path: &str, service: &Service, all: &[Module<'_>]) -> syn::Result<SourceFile> {
    let modules = all.iter().map(|module| {
        let allowance = deprecated::allowance(module.uses_deprecated);
        let name = ident(&module.name.module);
        quote!(#allowance mod #name;)
    });
    let types = all
        .iter()
        .filter(|module| !module.is_output)
        .map(|module| module.of_type(&TokenStream::new()));
    let builders = all.iter().any(|module| module.has_builder);
    let builders = builders.then(|| ident("builders"));
    let outputs = all.iter().any(|module| module.is_output);
    let lists: Vec<Ident> = builders
        .into_iter()
        .chain(outputs.then(|| ident("outputs")))
        .collect();
    file(
        path,
        service,
        Vec::new(),
        quote!(#(pub mod #lists;)* #(#modules)* #(#types)* #(#[doc(hidden)] pub use #lists::*;)*),
    )
}

/// A module that lists items of the modules beside it.
fn list(
    path: &str,
    service: &Service,
    docs: &'static str,
    uses: Vec<TokenStream>,
) -> syn::Result<SourceFile> {
    file(path, service, vec![docs.into()], quote!(#(#uses)*))
}

fn file(
    path: &str,
    service: &Service,
    docs: Vec<Markdown>,
    tokens: TokenStream,
) -> syn::Result<SourceFile> {
    Ok(SourceFile {
        attributes: Vec::new(),
        path: path.to_owned(),
        emitter: EMITTER,
        shape: service.id.clone(),
        docs,
        imports: Imports::default(),
        items: source_file::items(tokens)?,
    })
}
