//! Random values of shapes, in the form that the documentation of `smithy_rt::serde` describes.

use crate::common::Random;
use serde_json::{Map, Value, json};
use smithy_model::traits::{DEFAULT, ENUM_VALUE, REQUIRED, SPARSE};
use smithy_model::{Member, Model, Shape, ShapeId, ShapeKind, Simple, prelude};

/// The depth at which optional members and items of collections end.
const DEEPEST: usize = 4;

const TEXTS: [&str; 6] = [
    "",
    "a",
    "two words",
    "\"quotes\" \\ \u{7}",
    "äß漢\u{1f600}",
    "null",
];

pub(crate) struct Sampler<'m> {
    model: &'m Model,
    random: Random,
    /// Whether all members are set. Else, a random half of the optional ones.
    full: bool,
    /// Whether unions have only members of the model.
    known: bool,
}

impl<'m> Sampler<'m> {
    /// The values of seed 0 have all members.
    pub(crate) fn new(model: &'m Model, seed: u64) -> Self {
        Self {
            model,
            random: Random(0x9e37_79b9_7f4a_7c15 ^ (seed << 32 | seed)),
            full: seed == 0,
            known: false,
        }
    }

    /// Like [`Sampler::new`], without union members that are not in the model.
    #[allow(dead_code, reason = "only one of the tests uses it")]
    pub(crate) fn known(model: &'m Model, seed: u64) -> Self {
        Self {
            known: true,
            ..Self::new(model, seed)
        }
    }

    pub(crate) fn shape(&mut self, id: &ShapeId) -> Value {
        self.target(id, 0)
    }

    fn target(&mut self, id: &ShapeId, depth: usize) -> Value {
        let shape = self.model.shape(id).or_else(|| prelude(&id.to_string()));
        self.value(shape.unwrap_or_else(|| panic!("no shape {id}")), depth)
    }

    fn value(&mut self, shape: &Shape, depth: usize) -> Value {
        let is_sparse = SPARSE.is_on(&shape.traits);
        match &shape.kind {
            ShapeKind::Simple(simple) => self.simple(*simple),
            ShapeKind::Enum(members) => match self.any(members.len() + 1) {
                0 => json!("not in the model"),
                index => self.enum_value(members.get_index(index - 1).unwrap().1),
            },
            ShapeKind::IntEnum(members) => match self.any(members.len() + 1) {
                0 => json!(-77),
                index => self.enum_value(members.get_index(index - 1).unwrap().1),
            },
            ShapeKind::List(member) => {
                let items = (0..self.length(depth)).map(|_| self.element(member, is_sparse, depth));
                items.collect::<Vec<_>>().into()
            }
            ShapeKind::Map { key, value } => {
                let mut entries = Map::new();
                for _ in 0..self.length(depth) {
                    let key = self.target(&key.target, depth + 1);
                    let value = self.element(value, is_sparse, depth);
                    entries.insert(key.as_str().unwrap().to_owned(), value);
                }
                entries.into()
            }
            // `smithy.api#Unit` is a structure without members.
            ShapeKind::Structure(members) => {
                let mut object = Map::new();
                for (name, member) in members {
                    // A member with a default is written if it is absent.
                    let needed = REQUIRED.is_on(&member.traits) || DEFAULT.is_on(&member.traits);
                    if needed || depth < DEEPEST && (self.full || self.any(2) == 0) {
                        object.insert(name.clone(), self.target(&member.target, depth + 1));
                    }
                }
                object.into()
            }
            ShapeKind::Union(members) => {
                let index = self.any(members.len() + usize::from(!self.known));
                match members.get_index(index) {
                    Some((name, member))
                        if self.known || depth < DEEPEST || !self.nests(member) =>
                    {
                        json!({ name: self.target(&member.target, depth + 1) })
                    }
                    _ => json!({ "not in the model": self.document(depth) }),
                }
            }
            _ => panic!("{} is not data", shape.id),
        }
    }

    fn enum_value(&self, member: &Member) -> Value {
        let value = ENUM_VALUE.node(&member.traits).unwrap();
        match (value.as_str(), value.as_i64()) {
            (Some(text), _) => json!(text),
            (None, number) => json!(number.unwrap()),
        }
    }

    /// Whether the target is an aggregate shape.
    fn nests(&self, member: &Member) -> bool {
        self.model.shape(&member.target).is_some_and(|target| {
            matches!(target.kind, ShapeKind::Structure(_) | ShapeKind::Union(_))
        })
    }

    fn element(&mut self, member: &Member, is_sparse: bool, depth: usize) -> Value {
        if is_sparse && self.any(2) == 0 {
            Value::Null
        } else {
            self.target(&member.target, depth + 1)
        }
    }

    fn length(&mut self, depth: usize) -> usize {
        if depth < DEEPEST { self.any(3) } else { 0 }
    }

    fn simple(&mut self, simple: Simple) -> Value {
        let pick = self.any(4);
        match simple {
            Simple::Boolean => json!(pick < 2),
            Simple::String => json!(self.text()),
            Simple::Blob => json!(["", "AA==", "/+8=", "aGVsbG8="][pick]),
            Simple::Byte => json!([0, -1, i8::MIN, i8::MAX][pick]),
            Simple::Short => json!([0, -1, i16::MIN, i16::MAX][pick]),
            Simple::Integer => json!([0, -1, i32::MIN, i32::MAX][pick]),
            Simple::Long => json!([0, -1, i64::MIN, i64::MAX][pick]),
            // Values that have a few binary digits, so that serde_json reads the same number.
            Simple::Float | Simple::Double => [
                json!(0.125),
                json!(-3.0e7),
                json!("NaN"),
                json!("-Infinity"),
            ][pick]
                .clone(),
            Simple::BigInteger => {
                json!(["0", "-1", "7", "340282366920938463463374607431768211456"][pick])
            }
            Simple::BigDecimal => json!(
                [
                    "0",
                    "1.10",
                    "-1e400",
                    "0.1000000000000000000000000000000001"
                ][pick]
            ),
            Simple::Timestamp => json!(
                [
                    "1970-01-01T00:00:00Z",
                    "0001-01-01T00:00:00Z",
                    "9999-12-31T23:59:59.999999999Z",
                    "2024-02-29T12:00:00.5Z",
                ][pick]
            ),
            Simple::Document => self.document(DEEPEST - 2),
        }
    }

    /// A document, which is not null, since binary formats have null for an absent member.
    fn document(&mut self, depth: usize) -> Value {
        match self.any(if depth < DEEPEST { 7 } else { 5 }) {
            0 => json!(true),
            1 => json!(i64::MIN),
            2 => json!(u64::MAX),
            3 => json!(-0.75),
            4 => json!(self.text()),
            5 => json!([null, self.document(depth + 1)]),
            _ => json!({ "": null, "a b": self.document(depth + 1) }),
        }
    }

    fn text(&mut self) -> &'static str {
        TEXTS[self.any(TEXTS.len())]
    }

    fn any(&mut self, bound: usize) -> usize {
        self.random.below(bound)
    }
}
