//! Operations by name: a table of the members of each input and output, by their names in the
//! model. The runtime's macro `by_name!`, which documents the grammar, generates the codecs.

use crate::emit::codec::json;
use crate::graph::member::Member;
use crate::graph::service::{Operation, Service};
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `src/by_name.rs`
pub(crate) fn file(service: &Service) -> syn::Result<SourceFile> {
    let mut imports = Imports::default();
    let rt = imports.rt();
    let operations: Vec<TokenStream> = service
        .operations
        .values()
        .map(|operation| entry(operation, &mut imports))
        .collect();
    Ok(SourceFile {
        attributes: Vec::new(),
        path: "src/by_name.rs".to_owned(),
        emitter: "codegen/src/emit/call/by_name.rs",
        shape: service.id.clone(),
        docs: vec!["Operations by name, with JSON in and out.".into()],
        imports,
        items: source_file::items(quote!(#rt::by_name! { #(#operations)* }))?,
    })
}

/// `Input { field: "name" required, .. } -> Output { field: "name", .. }`
fn entry(operation: &Operation, imports: &mut Imports) -> TokenStream {
    let (input, output) = (
        ident(&operation.input.name.rust),
        ident(&operation.output.name.rust),
    );
    let read = operation.input.members.iter().map(|member| {
        let pair = pair(member);
        let required = member.is_required().then(|| quote!(required));
        quote!(#pair #required)
    });
    let written: Vec<TokenStream> = operation
        .output
        .members
        .iter()
        .map(|member| {
            let (pair, writer) = (pair(member), writer(member, imports));
            quote!(#pair #writer)
        })
        .collect();
    quote!(#input { #(#read),* } -> #output { #(#written),* })
}

fn pair(member: &Member) -> TokenStream {
    let field = ident(&member.name.rust);
    let name = Literal::string(&member.name.model);
    quote!(#field: #name)
}

/// The method and the function that write a member whose type has several forms.
fn writer(member: &Member, imports: &mut Imports) -> Option<TokenStream> {
    let writer = json::writer(&member.ty, member.form, imports)?;
    Some(if member.is_optional() {
        quote!(optional_as #writer)
    } else {
        quote!(member_as #writer)
    })
}
