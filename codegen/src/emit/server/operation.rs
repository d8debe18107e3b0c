//! The file of an operation: its errors, its input from a request, and its output as a response.

use crate::emit::server::api::error_name;
use crate::emit::server::{read, write};
use crate::graph::service::{Operation, Service};
use crate::graph::shape::Shape;
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use proc_macro2::TokenStream;
use quote::quote;

/// `src/server/OPERATION.rs`
pub(crate) fn file(operation: &Operation, service: &Service) -> syn::Result<SourceFile> {
    let mut imports = Imports::default();
    let errors = errors(operation, service, &mut imports);
    let input = read::implementation(operation, &mut imports);
    let output = imports.operation(&operation.output.name.rust);
    let message = write::Message {
        structure: &operation.output,
        response: &operation.response,
        error: None,
    };
    let output = message.implementation(&quote!(#output), &mut imports);
    Ok(SourceFile {
        attributes: Vec::new(),
        path: format!("src/server/{}.rs", operation.name.module),
        emitter: "codegen/src/emit/server/operation.rs",
        shape: operation.id.clone(),
        docs: Vec::new(),
        imports,
        items: source_file::items(quote!(#errors #input #output))?,
    })
}

/// The error enum, with the errors that the model declares for the operation.
fn errors(operation: &Operation, service: &Service, imports: &mut Imports) -> TokenStream {
    let rt = imports.rt();
    let declared = operation
        .errors
        .iter()
        .filter(|error| matches!(service.shapes.get(&error.id), Some(Shape::Error(_))));
    if !operation.errors.is_empty() {
        imports.types();
    }
    let rows: Vec<TokenStream> = declared
        .map(|error| {
            let (variant, shape) = (ident(&error.rust), ident(&error.shape));
            let shape = (variant != shape).then(|| quote!(: #shape));
            quote!(#variant #shape)
        })
        .collect();
    let enumeration = error_name(operation);
    let title = ident(&operation.name.rust);
    let declares = (!rows.is_empty()).then(|| quote!(, declares [#(#rows),*]));
    quote!(#rt::operation_errors!(#enumeration of #title #declares);)
}
