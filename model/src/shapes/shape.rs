use crate::syntax::node::{Node, Value};
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use indexmap::IndexMap;

/// A shape: its id, kind, traits and place.
#[derive(Clone, Debug)]
pub struct Shape {
    /// The absolute id.
    pub id: ShapeId,
    /// What kind of shape it is, with what only that kind has.
    pub kind: ShapeKind,
    /// The traits applied to it, `apply` statements and mixins included.
    pub traits: Traits,
    /// Where its definition stands; `None` for a shape of the prelude.
    pub span: Option<Span>,
}

/// The kinds of shapes (Smithy specification, "The Smithy model").
#[derive(Clone, Debug)]
pub enum ShapeKind {
    /// A simple shape.
    Simple(Simple),
    /// A closed set of string values; each member targets `smithy.api#Unit` and carries
    /// `enumValue`.
    Enum(IndexMap<String, Member>),
    /// A set of named 32-bit integers.
    IntEnum(IndexMap<String, Member>),
    /// A list (a 1.0 `set` is a list with `uniqueItems`).
    List(Member),
    /// A map.
    Map {
        /// The key, a string or an enum.
        key: Member,
        /// The value.
        value: Member,
    },
    /// A structure, its members in the order written.
    Structure(IndexMap<String, Member>),
    /// A tagged union, its members in the order written.
    Union(IndexMap<String, Member>),
    /// A service.
    Service(Service),
    /// A resource.
    Resource(Resource),
    /// An operation.
    Operation(Operation),
}

/// The simple shapes that have no members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Simple {
    /// Bytes.
    Blob,
    /// `true` or `false`.
    Boolean,
    /// UTF-8 text.
    String,
    /// 8-bit signed.
    Byte,
    /// 16-bit signed.
    Short,
    /// 32-bit signed.
    Integer,
    /// 64-bit signed.
    Long,
    /// IEEE 754 single.
    Float,
    /// IEEE 754 double.
    Double,
    /// Integer of any size.
    BigInteger,
    /// Decimal of any precision.
    BigDecimal,
    /// A moment.
    Timestamp,
    /// Untyped data.
    Document,
}

/// A member of an aggregate shape.
#[derive(Clone, Debug)]
pub struct Member {
    /// `namespace#Shape$member`
    pub id: ShapeId,
    /// The member's name.
    pub name: String,
    /// The shape it targets; it exists, here or in the prelude.
    pub target: ShapeId,
    /// The traits of the member itself.
    pub traits: Traits,
    /// Where its definition stands.
    pub span: Option<Span>,
}

/// What a service shape has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Service {
    /// The version, a date for AWS.
    pub version: String,
    /// Operations bound to the service itself.
    pub operations: Vec<ShapeId>,
    /// Resources bound to the service itself.
    pub resources: Vec<ShapeId>,
    /// Errors that every operation may return.
    pub errors: Vec<ShapeId>,
    /// Names that shapes of the closure take in this service's context.
    pub rename: IndexMap<ShapeId, String>,
}

/// What a resource shape has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resource {
    /// Identifier name to the string shape that holds it.
    pub identifiers: IndexMap<String, ShapeId>,
    /// Property name to shape.
    pub properties: IndexMap<String, ShapeId>,
    /// Lifecycle operations (`create`, `put`, `read`, `update`, `delete`, `list`) that are set, in
    /// that order, by these names.
    pub lifecycle: IndexMap<String, ShapeId>,
    /// Further instance operations.
    pub operations: Vec<ShapeId>,
    /// Further collection operations.
    pub collection_operations: Vec<ShapeId>,
    /// Child resources.
    pub resources: Vec<ShapeId>,
}

/// What an operation shape has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The input structure, `smithy.api#Unit` if there is none.
    pub input: ShapeId,
    /// The output structure, `smithy.api#Unit` if there is none.
    pub output: ShapeId,
    /// The errors it may return, those of the service not included.
    pub errors: Vec<ShapeId>,
}

/// Traits by absolute trait id, in the order written.
#[derive(Clone, Debug, Default)]
pub struct Traits(pub IndexMap<ShapeId, Node>);

impl Shape {
    /// The members, in the order written: `member` of a list, `key` and `value` of a map.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        let (named, fixed): (Option<&IndexMap<String, Member>>, [Option<&Member>; 2]) =
            match &self.kind {
                ShapeKind::Enum(members)
                | ShapeKind::IntEnum(members)
                | ShapeKind::Structure(members)
                | ShapeKind::Union(members) => (Some(members), [None, None]),
                ShapeKind::List(member) => (None, [Some(member), None]),
                ShapeKind::Map { key, value } => (None, [Some(key), Some(value)]),
                _ => (None, [None, None]),
            };
        named
            .into_iter()
            .flat_map(IndexMap::values)
            .chain(fixed.into_iter().flatten())
    }

    /// The members, to be changed, in the order of [`members`](Self::members).
    pub(crate) fn members_mut(&mut self) -> impl Iterator<Item = &mut Member> {
        let (named, fixed): (
            Option<&mut IndexMap<String, Member>>,
            [Option<&mut Member>; 2],
        ) = match &mut self.kind {
            ShapeKind::Enum(members)
            | ShapeKind::IntEnum(members)
            | ShapeKind::Structure(members)
            | ShapeKind::Union(members) => (Some(members), [None, None]),
            ShapeKind::List(member) => (None, [Some(member), None]),
            ShapeKind::Map { key, value } => (None, [Some(key), Some(value)]),
            _ => (None, [None, None]),
        };
        named
            .into_iter()
            .flat_map(IndexMap::values_mut)
            .chain(fixed.into_iter().flatten())
    }

    /// A member by name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        match &self.kind {
            ShapeKind::Enum(members)
            | ShapeKind::IntEnum(members)
            | ShapeKind::Structure(members)
            | ShapeKind::Union(members) => members.get(name),
            _ => self.members().find(|member| member.name == name),
        }
    }
}

impl ShapeKind {
    /// What the JSON AST and diagnostics call this kind of shape.
    pub fn name(&self) -> &'static str {
        match self {
            ShapeKind::Simple(simple) => simple.name(),
            ShapeKind::Enum(_) => "enum",
            ShapeKind::IntEnum(_) => "intEnum",
            ShapeKind::List(_) => "list",
            ShapeKind::Map { .. } => "map",
            ShapeKind::Structure(_) => "structure",
            ShapeKind::Union(_) => "union",
            ShapeKind::Service(_) => "service",
            ShapeKind::Resource(_) => "resource",
            ShapeKind::Operation(_) => "operation",
        }
    }
}

impl Simple {
    /// What the JSON AST and diagnostics call this kind of shape.
    pub fn name(self) -> &'static str {
        match self {
            Simple::Blob => "blob",
            Simple::Boolean => "boolean",
            Simple::String => "string",
            Simple::Byte => "byte",
            Simple::Short => "short",
            Simple::Integer => "integer",
            Simple::Long => "long",
            Simple::Float => "float",
            Simple::Double => "double",
            Simple::BigInteger => "bigInteger",
            Simple::BigDecimal => "bigDecimal",
            Simple::Timestamp => "timestamp",
            Simple::Document => "document",
        }
    }
}

impl Traits {
    /// The value of a trait, by its absolute id.
    pub fn get(&self, id: &str) -> Option<&Node> {
        self.0.get(id)
    }

    /// Whether a trait is there, by its absolute id.
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// Adds a trait that stands in no file, at the place of what implies it, unless it is there.
    pub(crate) fn imply(&mut self, id: &'static str, value: Value, span: Span) {
        let node = Node { value, span };
        self.0.entry(ShapeId::constant(id)).or_insert(node);
    }

    /// The traits in the order written.
    pub fn iter(&self) -> impl Iterator<Item = (&ShapeId, &Node)> {
        self.0.iter()
    }
}
