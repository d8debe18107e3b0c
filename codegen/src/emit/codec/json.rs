//! JSON codecs over the runtime's writer and reader.

use crate::graph::member::{Blank, Member, Type};
use crate::graph::shape::{ErrorShape, Structure};
use crate::graph::wire::{Form, Location};
use crate::print::imports::{Imports, ident};
use crate::text::Text;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use smithy_model::traits::TimestampFormat;

/// `Encode` and `Decode` of a structure.
pub(crate) fn structure(structure: &Structure, imports: &mut Imports) -> TokenStream {
    let members: Vec<&Member> = structure.members.iter().collect();
    implementations(structure, &members, imports)
}

/// `Encode` and `Decode` of an error. Members at other locations than the body are included only if
/// a member has the error's type.
pub(crate) fn error(error: &ErrorShape, imports: &mut Imports) -> TokenStream {
    let in_json = |member: &&Member| error.nested || member.location == Location::Body;
    let members: Vec<&Member> = error.structure.members.iter().filter(in_json).collect();
    implementations(&error.structure, &members, imports)
}

fn implementations(
    structure: &Structure,
    members: &[&Member],
    imports: &mut Imports,
) -> TokenStream {
    let encode = encoding(structure, members, imports);
    let decode = decoding(structure, members, imports);
    quote!(#encode #decode)
}

fn encoding(structure: &Structure, members: &[&Member], imports: &mut Imports) -> TokenStream {
    let (name, json) = (ident(&structure.name.rust), imports.json());
    let encode = object(members, imports);
    quote! {
        impl #json::Encode for #name {
            fn encode(&self, json: &mut #json::Writer) {
                #encode
            }
        }
    }
}

fn decoding(structure: &Structure, members: &[&Member], imports: &mut Imports) -> TokenStream {
    let (name, json) = (ident(&structure.name.rust), imports.json());
    let blank = blank(structure);
    let arms = arms(members, imports);
    let required = members
        .iter()
        .filter(|member| member.is_required())
        .map(|member| member.name.wire.literal());
    let required: Vec<Literal> = required.collect();
    let checked = structure.in_input && !required.is_empty();
    let requires = checked.then(|| quote!(json.requires(&[#(#required),*]);));
    let functions = if members.is_empty() {
        quote! {
            fn decode(json: &mut #json::Reader<'_>) -> #json::Result<Self> {
                json.empty()?;
                Ok(#blank())
            }
        }
    } else if structure.recursive {
        quote! {
            const BOXED: bool = true;

            fn decode(json: &mut #json::Reader<'_>) -> #json::Result<Self> {
                Self::decode_box(json).map(|value| *value)
            }

            fn decode_box(json: &mut #json::Reader<'_>) -> #json::Result<Box<Self>> {
                fn member(value: &mut #name, json: &mut #json::Reader<'_>, key: &str) -> #json::Result<()> {
                    match key { #(#arms)* _ => json.other() }
                }

                #requires
                json.boxed(#blank, member)
            }
        }
    } else {
        quote! {
            fn decode(json: &mut #json::Reader<'_>) -> #json::Result<Self> {
                let mut value = #blank();
                #requires
                json.structure(|json, key| match key { #(#arms)* _ => json.other() })?;
                Ok(value)
            }
        }
    };
    quote! {
        impl #json::Decode for #name {
            #functions
        }
    }
}

/// The function that creates a blank value, as a path within an `impl` of the structure.
pub(crate) fn blank(structure: &Structure) -> TokenStream {
    match structure.blank {
        Blank::Derived | Blank::Written => quote!(Self::default),
        Blank::Private => quote!(Self::blank),
    }
}

/// `json.object(…)` with these members of `self`.
fn object(members: &[&Member], imports: &mut Imports) -> TokenStream {
    if members.is_empty() {
        return quote!(json.object(|_| {}));
    }
    let lines = self::members(members, imports);
    quote!(json.object(|json| { #(#lines)* }))
}

/// A statement per member.
pub(crate) fn members(members: &[&Member], imports: &mut Imports) -> Vec<TokenStream> {
    members
        .iter()
        .map(|member| encode(member, imports))
        .collect()
}

/// The statement that writes a member into an object.
fn encode(member: &Member, imports: &mut Imports) -> TokenStream {
    let (name, field) = (member.name.wire.literal(), ident(&member.name.rust));
    if member.token {
        // A local variable of the operation with the member's value or a generated token.
        return quote!(json.member(#name, &token););
    }
    match (
        writer(&member.ty, member.form, imports),
        member.is_optional(),
    ) {
        (None, _) => quote!(json.member(#name, &self.#field);),
        (Some(writer), true) => quote!(json.optional_as(#name, &self.#field, #writer);),
        (Some(writer), false) => quote!(json.member_as(#name, &self.#field, #writer);),
    }
}

/// The match arms that read members into `value`.
pub(crate) fn arms(members: &[&Member], imports: &mut Imports) -> Vec<TokenStream> {
    members
        .iter()
        .map(|member| {
            let (name, field) = (member.name.wire.literal(), ident(&member.name.rust));
            let alias = member.name.alias.iter().map(Text::literal);
            let alias = alias.map(|other| quote!(#other |));
            match reader(&member.ty, member.form, imports) {
                None => quote!(#(#alias)* #name => json.member(&mut value.#field),),
                Some(reader) => {
                    quote!(#(#alias)* #name => json.member_as(&mut value.#field, #reader),)
                }
            }
        })
        .collect()
}

/// The function that writes a value whose type has several forms; `None` if `Encode` writes it.
pub(crate) fn writer(ty: &Type, form: Form, imports: &mut Imports) -> Option<TokenStream> {
    match ty {
        Type::Timestamp => {
            let method = timestamp(form)?;
            let json = imports.json();
            Some(quote!(#json::Writer::#method))
        }
        Type::List { item, sparse } => {
            let item = writer(item, form, imports)?;
            let method = if *sparse {
                quote!(sparse_list)
            } else {
                quote!(list)
            };
            Some(quote!(|json, items| json.#method(items, #item)))
        }
        Type::Map { value, sparse, .. } => {
            let value = writer(value, form, imports)?;
            let method = if *sparse {
                quote!(sparse_map)
            } else {
                quote!(map)
            };
            Some(quote!(|json, entries| json.#method(entries, #value)))
        }
        _ => None,
    }
}

/// The function that reads a value whose type has several forms; `None` if `Decode` reads it.
pub(crate) fn reader(ty: &Type, form: Form, imports: &mut Imports) -> Option<TokenStream> {
    match ty {
        Type::Timestamp => {
            let method = timestamp(form)?;
            let json = imports.json();
            Some(quote!(#json::Reader::#method))
        }
        Type::List { item: inner, .. } | Type::Map { value: inner, .. } => {
            reader(inner, form, imports)?;
            let read = read(ty, form, imports);
            Some(quote!(|json| #read))
        }
        _ => None,
    }
}

/// The expression that reads one value from `json`.
pub(crate) fn read(ty: &Type, form: Form, imports: &mut Imports) -> TokenStream {
    let nested = match ty {
        Type::Timestamp => timestamp(form).map(|method| quote!(json.#method())),
        Type::List { item, sparse } => reader(item, form, imports).map(|item| {
            let method = if *sparse {
                quote!(sparse_list)
            } else {
                quote!(list)
            };
            quote!(json.#method(#item))
        }),
        Type::Map { value, sparse, .. } => reader(value, form, imports).map(|value| {
            let method = if *sparse {
                quote!(sparse_map)
            } else {
                quote!(map)
            };
            quote!(json.#method(#value))
        }),
        _ => None,
    };
    nested.unwrap_or_else(|| {
        let json = imports.json();
        quote!(#json::Decode::decode(json))
    })
}

/// The codec method of a timestamp format; `None` for epoch seconds, which `Encode` and `Decode` of
/// the type implement.
fn timestamp(form: Form) -> Option<TokenStream> {
    match form.timestamp? {
        TimestampFormat::EpochSeconds => None,
        TimestampFormat::DateTime => Some(quote!(date_time)),
        TimestampFormat::HttpDate => Some(quote!(http_date)),
    }
}
