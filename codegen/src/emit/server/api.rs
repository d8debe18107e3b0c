//! `src/server/mod.rs`: the trait with a method for each operation.

use crate::emit::docs::comments::append;
use crate::graph::service::{ErrorVariant, Operation, Service};
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use crate::text::markdown::{Markdown, markdown, name};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// The error enum of an operation.
pub(crate) fn error_name(operation: &Operation) -> Ident {
    format_ident!("{}Error", operation.name.rust.trim_start_matches("r#"))
}

/// `src/server/mod.rs`
pub(crate) fn file(service: &Service) -> syn::Result<SourceFile> {
    let mut imports = Imports::default();
    let rt = imports.rt();
    let invalid = validation_exception(service);
    let modules = service.operations.values().map(|operation| {
        let (module, error) = (ident(&operation.name.module), error_name(operation));
        (quote!(mod #module;), quote!(pub use #module::#error;))
    });
    let (modules, uses): (Vec<TokenStream>, Vec<TokenStream>) = modules.unzip();
    let methods: Vec<TokenStream> = service
        .operations
        .values()
        .map(|operation| method(operation, &mut imports))
        .collect();
    let hook = invalid.map(|error| hook(error, &mut imports));
    let rows = service.operations.values().map(|operation| {
        let (name, method) = (ident(&operation.name.rust), ident(&operation.method));
        quote!(#method: #name,)
    });
    let rows: TokenStream = rows.collect();
    let invalid = invalid.map(|_| {
        quote!(invalid {
            validation_exception
        })
    });
    let title = service.title.plain();
    let docs = imports.comment([
        markdown!("The operations of {}, which a server implements.", title),
        Markdown::default(),
        "A method can be an `async fn`. Its input has been validated. The error is one that the model".into(),
        "declares for the operation, or `internal`. An operation without a method in the implementation".into(),
        "answers with the status 501.".into(),
    ]);
    let server = imports
        .comment(["A `tower_service::Service` that calls an implementation of [`Operations`]."]);
    let items = source_file::items(quote! {
        mod errors;
        mod validate;
        #(#modules)*

        #(#uses)*
        pub use #rt::server::{Context, Violation, Violations};

        #docs
        pub trait Operations: Send + Sync + 'static {
            #(#methods)*
            #hook
        }

        #server
        pub type Server<S> = #rt::server::Server<S, Api>;

        #rt::server_api! { operations { #rows } #invalid }
    })?;
    Ok(SourceFile {
        attributes: Vec::new(),
        path: "src/server/mod.rs".to_owned(),
        emitter: "codegen/src/emit/server/api.rs",
        shape: service.id.clone(),
        docs: vec![markdown!(
            "A server for {}: [`rt::guide::server`] has an example.",
            title
        )],
        imports,
        items,
    })
}

/// The method that creates the error for a request that violates constraints, with the error.
pub(crate) fn method_of_violations(service: &Service) -> Option<(&'static str, &ErrorVariant)> {
    validation_exception(service).map(|error| (HOOK, error))
}

/// The error of the service for requests that violate constraints. That of Smithy's framework needs no
/// method that creates it.
fn validation_exception(service: &Service) -> Option<&ErrorVariant> {
    let is_free = |error: &&ErrorVariant| {
        let mut operations = service.operations.values();
        error.id.name() == "ValidationException"
            && error.id.namespace() != "smithy.framework"
            && operations.all(|operation| operation.method != HOOK)
    };
    service.errors.iter().find(is_free)
}

const HOOK: &str = "validation_exception";

fn hook(error: &ErrorVariant, imports: &mut Imports) -> TokenStream {
    let shape = imports.shape(&error.shape);
    let docs = imports
        .comment(["Creates the error for a request that violates constraints of the model."]);
    quote! {
        #docs
        fn validation_exception(&self, violations: &Violations) -> #shape;
    }
}

/// The method of an operation.
fn method(operation: &Operation, imports: &mut Imports) -> TokenStream {
    let mut docs = operation.docs.sentence().to_vec();
    let input = imports.operation(&operation.name.rust);
    if docs.is_empty() {
        append(
            &mut docs,
            [markdown!("The operation `{}`.", name(operation.id.name()))],
        );
    }
    let docs = imports.comment(docs);
    let output = imports.operation(&operation.output.name.rust);
    let (method, error) = (ident(&operation.method), error_name(operation));
    let rt = imports.rt();
    quote! {
        #docs
        fn #method(&self, input: #input, context: Context)
            -> impl Future<Output = Result<#output, #error>> + Send
        {
            #rt::server::not_implemented(input, context)
        }
    }
}
