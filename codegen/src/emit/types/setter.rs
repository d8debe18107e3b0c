//! The parameter of a setter, and its conversion to the value of the field.

use crate::emit::types::rust_type;
use crate::graph::member::{Kind, Member, Type};
use crate::print::imports::Imports;
use proc_macro2::TokenStream;
use quote::quote;

/// A setter's argument.
pub(crate) struct Setter {
    /// The generic parameters of the setter: `<M>`, a marker that is inferred, if the member is
    /// optional.
    pub(crate) generics: TokenStream,
    /// The type of the parameter `value`.
    pub(crate) parameter: TokenStream,
    /// The value of the field, computed from `value`.
    pub(crate) value: TokenStream,
}

/// The setter of a member.
pub(crate) fn of(member: &Member, imports: &mut Imports) -> Setter {
    let (ty, boxed) = match &member.ty {
        Type::Boxed(inner) => (inner.as_ref(), true),
        ty => (ty, false),
    };
    let setter = if member.is_optional() {
        optional(ty, imports)
    } else {
        plain(ty, imports)
    };
    match (boxed, member.is_optional()) {
        (false, _) => setter,
        (true, false) => {
            let value = setter.value;
            Setter {
                value: quote!(Box::new(#value)),
                ..setter
            }
        }
        (true, true) => {
            let value = setter.value;
            Setter {
                value: quote!(#value.map(Box::new)),
                ..setter
            }
        }
    }
}

/// Whether callers often have a value of another type that converts.
fn converts(ty: &Type) -> bool {
    match ty {
        Type::String
        | Type::Blob
        | Type::Stream { .. }
        | Type::Document
        | Type::BigInteger
        | Type::BigDecimal => true,
        Type::Named(named) => named.kind == Kind::Union,
        _ => false,
    }
}

fn plain(ty: &Type, imports: &mut Imports) -> Setter {
    let (parameter, value) = match ty {
        Type::List {
            item,
            sparse: false,
        } => {
            let rust = rust_type::rust(item, imports);
            if converts(item) {
                let parameter = quote!(impl IntoIterator<Item = impl Into<#rust>>);
                (
                    parameter,
                    quote!(value.into_iter().map(Into::into).collect()),
                )
            } else {
                (
                    quote!(impl IntoIterator<Item = #rust>),
                    quote!(value.into_iter().collect()),
                )
            }
        }
        Type::Map {
            key,
            value,
            sparse: false,
        } => {
            let (key, value) = (
                rust_type::rust(key, imports),
                rust_type::rust(value, imports),
            );
            (
                quote!(impl IntoIterator<Item = (impl Into<#key>, impl Into<#value>)>),
                quote!(
                    value
                        .into_iter()
                        .map(|(key, value)| (key.into(), value.into()))
                        .collect()
                ),
            )
        }
        ty if converts(ty) => {
            let rust = rust_type::rust(ty, imports);
            (quote!(impl Into<#rust>), quote!(value.into()))
        }
        ty => (rust_type::rust(ty, imports), quote!(value)),
    };
    Setter {
        generics: TokenStream::new(),
        parameter,
        value,
    }
}

fn optional(ty: &Type, imports: &mut Imports) -> Setter {
    let rt = imports.rt();
    let parameter = match ty {
        Type::List {
            item,
            sparse: false,
        } => {
            let item = rust_type::rust(item, imports);
            quote!(impl #rt::IntoOptionalList<#item, M>)
        }
        Type::Map {
            key,
            value,
            sparse: false,
        } => {
            let (key, value) = (
                rust_type::rust(key, imports),
                rust_type::rust(value, imports),
            );
            quote!(impl #rt::IntoOptionalMap<#key, #value, M>)
        }
        ty => {
            let rust = rust_type::rust(ty, imports);
            if converts(ty) {
                quote!(impl #rt::IntoOptional<#rust, M>)
            } else {
                quote!(impl #rt::IntoOptionalValue<#rust, M>)
            }
        }
    };
    Setter {
        generics: quote!(<M>),
        parameter,
        value: quote!(value.into_optional()),
    }
}
