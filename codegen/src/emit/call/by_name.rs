//! Operations by name: their inputs and outputs as JSON documents, with members by their names in
//! the model.

use crate::emit::codec::json;
use crate::emit::docs::deprecated;
use crate::graph::member::Member;
use crate::graph::service::{Operation, Service};
use crate::graph::shape::Structure;
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use crate::text::Text;
use proc_macro2::TokenStream;
use quote::quote;

const EMITTER: &str = "codegen/src/emit/call/by_name.rs";

/// `src/by_name/mod.rs`
pub(crate) fn index(service: &Service) -> syn::Result<SourceFile> {
    let mut imports = Imports::default();
    let rt = imports.rt();
    let modules = service.operations.values().map(|operation| {
        let module = ident(&operation.name.module);
        let allowance = deprecated::allowance(
            deprecated::in_operation(operation, service)
                || deprecated::in_structure(&operation.output, service),
        );
        quote!(#allowance mod #module;)
    });
    let entries: Vec<TokenStream> = service
        .operations
        .values()
        .map(|operation| {
            let operations = imports.operations();
            let (name, rust) = (operation.id.name(), ident(&operation.name.rust));
            quote!((#name, #rt::by_name::call::<#operations::#rust>),)
        })
        .collect();
    let allowance = deprecated::allowance(
        service
            .operations
            .values()
            .any(|operation| operation.input.deprecated.is_some()),
    );
    let table = imports.comment(["Every operation, with what calls it."]);
    let call = imports.comment([
        "Calls an operation by its name in the model, with its input as a JSON object, and returns its output",
        "as one.",
        "",
        "Members have their names in the model, wherever they go in a request; those of nested structures",
        "have their names in JSON. Nothing is passed over: an unknown member is an error, and so is a missing",
        "one that is required.",
        "",
        "# Errors",
        "",
        "There is no such operation, the input does not fit, or what the call fails with.",
    ]);
    let items = source_file::items(quote! {
        #(#modules)*

        #table
        #allowance
        pub const OPERATIONS: &[#rt::by_name::Entry<crate::Error>] = &[#(#entries)*];

        impl crate::Client {
            #call
            pub async fn call(&self, operation: &str, input: &str) -> Result<String, crate::Error> {
                let call = #rt::by_name::find(OPERATIONS, operation)?;
                call(#rt::client::ServiceClient::inner(self), input).await
            }
        }
    })?;
    Ok(SourceFile {
        recursion_limit: None,
        path: "src/by_name/mod.rs".to_owned(),
        emitter: EMITTER,
        shape: service.id.clone(),
        docs: vec!["Operations by name, with JSON in and out.".into()],
        imports,
        items,
    })
}

/// The file of an operation: how its input is read and its output written.
pub(crate) fn file(operation: &Operation) -> syn::Result<SourceFile> {
    let mut imports = Imports::default();
    let operations = imports.operations();
    let path = |structure: &Structure| {
        let name = ident(&structure.name.rust);
        quote!(#operations::#name)
    };
    let members = by_model(&operation.input);
    let members: Vec<&Member> = members.iter().collect();
    let decode = json::decoding(
        &path(&operation.input),
        &operation.input,
        &members,
        &mut imports,
    );
    let members = by_model(&operation.output);
    let members: Vec<&Member> = members.iter().collect();
    let encode = json::encoding(&path(&operation.output), &members, &mut imports);
    Ok(SourceFile {
        recursion_limit: None,
        path: format!("src/by_name/{}.rs", operation.name.module),
        emitter: EMITTER,
        shape: operation.id.clone(),
        docs: Vec::new(),
        imports,
        items: source_file::items(quote!(#decode #encode))?,
    })
}

/// The members as in a JSON object by the names of the model.
fn by_model(structure: &Structure) -> Vec<Member> {
    let mut members = structure.members.clone();
    for member in &mut members {
        member.name.wire = Text::new(&member.name.model);
        member.name.also = None;
        member.token = false;
    }
    members
}
