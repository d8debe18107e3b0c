//! Rust types and values of members.

use crate::emit::literal;
use crate::graph::member::{Blank, DefaultValue, Kind, Member, Presence, Type};
use crate::print::imports::{Imports, ident};
use crate::print::names::Names;
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

/// The Rust type of a shape type.
pub(crate) fn rust(ty: &Type, names: &mut dyn Names) -> TokenStream {
    match ty {
        Type::Boolean => quote!(bool),
        Type::Byte => quote!(i8),
        Type::Short => quote!(i16),
        Type::Integer => quote!(i32),
        Type::Long => quote!(i64),
        Type::Float => quote!(f32),
        Type::Double => quote!(f64),
        Type::String => quote!(String),
        Type::BigInteger => runtime("BigInteger", names),
        Type::BigDecimal => runtime("BigDecimal", names),
        Type::Blob => runtime("Blob", names),
        Type::Stream { .. } => runtime("Body", names),
        Type::Document => runtime("Document", names),
        Type::Timestamp => runtime("Timestamp", names),
        Type::Unit => quote!(()),
        Type::Named(named) => {
            let name = names.shape(&named.rust);
            quote!(#name)
        }
        Type::List { item, sparse } => {
            let item = element(item, *sparse, names);
            quote!(Vec<#item>)
        }
        Type::Map { key, value, sparse } => {
            let map = names.map();
            let key = rust(key, names);
            let value = element(value, *sparse, names);
            quote!(#map<#key, #value>)
        }
        Type::Boxed(inner) => {
            let inner = rust(inner, names);
            quote!(Box<#inner>)
        }
    }
}

/// The type of a collection's element.
pub(crate) fn element(ty: &Type, sparse: bool, names: &mut dyn Names) -> TokenStream {
    let ty = rust(ty, names);
    if sparse { quote!(Option<#ty>) } else { ty }
}

/// The type of a member's field.
pub(crate) fn field(member: &Member, imports: &mut Imports) -> TokenStream {
    let ty = rust(&member.ty, imports);
    if member.is_optional() {
        quote!(Option<#ty>)
    } else {
        ty
    }
}

fn runtime(name: &str, names: &mut dyn Names) -> TokenStream {
    let rt = names.rt();
    let name = ident(name);
    quote!(#rt::#name)
}

/// The value of a field that is not set (Smithy, "Client error correction").
pub(crate) fn blank(member: &Member, imports: &mut Imports) -> TokenStream {
    match &member.presence {
        Presence::Optional => quote!(None),
        Presence::Required | Presence::Default(DefaultValue::OfType) => {
            blank_value(&member.ty, imports)
        }
        Presence::Default(value) => default_value(&member.ty, value, imports),
    }
}

fn blank_value(ty: &Type, imports: &mut Imports) -> TokenStream {
    match ty {
        Type::Boolean => quote!(false),
        Type::Byte | Type::Short | Type::Integer | Type::Long => quote!(0),
        Type::Float | Type::Double => quote!(0.0),
        Type::String => quote!(String::new()),
        Type::List { .. } => quote!(Vec::new()),
        Type::Map { .. } => {
            let map = imports.map();
            quote!(#map::new())
        }
        Type::Named(named) => {
            let name = imports.shape(&named.rust);
            match named.kind {
                Kind::Structure(Blank::Derived | Blank::Written) => quote!(#name::default()),
                _ => quote!(#name::blank()),
            }
        }
        Type::Boxed(inner) => {
            let inner = blank_value(inner, imports);
            quote!(Box::new(#inner))
        }
        Type::Unit => quote!(()),
        Type::BigInteger
        | Type::BigDecimal
        | Type::Blob
        | Type::Stream { .. }
        | Type::Document
        | Type::Timestamp => {
            let ty = rust(ty, imports);
            quote!(#ty::default())
        }
    }
}

/// The default of a member with this type.
pub(crate) fn default_value(ty: &Type, value: &DefaultValue, imports: &mut Imports) -> TokenStream {
    let plain = match value {
        DefaultValue::OfType => return blank_value(ty, imports),
        DefaultValue::True => quote!(true),
        DefaultValue::False => quote!(false),
        DefaultValue::Integer(number) if *ty == Type::Document => {
            let number = Literal::i64_suffixed(*number);
            quote!(#number)
        }
        DefaultValue::Integer(number) => {
            let number = Literal::i64_unsuffixed(*number);
            quote!(#number)
        }
        DefaultValue::Float(number) => {
            let number = Literal::f64_unsuffixed(*number);
            quote!(#number)
        }
        DefaultValue::Big(text) if *ty == Type::Document => {
            let (ty, text) = (rust(ty, imports), text.literal());
            return quote!(#ty::from_json(#text).unwrap_or_default());
        }
        // Validation ensures that the text is a number.
        DefaultValue::Big(text) => {
            let text = text.literal();
            return quote!(#text.parse().unwrap_or_default());
        }
        DefaultValue::Text(text) => text.literal().into_token_stream(),
        DefaultValue::Timestamp(timestamp) => {
            return literal::timestamp(&rust(ty, imports), *timestamp);
        }
        DefaultValue::Bytes(bytes) => {
            let bytes = Literal::byte_string(bytes);
            quote!(#bytes.as_slice())
        }
        DefaultValue::Variant(name) => {
            let ty = rust(ty, imports);
            let name = ident(name);
            return quote!(#ty::#name);
        }
        DefaultValue::EmptyArray => quote!(Vec::new()),
        DefaultValue::EmptyObject => {
            let map = imports.map();
            quote!(#map::new())
        }
    };
    match ty {
        Type::Boolean
        | Type::Byte
        | Type::Short
        | Type::Integer
        | Type::Long
        | Type::Float
        | Type::Double => plain,
        Type::String => quote!(#plain.to_owned()),
        ty => {
            let ty = rust(ty, imports);
            quote!(#ty::from(#plain))
        }
    }
}
