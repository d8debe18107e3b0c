//! Values that the model gives as JSON become values of the graph's types: the parameters of
//! protocol tests (Smithy, "HTTP protocol compliance tests", "Parameter format") and the inputs of
//! examples.

use crate::graph::member::{Named, Type};
use crate::graph::service::Shapes;
use crate::graph::shape::{Enum, IntEnum, Shape, Structure, Union};
use crate::graph::timestamp::Timestamp;
use crate::graph::value::{Document, EnumMember, MemberValue, StructureValue, Value};
use crate::text::Text;
use smithy_model::{Entry, Node, ShapeId, Span};
use std::collections::BTreeMap;
use std::str::FromStr;

/// Why a value does not fit its type.
#[derive(Debug)]
pub(crate) struct Mismatch {
    /// The way to the value, such as `.items[0].name`, from the value that was to be converted.
    path: String,
    problem: Problem,
    /// Where the value stands.
    pub(crate) span: Span,
}

#[derive(Debug)]
enum Problem {
    /// The value, and what is expected in its place.
    Unexpected(String, &'static str),
    /// A required member of this structure is missing.
    Missing(ShapeId),
    /// This structure or union has no such member.
    UnknownMember(ShapeId),
}

impl Mismatch {
    fn unexpected(expected: &'static str, value: &Node) -> Self {
        // Long values are described.
        let json = value.to_json();
        let shown = if json.len() <= 40 {
            format!("`{json}`")
        } else {
            value.kind_name().to_owned()
        };
        Self::of(Problem::Unexpected(shown, expected), value.span)
    }

    fn of(problem: Problem, span: Span) -> Self {
        Self {
            path: String::new(),
            problem,
            span,
        }
    }

    /// The same one step further out.
    fn below(mut self, step: &str) -> Self {
        self.path.insert_str(0, step);
        self
    }

    /// Whether a structure or union has no such member.
    pub(crate) fn is_unknown_member(&self) -> bool {
        matches!(self.problem, Problem::UnknownMember(_))
    }

    /// The problem as a sentence; `root` is the name of the value that was to be converted.
    pub(crate) fn message(&self, root: &str) -> String {
        let path = format!("`{root}{}`", self.path);
        match &self.problem {
            Problem::Unexpected(shown, expected) => format!("{path} is {shown}, not {expected}"),
            Problem::Missing(shape) => format!("{path} is missing, but `{shape}` requires it"),
            Problem::UnknownMember(shape) => format!("{path} is not a member of `{shape}`"),
        }
    }
}

/// Converts values, by the shapes that they refer to.
pub(crate) struct Values<'s> {
    pub(crate) shapes: &'s Shapes,
}

impl Values<'_> {
    /// A structure; members that are null are not set.
    pub(crate) fn structure(
        &self,
        structure: &Structure,
        node: &Node,
    ) -> Result<StructureValue, Mismatch> {
        Ok(StructureValue {
            ty: structure.name.rust.clone(),
            has_builder: !structure.members.is_empty(),
            members: self.members(structure, node)?,
        })
    }

    /// The members of a structure; those that are null are not set.
    pub(crate) fn members(
        &self,
        structure: &Structure,
        node: &Node,
    ) -> Result<Vec<MemberValue>, Mismatch> {
        let Some(given) = node.as_object() else {
            return Err(Mismatch::unexpected("an object", node));
        };
        if let Some((name, entry)) = given
            .iter()
            .find(|(name, _)| structure.member(name).is_none())
        {
            return Err(unknown_member(&structure.id, name, entry));
        }
        let mut members = Vec::new();
        for member in &structure.members {
            let name = &member.name.model;
            match node.get(name).filter(|value| !value.is_null()) {
                Some(value) => members.push(MemberValue {
                    setter: member.name.rust.clone(),
                    value: self
                        .value(&member.ty, value)
                        .map_err(|mismatch| mismatch.below(&format!(".{name}")))?,
                }),
                None if member.is_required() => {
                    let problem = Problem::Missing(structure.id.clone());
                    return Err(Mismatch::of(problem, node.span).below(&format!(".{name}")));
                }
                None => {}
            }
        }
        Ok(members)
    }

    fn value(&self, ty: &Type, node: &Node) -> Result<Value, Mismatch> {
        const FLOAT: &str = "a number, `NaN`, `Infinity` or `-Infinity`";
        let (value, expected) = match ty {
            Type::Named(named) => return self.named(named, node),
            Type::List { item, sparse } => return self.list(item, *sparse, node),
            Type::Map { key, value, sparse } => return self.map([key, value], *sparse, node),
            Type::Boxed(inner) => return Ok(Value::Boxed(Box::new(self.value(inner, node)?))),
            Type::Document => return Ok(Value::Document(document(node))),
            Type::Boolean => (node.as_bool().map(Value::Boolean), "a boolean"),
            Type::Byte => (integer(node).map(Value::Byte), "a whole number of 8 bits"),
            Type::Short => (integer(node).map(Value::Short), "a whole number of 16 bits"),
            Type::Integer => (
                integer(node).map(Value::Integer),
                "a whole number of 32 bits",
            ),
            Type::Long => (integer(node).map(Value::Long), "a whole number of 64 bits"),
            Type::Float => (float(node, f32::is_finite).map(Value::Float), FLOAT),
            Type::Double => (float(node, f64::is_finite).map(Value::Double), FLOAT),
            Type::BigInteger => (big_integer(node).map(Value::BigInteger), "a whole number"),
            Type::BigDecimal => (big_decimal(node).map(Value::BigDecimal), "a number"),
            Type::String => (text(node).map(Value::String), "a string"),
            Type::Blob => (text(node).map(Value::Blob), "a string"),
            Type::Stream { .. } => (text(node).map(Value::Stream), "a string"),
            Type::Timestamp => (
                Timestamp::of(node).map(Value::Timestamp),
                "seconds since 1970, or a date and time",
            ),
            Type::Unit => (node.as_object().map(|_| Value::Unit), "an object"),
        };
        value.ok_or_else(|| Mismatch::unexpected(expected, node))
    }

    fn list(&self, item: &Type, sparse: bool, node: &Node) -> Result<Value, Mismatch> {
        let given = node
            .as_array()
            .ok_or_else(|| Mismatch::unexpected("an array", node))?;
        let element = |(index, node)| {
            self.element(item, sparse, node)
                .map_err(|mismatch| mismatch.below(&format!("[{index}]")))
        };
        Ok(Value::List {
            item: item.clone(),
            sparse,
            items: given
                .iter()
                .enumerate()
                .map(element)
                .collect::<Result<_, _>>()?,
        })
    }

    fn map(&self, [key, value]: [&Type; 2], sparse: bool, node: &Node) -> Result<Value, Mismatch> {
        let given = node
            .as_object()
            .ok_or_else(|| Mismatch::unexpected("an object", node))?;
        let entry = |(name, entry): (&String, &Entry)| {
            let text = Node {
                value: smithy_model::Value::String(name.clone()),
                span: entry.key,
            };
            let pair = self
                .value(key, &text)
                .and_then(|key| Ok((key, self.element(value, sparse, &entry.node)?)));
            pair.map_err(|mismatch| mismatch.below(&format!("[{name:?}]")))
        };
        Ok(Value::Map {
            key: key.clone(),
            value: value.clone(),
            sparse,
            entries: sorted(given).map(entry).collect::<Result<_, _>>()?,
        })
    }

    fn element(&self, ty: &Type, sparse: bool, node: &Node) -> Result<Value, Mismatch> {
        if !sparse {
            return self.value(ty, node);
        }
        let value = match node.is_null() {
            true => None,
            false => Some(Box::new(self.value(ty, node)?)),
        };
        Ok(Value::Element(value))
    }

    fn named(&self, named: &Named, node: &Node) -> Result<Value, Mismatch> {
        match self.shapes.get(&named.id) {
            Some(Shape::Structure(structure)) => {
                Ok(Value::Structure(self.structure(structure, node)?))
            }
            Some(Shape::Error(error)) => {
                Ok(Value::Structure(self.structure(&error.structure, node)?))
            }
            Some(Shape::Union(union)) => self.union(union, node),
            Some(Shape::Enum(shape)) => string_enum(shape, node),
            Some(Shape::IntEnum(shape)) => int_enum(shape, node),
            None => Err(Mismatch::unexpected("of a type that is generated", node)),
        }
    }

    /// The one member of a union that is set.
    fn union(&self, union: &Union, node: &Node) -> Result<Value, Mismatch> {
        let given = node.as_object().into_iter().flatten();
        let set: Vec<_> = given.filter(|(_, entry)| !entry.node.is_null()).collect();
        let [(name, entry)] = set.as_slice() else {
            return Err(Mismatch::unexpected(
                "an object with one member of the union",
                node,
            ));
        };
        let Some(variant) = union
            .variants
            .iter()
            .find(|variant| variant.model == **name)
        else {
            return Err(unknown_member(&union.id, name, entry));
        };
        let value = self
            .value(&variant.ty, &entry.node)
            .map_err(|mismatch| mismatch.below(&format!(".{name}")))?;
        Ok(Value::Union {
            ty: union.name.rust.clone(),
            variant: variant.rust.clone(),
            value: Box::new(value),
            converts: false,
        })
    }
}

fn unknown_member(shape: &ShapeId, name: &str, entry: &Entry) -> Mismatch {
    let problem = Problem::UnknownMember(shape.clone());
    Mismatch::of(problem, entry.key).below(&format!(".{name}"))
}

/// The members of an object by name, so that the order in the model does not matter.
fn sorted<'n>(
    members: impl IntoIterator<Item = (&'n String, &'n Entry)>,
) -> impl Iterator<Item = (&'n String, &'n Entry)> {
    members.into_iter().collect::<BTreeMap<_, _>>().into_iter()
}

fn integer<T: TryFrom<i64>>(node: &Node) -> Option<T> {
    node.as_i64()?.try_into().ok()
}

/// A finite number of digits, or the name of a number that is not finite.
fn float<T: FromStr + Copy>(node: &Node, is_finite: fn(T) -> bool) -> Option<T> {
    match node.as_str() {
        Some("NaN" | "Infinity" | "-Infinity") => node.as_str()?.parse().ok(),
        Some(_) => None,
        None => node.as_number()?.parse().ok().filter(|it| is_finite(*it)),
    }
}

fn big_integer(node: &Node) -> Option<Text> {
    let digits = digits(node)?;
    digits.parse::<smithy_rt::BigInteger>().ok()?;
    Some(Text::new(digits))
}

fn big_decimal(node: &Node) -> Option<Text> {
    let digits = digits(node)?;
    digits.parse::<smithy_rt::BigDecimal>().ok()?;
    Some(Text::new(digits))
}

/// The digits of a number, which may be written as a string.
fn digits(node: &Node) -> Option<&str> {
    node.as_number().or_else(|| node.as_str())
}

fn text(node: &Node) -> Option<Text> {
    node.as_str().map(Text::new)
}

fn document(node: &Node) -> Document {
    match &node.value {
        smithy_model::Value::Null => Document::Null,
        smithy_model::Value::Bool(value) => Document::Boolean(*value),
        smithy_model::Value::String(text) => Document::String(Text::new(text)),
        smithy_model::Value::Number(digits) => Document::Number(Text::new(digits)),
        smithy_model::Value::Array(items) => Document::Array(items.iter().map(document).collect()),
        smithy_model::Value::Object(members) => Document::Object(
            sorted(members)
                .map(|(name, entry)| (Text::new(name), document(&entry.node)))
                .collect(),
        ),
    }
}

/// The variant of the value, or the value itself if the enum does not have it.
fn string_enum(shape: &Enum, node: &Node) -> Result<Value, Mismatch> {
    let text = node
        .as_str()
        .ok_or_else(|| Mismatch::unexpected("a string", node))?;
    let known = shape.values.iter().find(|known| known.value == text);
    Ok(Value::Enum {
        ty: shape.name.rust.clone(),
        value: match known {
            Some(known) => EnumMember::Variant(known.rust.clone()),
            None => EnumMember::Text(Text::new(text)),
        },
    })
}

/// The same for the number of an integer enum.
fn int_enum(shape: &IntEnum, node: &Node) -> Result<Value, Mismatch> {
    let number =
        integer(node).ok_or_else(|| Mismatch::unexpected("a whole number of 32 bits", node))?;
    let known = shape.values.iter().find(|known| known.value == number);
    Ok(Value::Enum {
        ty: shape.name.rust.clone(),
        value: match known {
            Some(known) => EnumMember::Variant(known.rust.clone()),
            None => EnumMember::Number(number),
        },
    })
}
