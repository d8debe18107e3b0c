//! Documents of messages: the calls that write and read them, by their format.

use crate::emit::codec::json;
use crate::graph::member::Member;
use crate::graph::wire::{Document, Format};
use crate::print::imports::Imports;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// The statement that writes these members of `self` as the body of a message. `to` is its writer.
pub(crate) fn write(
    to: &Ident,
    document: &Document,
    members: &[&Member],
    imports: &mut Imports,
) -> TokenStream {
    let content_type = content_type(document);
    match document.format {
        Format::Json => {
            let lines = json::members(members, imports);
            if lines.is_empty() {
                quote!(#to.object(|_| {})#content_type;)
            } else {
                quote!(#to.object(|json| { #(#lines)* })#content_type;)
            }
        }
    }
}

/// The statement that writes a value as the body of a message. `to` is its writer.
pub(crate) fn write_payload(
    to: &Ident,
    document: &Document,
    value: &TokenStream,
    empty_if_absent: bool,
) -> TokenStream {
    let content_type = content_type(document);
    let method = match (document.format, empty_if_absent) {
        (Format::Json, true) => quote!(structure_payload),
        (Format::Json, false) => quote!(json_payload),
    };
    quote!(#to.#method(#value)#content_type;)
}

/// The statement that reads these members of `value` from the body of a response.
pub(crate) fn read(document: &Document, members: &[&Member], imports: &mut Imports) -> TokenStream {
    match document.format {
        Format::Json => {
            let arms = json::arms(members, imports);
            quote!(res.structure(|json, key| match key { #(#arms)* _ => json.skip() })?;)
        }
    }
}

/// The expression that reads a value of a type with a codec from the body of a response.
pub(crate) fn read_value(document: &Document) -> TokenStream {
    match document.format {
        Format::Json => quote!(res.json()),
    }
}

/// The statement that reads the body of a response into a slot.
pub(crate) fn read_payload(document: &Document, slot: &TokenStream) -> TokenStream {
    match document.format {
        Format::Json => quote!(res.json_payload(#slot)?;),
    }
}

/// The statement that reads these members of `value` from the body of a request. `required` are the
/// names of those that must be in it.
pub(crate) fn read_request(
    document: &Document,
    required: &[Literal],
    members: &[&Member],
    imports: &mut Imports,
) -> TokenStream {
    match document.format {
        Format::Json => {
            let arms = json::arms(members, imports);
            quote!(req.object(&[#(#required),*], |json, key| match key { #(#arms)* _ => json.other() })?;)
        }
    }
}

/// The expression that reads the body of a request into a slot, and is true if there is one.
pub(crate) fn read_request_payload(
    document: &Document,
    member: &str,
    slot: &TokenStream,
    empty_is_absent: bool,
) -> TokenStream {
    match (document.format, empty_is_absent) {
        (Format::Json, true) => quote!(req.structure_payload(#member, #slot)?),
        (Format::Json, false) => quote!(req.json_payload(#member, #slot)?),
    }
}

/// The call that sets the media type of a document, unless it is the one that the runtime sets for
/// the format.
fn content_type(document: &Document) -> Option<TokenStream> {
    let of_format = match document.format {
        Format::Json => "application/json",
    };
    let content_type = document.content_type.literal();
    (document.content_type != of_format).then(|| quote!(.content_type(#content_type)))
}
