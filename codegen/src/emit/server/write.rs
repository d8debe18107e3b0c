//! Outputs and errors: `rt::server::IntoResponse`.

use crate::emit::client::request;
use crate::emit::codec::document;
use crate::graph::member::Member;
use crate::graph::shape::Structure;
use crate::graph::wire::{Location, Payload, Response};
use crate::print::imports::{Imports, ident};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// An output or an error.
pub(super) struct Message<'s> {
    pub(super) structure: &'s Structure,
    pub(super) response: &'s Response,
    /// The constant with the code of an error.
    pub(super) error: Option<TokenStream>,
}

impl Message<'_> {
    /// `impl rt::server::IntoResponse`
    pub(super) fn implementation(&self, name: &TokenStream, imports: &mut Imports) -> TokenStream {
        let rt = imports.rt();
        let status = Literal::u16_unsuffixed(self.response.status);
        let error = &self.error;
        let media_type = self.media_type();
        let members = &self.structure.members;
        let outside: Vec<TokenStream> = members
            .iter()
            .filter_map(|member| write_member(member, imports))
            .collect();
        let body: Vec<&Member> = self.structure.body().collect();
        let document = self.response.served.as_ref();
        let document = document.map(|it| document::write(&ident("res"), it, &body, imports));
        let parameter = if outside.is_empty() && document.is_none() {
            quote!(_)
        } else {
            quote!(res)
        };
        quote! {
            impl #rt::server::IntoResponse for #name {
                const STATUS: u16 = #status;
                #error
                #media_type

                fn write(&self, #parameter: &mut #rt::server::ResponseWriter) -> #rt::server::Written {
                    #(#outside)*
                    #document
                    Ok(())
                }
            }
        }
    }

    /// The constant with the media type of the body.
    fn media_type(&self) -> Option<TokenStream> {
        let members = &self.structure.members;
        let payload = members.iter().find_map(|member| match &member.location {
            Location::Payload(payload) => Some((payload, member)),
            _ => None,
        });
        let media_type = match (&self.response.served, payload) {
            (Some(document), _) | (None, Some((Payload::Document { document, .. }, _))) => {
                &document.content_type
            }
            // Without the trait `mediaType`, a blob may have any media type.
            (None, Some((Payload::Bytes { .. }, member))) if member.media_type.is_none() => {
                return None;
            }
            (None, Some((Payload::Bytes { content_type } | Payload::Text { content_type }, _))) => {
                content_type
            }
            (None, None) => return None,
        };
        let media_type = media_type.literal();
        let none = self.error.is_none();
        none.then(|| quote!(const MEDIA_TYPE: Option<&'static str> = Some(#media_type);))
    }
}

/// The statement that writes a member that is not in a document.
fn write_member(member: &Member, imports: &mut Imports) -> Option<TokenStream> {
    if member.location == Location::StatusCode {
        let field = ident(&member.name.rust);
        return Some(quote!(res.status(&self.#field);));
    }
    request::write_member(&ident("res"), member, imports)
}
