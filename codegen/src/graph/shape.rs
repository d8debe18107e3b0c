//! Shapes that become Rust items.

use crate::graph::member::{Blank, Constraints, Deprecated, Member, Type};
use crate::graph::wire::{Form, Location, Response};
use crate::text::Text;
use crate::text::docs::Docs;
use smithy_model::ShapeId;

/// A shape that becomes a Rust item.
#[derive(Debug, PartialEq)]
pub(crate) enum Shape {
    Structure(Structure),
    Union(Union),
    Enum(Enum),
    IntEnum(IntEnum),
    Error(ErrorShape),
}

/// The names of a Rust type, of its builder, and of its module and file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TypeName {
    pub(crate) rust: String,
    pub(crate) builder: String,
    pub(crate) module: String,
}

/// A structure, or the input or output of an operation. Members are sorted by name.
#[derive(Debug, PartialEq)]
pub(crate) struct Structure {
    pub(crate) id: ShapeId,
    pub(crate) name: TypeName,
    pub(crate) members: Vec<Member>,
    pub(crate) blank: Blank,
    /// Whether a value may contain another value of the structure.
    pub(crate) recursive: bool,
    /// Whether the input of an operation may contain it. Only then is there a caller that needs to
    /// know which required members are missing.
    pub(crate) in_input: bool,
    pub(crate) sensitive: bool,
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) docs: Docs,
}

/// A structure with the `error` trait.
#[derive(Debug, PartialEq)]
pub(crate) struct ErrorShape {
    pub(crate) structure: Structure,
    /// How it is returned as a response.
    pub(crate) response: Response,
    /// Whether a member has this type. The member's document then holds all of its members.
    pub(crate) nested: bool,
}

/// A tagged union.
#[derive(Debug, PartialEq)]
pub(crate) struct Union {
    pub(crate) id: ShapeId,
    pub(crate) name: TypeName,
    pub(crate) variants: Vec<Variant>,
    /// Whether there is a value with nothing set, which structures with a required member of this
    /// type start with.
    pub(crate) has_blank: bool,
    pub(crate) sensitive: bool,
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) docs: Docs,
}

/// A member of a union.
#[derive(Debug, PartialEq)]
pub(crate) struct Variant {
    /// The name in the model.
    pub(crate) model: String,
    /// The name in a document.
    pub(crate) wire: Text,
    pub(crate) rust: String,
    pub(crate) ty: Type,
    pub(crate) form: Form,
    /// Whether `From` is implemented: no other variant has this type.
    pub(crate) distinct: bool,
    pub(crate) sensitive: bool,
    pub(crate) constraints: Constraints,
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) docs: Docs,
}

/// A string enum.
#[derive(Debug, PartialEq)]
pub(crate) struct Enum {
    pub(crate) id: ShapeId,
    pub(crate) name: TypeName,
    pub(crate) values: Vec<EnumValue<Text>>,
    pub(crate) sensitive: bool,
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) docs: Docs,
}

/// An integer enum.
#[derive(Debug, PartialEq)]
pub(crate) struct IntEnum {
    pub(crate) id: ShapeId,
    pub(crate) name: TypeName,
    pub(crate) values: Vec<EnumValue<i32>>,
    pub(crate) sensitive: bool,
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) docs: Docs,
}

/// A value of an enum.
#[derive(Debug, PartialEq)]
pub(crate) struct EnumValue<T> {
    pub(crate) model: String,
    pub(crate) rust: String,
    pub(crate) value: T,
    /// Whether it is left out of messages for clients.
    pub(crate) internal: bool,
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) docs: Docs,
}

impl Shape {
    /// The names of its Rust type.
    pub(crate) fn name(&self) -> &TypeName {
        match self {
            Self::Structure(shape) => &shape.name,
            Self::Union(shape) => &shape.name,
            Self::Enum(shape) => &shape.name,
            Self::IntEnum(shape) => &shape.name,
            Self::Error(shape) => &shape.structure.name,
        }
    }

    /// Its id.
    pub(crate) fn id(&self) -> &ShapeId {
        match self {
            Self::Structure(shape) => &shape.id,
            Self::Union(shape) => &shape.id,
            Self::Enum(shape) => &shape.id,
            Self::IntEnum(shape) => &shape.id,
            Self::Error(shape) => &shape.structure.id,
        }
    }

    /// Whether and since when it is deprecated.
    pub(crate) fn deprecated(&self) -> Option<&Deprecated> {
        match self {
            Self::Structure(shape) => shape.deprecated.as_ref(),
            Self::Union(shape) => shape.deprecated.as_ref(),
            Self::Enum(shape) => shape.deprecated.as_ref(),
            Self::IntEnum(shape) => shape.deprecated.as_ref(),
            Self::Error(shape) => shape.structure.deprecated.as_ref(),
        }
    }

    /// Its documentation.
    pub(crate) fn docs(&self) -> &Docs {
        match self {
            Self::Structure(shape) => &shape.docs,
            Self::Union(shape) => &shape.docs,
            Self::Enum(shape) => &shape.docs,
            Self::IntEnum(shape) => &shape.docs,
            Self::Error(shape) => &shape.structure.docs,
        }
    }
}

impl Structure {
    /// The members that the builder requires.
    pub(crate) fn required(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.is_required())
    }

    /// The members in the document that is the body.
    pub(crate) fn body(&self) -> impl Iterator<Item = &Member> {
        self.members
            .iter()
            .filter(|member| member.location == Location::Body)
    }

    /// The member with this name in the model.
    pub(crate) fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name.model == name)
    }

    /// Whether `Debug` redacts a value.
    pub(crate) fn is_redacted(&self) -> bool {
        self.sensitive || self.members.iter().any(|member| member.sensitive)
    }
}
