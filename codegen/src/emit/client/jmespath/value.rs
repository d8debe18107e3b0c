//! JMESPath expressions as plain Rust over the typed input and output.
//!
//! A value is `bool`, `usize`, `i64`, `f64`, `&str`, a reference to a structure, list or map, or an
//! iterator over such values. A nullable value is an `Option`. In the closures of a projection the
//! element is `it`; nested closures that need this element give their own parameter another name.

use crate::emit::client::jmespath::items::items;
use crate::emit::client::jmespath::{condition, items};
use crate::graph::jmespath::{Expr, Kind, ValueType};
use crate::graph::member;
use crate::graph::member::Type;
use crate::print::imports::ident;
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

/// The value of an expression.
pub(crate) fn value(expr: &Expr) -> TokenStream {
    match &expr.kind {
        Kind::Input => quote!(input),
        Kind::Output => quote!(output),
        Kind::Operation => quote!(self),
        // Only its members are accessed.
        Kind::InputOutput => quote!(()),
        Kind::Element => quote!(it),
        Kind::Null => quote!(None),
        Kind::Boolean(value) => quote!(#value),
        Kind::Integer(number) => literal(Literal::i64_unsuffixed(*number)),
        Kind::Float(number) => literal(Literal::f64_unsuffixed(*number)),
        Kind::Text(text) => text.literal().into_token_stream(),
        Kind::Field {
            of,
            field,
            ty,
            optional,
            ..
        } => field_value(of, field, ty, *optional),
        Kind::Entry { of, key, ty } => {
            let (key, view) = (key.literal(), view(ty));
            nested(of, &quote!(get(#key)), &quote!(and_then), &view)
        }
        Kind::Index { of, index } => items::element(of, *index),
        Kind::Length(of) => items::length(of),
        Kind::Project { .. }
        | Kind::Flatten(_)
        | Kind::Keys(_)
        | Kind::Values(_)
        | Kind::List { .. } => items(expr),
        Kind::Compare { .. }
        | Kind::And(..)
        | Kind::Or(..)
        | Kind::Not(_)
        | Kind::Contains(..)
        | Kind::StartsWith(..)
        | Kind::EndsWith(..) => condition::boolean(expr, &quote!(map)),
    }
}

/// The value as an `Option`.
pub(crate) fn option(expr: &Expr) -> TokenStream {
    let value = value(expr);
    if expr.nullable {
        value
    } else {
        quote!(Some(#value))
    }
}

pub(super) fn literal(literal: Literal) -> TokenStream {
    quote!(#literal)
}

fn field_value(of: &Expr, field: &str, ty: &Type, optional: bool) -> TokenStream {
    let field = ident(field);
    match (place(of), optional) {
        (Some(of), _) => member(&quote!(#of.#field), ty, optional),
        (None, true) => {
            let (of, member) = (value(of), member(&quote!(it.#field), ty, true));
            quote!(#of.and_then(|it| #member))
        }
        (None, false) => {
            let (of, member) = (value(of), member(&quote!(it.#field), ty, false));
            quote!(#of.map(|it| #member))
        }
    }
}

/// The expression on which fields and methods are accessed: a place rather than a reference to it.
/// `None` if the value is nullable.
pub(super) fn place(expr: &Expr) -> Option<TokenStream> {
    match &expr.kind {
        _ if expr.nullable => None,
        Kind::Field { of, field, .. }
            if matches!(
                expr.ty,
                ValueType::Structure(_) | ValueType::List(_) | ValueType::Map { .. }
            ) =>
        {
            let (of, field) = (place(of)?, ident(field));
            Some(quote!(#of.#field))
        }
        _ => Some(value(expr)),
    }
}

/// The result of a method; of a nullable value, through `map` or `and_then`.
pub(super) fn nested(
    of: &Expr,
    method: &TokenStream,
    through: &TokenStream,
    then: &TokenStream,
) -> TokenStream {
    match place(of) {
        Some(of) => quote!(#of.#method #then),
        None => {
            let of = value(of);
            quote!(#of.#through(|it| it.#method) #then)
        }
    }
}

/// The value of a member at this location.
fn member(place: &TokenStream, ty: &Type, optional: bool) -> TokenStream {
    use Type::{Boolean, Boxed, Byte, Double, Float, Integer, Long, Named, Short, String};
    match (ty, optional) {
        (Boolean | Long | Double, _) => quote!(#place),
        (Byte | Short | Integer, false) => quote!(i64::from(#place)),
        (Byte | Short | Integer, true) => quote!(#place.map(i64::from)),
        (Float, false) => quote!(f64::from(#place)),
        (Float, true) => quote!(#place.map(f64::from)),
        (Named(named), false) if named.kind == member::Kind::IntEnum => {
            quote!(i64::from(#place.value()))
        }
        (Named(named), true) if named.kind == member::Kind::IntEnum => {
            quote!(#place.map(|it| i64::from(it.value())))
        }
        (String, false) => quote!(#place.as_str()),
        (Named(named), false) if named.kind == member::Kind::Enum => quote!(#place.as_str()),
        (Named(named), true) if named.kind == member::Kind::Enum => {
            quote!(#place.as_ref().map(|it| it.as_str()))
        }
        (String | Boxed(_), true) => quote!(#place.as_deref()),
        (Boxed(_), false) => quote!(#place.as_ref()),
        (_, true) => quote!(#place.as_ref()),
        (_, false) => quote!(&#place),
    }
}

/// The adapter that turns an `Option` or iterator of references into one of values.
pub(super) fn view(ty: &Type) -> TokenStream {
    match ty {
        Type::Boolean | Type::Long | Type::Double => quote!(.copied()),
        Type::Byte | Type::Short | Type::Integer => quote!(.map(|it| i64::from(*it))),
        Type::Float => quote!(.map(|it| f64::from(*it))),
        Type::String => quote!(.map(String::as_str)),
        Type::Named(named) if named.kind == member::Kind::Enum => quote!(.map(|it| it.as_str())),
        Type::Named(named) if named.kind == member::Kind::IntEnum => {
            quote!(.map(|it| i64::from(it.value())))
        }
        _ => TokenStream::new(),
    }
}
