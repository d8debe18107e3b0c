use crate::syntax::node::{Node, Value};
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use indexmap::IndexMap;

/// A shape.
#[derive(Clone, Debug)]
pub struct Shape {
    /// The absolute id.
    pub id: ShapeId,
    /// The kind of the shape, with the properties of that kind.
    pub kind: ShapeKind,
    /// The traits, including those from `apply` statements and mixins.
    pub traits: Traits,
    /// The position of its definition; `None` for a shape of the prelude.
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
    /// A structure, with its members in the order of the source.
    Structure(IndexMap<String, Member>),
    /// A tagged union, with its members in the order of the source.
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
    /// An instant in time.
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
    /// The target: a shape of the model or of the prelude.
    pub target: ShapeId,
    /// The traits of the member, without those of its target.
    pub traits: Traits,
    /// The position of its definition.
    pub span: Option<Span>,
}

/// The properties of a service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Service {
    /// The version; AWS uses a date.
    pub version: String,
    /// Operations bound to the service itself.
    pub operations: Vec<ShapeId>,
    /// Resources bound to the service itself.
    pub resources: Vec<ShapeId>,
    /// Errors that every operation may return.
    pub errors: Vec<ShapeId>,
    /// The names that shapes of the closure have in this service.
    pub rename: IndexMap<ShapeId, String>,
}

/// The properties of a resource.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resource {
    /// The string shape of each identifier, by the name of the identifier.
    pub identifiers: IndexMap<String, ShapeId>,
    /// The shape of each property, by the name of the property.
    pub properties: IndexMap<String, ShapeId>,
    /// The lifecycle operations, by `create`, `put`, `read`, `update`, `delete` and `list`, in this
    /// order.
    pub lifecycle: IndexMap<String, ShapeId>,
    /// Other instance operations.
    pub operations: Vec<ShapeId>,
    /// Other collection operations.
    pub collection_operations: Vec<ShapeId>,
    /// Child resources.
    pub resources: Vec<ShapeId>,
}

/// The properties of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The input structure; `smithy.api#Unit` if the operation has no input.
    pub input: ShapeId,
    /// The output structure; `smithy.api#Unit` if the operation has no output.
    pub output: ShapeId,
    /// The errors of the operation, without those of the service.
    pub errors: Vec<ShapeId>,
}

/// The traits of a shape or member by absolute trait id, in the order of the source.
#[derive(Clone, Debug, Default)]
pub struct Traits(pub IndexMap<ShapeId, Node>);

impl Shape {
    /// Returns the members in the order of the source. A list has `member`, a map `key` and `value`.
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

    /// Returns the members for changes, in the order of [`members`](Self::members).
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

    /// Returns a member by its name.
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
    /// Returns the name of this kind of shape in the JSON AST.
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
    /// Returns the name of this kind of shape in the JSON AST.
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
    /// Returns the value of a trait by its absolute id.
    pub fn get(&self, id: &str) -> Option<&Node> {
        self.0.get(id)
    }

    /// Returns whether a trait is present, by its absolute id.
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// Adds a trait that is not in the source, unless it is present. `span` is the position of what
    /// implies it.
    pub(crate) fn imply(&mut self, id: &'static str, value: Value, span: Span) {
        let node = Node { value, span };
        self.0.entry(ShapeId::constant(id)).or_insert(node);
    }

    /// Returns the traits in the order of the source.
    pub fn iter(&self) -> impl Iterator<Item = (&ShapeId, &Node)> {
        self.0.iter()
    }
}
