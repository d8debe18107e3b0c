//! Types, presence, constraints and sensitivity of members.

use crate::graph::member::{Bounds, Constraints, DefaultValue, Kind, Named, Presence, Type};
use crate::graph::shape::{Blank, Deprecated};
use crate::graph::timestamp::Timestamp;
use crate::graph::wire::{Form, Location, TimestampFormat};
use crate::lower::assemble::Context;
use crate::lower::limits::DEEPEST;
use crate::text;
use crate::text::Text;
use smithy_model::{
    Code, Diagnostic, Log, Member, Node, Shape, ShapeId, ShapeKind, Simple, Traits, Value,
};

impl Context<'_, '_> {
    /// The Rust type of a member.
    pub(crate) fn member_type(&self, member: &Member) -> Type {
        let ty = self.type_of(&member.target);
        if self.recursion.boxes.contains(&member.id) {
            Type::Boxed(Box::new(ty))
        } else {
            ty
        }
    }

    fn type_of(&self, target: &ShapeId) -> Type {
        let Some(shape) = self.closure.model.shape(target) else {
            return Type::Document;
        };
        match &shape.kind {
            ShapeKind::Simple(simple) => simple_type(*simple, &shape.traits),
            ShapeKind::List(item) => Type::List {
                item: Box::new(self.type_of(&item.target)),
                sparse: shape.traits.has("smithy.api#sparse"),
            },
            ShapeKind::Map { key, value } => Type::Map {
                key: Box::new(self.type_of(&key.target)),
                value: Box::new(self.type_of(&value.target)),
                sparse: shape.traits.has("smithy.api#sparse"),
            },
            _ => self.named(shape),
        }
    }

    /// The form of a member's value at a location.
    pub(crate) fn form(&self, member: &Member, location: &Location) -> Form {
        let timestamp = self.modeled_timestamp_format(&member.target, &member.traits);
        let target = self.closure.model.shape(&member.target);
        let is_media = |shape: &Shape| {
            matches!(shape.kind, ShapeKind::Simple(Simple::String))
                && shape.traits.has("smithy.api#mediaType")
        };
        Form {
            timestamp: timestamp.map(|modeled| self.protocol.timestamp_format(location, modeled)),
            base64: matches!(location, Location::Header(_)) && target.is_some_and(is_media),
        }
    }

    /// The format that `timestampFormat` gives the timestamps in a type; `None` if it holds no
    /// timestamps.
    fn modeled_timestamp_format(
        &self,
        target: &ShapeId,
        traits: &Traits,
    ) -> Option<Option<TimestampFormat>> {
        let shape = self.closure.model.shape(target)?;
        match &shape.kind {
            ShapeKind::Simple(Simple::Timestamp) => {
                Some(timestamp_format(traits).or_else(|| timestamp_format(&shape.traits)))
            }
            ShapeKind::List(item) | ShapeKind::Map { value: item, .. } => {
                self.modeled_timestamp_format(&item.target, &item.traits)
            }
            _ => None,
        }
    }

    fn named(&self, shape: &Shape) -> Type {
        let Some(name) = self.names.types.get(&shape.id) else {
            return Type::Unit;
        };
        let kind = match &shape.kind {
            ShapeKind::Union(_) => Kind::Union,
            ShapeKind::Enum(_) => Kind::Enum,
            ShapeKind::IntEnum(_) => Kind::IntEnum,
            ShapeKind::Structure(members) => {
                Kind::Structure(self.blank_of(&shape.id, members.values()))
            }
            _ => return Type::Document,
        };
        Type::Named(Named {
            id: shape.id.clone(),
            rust: name.rust.clone(),
            kind,
        })
    }

    /// How a nested structure with these members is made blank; what [`blank`] says of the finished
    /// members.
    fn blank_of<'a>(&self, id: &ShapeId, members: impl Iterator<Item = &'a Member>) -> Blank {
        if let Some(known) = self.blanks.borrow().get(id) {
            return *known;
        }
        let presence = |member| {
            self.presence(
                member,
                &Location::Body,
                Position::Nested,
                &mut Log::default(),
            )
        };
        let blank = blank(members.map(presence));
        self.blanks.borrow_mut().insert(id.clone(), blank);
        blank
    }

    /// Whether a member is required, optional or has a default (Smithy, "Structure member
    /// optionality").
    pub(crate) fn presence(
        &self,
        member: &Member,
        location: &Location,
        position: Position,
        log: &mut Log,
    ) -> Presence {
        let traits = &member.traits;
        let required = traits.has("smithy.api#required");
        if self.is_token(member, position) {
            return Presence::Optional;
        }
        // A stream that is not there is one without bytes (Smithy, "Streaming traits").
        if self.is_stream(member) && (!required || traits.has("smithy.api#clientOptional")) {
            return Presence::Default(DefaultValue::OfType);
        }
        let in_host = position == Position::Input && traits.has("smithy.api#hostLabel");
        if in_host || matches!(location, Location::Label { .. }) {
            return Presence::Required;
        }
        if traits.has("smithy.api#clientOptional") {
            return Presence::Optional;
        }
        // A client does not send top-level defaults: the service may change them.
        let default = traits
            .get("smithy.api#default")
            .filter(|node| !matches!(node.value, Value::Null));
        if let Some(node) = default.filter(|_| required || position == Position::Nested) {
            match self.default(member, node) {
                None => log.push(bad_default(member, node)),
                Some(value) => match self.constraints(member).violation(&value, node) {
                    None => return Presence::Default(value),
                    Some(constraint) => log.push(default_outside(member, node, constraint)),
                },
            }
        }
        if required {
            Presence::Required
        } else {
            Presence::Optional
        }
    }

    /// Whether the client fills the member in (Smithy, "idempotencyToken trait").
    pub(crate) fn is_token(&self, member: &Member, position: Position) -> bool {
        position == Position::Input && member.traits.has("smithy.api#idempotencyToken")
    }

    fn is_stream(&self, member: &Member) -> bool {
        let target = self.closure.model.shape(&member.target);
        target.is_some_and(|target| target.traits.has("smithy.api#streaming"))
    }

    fn default(&self, member: &Member, node: &Node) -> Option<DefaultValue> {
        use DefaultValue::{Bytes, EmptyArray, EmptyObject, False, OfType, Text, True, Variant};
        let shape = self.closure.model.shape(&member.target)?;
        let value = match (&shape.kind, &node.value) {
            (ShapeKind::Simple(Simple::Document), Value::Array(_)) => EmptyArray,
            (ShapeKind::Simple(Simple::Document), Value::Object(_)) => EmptyObject,
            (ShapeKind::Simple(Simple::Document), Value::String(text)) => {
                Text(text::Text::new(text))
            }
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
                    variant
                        .traits
                        .get("smithy.api#enumValue")
                        .is_some_and(|value| value == node)
                };
                Variant(
                    self.names
                        .members
                        .get(&members.values().find(same)?.id)?
                        .clone(),
                )
            }
            _ => return None,
        };
        Some(value)
    }

    /// Whether a value of the member must not be shown.
    pub(crate) fn is_sensitive(&self, member: &Member) -> bool {
        member.traits.has("smithy.api#sensitive") || self.is_sensitive_shape(&member.target, 0)
    }

    /// A collection is sensitive if what it holds is; a structure hides its own members.
    fn is_sensitive_shape(&self, id: &ShapeId, depth: usize) -> bool {
        let Some(shape) = self.closure.model.shape(id) else {
            return false;
        };
        let nested =
            |member: &Member| depth < DEEPEST && self.is_sensitive_shape(&member.target, depth + 1);
        shape.traits.has("smithy.api#sensitive")
            || match &shape.kind {
                ShapeKind::List(item) => nested(item),
                ShapeKind::Map { key, value } => nested(key) || nested(value),
                _ => false,
            }
    }

    /// The media type of a string or blob.
    pub(crate) fn media_type(&self, member: &Member) -> Option<Text> {
        let target = self.closure.model.shape(&member.target)?;
        target
            .traits
            .get("smithy.api#mediaType")
            .and_then(Node::as_str)
            .map(Text::new)
    }

    /// The constraints of a member: its own traits, then those of its target.
    pub(crate) fn constraints(&self, member: &Member) -> Constraints {
        let target = self
            .closure
            .model
            .shape(&member.target)
            .map(|shape| &shape.traits);
        let get = |name: &str| {
            member
                .traits
                .get(name)
                .or_else(|| target.and_then(|traits| traits.get(name)))
        };
        Constraints {
            length: get("smithy.api#length").map(bounds),
            range: get("smithy.api#range").map(bounds),
            pattern: get("smithy.api#pattern")
                .and_then(Node::as_str)
                .map(Text::new),
            unique: get("smithy.api#uniqueItems").is_some(),
        }
    }
}

/// Where a structure stands, which decides what its defaults mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    /// The members of an operation's input.
    Input,
    /// Everything else.
    Nested,
}

/// How a structure whose members have these presences is made blank.
pub(crate) fn blank(presences: impl Iterator<Item = Presence>) -> Blank {
    let mut blank = Blank::Derived;
    for presence in presences {
        match presence {
            Presence::Required => return Blank::Private,
            Presence::Default(DefaultValue::OfType) | Presence::Optional => {}
            Presence::Default(_) => blank = Blank::Written,
        }
    }
    blank
}

/// The `deprecated` trait, if it is there.
pub(crate) fn deprecated(traits: &Traits) -> Option<Deprecated> {
    let node = traits.get("smithy.api#deprecated")?;
    let text = |key| node.get(key).and_then(Node::as_str).map(Text::new);
    Some(Deprecated {
        message: text("message"),
        since: text("since"),
    })
}

/// The format that a `timestampFormat` trait names.
fn timestamp_format(traits: &Traits) -> Option<TimestampFormat> {
    match traits.get("smithy.api#timestampFormat")?.as_str()? {
        "date-time" => Some(TimestampFormat::DateTime),
        "epoch-seconds" => Some(TimestampFormat::EpochSeconds),
        "http-date" => Some(TimestampFormat::HttpDate),
        _ => None,
    }
}

fn simple_type(simple: Simple, target: &Traits) -> Type {
    match simple {
        Simple::Blob if target.has("smithy.api#streaming") => Type::Stream {
            sized: target.has("smithy.api#requiresLength"),
        },
        Simple::Blob => Type::Blob,
        Simple::Boolean => Type::Boolean,
        Simple::String => Type::String,
        Simple::Byte => Type::Byte,
        Simple::Short => Type::Short,
        Simple::Integer => Type::Integer,
        Simple::Long => Type::Long,
        Simple::Float => Type::Float,
        Simple::Double => Type::Double,
        Simple::BigInteger => Type::BigInteger,
        Simple::BigDecimal => Type::BigDecimal,
        Simple::Timestamp => Type::Timestamp,
        Simple::Document => Type::Document,
    }
}

fn is_number(simple: Simple) -> bool {
    use Simple::{BigDecimal, BigInteger, Byte, Double, Float, Integer, Long, Short};
    matches!(
        simple,
        Byte | Short | Integer | Long | Float | Double | BigInteger | BigDecimal
    )
}

/// A number that fits: integers are whole, floats finite, big numbers may have any number of
/// digits.
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
        (Simple::BigInteger | Simple::BigDecimal, None) => DefaultValue::Big(Text::new(text)),
        (_, whole) => DefaultValue::Integer(whole?),
    };
    Some(if matches!(value, DefaultValue::Float(0.0)) {
        DefaultValue::OfType
    } else {
        value
    })
}

/// A document holds any number; those that Rust's types do not hold stay text.
fn document_number(text: &str) -> DefaultValue {
    match (text.parse(), text.parse::<f64>()) {
        (Ok(whole), _) => DefaultValue::Integer(whole),
        (Err(_), Ok(number)) if format!("{number}") == text => DefaultValue::Float(number),
        _ => DefaultValue::Big(Text::new(text)),
    }
}

fn decode_base64(text: &str) -> Option<Vec<u8>> {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.decode(text).ok()
}

fn bounds(node: &Node) -> Bounds {
    let bound = |key| node.get(key).and_then(Node::as_number).map(Text::new);
    Bounds {
        min: bound("min"),
        max: bound("max"),
    }
}

/// The service would refuse such a default, so a client does not send it.
fn default_outside(member: &Member, node: &Node, constraint: &str) -> Diagnostic {
    let message = format!(
        "the default of `{}`, {}, does not meet its `{constraint}`, so it is not used",
        member.name,
        node.to_json()
    );
    Diagnostic::warning(Code::BadTraitValue, message)
        .at(node.span)
        .shape(&member.id)
        .help("give a default that the service accepts, or none")
}

fn bad_default(member: &Member, node: &Node) -> Diagnostic {
    let message = format!(
        "`{}` cannot be the default of `{}`, a `{}`",
        node.to_json(),
        member.name,
        member.target.name()
    );
    Diagnostic::error(Code::BadTraitValue, message)
        .at(node.span)
        .shape(&member.id)
        .help("give a value of that type; of lists and maps an empty one")
}
