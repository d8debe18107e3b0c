//! Members of structures, their types and constraints.

use crate::graph::timestamp::Timestamp;
use crate::graph::wire::{Form, Location};
use crate::text::Text;
use crate::text::docs::Docs;
use smithy_model::ShapeId;

/// A member of a structure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    pub(crate) name: MemberName,
    pub(crate) ty: Type,
    pub(crate) presence: Presence,
    pub(crate) location: Location,
    pub(crate) form: Form,
    /// Whether the client generates an absent value (Smithy, "idempotencyToken trait").
    pub(crate) token: bool,
    /// The value that is sent in place of an absent or empty one.
    pub(crate) fallback: Option<&'static str>,
    /// The default with which a server fills in an absent value. Clients do not send it.
    pub(crate) filled_in: Option<DefaultValue>,
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

/// Whether a member always has a value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Presence {
    /// A plain value, which the builder requires.
    Required,
    /// An `Option`.
    Optional,
    /// A plain value with this default.
    Default(DefaultValue),
}

/// A modelled default that fits the member's type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum DefaultValue {
    /// The value of `Default::default()` for the type.
    OfType,
    /// `true`
    True,
    /// `false` as a document.
    False,
    /// A whole number.
    Integer(i64),
    /// A floating-point number that the type can hold.
    Float(f64),
    /// A number of any size, as the model writes it.
    Big(Text),
    /// A timestamp other than the Unix epoch.
    Timestamp(Timestamp),
    /// Text.
    Text(Text),
    /// The bytes of a blob.
    Bytes(Vec<u8>),
    /// A variant of an enum, by its Rust name.
    Variant(String),
    /// An empty array as a document.
    EmptyArray,
    /// An empty object as a document.
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
    /// A streaming blob, which is the body of a message. If `sized`, its length must be known
    /// (Smithy, "requiresLength trait").
    Stream {
        sized: bool,
    },
    Document,
    Timestamp,
    /// `smithy.api#Unit`, the target of union members without a value.
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
    /// A boxed value: without the box, the type would contain itself.
    Boxed(Box<Type>),
}

/// A reference to a shape with a Rust item of its own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Named {
    pub(crate) id: ShapeId,
    pub(crate) rust: String,
    pub(crate) kind: Kind,
}

/// The kind of a [`Named`] type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Structure(Blank),
    Union,
    Enum,
    IntEnum,
}

/// How emitted code makes a structure with no members set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blank {
    /// `Default` is derived: every member is optional, or has its type's default.
    Derived,
    /// `Default` is written out, since a modelled default differs from the type's.
    Written,
    /// There is no public `Default`, since members are required; `blank()` is crate-private.
    Private,
}

/// The constraint traits of a member. The service validates them, the client does not.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Constraints {
    pub(crate) length: Option<Bounds>,
    pub(crate) range: Option<Bounds>,
    pub(crate) pattern: Option<Text>,
    pub(crate) unique: bool,
    /// The constraints of the items of a list, or of the values of a map, if there are any.
    pub(crate) item: Option<Box<Constraints>>,
    /// The constraints of the keys of a map, if there are any.
    pub(crate) key: Option<Box<Constraints>>,
}

impl Constraints {
    /// No constraints.
    pub(crate) const NONE: Self = Self {
        length: None,
        range: None,
        pattern: None,
        unique: false,
        item: None,
        key: None,
    };

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::NONE
    }
}

/// Inclusive bounds, as the model writes them.
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

impl Bounds {
    /// Whether a number is within the bounds, compared as `f64`.
    pub(crate) fn contain(&self, number: &str) -> bool {
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
    /// The Rust name without `r#`.
    pub(crate) fn plain(&self) -> &str {
        self.rust.trim_start_matches("r#")
    }
}

impl Type {
    /// Calls `visit` with every shape that the type refers to.
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
