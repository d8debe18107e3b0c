use crate::shapes::shape::{Member, Resource, Service, Simple, Traits};
use crate::syntax::node::Entry;
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use indexmap::IndexMap;

/// The Smithy version of the file that defines a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    V1,
    V2,
}

/// A shape as files define it. Members from mixins are added later.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) id: ShapeId,
    pub(crate) ty: ShapeType,
    /// The members, including `member` of a list, `key` and `value` of a map.
    pub(crate) members: IndexMap<String, Member>,
    pub(crate) body: Body,
    pub(crate) traits: Traits,
    /// Traits applied to members from mixins, by member name.
    pub(crate) overrides: IndexMap<String, Traits>,
    pub(crate) mixins: Vec<ShapeId>,
    pub(crate) span: Span,
    pub(crate) version: Version,
}

impl Draft {
    /// Creates a draft of a 2.0 file, without members.
    pub(crate) fn new(id: ShapeId, ty: ShapeType, traits: Traits, span: Span) -> Self {
        let (members, overrides, mixins) = Default::default();
        Self {
            id,
            ty,
            members,
            body: Body::None,
            traits,
            overrides,
            mixins,
            span,
            version: Version::V2,
        }
    }
}

/// The properties of a service, resource or operation.
#[derive(Debug, PartialEq)]
pub(crate) enum Body {
    None,
    Service(Service),
    Resource(Resource),
    Operation {
        input: Option<ShapeId>,
        output: Option<ShapeId>,
        errors: Vec<ShapeId>,
    },
}

/// The `type` of a shape in the JSON AST.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShapeType {
    Simple(Simple),
    Enum,
    IntEnum,
    List,
    /// A list of unique items, only in 1.0.
    Set,
    Map,
    Structure,
    Union,
    Service,
    Resource,
    Operation,
}

const TYPES: &[(&str, ShapeType)] = &[
    ("bigDecimal", ShapeType::Simple(Simple::BigDecimal)),
    ("bigInteger", ShapeType::Simple(Simple::BigInteger)),
    ("blob", ShapeType::Simple(Simple::Blob)),
    ("boolean", ShapeType::Simple(Simple::Boolean)),
    ("byte", ShapeType::Simple(Simple::Byte)),
    ("document", ShapeType::Simple(Simple::Document)),
    ("double", ShapeType::Simple(Simple::Double)),
    ("enum", ShapeType::Enum),
    ("float", ShapeType::Simple(Simple::Float)),
    ("intEnum", ShapeType::IntEnum),
    ("integer", ShapeType::Simple(Simple::Integer)),
    ("list", ShapeType::List),
    ("long", ShapeType::Simple(Simple::Long)),
    ("map", ShapeType::Map),
    ("operation", ShapeType::Operation),
    ("resource", ShapeType::Resource),
    ("service", ShapeType::Service),
    ("set", ShapeType::Set),
    ("short", ShapeType::Simple(Simple::Short)),
    ("string", ShapeType::Simple(Simple::String)),
    ("structure", ShapeType::Structure),
    ("timestamp", ShapeType::Simple(Simple::Timestamp)),
    ("union", ShapeType::Union),
];

impl ShapeType {
    /// Returns the type with this name in the JSON AST.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        TYPES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, ty)| *ty)
    }

    /// Returns the name of the type in the JSON AST.
    pub(crate) fn name(self) -> &'static str {
        TYPES
            .iter()
            .find(|(_, ty)| *ty == self)
            .map_or("", |(name, _)| name)
    }

    /// Returns the names of all types.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        TYPES.iter().map(|(name, _)| *name)
    }

    /// Returns the names of the members that every shape of the type has.
    pub(crate) fn fixed_members(self) -> &'static [&'static str] {
        match self {
            ShapeType::List | ShapeType::Set => &["member"],
            ShapeType::Map => &["key", "value"],
            _ => &[],
        }
    }

    /// Returns whether values of the type are numbers.
    pub(crate) fn is_number(self) -> bool {
        use Simple::{BigDecimal, BigInteger, Byte, Double, Float, Integer, Long, Short};
        match self {
            ShapeType::Simple(simple) => {
                matches!(
                    simple,
                    BigDecimal | BigInteger | Byte | Double | Float | Integer | Long | Short
                )
            }
            _ => self == ShapeType::IntEnum,
        }
    }

    /// Returns whether the type has a `members` property.
    pub(crate) fn has_named_members(self) -> bool {
        matches!(
            self,
            ShapeType::Enum | ShapeType::IntEnum | ShapeType::Structure | ShapeType::Union
        )
    }
}

/// The content of all files, before merging.
#[derive(Default)]
pub(crate) struct Content {
    pub(crate) drafts: Vec<Draft>,
    pub(crate) applies: Vec<Apply>,
    pub(crate) metadata: Vec<(String, Entry)>,
}

/// An `apply` statement.
pub(crate) struct Apply {
    pub(crate) id: ShapeId,
    pub(crate) traits: Traits,
}

/// The drafts of a model by shape id.
pub(crate) type Drafts = IndexMap<ShapeId, Draft>;
