//! Values of the graph's types: those of examples and of protocol tests.

use crate::graph::member::Type;
use crate::graph::timestamp::Timestamp;
use crate::text::Text;

/// A value that fits its type. Names are those of Rust.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Boolean(bool),
    Byte(i8),
    Short(i16),
    Integer(i32),
    Long(i64),
    Float(f32),
    Double(f64),
    /// The digits of a `bigInteger`.
    BigInteger(Text),
    /// The digits of a `bigDecimal`.
    BigDecimal(Text),
    String(Text),
    /// The bytes of a text, shown as text.
    Blob(Text),
    /// The bytes of a text, shown as a vector of bytes where that is possible.
    Bytes(Text),
    /// The bytes of a text, as the body of a message.
    Stream(Text),
    /// The content of the file of this name, as the body of a message.
    File(Text),
    Document(Document),
    /// A document that is a string, shown as text where that is possible.
    DocumentText(Text),
    Timestamp(Timestamp),
    /// `smithy.api#Unit`
    Unit,
    Structure(StructureValue),
    Enum {
        ty: String,
        value: EnumMember,
    },
    Union {
        ty: String,
        variant: String,
        value: Box<Value>,
        /// Whether a setter is given the variant's value, which converts into the union.
        converts: bool,
    },
    /// A union member that the model does not have.
    UnknownUnion(String),
    List {
        /// The type of the items, `None` of which are possible if the list is sparse.
        item: Type,
        sparse: bool,
        items: Vec<Value>,
    },
    /// Entries are sorted by key.
    Map {
        key: Type,
        value: Type,
        sparse: bool,
        entries: Vec<(Value, Value)>,
    },
    /// An item of a sparse list, or a value of a sparse map.
    Element(Option<Box<Value>>),
    /// A value of a [`Type::Boxed`].
    Boxed(Box<Value>),
}

/// A structure and the members that are set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StructureValue {
    pub(crate) ty: String,
    /// Whether the structure has any members, and so a builder.
    pub(crate) has_builder: bool,
    pub(crate) members: Vec<MemberValue>,
}

/// A member that is set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MemberValue {
    /// The name of the setter.
    pub(crate) setter: String,
    pub(crate) value: Value,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum EnumMember {
    /// The variant of this name.
    Variant(String),
    /// A string that the enum does not have.
    Text(Text),
    /// A number that the enum does not have.
    Number(i32),
}

/// A value of `smithy.api#Document`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Document {
    Null,
    Boolean(bool),
    /// A number as JSON writes it.
    Number(Text),
    String(Text),
    Array(Vec<Document>),
    /// Members are sorted by name.
    Object(Vec<(Text, Document)>),
}

impl Value {
    /// The value without the `Box` around it.
    pub(crate) fn unboxed(&self) -> &Self {
        match self {
            Self::Boxed(inner) => inner,
            value => value,
        }
    }
}
