//! `src/server/errors.rs`: the errors of the model as responses.

use crate::emit::server::write;
use crate::graph::service::{ErrorVariant, Service};
use crate::graph::shape::Shape;
use crate::print::imports::Imports;
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use proc_macro2::TokenStream;
use quote::quote;

/// `src/server/errors.rs`
pub(crate) fn file(service: &Service) -> syn::Result<SourceFile> {
    let mut imports = Imports::default();
    let mut row = |error: &ErrorVariant| match service.shapes.get(&error.id) {
        Some(Shape::Error(shape)) => {
            let name = imports.shape(&error.shape);
            let code = error.code.literal();
            let message = write::Message {
                structure: &shape.structure,
                response: &shape.response,
                error: Some(quote!(const ERROR: Option<&'static str> = Some(#code);)),
            };
            Some(message.implementation(&quote!(#name), &mut imports))
        }
        _ => None,
    };
    let rows: Vec<TokenStream> = service.errors.iter().filter_map(&mut row).collect();
    Ok(SourceFile {
        attributes: Vec::new(),
        path: "src/server/errors.rs".to_owned(),
        emitter: "codegen/src/emit/server/errors.rs",
        shape: service.id.clone(),
        docs: vec!["The errors of the model as responses.".into()],
        imports,
        items: source_file::items(quote!(#(#rows)*))?,
    })
}
