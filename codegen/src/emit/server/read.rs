//! Inputs: `rt::server::FromRequest`.

use crate::emit::codec::{document, json};
use crate::emit::types::rust_type;
use crate::graph::member::{Member, Type};
use crate::graph::service::Operation;
use crate::graph::shape::Structure;
use crate::graph::wire::{HostPart, Location, Payload};
use crate::print::imports::{Imports, ident};
use crate::text::Text;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use smithy_model::traits::TimestampFormat;

/// `impl rt::server::FromRequest` of an input.
pub(super) fn implementation(operation: &Operation, imports: &mut Imports) -> TokenStream {
    let rt = imports.rt();
    let input = &operation.input;
    let name = imports.operation(&input.name.rust);
    let streams = input.stream().map(|_| {
        quote!(
            const STREAMS: bool = true;
        )
    });
    let uri = operation.request.head.uri().literal();
    let host = host_prefix(operation);
    let host = host.map(|host| quote!(const HOST_PREFIX: &'static str = #host;));
    let expected = expected(operation);
    let blank = json::blank(input);
    let outside: Vec<TokenStream> = input
        .members
        .iter()
        .filter_map(|member| read_member(member, imports))
        .collect();
    let body = body(operation, imports);
    let read = if input.members.is_empty() {
        quote!(Ok(#blank()))
    } else {
        quote!(let mut value = #blank(); #(#outside)* #body Ok(value))
    };
    let fill_in = fill_in(input, imports);
    quote! {
        impl #rt::server::FromRequest for #name {
            const URI: &'static str = #uri;
            #host
            #streams

            fn from_request(req: &mut #rt::server::RequestReader<'_>) -> #rt::server::Read<Self> {
                #expected
                #read
            }

            #fill_in
        }
    }
}

/// The function that fills in the defaults of absent members.
fn fill_in(input: &Structure, imports: &mut Imports) -> Option<TokenStream> {
    let members = input.members.iter();
    let members: Vec<TokenStream> = members
        .filter_map(|member| {
            let value = rust_type::default_value(&member.ty, member.filled_in.as_ref()?, imports);
            let field = ident(&member.name.rust);
            Some(quote!(self.#field.get_or_insert(#value);))
        })
        .collect();
    (!members.is_empty()).then(|| quote!(fn fill_in(&mut self) { #(#members)* }))
}

/// The host prefix, with labels in braces.
fn host_prefix(operation: &Operation) -> Option<Literal> {
    let parts = operation.request.host_prefix.iter().map(|part| match part {
        HostPart::Literal(text) => text.clone(),
        HostPart::Label(member) => Text::new(&format!("{{{member}}}")),
    });
    let parts: Vec<Text> = parts.collect();
    (!parts.is_empty()).then(|| Text::concat(&parts).literal())
}

/// The statement that checks the media type of the body.
fn expected(operation: &Operation) -> Option<TokenStream> {
    if let Some(document) = &operation.request.served {
        let media_type = document.content_type.literal();
        return Some(quote!(req.expect(#media_type)?;));
    }
    let payload = operation
        .input
        .members
        .iter()
        .find_map(|member| match &member.location {
            Location::Payload(payload) => Some((payload, member)),
            _ => None,
        });
    match payload {
        None => Some(quote!(req.expect_no_body()?;)),
        // Without the trait `mediaType`, a blob has any media type.
        Some((
            Payload::Bytes { .. },
            Member {
                media_type: None, ..
            },
        )) => None,
        Some((Payload::Bytes { content_type } | Payload::Text { content_type }, _)) => {
            let media_type = content_type.literal();
            Some(quote!(req.expect(#media_type)?;))
        }
        Some((Payload::Document { document, .. }, _)) => {
            let media_type = document.content_type.literal();
            Some(quote!(req.expect(#media_type)?;))
        }
    }
}

/// The statement that reads the members of the document.
fn body(operation: &Operation, imports: &mut Imports) -> Option<TokenStream> {
    let document = operation.request.document.as_ref()?;
    let members: Vec<&Member> = operation.input.body().collect();
    if members.is_empty() {
        return None;
    }
    let required = required(&operation.input);
    Some(document::read_request(
        document, &required, &members, imports,
    ))
}

/// The names of the required members in the document.
fn required(input: &Structure) -> Vec<Literal> {
    let required = input.body().filter(|member| member.is_required());
    required.map(|member| member.name.wire.literal()).collect()
}

/// The statement that reads a member that is not in a document into `value`.
fn read_member(member: &Member, imports: &mut Imports) -> Option<TokenStream> {
    let field = ident(&member.name.rust);
    let slot = quote!(&mut value.#field);
    let read = match &member.location {
        Location::Body | Location::StatusCode => return None,
        Location::Label { .. } => {
            let name = Literal::string(&member.name.model);
            return Some(match parser(&member.ty, member, imports) {
                None => quote!(req.label(#name, #slot)?;),
                Some((_, parse)) => quote!(req.label_as(#name, #slot, #parse)?;),
            });
        }
        Location::Query(name) => {
            let name = name.literal();
            match parser(&member.ty, member, imports) {
                None => quote!(req.query(#name, #slot)?),
                Some((false, parse)) => quote!(req.query_as(#name, #slot, #parse)?),
                Some((true, parse)) => quote!(req.query_items_as(#name, #slot, #parse)?),
            }
        }
        Location::QueryParams => quote!(req.query_map(#slot)?),
        Location::Header(name) => {
            let name = name.literal();
            match parser(&member.ty, member, imports) {
                None => quote!(req.header(#name, #slot)?),
                Some((false, parse)) => quote!(req.header_as(#name, #slot, #parse)?),
                Some((true, parse)) => quote!(req.header_items_as(#name, #slot, #parse)?),
            }
        }
        Location::PrefixHeaders(prefix) => {
            let prefix = prefix.literal();
            quote!(req.prefix_headers(#prefix, #slot)?)
        }
        Location::Payload(payload) => match (payload, &member.ty) {
            (Payload::Bytes { .. }, Type::Stream { .. }) => {
                return Some(quote!(req.stream_payload(#slot);));
            }
            (Payload::Bytes { .. }, _) => quote!(req.blob_payload(#slot)),
            (Payload::Text { .. }, _) => quote!(req.text_payload(#slot)?),
            (
                Payload::Document {
                    document,
                    empty_if_absent,
                },
                _,
            ) => {
                let empty_is_absent = *empty_if_absent && !member.is_required();
                document::read_request_payload(document, &member.name.model, &slot, empty_is_absent)
            }
        },
    };
    let name = &member.name.model;
    Some(if member.is_required() {
        quote!(if !#read { req.missing(#name); })
    } else {
        quote!(#read;)
    })
}

/// The function that parses a text whose type has several forms, and whether it parses the items of
/// a list.
fn parser(ty: &Type, member: &Member, imports: &mut Imports) -> Option<(bool, TokenStream)> {
    if member.form.base64 {
        let rt = imports.rt();
        return Some((false, quote!(#rt::text::parse_media_type_header)));
    }
    match ty {
        Type::Timestamp => {
            let rt = imports.rt();
            let parse = match member.form.timestamp? {
                TimestampFormat::DateTime => quote!(#rt::server::date_time),
                TimestampFormat::HttpDate => quote!(#rt::Timestamp::parse_http_date),
                TimestampFormat::EpochSeconds => quote!(#rt::Timestamp::parse_epoch_seconds),
            };
            Some((false, parse))
        }
        Type::List {
            item,
            sparse: false,
        } => parser(item, member, imports).map(|(_, parse)| (true, parse)),
        _ => None,
    }
}
