//! Members of structures, and what they hold.

use crate::graph::timestamp::Timestamp;
use crate::graph::wire::{Form, Location};
use crate::text::Text;
use crate::text::docs::Docs;
use smithy_model::{Node, ShapeId};

/// A member of a structure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    pub(crate) name: MemberName,
    pub(crate) ty: Type,
    pub(crate) presence: Presence,
    pub(crate) location: Location,
    pub(crate) form: Form,
    /// The client fills it in when it is absent (`idempotencyToken`).
    pub(crate) token: bool,
    /// What is sent when it is absent or empty.
    pub(crate) fallback: Option<&'static str>,
    /// The media type of a string or blob.
    pub(crate) media_type: Option<Text>,
    pub(crate) sensitive: bool,
    pub(crate) constraints: Constraints,
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) docs: Docs,
}

/// The names of a member.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MemberName {
    pub(crate) model: String,
    /// The name in a document.
    pub(crate) wire: Text,
    /// Another name in a document that is read as well.
    pub(crate) alias: Option<Text>,
    /// The Rust field and setter, `r#` included where it is a keyword.
    pub(crate) rust: String,
}

/// Whether a member is there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Presence {
    /// A plain value, without which a builder cannot be built.
    Required,
    /// An `Option`.
    Optional,
    /// A plain value that starts as this.
    Default(DefaultValue),
}

/// A modelled default that fits the member's type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum DefaultValue {
    /// What `Default::default()` of the type gives.
    OfType,
    /// `true`
    True,
    /// `false`, of a document.
    False,
    /// A whole number.
    Integer(i64),
    /// A number that its type can hold.
    Float(f64),
    /// A number of any size, as written.
    Big(Text),
    /// A timestamp other than the start of 1970.
    Timestamp(Timestamp),
    /// Text.
    Text(Text),
    /// The bytes of a blob.
    Bytes(Vec<u8>),
    /// A variant of an enum, by its Rust name.
    Variant(String),
    /// An empty array, of a document.
    EmptyArray,
    /// An empty object, of a document.
    EmptyObject,
}

/// The Rust type of a member.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    Boolean,
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
    BigInteger,
    BigDecimal,
    String,
    Blob,
    /// A blob that is a stream, and a message's body; `sized` if its length has to be known.
    Stream {
        sized: bool,
    },
    Document,
    Timestamp,
    /// `smithy.api#Unit`, of a union's member that carries nothing.
    Unit,
    Named(Named),
    List {
        item: Box<Type>,
        sparse: bool,
    },
    Map {
        key: Box<Type>,
        value: Box<Type>,
        sparse: bool,
    },
    /// By value this edge would close a cycle of types.
    Boxed(Box<Type>),
}

/// A reference to a shape with a Rust item of its own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Named {
    pub(crate) id: ShapeId,
    pub(crate) rust: String,
    pub(crate) kind: Kind,
}

/// What a [`Named`] type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Structure(Blank),
    Union,
    Enum,
    IntEnum,
}

/// How emitted code gets a value of a type with nothing set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blank {
    /// `Default` is derived: every member is optional, or has its type's default.
    Derived,
    /// `Default` is written out, since a modelled default differs from the type's.
    Written,
    /// There is no public `Default`, since members are required; `blank()` is crate-private.
    Private,
}

/// What the model says of a member's values, for documentation: the service checks, the client does
/// not.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Constraints {
    pub(crate) length: Option<Bounds>,
    pub(crate) range: Option<Bounds>,
    pub(crate) pattern: Option<Text>,
    pub(crate) unique: bool,
}

/// Inclusive bounds, as written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) min: Option<Text>,
    pub(crate) max: Option<Text>,
}

/// The `deprecated` trait.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Deprecated {
    pub(crate) message: Option<Text>,
    pub(crate) since: Option<Text>,
}

impl Constraints {
    /// The trait that a default does not meet: `range`, or `length`.
    pub(crate) fn violation(&self, value: &DefaultValue, node: &Node) -> Option<&'static str> {
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
        if outside(&self.range, node.as_number().map(str::to_owned)) {
            Some("range")
        } else {
            outside(&self.length, length.map(|length| length.to_string())).then_some("length")
        }
    }
}

impl Bounds {
    /// Whether a number lies between the bounds. Digits beyond those of `f64` do not count.
    fn contain(&self, number: &str) -> bool {
        let Ok(number) = number.parse::<f64>() else {
            return true;
        };
        let bound = |bound: &Option<Text>| bound.as_ref().and_then(Text::number::<f64>);
        bound(&self.min).is_none_or(|min| min <= number)
            && bound(&self.max).is_none_or(|max| number <= max)
    }
}

impl Member {
    /// Whether it is [`Presence::Required`].
    pub(crate) fn is_required(&self) -> bool {
        matches!(self.presence, Presence::Required)
    }

    /// Whether it is [`Presence::Optional`].
    pub(crate) fn is_optional(&self) -> bool {
        matches!(self.presence, Presence::Optional)
    }
}

impl MemberName {
    /// The Rust name as people say it, without `r#`.
    pub(crate) fn plain(&self) -> &str {
        self.rust.trim_start_matches("r#")
    }
}

impl Type {
    /// Calls a function with every shape that the type names.
    pub(crate) fn each_named<'t>(&'t self, visit: &mut impl FnMut(&'t Named)) {
        match self {
            Self::Named(named) => visit(named),
            Self::List { item, .. } => item.each_named(visit),
            Self::Map { key, value, .. } => {
                key.each_named(visit);
                value.each_named(visit);
            }
            Self::Boxed(inner) => inner.each_named(visit),
            _ => {}
        }
    }

    /// The type without the `Box` around it.
    pub(crate) fn unboxed(&self) -> &Self {
        match self {
            Self::Boxed(inner) => inner,
            ty => ty,
        }
    }
}
