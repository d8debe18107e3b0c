//! Typed expressions.

use crate::graph::member::Type;
use crate::text::Text;
use smithy_model::ShapeId;

/// An expression whose type is known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expr {
    pub(crate) kind: Kind,
    pub(crate) ty: Ty,
    /// Whether the value may be null.
    pub(crate) nullable: bool,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// The operation's input.
    Input,
    /// Its output.
    Output,
    /// Both of them, as an object with the members `input` and `output`.
    InputOutput,
    /// The operation, which is its input, where it looks at itself.
    Operation,
    /// The element that a projection or a multi-select list looks at.
    Element,
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    Text(Text),
    /// A member of a structure: its Rust name and type, and whether it is an `Option`, deprecated,
    /// or sensitive.
    Field {
        of: Box<Expr>,
        field: String,
        ty: Type,
        optional: bool,
        deprecated: bool,
        sensitive: bool,
    },
    /// The value of a map's key, with its type.
    Entry {
        of: Box<Expr>,
        key: Text,
        ty: Type,
    },
    /// An element of a list; negative numbers count from its end.
    Index {
        of: Box<Expr>,
        index: i32,
    },
    /// What `each` makes of every element that the filter lets through, without nulls.
    Project {
        of: Box<Expr>,
        filter: Option<Box<Expr>>,
        each: Box<Expr>,
    },
    /// The elements of a list of lists.
    Flatten(Box<Expr>),
    Keys(Box<Expr>),
    Values(Box<Expr>),
    /// A multi-select list; of what may be null, if there is `of`, which its elements look at then.
    List {
        of: Option<Box<Expr>>,
        elements: Vec<Expr>,
    },
    Compare {
        comparator: Comparator,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    Length(Box<Expr>),
    /// Whether a list has an element, or a string a part.
    Contains(Box<Expr>, Box<Expr>),
    StartsWith(Box<Expr>, Box<Expr>),
    EndsWith(Box<Expr>, Box<Expr>),
}

/// The type of a value that is not null.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ty {
    /// Nothing but null.
    Null,
    Boolean,
    /// One side or the other of `&&` or `||`: only good for whether it counts as true.
    Truth,
    Number(Number),
    /// A string, or an enum's value.
    String,
    /// The operation's input.
    Input,
    /// Its output.
    Output,
    /// Both, as an object.
    InputOutput,
    Structure(ShapeId),
    Map {
        key: Type,
        value: Type,
    },
    /// A list that a member holds.
    List(Type),
    /// Values that come one by one.
    Items {
        item: Box<Ty>,
        nullable: bool,
    },
}

/// How Rust has a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Number {
    /// `usize`
    Count,
    /// `i64`
    Integer,
    /// `f64`
    Float,
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparator {
    /// Whether it compares for equality, which all types can.
    pub(crate) fn is_equality(self) -> bool {
        matches!(self, Self::Equal | Self::NotEqual)
    }

    /// What holds where this does not.
    pub(crate) fn opposite(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::GreaterOrEqual,
            Self::LessOrEqual => Self::Greater,
            Self::Greater => Self::LessOrEqual,
            Self::GreaterOrEqual => Self::Less,
        }
    }
}

impl Expr {
    pub(crate) fn new(kind: Kind, ty: Ty, nullable: bool) -> Self {
        Self { kind, ty, nullable }
    }

    /// Whether a part of it is so.
    pub(crate) fn any(&self, is: &dyn Fn(&Kind) -> bool) -> bool {
        is(&self.kind)
            || match &self.kind {
                Kind::Field { of, .. }
                | Kind::Entry { of, .. }
                | Kind::Index { of, .. }
                | Kind::Flatten(of)
                | Kind::Keys(of)
                | Kind::Values(of)
                | Kind::Not(of)
                | Kind::Length(of) => of.any(is),
                Kind::Project { of, filter, each } => {
                    of.any(is)
                        || each.any(is)
                        || filter.as_ref().is_some_and(|filter| filter.any(is))
                }
                Kind::List { of, elements } => {
                    of.as_ref().is_some_and(|of| of.any(is))
                        || elements.iter().any(|element| element.any(is))
                }
                Kind::Compare { left, right, .. }
                | Kind::And(left, right)
                | Kind::Or(left, right)
                | Kind::Contains(left, right)
                | Kind::StartsWith(left, right)
                | Kind::EndsWith(left, right) => left.any(is) || right.any(is),
                _ => false,
            }
    }

    /// Whether it is a list of strings, null elements not counted.
    pub(crate) fn is_strings(&self) -> bool {
        match &self.ty {
            Ty::List(item) => Ty::of(item) == Some(Ty::String),
            Ty::Items { item, nullable } => **item == Ty::String && !nullable,
            _ => false,
        }
    }
}

impl Ty {
    /// The type of a value of the graph; `None` if expressions cannot have it.
    pub(crate) fn of(ty: &Type) -> Option<Self> {
        use crate::graph::member::Kind;
        Some(match ty {
            Type::Boolean => Self::Boolean,
            Type::Byte | Type::Short | Type::Integer | Type::Long => Self::Number(Number::Integer),
            Type::Float | Type::Double => Self::Number(Number::Float),
            Type::String => Self::String,
            Type::Named(named) => match named.kind {
                Kind::Structure(_) => Self::Structure(named.id.clone()),
                Kind::Enum => Self::String,
                Kind::IntEnum => Self::Number(Number::Integer),
                Kind::Union => return None,
            },
            Type::List {
                item,
                sparse: false,
            } => Self::List((**item).clone()),
            Type::Map {
                key,
                value,
                sparse: false,
            } => Self::Map {
                key: (**key).clone(),
                value: (**value).clone(),
            },
            Type::Boxed(inner) => return Self::of(inner),
            Type::List { .. }
            | Type::Map { .. }
            | Type::BigInteger
            | Type::BigDecimal
            | Type::Blob
            | Type::Document
            | Type::Timestamp
            | Type::Unit
            | Type::Stream { .. } => return None,
        })
    }

    /// The type of a list's elements, and whether they may be null.
    pub(crate) fn element(&self) -> Option<(Self, bool)> {
        match self {
            Self::List(item) => Some((Self::of(item)?, false)),
            Self::Items { item, nullable } => Some(((**item).clone(), *nullable)),
            _ => None,
        }
    }

    /// Whether it is the projection of a projection, which is only good for being flattened.
    pub(crate) fn is_nested(&self) -> bool {
        matches!(self, Self::Items { item, .. } if matches!(**item, Self::Items { .. }))
    }

    /// What diagnostics call it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Boolean => "a boolean".to_owned(),
            Self::Truth => "one of two values".to_owned(),
            Self::Number(_) => "a number".to_owned(),
            Self::String => "a string".to_owned(),
            Self::Input => "the input".to_owned(),
            Self::Output => "the output".to_owned(),
            Self::InputOutput => "the input and the output".to_owned(),
            Self::Structure(id) => format!("the structure `{}`", id.name()),
            Self::Map { .. } => "a map".to_owned(),
            Self::List(_) | Self::Items { .. } => "a list".to_owned(),
        }
    }
}
