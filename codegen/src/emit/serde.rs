//! `Serialize` and `Deserialize` of serde: a table of all types and their members, by their names in
//! the model. The runtime's macro `serde!`, which documents the grammar, implements the traits.

use crate::graph::member::{Member, Type};
use crate::graph::service::Service;
use crate::graph::shape::{ErrorShape, Shape, Structure, Union, Variant};
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `src/serde.rs`
pub(crate) fn file(service: &Service) -> syn::Result<SourceFile> {
    let mut imports = Imports::default();
    let rt = imports.rt();
    let operations = of_operations(service, &mut imports);
    let types = of_types(service, &mut imports);
    Ok(SourceFile {
        attributes: Vec::new(),
        path: "src/serde.rs".to_owned(),
        emitter: "codegen/src/emit/serde.rs",
        shape: service.id.clone(),
        docs: vec![
            "`Serialize` and `Deserialize` of serde, by the names of members in the model.".into(),
        ],
        imports,
        items: source_file::items(quote!(#rt::serde! { #operations #types }))?,
    })
}

/// Inputs and outputs without a stream, which cannot be read back.
fn of_operations(service: &Service, imports: &mut Imports) -> TokenStream {
    let messages = service
        .operations
        .values()
        .flat_map(|operation| [&operation.input, &operation.output]);
    let rows = messages
        .filter(|message| message.stream().is_none())
        .map(|message| {
            let module = imports.operations();
            structure(message, &module)
        });
    rows.collect()
}

fn of_types(service: &Service, imports: &mut Imports) -> TokenStream {
    let (mut rows, mut strings, mut integers) = (Vec::new(), Vec::new(), Vec::new());
    for shape in service.shapes.values() {
        let module = imports.types();
        match shape {
            Shape::Structure(shape)
            | Shape::Error(ErrorShape {
                structure: shape, ..
            }) => {
                rows.push(structure(shape, &module));
            }
            Shape::Union(shape) => rows.push(union(shape, &module)),
            Shape::Enum(shape) => strings.push(ident(&shape.name.rust)),
            Shape::IntEnum(shape) => integers.push(ident(&shape.name.rust)),
        }
    }
    let strings = (!strings.is_empty()).then(|| quote!(string_enums types { #(#strings),* }));
    let integers = (!integers.is_empty()).then(|| quote!(int_enums types { #(#integers),* }));
    quote!(#(#rows)* #strings #integers)
}

/// `structure types::NAME { field: "member" required, .. }`
fn structure(structure: &Structure, module: &TokenStream) -> TokenStream {
    let name = ident(&structure.name.rust);
    let members = structure.members.iter().map(|member: &Member| {
        let (field, member_name) = (
            ident(&member.name.rust),
            Literal::string(&member.name.model),
        );
        let required = member.is_required().then(|| quote!(required));
        quote!(#field: #member_name #required)
    });
    quote!(structure #module::#name { #(#members),* })
}

/// `union types::NAME { Variant: "member" unit, .. }`
fn union(union: &Union, module: &TokenStream) -> TokenStream {
    let name = ident(&union.name.rust);
    let variants = union.variants.iter().map(|variant: &Variant| {
        let (rust, member) = (ident(&variant.rust), Literal::string(&variant.model));
        let unit = (variant.ty == Type::Unit).then(|| quote!(unit));
        quote!(#rust: #member #unit)
    });
    quote!(union #module::#name { #(#variants),* })
}
