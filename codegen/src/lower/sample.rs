//! The call that the generator makes up for the documentation of an operation: with every member of
//! the input that is worth showing, and the required members of structures in it.

use crate::graph::examples::Sample;
use crate::graph::member::{Constraints, Kind, Member, Named, Type};
use crate::graph::service::Shapes;
use crate::graph::shape::{EnumValue, ErrorShape, Shape, Structure, Union, Variant};
use crate::graph::timestamp::Timestamp;
use crate::graph::value::{EnumMember, MemberValue, StructureValue, Value};
use crate::lower::names::case::snake_case;
use crate::lower::operations::Messages;
use crate::lower::sample_text;
use crate::text::Text;

/// How deep collections and unions nest in a sample. Required members of structures go deeper.
const DEPTH: usize = 4;
/// How deep structures nest in a sample.
pub(crate) const DEEPEST: usize = 32;
/// How many items a list may have for the `length` trait.
const MOST_ITEMS: usize = 5;
/// How many values a sample may have. Structures that require each other twice double the number at
/// each level; the largest sample of an operation of AWS has 32 values.
pub(crate) const MOST_VALUES: usize = 2_000;

/// The sample of an operation; `None` if it would be too large.
pub(crate) fn of(messages: &Messages, shapes: &Shapes) -> Option<Sample> {
    let input = &messages.input;
    let mut sampler = Sampler {
        shapes,
        deprecated: input.deprecated.is_some() || messages.output.deprecated.is_some(),
        left: MOST_VALUES,
    };
    let is_shown = |member: &&Member| {
        let filled_in = member.token || member.fallback.is_some();
        !filled_in && (member.deprecated.is_none() || member.is_required())
    };
    let members = sampler.members(input.members.iter().filter(is_shown), 0)?;
    Some(Sample {
        input: members,
        deprecated: sampler.deprecated,
    })
}

struct Sampler<'s> {
    shapes: &'s Shapes,
    /// Whether the sample uses deprecated items.
    deprecated: bool,
    /// How many values the sample may still have.
    left: usize,
}

impl<'s> Sampler<'s> {
    fn members<'m>(
        &mut self,
        members: impl Iterator<Item = &'m Member>,
        depth: usize,
    ) -> Option<Vec<MemberValue>> {
        let value = |member: &Member| {
            Some(MemberValue {
                setter: member.name.rust.clone(),
                value: self.member(member, depth)?,
            })
        };
        members.map(value).collect()
    }

    fn member(&mut self, member: &Member, depth: usize) -> Option<Value> {
        self.left = self.left.checked_sub(1).filter(|left| *left > 0)?;
        self.deprecated |= member.deprecated.is_some();
        let readable = readable(&member.name.model);
        let constraints = &member.constraints;
        let number = || within(1.0, constraints) as i64;
        Some(match &member.ty {
            Type::Byte => Value::Byte(number().try_into().unwrap_or(1)),
            Type::Short => Value::Short(number().try_into().unwrap_or(1)),
            Type::Integer => Value::Integer(number().try_into().unwrap_or(1)),
            Type::Long => Value::Long(number()),
            Type::Float => Value::Float(within(1.5, constraints) as f32),
            Type::Double => Value::Double(within(1.5, constraints)),
            Type::String | Type::Blob => {
                let text = sample_text::of(&readable, constraints);
                self.value(&member.ty, &text, depth)?
            }
            ty => {
                let mut value = self.value(ty, &Text::new(&readable), depth)?;
                repeat(&mut value, constraints);
                value
            }
        })
    }

    /// A value; `name` is the text of strings in it.
    fn value(&mut self, ty: &Type, name: &Text, depth: usize) -> Option<Value> {
        Some(match ty {
            Type::Boolean => Value::Boolean(true),
            Type::Byte => Value::Byte(1),
            Type::Short => Value::Short(1),
            Type::Integer => Value::Integer(1),
            Type::Long => Value::Long(1),
            Type::Float => Value::Float(1.5),
            Type::Double => Value::Double(1.5),
            Type::BigInteger => Value::BigInteger("1".into()),
            Type::BigDecimal => Value::BigDecimal("1".into()),
            Type::String => Value::String(name.clone()),
            Type::Blob => Value::Bytes(name.clone()),
            Type::Stream { .. } => Value::File(name.clone()),
            Type::Document => Value::DocumentText(name.clone()),
            Type::Timestamp => Value::Timestamp(Timestamp {
                seconds: 1_700_000_000,
                nanos: 0,
            }),
            Type::Unit => Value::Unit,
            Type::Named(named) => self.named(named, depth + 1)?,
            Type::Boxed(inner) => Value::Boxed(Box::new(self.value(inner, name, depth)?)),
            Type::List { item, sparse } => Value::List {
                item: (**item).clone(),
                sparse: *sparse,
                items: match depth {
                    DEPTH.. => Vec::new(),
                    _ => vec![element(self.value(item, name, depth + 1)?, *sparse)],
                },
            },
            Type::Map { key, value, sparse } => Value::Map {
                key: (**key).clone(),
                value: (**value).clone(),
                sparse: *sparse,
                entries: match depth {
                    DEPTH.. => Vec::new(),
                    _ => vec![(
                        self.value(key, &"key".into(), depth + 1)?,
                        element(self.value(value, &"value".into(), depth + 1)?, *sparse),
                    )],
                },
            },
        })
    }

    fn named(&mut self, named: &Named, depth: usize) -> Option<Value> {
        let shape = self.shapes.get(&named.id)?;
        self.deprecated |= shape.deprecated().is_some();
        match shape {
            Shape::Structure(structure) | Shape::Error(ErrorShape { structure, .. }) => {
                self.structure(structure, depth)
            }
            Shape::Union(union) => self.union(union, depth),
            Shape::Enum(shape) => Some(Value::Enum {
                ty: shape.name.rust.clone(),
                value: self
                    .variant(&shape.values)
                    .unwrap_or_else(|| EnumMember::Text("value".into())),
            }),
            Shape::IntEnum(shape) => Some(Value::Enum {
                ty: shape.name.rust.clone(),
                value: self.variant(&shape.values).unwrap_or(EnumMember::Number(1)),
            }),
        }
    }

    /// The first value that is not deprecated, or else the first.
    fn variant<T>(&mut self, values: &[EnumValue<T>]) -> Option<EnumMember> {
        let value = values
            .iter()
            .find(|value| value.deprecated.is_none())
            .or(values.first())?;
        self.deprecated |= value.deprecated.is_some();
        Some(EnumMember::Variant(value.rust.clone()))
    }

    /// A structure with its required members.
    fn structure(&mut self, structure: &Structure, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        Some(Value::Structure(StructureValue {
            ty: structure.name.rust.clone(),
            has_builder: !structure.members.is_empty(),
            members: self.members(structure.required(), depth)?,
        }))
    }

    /// The first variant that ends the nesting where it is deep, one that is not deprecated if
    /// there is any.
    fn union(&mut self, union: &Union, depth: usize) -> Option<Value> {
        let is_possible = |variant: &&Variant| depth < DEPTH || !nests(&variant.ty);
        let mut variants = union.variants.iter().filter(is_possible);
        let first = variants.clone().next();
        let Some(variant) = variants
            .find(|variant| variant.deprecated.is_none())
            .or(first)
        else {
            return Some(Value::UnknownUnion(union.name.rust.clone()));
        };
        self.deprecated |= variant.deprecated.is_some();
        let value = self.value(&variant.ty, &Text::new(&readable(&variant.model)), depth)?;
        Some(Value::Union {
            ty: union.name.rust.clone(),
            variant: variant.rust.clone(),
            value: Box::new(value),
            converts: variant.distinct,
        })
    }
}

/// A text for a member, such as `app-bundle-identifier`.
fn readable(member: &str) -> String {
    snake_case(member).replace('_', "-")
}

/// The number, or the nearest one within the `range` trait.
fn within(number: f64, constraints: &Constraints) -> f64 {
    let bound = |bound: &Option<Text>| bound.as_ref().and_then(|it| it.number::<f64>());
    let Some(range) = &constraints.range else {
        return number;
    };
    let number = bound(&range.min).map_or(number, |min| number.max(min));
    bound(&range.max).map_or(number, |max| number.min(max))
}

/// Repeats the item of a list as often as the `length` trait requires. Lists of unique items are
/// not repeated.
fn repeat(value: &mut Value, constraints: &Constraints) {
    let min = constraints.length.as_ref().and_then(|it| it.min.as_ref());
    let count = min.and_then(|min| min.number::<usize>()).unwrap_or(1);
    match value {
        Value::List { items, .. } if count <= MOST_ITEMS && !constraints.unique => {
            // Values with values in them are not repeated, so that samples stay small.
            let is_simple = |item: &Value| {
                !matches!(
                    item,
                    Value::Structure(_)
                        | Value::Union { .. }
                        | Value::List { .. }
                        | Value::Map { .. }
                )
            };
            if let [item] = items.as_slice()
                && is_simple(item)
            {
                *items = vec![item.clone(); count.max(1)];
            }
        }
        Value::Boxed(value) => repeat(value, constraints),
        _ => {}
    }
}

fn element(value: Value, sparse: bool) -> Value {
    if sparse {
        Value::Element(Some(Box::new(value)))
    } else {
        value
    }
}

/// Whether a value of the type has values of other shapes in it.
fn nests(ty: &Type) -> bool {
    match ty {
        Type::Named(named) => matches!(named.kind, Kind::Structure(_) | Kind::Union),
        Type::Boxed(inner) => nests(inner),
        _ => false,
    }
}
