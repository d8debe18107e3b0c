//! Types and defaults as text.

use crate::graph::member::{DefaultValue, Type};
use crate::graph::wire::Form;
use crate::text::markdown::{Markdown, code, markdown, name};
use smithy_model::traits::TimestampFormat;

/// A type that contains no shape and no other type.
pub(super) fn simple(ty: &Type, form: Form) -> &'static str {
    match ty {
        Type::Boolean => "`bool`",
        Type::Byte => "`i8`",
        Type::Short => "`i16`",
        Type::Integer => "`i32`",
        Type::Long => "`i64`",
        Type::Float => "`f32`",
        Type::Double => "`f64`",
        Type::BigInteger => "`BigInteger`",
        Type::BigDecimal => "`BigDecimal`",
        Type::String => "`String`",
        Type::Blob => "`Blob`",
        Type::Stream { .. } => "`Body`",
        Type::Timestamp => match form.timestamp {
            Some(TimestampFormat::DateTime) => "`Timestamp` (date-time)",
            Some(TimestampFormat::EpochSeconds) => "`Timestamp` (epoch seconds)",
            Some(TimestampFormat::HttpDate) => "`Timestamp` (HTTP date)",
            None => "`Timestamp`",
        },
        Type::Unit => "no value",
        Type::Document | Type::Named(_) | Type::List { .. } | Type::Map { .. } | Type::Boxed(_) => {
            "`Document`"
        }
    }
}

/// A member's default as a code span.
pub(crate) fn default(ty: &Type, value: &DefaultValue) -> Markdown {
    match value {
        DefaultValue::OfType => code(of_type(ty)),
        DefaultValue::True => code("true"),
        DefaultValue::EmptyArray => code("[]"),
        DefaultValue::EmptyObject => code("{}"),
        DefaultValue::False => code("false"),
        DefaultValue::Integer(number) => markdown!("`{}`", number),
        DefaultValue::Float(number) => markdown!("`{}`", number),
        DefaultValue::Big(text) => text.code(),
        DefaultValue::Timestamp(timestamp) => code(&timestamp.to_string()),
        DefaultValue::Variant(variant) => match ty {
            Type::Named(named) => markdown!("`{}::{}`", name(&named.rust), name(variant)),
            _ => code(variant),
        },
        DefaultValue::Text(text) => code(&format!("{text:?}")),
        DefaultValue::Bytes(bytes) => code(&format!("b\"{}\"", bytes.escape_ascii())),
    }
}

/// The value of `Default::default()` of a type.
fn of_type(ty: &Type) -> &'static str {
    match ty {
        Type::Boolean => "false",
        Type::Float | Type::Double => "0.0",
        Type::String | Type::Blob | Type::Stream { .. } => "\"\"",
        Type::List { .. } => "[]",
        Type::Map { .. } => "{}",
        Type::Document | Type::Unit => "null",
        Type::Boxed(inner) => of_type(inner),
        _ => "0",
    }
}
