//! Values as Rust expressions of the emitted crate's types.

use crate::emit::literal;
use crate::emit::types::rust_type;
use crate::graph::member::Type;
use crate::graph::value::{Document, EnumMember, MemberValue, StructureValue, Value};
use crate::print::imports::ident;
use crate::print::names::Names;
use crate::text::Text;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

/// The target of an expression, which determines how much of the type is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    /// A setter, which converts its argument.
    Argument,
    /// An item, key or value of a collection that is passed to a setter, which converts it.
    Item,
    /// A place that accepts only values of the type.
    Exact,
}

/// `.name("a").size(1)`, for a builder.
pub(crate) fn setters<'v>(
    members: impl IntoIterator<Item = &'v MemberValue>,
    names: &mut dyn Names,
) -> TokenStream {
    let setters = members.into_iter().map(|member| {
        let setter = ident(&member.setter);
        let value = expression(&member.value, Position::Argument, names);
        quote!(.#setter(#value))
    });
    setters.collect()
}

/// `Name::builder().size(1).build()`, where `name` is the type.
pub(crate) fn structure(
    name: &Ident,
    structure: &StructureValue,
    names: &mut dyn Names,
) -> TokenStream {
    if !structure.has_builder {
        return quote!(#name::default());
    }
    let setters = setters(&structure.members, names);
    quote!(#name::builder()#setters.build())
}

fn expression(value: &Value, position: Position, names: &mut dyn Names) -> TokenStream {
    let is_item = position == Position::Item;
    let is_exact = position == Position::Exact;
    match value {
        Value::Boolean(value) => quote!(#value),
        Value::Byte(value) if is_item => Literal::i8_suffixed(*value).into_token_stream(),
        Value::Byte(value) => Literal::i8_unsuffixed(*value).into_token_stream(),
        Value::Short(value) if is_item => Literal::i16_suffixed(*value).into_token_stream(),
        Value::Short(value) => Literal::i16_unsuffixed(*value).into_token_stream(),
        Value::Integer(value) => Literal::i32_unsuffixed(*value).into_token_stream(),
        // A literal that converts to `i64` is an `i32` without a suffix.
        Value::Long(value) if is_item && i32::try_from(*value).is_err() => {
            Literal::i64_suffixed(*value).into_token_stream()
        }
        Value::Long(value) => Literal::i64_unsuffixed(*value).into_token_stream(),
        Value::Float(value) => float(*value, is_item),
        Value::Double(value) => double(*value),
        Value::BigInteger(digits) => big_number(&Type::BigInteger, digits, is_exact, names),
        Value::BigDecimal(digits) => big_number(&Type::BigDecimal, digits, is_exact, names),
        Value::String(text) => {
            let text = text.readable_literal();
            if is_exact {
                quote!(#text.to_owned())
            } else {
                text
            }
        }
        Value::Bytes(text) if !is_exact => {
            let bytes = text.byte_literal();
            quote!(#bytes.to_vec())
        }
        Value::Blob(text) | Value::Bytes(text) => from_text(&Type::Blob, text, is_exact, names),
        Value::Stream(text) => from_text(&Type::Stream { sized: false }, text, is_exact, names),
        Value::File(path) => {
            let (runtime, path) = (names.rt(), path.literal());
            quote!(#runtime::Body::from_path(#path).await?)
        }
        Value::Document(Document::String(text)) if position == Position::Argument => {
            text.readable_literal()
        }
        Value::DocumentText(text) => from_text(&Type::Document, text, is_exact, names),
        Value::Document(value) => document(value, names),
        Value::Timestamp(value) => {
            let runtime = names.rt();
            literal::timestamp(&quote!(#runtime::Timestamp), *value)
        }
        Value::Unit => quote!(()),
        Value::Structure(value) => {
            let name = names.shape(&value.ty);
            structure(&name, value, names)
        }
        Value::Enum { ty, value } => {
            let ty = names.shape(ty);
            enum_member(&ty, value)
        }
        Value::Union {
            value,
            converts: true,
            ..
        } if !is_exact => expression(value.unboxed(), Position::Exact, names),
        Value::Union {
            ty, variant, value, ..
        } => {
            let (ty, variant) = (names.shape(ty), ident(variant));
            if **value == Value::Unit {
                return quote!(#ty::#variant);
            }
            let value = expression(value, Position::Exact, names);
            quote!(#ty::#variant(#value))
        }
        Value::UnknownUnion(ty) => {
            let (ty, runtime) = (names.shape(ty), names.rt());
            quote!(#ty::Unknown(#runtime::UnknownMember::default()))
        }
        Value::List {
            item,
            sparse,
            items,
        } => list(item, *sparse, items, position, names),
        Value::Map {
            key,
            value,
            sparse,
            entries,
        } => map([key, value], *sparse, entries, position, names),
        Value::Element(None) => quote!(None),
        Value::Element(Some(value)) => {
            let value = expression(value, Position::Exact, names);
            quote!(Some(#value))
        }
        Value::Boxed(value) if position == Position::Argument => expression(value, position, names),
        Value::Boxed(value) => {
            let value = expression(value, Position::Exact, names);
            quote!(Box::new(#value))
        }
    }
}

fn float(value: f32, is_item: bool) -> TokenStream {
    match not_finite(f64::from(value)) {
        Some(name) => quote!(f32::#name),
        None if is_item => Literal::f32_suffixed(value).into_token_stream(),
        None => Literal::f32_unsuffixed(value).into_token_stream(),
    }
}

fn double(value: f64) -> TokenStream {
    match not_finite(value) {
        Some(name) => quote!(f64::#name),
        None => Literal::f64_unsuffixed(value).into_token_stream(),
    }
}

/// The constant of a number without digits.
fn not_finite(value: f64) -> Option<Ident> {
    let name = if value.is_nan() {
        "NAN"
    } else if value.is_finite() {
        return None;
    } else if value > 0.0 {
        "INFINITY"
    } else {
        "NEG_INFINITY"
    };
    Some(ident(name))
}

/// A number that converts from `i64`, or its digits.
fn big_number(ty: &Type, digits: &Text, is_exact: bool, names: &mut dyn Names) -> TokenStream {
    let number = digits
        .number::<i64>()
        .filter(|number| *digits == *number.to_string());
    match number.map(Literal::i64_unsuffixed) {
        Some(number) if !is_exact => quote!(#number),
        Some(number) => {
            let ty = rust_type::rust(ty, names);
            quote!(#ty::from(#number))
        }
        None => {
            let (ty, digits) = (rust_type::rust(ty, names), digits.literal());
            quote!(#digits.parse::<#ty>().unwrap())
        }
    }
}

/// A text that converts, or a value that is created from it.
fn from_text(ty: &Type, text: &Text, is_exact: bool, names: &mut dyn Names) -> TokenStream {
    let text = text.readable_literal();
    if !is_exact {
        return text;
    }
    let ty = rust_type::rust(ty, names);
    quote!(#ty::from(#text))
}

fn document(value: &Document, names: &mut dyn Names) -> TokenStream {
    let ty = rust_type::rust(&Type::Document, names);
    match value {
        Document::Null => quote!(#ty::Null),
        Document::Boolean(value) => quote!(#ty::from(#value)),
        Document::String(text) => {
            let text = text.readable_literal();
            quote!(#ty::from(#text))
        }
        Document::Number(digits) => {
            let number = digits
                .number::<i32>()
                .filter(|number| *digits == *number.to_string());
            match number.map(Literal::i32_unsuffixed) {
                Some(number) => quote!(#ty::from(#number)),
                None => {
                    let digits = digits.literal();
                    quote!(#ty::Number(#digits.parse().unwrap()))
                }
            }
        }
        Document::Array(items) => {
            let items = items.iter().map(|item| document(item, names));
            let items: Vec<TokenStream> = items.collect();
            quote!(#ty::Array(vec![#(#items),*]))
        }
        Document::Object(members) if members.is_empty() => {
            let map = names.map();
            quote!(#ty::Object(#map::new()))
        }
        Document::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let (name, value) = (name.literal(), document(value, names));
                quote!((#name, #value))
            });
            let members: Vec<TokenStream> = members.collect();
            quote!(#ty::from_iter([#(#members),*]))
        }
    }
}

fn enum_member(ty: &Ident, value: &EnumMember) -> TokenStream {
    match value {
        EnumMember::Variant(name) => {
            let name = ident(name);
            quote!(#ty::#name)
        }
        EnumMember::Text(text) => {
            let text = text.literal();
            quote!(#ty::from(#text))
        }
        EnumMember::Number(number) => {
            let number = Literal::i32_unsuffixed(*number);
            quote!(#ty::from(#number))
        }
    }
}

/// Setters convert the items of lists and maps that are not sparse, one level deep.
fn items_of(position: Position, sparse: bool) -> Position {
    match position {
        Position::Argument if !sparse => Position::Item,
        _ => Position::Exact,
    }
}

fn list(
    item: &Type,
    sparse: bool,
    items: &[Value],
    position: Position,
    names: &mut dyn Names,
) -> TokenStream {
    if items.is_empty() && position == Position::Exact {
        return quote!(Vec::new());
    }
    if items.is_empty() {
        let item = rust_type::element(item, sparse, names);
        return quote!(Vec::<#item>::new());
    }
    let position = items_of(position, sparse);
    let items: Vec<TokenStream> = items
        .iter()
        .map(|item| expression(item, position, names))
        .collect();
    match position {
        Position::Exact => quote!(vec![#(#items),*]),
        _ => quote!([#(#items),*]),
    }
}

fn map(
    [key, value]: [&Type; 2],
    sparse: bool,
    entries: &[(Value, Value)],
    position: Position,
    names: &mut dyn Names,
) -> TokenStream {
    if entries.is_empty() && position == Position::Exact {
        let map = names.map();
        return quote!(#map::new());
    }
    if entries.is_empty() {
        let map = names.map();
        let (key, value) = (
            rust_type::rust(key, names),
            rust_type::element(value, sparse, names),
        );
        return quote!(#map::<#key, #value>::new());
    }
    let position = items_of(position, sparse);
    let entries = entries.iter().map(|(key, value)| {
        let (key, value) = (
            expression(key, position, names),
            expression(value, position, names),
        );
        quote!((#key, #value))
    });
    let entries: Vec<TokenStream> = entries.collect();
    match position {
        Position::Exact => {
            let map = names.map();
            quote!(#map::from([#(#entries),*]))
        }
        _ => quote!([#(#entries),*]),
    }
}
