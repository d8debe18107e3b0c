//! Types in words: a code span cannot hold a link, so `Vec<Tag>` is a list of a linked `Tag`.

use super::page::Page;
use crate::emit::code;
use crate::graph::{DefaultValue, Named, TimestampFormat, Type};

/// Calls a function with every shape that a type names.
pub(super) fn each_named<'t>(ty: &'t Type, visit: &mut impl FnMut(&'t Named)) {
    match ty {
        Type::Named(named) => visit(named),
        Type::List { item, .. } => each_named(item, visit),
        Type::Map { key, value, .. } => {
            each_named(key, visit);
            each_named(value, visit);
        }
        Type::Boxed(inner) => each_named(inner, visit),
        _ => {}
    }
}

impl Page<'_> {
    /// Adds a type.
    pub(super) fn ty(&mut self, ty: &Type) {
        match ty {
            Type::Named(named) => match self.site.service.shapes.get(&named.id) {
                Some(shape) => self.link_type(shape.name()),
                None => self.add(["`", &named.rust, "`"]),
            },
            Type::List { item, sparse } => {
                self.add(["list of "]);
                self.element(item, *sparse);
            }
            Type::Map { key, value, sparse } => {
                self.add(["map from "]);
                self.ty(key);
                self.add([" to "]);
                self.element(value, *sparse);
            }
            Type::Boxed(inner) => {
                self.add(["boxed "]);
                self.ty(inner);
            }
            ty => self.add([simple(ty)]),
        }
    }

    fn element(&mut self, ty: &Type, sparse: bool) {
        if sparse {
            self.add(["nullable "]);
        }
        self.ty(ty);
    }
}

/// A type that names no shape and holds no other.
fn simple(ty: &Type) -> &'static str {
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
        Type::Timestamp(TimestampFormat::DateTime) => "`Timestamp` (date-time)",
        Type::Timestamp(TimestampFormat::EpochSeconds) => "`Timestamp` (epoch seconds)",
        Type::Timestamp(TimestampFormat::HttpDate) => "`Timestamp` (HTTP date)",
        Type::Unit => "no value",
        Type::Document | Type::Named(_) | Type::List { .. } | Type::Map { .. } | Type::Boxed(_) => {
            "`Document`"
        }
    }
}

/// A member's default as a code span.
pub(super) fn default(ty: &Type, value: &DefaultValue) -> String {
    let text = match value {
        DefaultValue::OfType => of_type(ty),
        DefaultValue::True => "true",
        DefaultValue::EmptyArray => "[]",
        DefaultValue::EmptyObject => "{}",
        DefaultValue::False => "false",
        DefaultValue::Integer(number) => return code(&number.to_string()),
        DefaultValue::Float(number) => return code(&number.to_string()),
        DefaultValue::Big(text) => text,
        DefaultValue::Timestamp(timestamp) => return code(&timestamp.to_string()),
        DefaultValue::Variant(name) => match ty {
            Type::Named(named) => return format!("`{}::{name}`", named.rust),
            _ => name,
        },
        DefaultValue::Text(text) => return code(&format!("{text:?}")),
        DefaultValue::Bytes(bytes) => return code(&format!("b\"{}\"", bytes.escape_ascii())),
    };
    code(text)
}

/// What `Default::default()` of a type gives.
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
