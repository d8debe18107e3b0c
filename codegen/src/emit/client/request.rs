//! Requests: the statements of `rt::Operation::write`.

use crate::emit::codec::document;
use crate::graph::body::BodyStep;
use crate::graph::member::{Member, Type};
use crate::graph::service::Operation;
use crate::graph::shape::Structure;
use crate::graph::wire::{Form, HostPart, Location, PathPart, Payload};
use crate::print::imports::{Imports, ident};
use crate::text::Text;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use smithy_model::traits::TimestampFormat;

/// The statements that write the input: host prefix, path, query, headers and body.
pub(crate) fn write(operation: &Operation, imports: &mut Imports) -> TokenStream {
    let (input, to) = (&operation.input, ident("req"));
    let host = host(operation, imports);
    let path = path(operation, imports);
    let literals = operation
        .request
        .head
        .query
        .iter()
        .map(Text::literal)
        .map(|literal| quote!(req.query_literal(#literal);));
    let tokens = input
        .members
        .iter()
        .filter(|member| member.token)
        .map(|member| {
            let field = ident(&member.name.rust);
            quote!(let token = req.token(&self.#field);)
        });
    let headers = operation.request.head.headers.iter().map(|(name, value)| {
        let (name, value) = (name.literal(), value.literal());
        quote!(req.header(#name, &#value)?;)
    });
    let bound: Vec<TokenStream> = input
        .members
        .iter()
        .filter_map(|member| write_member(&to, member, imports))
        .collect();
    let body: Vec<&Member> = input.body().collect();
    let document = operation.request.document.as_ref();
    let document = document.map(|it| document::write(&to, it, &body, imports));
    let steps: Vec<TokenStream> = operation
        .request
        .body_steps
        .iter()
        .filter_map(|step| body_step(step, input, imports))
        .collect();
    quote!(#(#tokens)* #host #path #(#literals)* #(#headers)* #(#bound)* #document #(#steps)*)
}

/// The statement that writes the host prefix.
fn host(operation: &Operation, imports: &mut Imports) -> Option<TokenStream> {
    let parts: Vec<TokenStream> = operation
        .request
        .host_prefix
        .iter()
        .filter_map(|part| match part {
            HostPart::Literal(text) => {
                let text = text.literal();
                Some(quote!(.host(#text)))
            }
            HostPart::Label(member) => {
                let value = text(operation.input.member(member)?, imports);
                Some(quote!(.host_label(#member, #value)?))
            }
        })
        .collect();
    (!parts.is_empty()).then(|| quote!(req #(#parts)*;))
}

/// The statement that processes the body that was written.
fn body_step(step: &BodyStep, input: &Structure, imports: &mut Imports) -> Option<TokenStream> {
    Some(match step {
        BodyStep::Gzip => quote!(req.gzip();),
        BodyStep::ContentMd5 => quote!(req.content_md5();),
        BodyStep::Form => quote!(req.form();),
        BodyStep::TreeHash => quote!(req.tree_hash();),
        BodyStep::Checksum { member, header } => {
            let algorithm = text(input.member(member)?, imports);
            let header = header.as_ref().map(Text::literal);
            let header = header.map_or(quote!(None), |header| quote!(Some(#header)));
            quote!(req.checksum(#member, #header, #algorithm)?;)
        }
    })
}

/// The statement that writes the path.
fn path(operation: &Operation, imports: &mut Imports) -> TokenStream {
    let parts: Vec<TokenStream> = operation
        .request
        .head
        .path
        .iter()
        .filter_map(|part| match part {
            PathPart::Literal(text) => {
                let text = text.literal();
                Some(quote!(.path(#text)))
            }
            PathPart::Label { member, greedy } => {
                let value = text(operation.input.member(member)?, imports);
                let label = if *greedy {
                    quote!(greedy_label)
                } else {
                    quote!(label)
                };
                Some(quote!(.#label(#member, #value)?))
            }
        })
        .collect();
    quote!(req #(#parts)*;)
}

/// The statement that writes a member that is neither in a document nor in the path. `to` is the
/// writer of the message.
pub(crate) fn write_member(
    to: &Ident,
    member: &Member,
    imports: &mut Imports,
) -> Option<TokenStream> {
    Some(match &member.location {
        Location::Body | Location::Label { .. } | Location::StatusCode => return None,
        Location::Query(name) => {
            let (name, value) = (name.literal(), text(member, imports));
            quote!(#to.query(#name, #value);)
        }
        Location::QueryParams => {
            let field = ident(&member.name.rust);
            quote!(#to.query_map(&self.#field);)
        }
        Location::Header(name) => {
            let (name, value) = (name.literal(), text(member, imports));
            quote!(#to.header(#name, #value)?;)
        }
        Location::PrefixHeaders(prefix) => {
            let (prefix, field) = (prefix.literal(), ident(&member.name.rust));
            quote!(#to.prefix_headers(#prefix, &self.#field)?;)
        }
        Location::Payload(payload) => write_payload(to, member, payload),
    })
}

fn write_payload(to: &Ident, member: &Member, payload: &Payload) -> TokenStream {
    let field = ident(&member.name.rust);
    match payload {
        Payload::Bytes { content_type } => {
            let content_type = content_type.literal();
            match (&member.ty, member.is_optional()) {
                (Type::Stream { sized }, _) => {
                    let method = if *sized {
                        quote!(sized_stream_payload)
                    } else {
                        quote!(stream_payload)
                    };
                    let name = &member.name.model;
                    quote!(#to.#method(#content_type, #name, &self.#field)?;)
                }
                (_, true) => quote!(#to.blob_payload(#content_type, self.#field.as_ref());),
                (_, false) => quote!(#to.blob_payload(#content_type, &self.#field);),
            }
        }
        Payload::Text { content_type } => {
            let content_type = content_type.literal();
            let value = if member.token {
                quote!(&token)
            } else {
                quote!(&self.#field)
            };
            quote!(#to.text_payload(#content_type, #value);)
        }
        Payload::Document {
            document,
            empty_if_absent,
        } => document::write_payload(to, document, &quote!(&self.#field), *empty_if_absent),
    }
}

/// The text of a member: its value, or a view if the type has several forms.
fn text(member: &Member, imports: &mut Imports) -> TokenStream {
    let field = ident(&member.name.rust);
    if member.token {
        return quote!(&token);
    }
    if let Some(fallback) = member.fallback {
        let rt = imports.rt();
        return quote!(&#rt::text::or(&self.#field, #fallback));
    }
    if member.form.base64 {
        let rt = imports.rt();
        let view = quote!(#rt::text::MediaTypeHeader::of);
        return if member.is_optional() {
            quote!(&self.#field.as_deref().map(#view))
        } else {
            quote!(&#view(&self.#field))
        };
    }
    let (view, list) = match &member.ty {
        Type::List { item, sparse } => {
            let flatten = if *sparse {
                quote!(.flatten())
            } else {
                TokenStream::new()
            };
            (text_view(item, member.form, imports), Some(flatten))
        }
        ty => (text_view(ty, member.form, imports), None),
    };
    match (view, list, member.is_optional()) {
        (None, ..) => quote!(&self.#field),
        (Some(view), None, false) => quote!(&#view(&self.#field)),
        (Some(view), None, true) => quote!(&self.#field.as_ref().map(#view)),
        (Some(view), Some(flatten), false) => {
            quote!(&self.#field.iter()#flatten.map(#view).collect::<Vec<_>>())
        }
        (Some(view), Some(flatten), true) => {
            quote!(&self.#field.as_ref().map(|items| items.iter()#flatten.map(#view).collect::<Vec<_>>()))
        }
    }
}

/// The function from a value to its view. A timestamp without one is written as a date-time.
fn text_view(ty: &Type, form: Form, imports: &mut Imports) -> Option<TokenStream> {
    let method = match (ty, form.timestamp?) {
        (Type::Timestamp, TimestampFormat::HttpDate) => quote!(http_date),
        (Type::Timestamp, TimestampFormat::EpochSeconds) => quote!(epoch_seconds),
        _ => return None,
    };
    let rt = imports.rt();
    Some(quote!(#rt::Timestamp::#method))
}
