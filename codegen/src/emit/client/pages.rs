//! Pagination: the tokens and items of an operation.

use crate::emit::types::rust_type;
use crate::graph::member::{Member, Type};
use crate::graph::service::{Operation, Pagination, Service};
use crate::print::imports::{Imports, ident};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The `impl`s, and `pages` and `items` of the builder.
pub(crate) fn of(
    operation: &Operation,
    service: &Service,
    imports: &mut Imports,
) -> Option<TokenStream> {
    let Pagination {
        input_token,
        output_token,
        items,
        ..
    } = operation.pagination.as_ref()?;
    let rt = imports.rt();
    let (name, output) = (
        ident(&operation.name.rust),
        ident(&operation.output.name.rust),
    );
    let token = operation.input.member(input_token)?;
    let (ty, field) = (rust_type::rust(&token.ty, imports), ident(&token.name.rust));
    let next = next_token(&service.path(&operation.output, output_token)?)?;
    let paginated = quote! {
        impl #rt::Paginated for #name {
            type Token = #ty;

            fn token(&mut self) -> &mut Option<#ty> {
                &mut self.#field
            }

            fn next_token(output: &#output) -> Option<&#ty> {
                #next
            }
        }
    };
    let required: Vec<Ident> = operation
        .input
        .required()
        .map(|member| ident(&member.name.rust))
        .collect();
    let requires = (!required.is_empty()).then(|| quote!(requires [#(#required),*]));
    let Some(path) = service
        .path(&operation.output, items)
        .filter(|path| !path.is_empty())
    else {
        return Some(quote!(#paginated #rt::pages!(#name #requires);));
    };
    let ty = rust_type::rust(path.last()?.ty.unboxed(), imports);
    let items = moved(&path);
    Some(quote! {
        #paginated

        impl #rt::PaginatedItems for #name {
            type Items = #ty;

            fn items(output: #output) -> Option<#ty> {
                #items
            }
        }

        #rt::pages!(#name #requires with items);
    })
}

/// A reference to the token, unless it is missing or empty.
fn next_token(path: &[&Member]) -> Option<TokenStream> {
    let (last, way) = path.split_last()?;
    let mut value = quote!(output);
    for member in way {
        let field = ident(&member.name.rust);
        value = if member.is_optional() {
            quote!(#value.#field.as_ref()?)
        } else {
            quote!(#value.#field)
        };
    }
    let field = ident(&last.name.rust);
    let token = if last.is_optional() {
        quote!(#value.#field.as_ref())
    } else {
        quote!(Some(&#value.#field))
    };
    Some(match last.ty {
        Type::String => quote!(#token.filter(|token| !token.is_empty())),
        _ => token,
    })
}

/// Moves the items out of the output.
fn moved(path: &[&Member]) -> TokenStream {
    let mut value = quote!(output);
    for (index, member) in path.iter().enumerate() {
        let field = ident(&member.name.rust);
        value = match (member.is_optional(), index + 1 == path.len()) {
            (true, false) => quote!(#value.#field?),
            (false, true) => quote!(Some(#value.#field)),
            _ => quote!(#value.#field),
        };
    }
    value
}
