//! Expressions of conditions, URLs, headers and error messages.

use crate::graph::endpoint::types::{Base, Field, Type};
use crate::text::Text;

/// A checked expression. Calls have the right number of arguments, each of the right type.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html>,
/// <https://smithy.io/2.0/aws/rules-engine/library-functions.html>
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expr {
    Literal(Literal),
    /// A string of text and values: at least two parts, or one value.
    Template(Vec<Part>),
    Ref(Ref),
    /// Whether a value is set, including `false` and empty values.
    IsSet(Box<Expr>),
    Not(Box<Expr>),
    BooleanEquals(Box<Expr>, Box<Expr>),
    StringEquals(Box<Expr>, Box<Expr>),
    /// A field of a record, an item of an array, or an item of a field.
    GetAttr {
        of: Box<Expr>,
        path: Vec<Step>,
    },
    /// Bytes `start..stop` of an ASCII string, counted from the end if `reverse`; none if the
    /// string is too short.
    Substring {
        input: Box<Expr>,
        start: Box<Expr>,
        stop: Box<Expr>,
        reverse: Box<Expr>,
    },
    ParseUrl(Box<Expr>),
    IsValidHostLabel {
        value: Box<Expr>,
        allow_sub_domains: Box<Expr>,
    },
    UriEncode(Box<Expr>),
    /// The parts between delimiters: at most `limit` of them unless `limit` is 0.
    Split {
        value: Box<Expr>,
        delimiter: Box<Expr>,
        limit: Box<Expr>,
    },
    /// The first expression with a value, of at least two.
    Coalesce(Box<Expr>, Vec<Expr>),
    Ite {
        condition: Box<Expr>,
        then: Box<Expr>,
        otherwise: Box<Expr>,
    },
    Partition(Box<Expr>),
    ParseArn(Box<Expr>),
    IsVirtualHostableS3Bucket {
        value: Box<Expr>,
        allow_sub_domains: Box<Expr>,
    },
}

/// A literal in the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Literal {
    Bool(bool),
    Int(i32),
    String(Text),
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    Text(Text),
    /// An expression for a string that is always set.
    Value(Expr),
}

/// A reference to a parameter or variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ref {
    /// Its Rust name.
    pub(crate) name: String,
    pub(crate) origin: Origin,
    /// The type at this place. A parameter is not optional after a condition tests it with `isSet`.
    pub(crate) ty: Type,
}

/// The declaration to which a name refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Parameter,
    Variable,
}

/// A step of the path of `getAttr`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Field(Field),
    /// An item, counted from the end if negative; not set if the array is too short.
    Index(i32),
}

impl Expr {
    /// The type of the value.
    pub(crate) fn ty(&self) -> Type {
        match self {
            Self::Literal(literal) => literal.base().required(),
            Self::Ref(reference) => reference.ty,
            Self::Template(_) | Self::UriEncode(_) => Base::String.required(),
            Self::IsSet(_)
            | Self::Not(_)
            | Self::BooleanEquals(..)
            | Self::StringEquals(..)
            | Self::IsValidHostLabel { .. }
            | Self::IsVirtualHostableS3Bucket { .. } => Base::Bool.required(),
            Self::GetAttr { of, path } => path.iter().fold(of.ty(), |ty, step| step.of(ty)),
            Self::Substring { .. } => Base::String.optional(),
            Self::ParseUrl(_) => Base::Url.optional(),
            Self::Split { .. } => Base::StringArray.required(),
            Self::Coalesce(first, rest) => {
                let first = first.ty();
                Type {
                    optional: first.optional && rest.iter().all(|item| item.ty().optional),
                    ..first
                }
            }
            Self::Ite {
                then, otherwise, ..
            } => {
                let then = then.ty();
                Type {
                    optional: then.optional || otherwise.ty().optional,
                    ..then
                }
            }
            Self::Partition(_) => Base::Partition.optional(),
            Self::ParseArn(_) => Base::Arn.optional(),
        }
    }
}

impl Literal {
    const fn base(&self) -> Base {
        match self {
            Self::Bool(_) => Base::Bool,
            Self::Int(_) => Base::Int,
            Self::String(_) => Base::String,
        }
    }
}

impl Step {
    /// The type of the result of this step for a value of type `ty`.
    pub(crate) const fn of(self, ty: Type) -> Type {
        match self {
            Self::Field(field) => Type {
                base: field.base(),
                optional: ty.optional,
            },
            Self::Index(_) => Base::String.optional(),
        }
    }
}
