//! The error shapes and the error enum of a service.

use crate::emit::client::response;
use crate::emit::codec::json;
use crate::emit::docs::comments::append;
use crate::emit::docs::deprecated;
use crate::emit::types::structure;
use crate::graph::service::{ErrorVariant, Retry, Service};
use crate::graph::shape::{ErrorShape, Shape};
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use crate::text::markdown::{Markdown, markdown, name};
use proc_macro2::TokenStream;
use quote::quote;

const EMITTER: &str = "codegen/src/emit/client/error.rs";

/// The file of an error shape, which is a structure that can be read from a response.
pub(crate) fn shape(error: &ErrorShape, service: &Service) -> syn::Result<SourceFile> {
    let shape = &error.structure;
    let mut imports = Imports::of(&[&shape.name.rust]);
    let status = [
        Markdown::default(),
        markdown!("HTTP status: {}", error.response.status),
    ];
    let definition = structure::definition(shape, &status, service, &mut imports);
    let blank = structure::blank(shape, &mut imports);
    let builder = structure::builder(shape, service, &mut imports);
    let codec = json::error(error, &mut imports);
    let response = response::of_error(error, &mut imports);
    Ok(SourceFile {
        attributes: Vec::new(),
        path: format!("src/types/{}.rs", shape.name.module),
        emitter: EMITTER,
        shape: shape.id.clone(),
        docs: Vec::new(),
        imports,
        items: source_file::items(quote!(#definition #blank #builder #codec #response))?,
    })
}

/// `src/error.rs`
pub(crate) fn file(service: &Service) -> syn::Result<SourceFile> {
    let mut imports = Imports::default();
    let (rt, reader) = (imports.rt(), ident(service.error_reader));
    let variants: Vec<TokenStream> = service
        .errors
        .iter()
        .map(|error| variant(error, service, &mut imports))
        .collect();
    let rows: Vec<TokenStream> = service
        .errors
        .iter()
        .map(|error| row(error, &mut imports))
        .collect();
    let title = markdown!("An error of a call to {}.", service.title.plain());
    let docs = imports.comment([
        title,
        Markdown::default(),
        "`Display` and `{:?}` write the operation, the error code, the HTTP status, the request ID and the".into(),
        "message on one line, `{:#?}` all members and facts. `source` returns the cause, if there is one.".into(),
        "[`rt::guide::errors`] describes errors and retries.".into(),
    ]);
    let items = source_file::items(quote! {
        #docs
        #[non_exhaustive]
        pub enum Error {
            #(#variants,)*
            /// The service returned an error that is not in the model, or that cannot be decoded.
            Unmodeled(#rt::Unmodeled),
            /// The request could not be built or sent, or the response could not be read.
            Failure(#rt::Failure),
        }

        #rt::service_error! { Error reads #rt::protocol::#reader::error_facts { #(#rows)* } }
    })?;
    Ok(SourceFile {
        attributes: Vec::new(),
        path: "src/error.rs".to_owned(),
        emitter: EMITTER,
        shape: service.id.clone(),
        docs: Vec::new(),
        imports,
        items,
    })
}

fn variant(error: &ErrorVariant, service: &Service, imports: &mut Imports) -> TokenStream {
    let (mut docs, status) = match service.shapes.get(&error.id) {
        Some(Shape::Error(shape)) => (
            shape.structure.docs.sentence().to_vec(),
            markdown!("HTTP {}", shape.response.status),
        ),
        _ => (Vec::new(), "An error of the model".into()),
    };
    let retry = match error.retried {
        Retry::Never => "",
        Retry::Transient => ", retried",
        Retry::Throttling => ", retried as throttling",
    };
    let facts = markdown!(
        "{}{}: see [`types::{}`].",
        status,
        retry,
        name(&error.shape)
    );
    append(&mut docs, [facts]);
    let docs = imports.comment(docs);
    let (variant, rt, types) = (ident(&error.rust), imports.rt(), imports.types());
    let deprecated = service
        .shapes
        .get(&error.id)
        .and_then(|shape| deprecated::attribute(shape.deprecated()));
    let shape = ident(&error.shape);
    quote!(#docs #deprecated #variant(#rt::Modeled<#types::#shape>))
}

/// The row of an error in the call of `service_error!`.
fn row(error: &ErrorVariant, imports: &mut Imports) -> TokenStream {
    let (code, name, shape) = (
        error.code.literal(),
        ident(&error.rust),
        ident(&error.shape),
    );
    let types = imports.types();
    let retry = match error.retry {
        Retry::Never => None,
        Retry::Transient => Some(ident("retryable")),
        Retry::Throttling => Some(ident("throttling")),
    };
    quote!(#name: #types::#shape = #code #retry,)
}
