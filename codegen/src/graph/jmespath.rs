//! Typed JMESPath expressions.

use crate::graph::member::Type;
use crate::text::Text;
use smithy_model::ShapeId;

/// An expression and its type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expr {
    pub(crate) kind: Kind,
    pub(crate) ty: ValueType,
    /// Whether the value may be null.
    pub(crate) nullable: bool,
}

/// The kind of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// The operation's input.
    Input,
    /// Its output.
    Output,
    /// An object with the members `input` and `output`.
    InputOutput,
    /// The input, as `self` in a method of the operation.
    Operation,
    /// The current element of a projection or multi-select list.
    Element,
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    Text(Text),
    /// A member of a structure, by its Rust name.
    Field {
        of: Box<Expr>,
        field: String,
        ty: Type,
        optional: bool,
        deprecated: bool,
        sensitive: bool,
    },
    /// The value of a key of a map, and the type of such values.
    Entry {
        of: Box<Expr>,
        key: Text,
        ty: Type,
    },
    /// An element of a list. Negative numbers count from its end.
    Index {
        of: Box<Expr>,
        index: i32,
    },
    /// The values of `each` for the elements that match the filter, without nulls.
    Project {
        of: Box<Expr>,
        filter: Option<Box<Expr>>,
        each: Box<Expr>,
    },
    /// The elements of the lists in a list.
    Flatten(Box<Expr>),
    Keys(Box<Expr>),
    Values(Box<Expr>),
    /// A multi-select list. `of` is the current node of its elements if that node may be null; the
    /// list then is null as well.
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
    /// Whether a list has an element, or a string has a substring.
    Contains(Box<Expr>, Box<Expr>),
    StartsWith(Box<Expr>, Box<Expr>),
    EndsWith(Box<Expr>, Box<Expr>),
}

/// The type of a value, apart from null.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ValueType {
    /// Only null.
    Null,
    Boolean,
    /// The value of `&&` or `||` with operands of different types. It can only be tested for truth.
    AnyOperand,
    Number(Number),
    /// A string, or the value of an enum.
    String,
    /// The operation's input.
    Input,
    /// Its output.
    Output,
    /// An object with the members `input` and `output`.
    InputOutput,
    Structure(ShapeId),
    Map {
        key: Type,
        value: Type,
    },
    /// The value of a list member.
    List(Type),
    /// The items of an iterator.
    Items {
        item: Box<ValueType>,
        nullable: bool,
    },
}

/// The Rust type of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Number {
    /// `usize`
    Count,
    /// `i64`
    Integer,
    /// `f64`
    Float,
}

/// An operator that compares two values.
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
    /// Whether it compares for equality, which all types support.
    pub(crate) fn is_equality(self) -> bool {
        matches!(self, Self::Equal | Self::NotEqual)
    }

    /// The operator whose result is the negation of this one.
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
    pub(crate) fn new(kind: Kind, ty: ValueType, nullable: bool) -> Self {
        Self { kind, ty, nullable }
    }

    /// Whether the predicate holds for the expression or one of its parts.
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

    /// Whether it is a list of strings without nulls.
    pub(crate) fn is_strings(&self) -> bool {
        match &self.ty {
            ValueType::List(item) => ValueType::of(item) == Some(ValueType::String),
            ValueType::Items { item, nullable } => **item == ValueType::String && !nullable,
            _ => false,
        }
    }
}

impl ValueType {
    /// The type of values of a Rust type; `None` if expressions do not support it.
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

    /// Whether it is a projection of projections, which can only be flattened.
    pub(crate) fn is_nested(&self) -> bool {
        matches!(self, Self::Items { item, .. } if matches!(**item, Self::Items { .. }))
    }

    /// The name of the type in diagnostics.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Boolean => "a boolean".to_owned(),
            Self::AnyOperand => "the value of `&&` or `||`".to_owned(),
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
