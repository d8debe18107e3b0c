//! Responses: `rt::FromResponse` of outputs and errors.

use crate::emit::codec::{document, json};
use crate::graph::member::{Member, Type};
use crate::graph::shape::{ErrorShape, Structure};
use crate::graph::wire::{Location, Payload, Response};
use crate::print::imports::{Imports, ident};
use proc_macro2::TokenStream;
use quote::quote;

/// `impl rt::FromResponse` of an output.
pub(crate) fn of_output(
    output: &Structure,
    response: &Response,
    imports: &mut Imports,
) -> TokenStream {
    let rt = imports.rt();
    let name = ident(&output.name.rust);
    if output.members.is_empty() {
        return quote! {
            impl #rt::FromResponse for #name {
                fn from_response(_: &#rt::Response<'_>) -> Result<Self, #rt::ResponseError> {
                    Ok(Self::default())
                }
            }
        };
    }
    let streams = output.stream().map(|_| {
        quote!(
            const STREAMS: bool = true;
        )
    });
    let blank = json::blank(output);
    let body: Vec<&Member> = output.body().collect();
    let document = response.document.as_ref().filter(|_| !body.is_empty());
    let document = document.map(|it| document::read(it, &body, imports));
    let outside: Vec<TokenStream> = output
        .members
        .iter()
        .filter(|member| member.location != Location::Body)
        .map(|member| read_member(member, false, imports))
        .collect();
    quote! {
        impl #rt::FromResponse for #name {
            #streams

            fn from_response(res: &#rt::Response<'_>) -> Result<Self, #rt::ResponseError> {
                let mut value = #blank();
                #document
                #(#outside)*
                Ok(value)
            }
        }
    }
}

/// `impl rt::FromResponse` of an error.
pub(crate) fn of_error(error: &ErrorShape, imports: &mut Imports) -> TokenStream {
    let rt = imports.rt();
    let name = ident(&error.structure.name.rust);
    let outside: Vec<TokenStream> = error
        .structure
        .members
        .iter()
        .filter(|member| member.location != Location::Body)
        .map(|member| read_member(member, true, imports))
        .collect();
    let blank = json::blank(&error.structure);
    let document = error.response.document.as_ref();
    let document = document.filter(|_| error.structure.body().next().is_some());
    let read = document.map(document::read_value);
    let body = match (read, outside.is_empty()) {
        (Some(read), true) => read,
        (Some(read), false) => quote! { let mut value: Self = #read?; #(#outside)* Ok(value) },
        (None, false) => quote! { let mut value = #blank(); #(#outside)* Ok(value) },
        // The body is not read.
        (None, true) => quote!(Ok(#blank())),
    };
    let parameter = if error.structure.members.is_empty() {
        quote!(_)
    } else {
        quote!(res)
    };
    quote! {
        impl #rt::FromResponse for #name {
            fn from_response(#parameter: &#rt::Response<'_>) -> Result<Self, #rt::ResponseError> {
                #body
            }
        }
    }
}

/// The statement that reads a member that is not in a document into `value`. In an error, a header
/// with an invalid value is ignored, so that the error is returned without it.
fn read_member(member: &Member, of_error: bool, imports: &mut Imports) -> TokenStream {
    let field = ident(&member.name.rust);
    let end = if of_error { quote!(.ok()) } else { quote!(?) };
    match &member.location {
        Location::Header(name) => {
            let name = name.literal();
            match header_reader(member, imports) {
                None => quote!(res.header(#name, &mut value.#field)#end;),
                Some(parse) => quote!(res.header_as(#name, &mut value.#field, #parse)#end;),
            }
        }
        Location::PrefixHeaders(prefix) => {
            let prefix = prefix.literal();
            quote!(res.prefix_headers(#prefix, &mut value.#field)#end;)
        }
        Location::StatusCode => quote!(res.status(&mut value.#field);),
        Location::Payload(payload) => match (payload, &member.ty) {
            (Payload::Bytes { .. }, Type::Stream { .. }) => {
                quote!(res.stream_payload(&mut value.#field);)
            }
            (Payload::Bytes { .. }, _) => quote!(res.blob_payload(&mut value.#field);),
            (Payload::Text { .. }, _) => quote!(res.text_payload(&mut value.#field)?;),
            (Payload::Document { document, .. }, _) => {
                document::read_payload(document, &quote!(&mut value.#field))
            }
        },
        Location::Body | Location::Label { .. } | Location::Query(_) | Location::QueryParams => {
            TokenStream::new()
        }
    }
}

/// The function that reads a header whose type has several forms.
fn header_reader(member: &Member, imports: &mut Imports) -> Option<TokenStream> {
    let rt = imports.rt();
    member
        .form
        .base64
        .then(|| quote!(#rt::text::parse_media_type_header))
}
