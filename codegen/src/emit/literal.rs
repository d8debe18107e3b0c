//! Numbers as literals of Rust.

use crate::graph::member::Type;
use crate::graph::timestamp::Timestamp;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use smithy_model::Node;

/// A whole number that its type can hold.
pub(crate) fn integer(ty: &Type, value: &Node, suffixed: bool) -> Option<TokenStream> {
    let number = value.as_i64()?;
    let literal = match ty {
        Type::Byte if suffixed => Literal::i8_suffixed(number.try_into().ok()?),
        Type::Byte => Literal::i8_unsuffixed(number.try_into().ok()?),
        Type::Short if suffixed => Literal::i16_suffixed(number.try_into().ok()?),
        Type::Short => Literal::i16_unsuffixed(number.try_into().ok()?),
        Type::Integer => Literal::i32_unsuffixed(number.try_into().ok()?),
        _ if suffixed => Literal::i64_suffixed(number),
        _ => Literal::i64_unsuffixed(number),
    };
    Some(quote!(#literal))
}

/// A number, or the name of one that has no digits.
pub(crate) fn float(ty: &Type, value: &Node, suffixed: bool) -> Option<TokenStream> {
    let single = *ty == Type::Float;
    let name = match value.as_str() {
        Some("NaN") => "NAN",
        Some("Infinity") => "INFINITY",
        Some("-Infinity") => "NEG_INFINITY",
        Some(_) => return None,
        None => {
            let digits = value.as_number()?;
            let literal = match (single, suffixed) {
                (true, true) => Literal::f32_suffixed(finite(digits.parse().ok()?)?),
                (true, false) => Literal::f32_unsuffixed(finite(digits.parse().ok()?)?),
                (false, _) => {
                    Literal::f64_unsuffixed(digits.parse().ok().filter(|it: &f64| it.is_finite())?)
                }
            };
            return Some(quote!(#literal));
        }
    };
    let name = crate::print::imports::ident(name);
    Some(if single {
        quote!(f32::#name)
    } else {
        quote!(f64::#name)
    })
}

fn finite(number: f32) -> Option<f32> {
    number.is_finite().then_some(number)
}

/// A timestamp of the runtime, whose type is given.
pub(crate) fn timestamp(ty: &TokenStream, Timestamp { seconds, nanos }: Timestamp) -> TokenStream {
    let seconds = Literal::i64_unsuffixed(seconds);
    if nanos == 0 {
        return quote!(#ty::from_epoch_seconds(#seconds));
    }
    let nanos = Literal::u32_unsuffixed(nanos);
    quote!(#ty::new(#seconds, #nanos))
}
