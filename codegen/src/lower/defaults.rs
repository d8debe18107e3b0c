//! Default values of members.

use crate::graph::member::{Bounds, Constraints, DefaultValue};
use crate::graph::timestamp::Timestamp;
use crate::lower::names::assign::Names;
use crate::select::closure::Closure;
use crate::text;
use smithy_model::traits::ENUM_VALUE;
use smithy_model::{Member, Node, ShapeKind, Simple, Value};

/// The value of the `default` trait; `None` if it does not fit the type of the member.
pub(crate) fn of_member(
    closure: &Closure<'_>,
    names: &Names,
    member: &Member,
    node: &Node,
) -> Option<DefaultValue> {
    use DefaultValue::{Bytes, EmptyArray, EmptyObject, False, OfType, Text, True, Variant};
    let shape = closure.model.shape(&member.target)?;
    let value = match (&shape.kind, &node.value) {
        (ShapeKind::Simple(Simple::Document), Value::Array(_)) => EmptyArray,
        (ShapeKind::Simple(Simple::Document), Value::Object(_)) => EmptyObject,
        (ShapeKind::Simple(Simple::Document), Value::String(text)) => Text(text::Text::new(text)),
        (ShapeKind::Simple(Simple::Document), Value::Number(text)) => document_number(text),
        (ShapeKind::Simple(Simple::Document), Value::Bool(false)) => False,
        (ShapeKind::Simple(Simple::Timestamp), _) => match Timestamp::of(node)? {
            zero if zero.is_zero() => OfType,
            timestamp => DefaultValue::Timestamp(timestamp),
        },
        (ShapeKind::Simple(Simple::Document | Simple::Boolean), Value::Bool(true)) => True,
        (ShapeKind::Simple(Simple::Boolean), Value::Bool(false)) => OfType,
        (ShapeKind::Simple(Simple::String), Value::String(text)) if text.is_empty() => OfType,
        (ShapeKind::Simple(Simple::String), Value::String(text)) => Text(text::Text::new(text)),
        (ShapeKind::Simple(Simple::Blob), Value::String(text)) if text.is_empty() => OfType,
        (ShapeKind::Simple(Simple::Blob), Value::String(text)) => Bytes(decode_base64(text)?),
        (ShapeKind::Simple(simple), Value::Number(text)) if is_number(*simple) => {
            number(*simple, text)?
        }
        (ShapeKind::List(_), Value::Array(items)) if items.is_empty() => OfType,
        (ShapeKind::Map { .. }, Value::Object(entries)) if entries.is_empty() => OfType,
        (ShapeKind::Enum(members) | ShapeKind::IntEnum(members), _) => {
            let same = |variant: &&Member| {
                ENUM_VALUE
                    .node(&variant.traits)
                    .is_some_and(|value| value == node)
            };
            Variant(names.members.get(&members.values().find(same)?.id)?.clone())
        }
        _ => return None,
    };
    Some(value)
}

/// The constraint trait that a default violates: `range` or `length`.
pub(crate) fn violation(
    constraints: &Constraints,
    value: &DefaultValue,
    node: &Node,
) -> Option<&'static str> {
    let length = match value {
        DefaultValue::Bytes(bytes) => Some(bytes.len()),
        _ => node
            .as_str()
            .map(|text| text.chars().count())
            .or_else(|| node.as_array().map(<[Node]>::len))
            .or_else(|| node.as_object().map(indexmap::IndexMap::len)),
    };
    let outside = |bounds: &Option<Bounds>, value: Option<String>| {
        bounds
            .as_ref()
            .zip(value)
            .is_some_and(|(bounds, value)| !bounds.contain(&value))
    };
    if outside(&constraints.range, node.as_number().map(str::to_owned)) {
        Some("range")
    } else {
        outside(&constraints.length, length.map(|length| length.to_string())).then_some("length")
    }
}

fn is_number(simple: Simple) -> bool {
    use Simple::{BigDecimal, BigInteger, Byte, Double, Float, Integer, Long, Short};
    matches!(
        simple,
        Byte | Short | Integer | Long | Float | Double | BigInteger | BigDecimal
    )
}

/// The default of a number: integers must be whole and floats finite. Big numbers may have any
/// number of digits.
fn number(simple: Simple, text: &str) -> Option<DefaultValue> {
    let whole: Option<i64> = text.parse().ok();
    let value = match (simple, whole) {
        (_, Some(0)) => DefaultValue::OfType,
        (Simple::Float, _) if text.parse::<f32>().is_ok_and(f32::is_finite) => {
            DefaultValue::Float(text.parse().ok()?)
        }
        (Simple::Double, _) => DefaultValue::Float(
            text.parse()
                .ok()
                .filter(|number: &f64| number.is_finite())?,
        ),
        (Simple::Float, _) => return None,
        (Simple::BigInteger | Simple::BigDecimal, None) => DefaultValue::Big(text::Text::new(text)),
        (_, whole) => DefaultValue::Integer(whole?),
    };
    Some(if matches!(value, DefaultValue::Float(0.0)) {
        DefaultValue::OfType
    } else {
        value
    })
}

/// The default of a document. Numbers that neither `i64` nor `f64` represents stay text.
fn document_number(text: &str) -> DefaultValue {
    match (text.parse(), text.parse::<f64>()) {
        (Ok(whole), _) => DefaultValue::Integer(whole),
        (Err(_), Ok(number)) if format!("{number}") == text => DefaultValue::Float(number),
        _ => DefaultValue::Big(text::Text::new(text)),
    }
}

fn decode_base64(text: &str) -> Option<Vec<u8>> {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.decode(text).ok()
}
