//! The shape graph: everything the emitters need, each fact decided once, nothing left to fill in.

use super::body::BodyStep;
use super::docs::Docs;
use super::endpoint::{Binding, EndpointRules};
use super::examples::ModelExample;
use super::http::Http;
use super::protocol_tests::ProtocolTest;
use super::waiters::Waiter;
use indexmap::IndexMap;
use smithy_model::ShapeId;

/// A service: its operations and every shape that becomes a Rust type, both sorted by shape id.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) id: ShapeId,
    /// The name that people know it by, from `title`, `sdkId` or the shape's name.
    pub(crate) title: String,
    /// The name in crate form, such as `appfabric`.
    pub(crate) crate_name: String,
    pub(crate) version: String,
    /// The id that settings name it by, from `sdkId` or the shape's name.
    pub(crate) sdk_id: String,
    /// How requests tell who sends them, the preferred scheme first.
    pub(crate) schemes: Vec<Scheme>,
    pub(crate) docs: Docs,
    pub(crate) operations: IndexMap<ShapeId, Operation>,
    pub(crate) shapes: IndexMap<ShapeId, Shape>,
    /// The errors that any of the operations may return.
    pub(crate) errors: Vec<ErrorVariant>,
    pub(crate) endpoint: Option<EndpointRules>,
}

/// One variant of the service's error enum.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ErrorVariant {
    pub(crate) id: ShapeId,
    /// The name in `X-Amzn-Errortype`.
    pub(crate) code: String,
    /// The variant.
    pub(crate) rust: String,
    /// The type in it.
    pub(crate) shape: String,
    pub(crate) retry: Retry,
}

/// What `@retryable` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Retry {
    Never,
    Transient,
    Throttling,
}

/// An operation. Its input structure carries the operation's name: the operation *is* its input.
#[derive(Debug, PartialEq)]
pub(crate) struct Operation {
    pub(crate) id: ShapeId,
    pub(crate) name: TypeName,
    /// The client's method.
    pub(crate) method: String,
    pub(crate) auth: Auth,
    /// Whether signatures cover the body (no `unsignedPayload`).
    pub(crate) signed_payload: bool,
    /// What it gives to the endpoint rules.
    pub(crate) bindings: Vec<Binding>,
    pub(crate) http: Http,
    /// Headers of every request, unless a member sets them.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// What becomes of the body once it is written, in this order.
    pub(crate) body: Vec<BodyStep>,
    pub(crate) input: Structure,
    pub(crate) output: Structure,
    pub(crate) errors: Vec<ErrorVariant>,
    pub(crate) pagination: Option<Pagination>,
    pub(crate) waiters: Vec<Waiter>,
    pub(crate) examples: Vec<ModelExample>,
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) docs: Docs,
    /// None unless they are asked for.
    pub(crate) protocol_tests: Vec<ProtocolTest>,
}

/// Who may call an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Auth {
    /// Those who authenticate by a scheme of the service.
    Required,
    /// Anyone; those who can authenticate do.
    Optional,
    /// Anyone, and nobody authenticates.
    None,
    /// Those who authenticate by one of these schemes, which are not the service's; or anyone.
    By { schemes: Vec<Scheme>, optional: bool },
}

/// How a request tells who sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// Signature Version 4 for the service of this name.
    SigV4(String),
    /// Signature Version 4a for the service of this name.
    SigV4a(String),
    /// A token.
    Bearer,
}

/// The `paginated` trait of an operation, merged with the service's.
#[derive(Debug, PartialEq)]
pub(crate) struct Pagination {
    pub(crate) input_token: String,
    pub(crate) output_token: Vec<String>,
    pub(crate) items: Vec<String>,
    pub(crate) page_size: Option<String>,
}

/// A shape that becomes a Rust item of its own.
#[derive(Debug, PartialEq)]
pub(crate) enum Shape {
    Structure(Structure),
    Union(Union),
    Enum(Enum),
    IntEnum(IntEnum),
    Error(ErrorShape),
}

/// The names of a Rust type: the type itself, its builder, and the module (and file) it lives in.
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
    pub(crate) sensitive: bool,
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) docs: Docs,
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

/// A structure with the `error` trait.
#[derive(Debug, PartialEq)]
pub(crate) struct ErrorShape {
    pub(crate) structure: Structure,
    /// The HTTP status of `httpError`, or of the fault.
    pub(crate) status: u16,
    /// Whether a member has this type; then its HTTP bindings mean nothing there.
    pub(crate) nested: bool,
}

/// A tagged union.
#[derive(Debug, PartialEq)]
pub(crate) struct Union {
    pub(crate) id: ShapeId,
    pub(crate) name: TypeName,
    pub(crate) variants: Vec<Variant>,
    pub(crate) sensitive: bool,
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) docs: Docs,
}

/// A member of a union.
#[derive(Debug, PartialEq)]
pub(crate) struct Variant {
    /// The name in the model.
    pub(crate) model: String,
    /// The name in JSON.
    pub(crate) wire: String,
    pub(crate) rust: String,
    pub(crate) ty: Type,
    /// Whether no other variant has this type, so that `From` can be written.
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
    pub(crate) values: Vec<EnumValue<String>>,
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
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) docs: Docs,
}

/// A member of a structure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    pub(crate) name: MemberName,
    pub(crate) ty: Type,
    pub(crate) presence: Presence,
    pub(crate) location: Location,
    /// The client fills it in when it is absent (`idempotencyToken`).
    pub(crate) token: bool,
    /// What is sent when it is absent or empty.
    pub(crate) fallback: Option<&'static str>,
    /// The media type of a string or blob.
    pub(crate) media_type: Option<String>,
    pub(crate) sensitive: bool,
    pub(crate) constraints: Constraints,
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) docs: Docs,
}

/// The three names of a member.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MemberName {
    pub(crate) model: String,
    /// The JSON name.
    pub(crate) wire: String,
    /// Another JSON name that is read as well.
    pub(crate) also: Option<String>,
    /// The Rust field and setter, `r#` included where it is a keyword.
    pub(crate) rust: String,
}

/// Whether a member is there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Presence {
    /// A plain value; the builder waits for it.
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
    Big(String),
    /// Text.
    Text(String),
    /// The bytes of a blob.
    Bytes(Vec<u8>),
    /// A variant of an enum, by its Rust name.
    Variant(String),
    /// An empty array, of a document.
    EmptyArray,
    /// An empty object, of a document.
    EmptyObject,
}

/// Where a member travels (Smithy, "HTTP bindings").
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Body,
    Label { greedy: bool },
    Query(String),
    QueryParams,
    Header(String),
    PrefixHeaders(String),
    StatusCode,
    Payload,
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
    Timestamp(TimestampFormat),
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

/// Smithy's `timestampFormat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimestampFormat {
    DateTime,
    EpochSeconds,
    HttpDate,
}

/// What the model says of a member's values, for documentation: the service checks, the client does not.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Constraints {
    pub(crate) length: Option<Bounds>,
    pub(crate) range: Option<Bounds>,
    pub(crate) pattern: Option<String>,
    pub(crate) unique: bool,
}

/// Inclusive bounds, as written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) min: Option<String>,
    pub(crate) max: Option<String>,
}

/// The `deprecated` trait.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Deprecated {
    pub(crate) message: Option<String>,
    pub(crate) since: Option<String>,
}

impl Service {
    /// The name that `use` statements have for the crate.
    pub(crate) fn crate_ident(&self) -> String {
        self.crate_name.replace('-', "_")
    }

    /// The members on a way into a structure, by their names in the model.
    pub(crate) fn path<'s>(&'s self, from: &'s Structure, path: &[String]) -> Option<Vec<&'s Member>> {
        let mut structure = Some(from);
        path.iter()
            .map(|name| {
                let member = structure?.member(name)?;
                structure = self.structure_of(&member.ty);
                Some(member)
            })
            .collect()
    }

    /// Whether clients need signatures of version 4a.
    pub(crate) fn wants_sigv4a(&self) -> bool {
        let v4a = |schemes: &[Scheme]| schemes.iter().any(|scheme| matches!(scheme, Scheme::SigV4a(_)));
        let own = |operation: &Operation| matches!(&operation.auth, Auth::By { schemes, .. } if v4a(schemes));
        v4a(&self.schemes)
            || self.operations.values().any(own)
            || self.endpoint.as_ref().is_some_and(EndpointRules::want_sigv4a)
    }

    /// The structure that is this type.
    pub(crate) fn structure_of(&self, ty: &Type) -> Option<&Structure> {
        match ty.unboxed() {
            Type::Named(named) => self.structure(&named.rust),
            _ => None,
        }
    }

    /// The structure of that Rust name.
    fn structure(&self, name: &str) -> Option<&Structure> {
        self.shapes.values().find_map(|shape| match shape {
            Shape::Structure(structure) if structure.name.rust == name => Some(structure),
            _ => None,
        })
    }
}

impl Structure {
    /// The members that the builder waits for.
    pub(crate) fn required(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.is_required())
    }

    /// The members in the JSON body.
    pub(crate) fn body(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.location == Location::Body)
    }

    /// The member with a name of the model.
    pub(crate) fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name.model == name)
    }

    /// Whether `Debug` has something to hide.
    pub(crate) fn hides(&self) -> bool {
        self.sensitive || self.members.iter().any(|member| member.sensitive)
    }
}

impl Type {
    /// The type without the `Box` around it.
    pub(crate) fn unboxed(&self) -> &Self {
        match self {
            Self::Boxed(inner) => inner,
            ty => ty,
        }
    }
}

impl MemberName {
    /// The Rust name as people say it, without `r#`.
    pub(crate) fn plain(&self) -> &str {
        self.rust.trim_start_matches("r#")
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
