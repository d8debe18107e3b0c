//! The values that operations give to parameters of endpoint rules.

use crate::graph::endpoint::params::{DefaultValue, ParameterType};
use crate::graph::jmespath::{Expr, Kind};
use crate::text::Text;

/// A parameter that an operation gives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Binding {
    /// The parameter's Rust name.
    pub(crate) parameter: String,
    pub(crate) value: BoundValue,
}

/// What an operation gives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum BoundValue {
    /// Always the same.
    Static(DefaultValue),
    /// What its input has there; if `filled`, a string that must not be blank.
    Path {
        path: Text,
        value: Box<Expr>,
        ty: ParameterType,
        filled: bool,
    },
}

impl BoundValue {
    /// The type of the value.
    pub(crate) fn ty(&self) -> ParameterType {
        match self {
            Self::Static(DefaultValue::Bool(_)) => ParameterType::Bool,
            Self::Static(DefaultValue::String(_)) => ParameterType::String,
            Self::Static(DefaultValue::StringArray(_)) => ParameterType::StringArray,
            Self::Path { ty, .. } => *ty,
        }
    }

    /// Whether a member on the way to it is sensitive.
    pub(crate) fn is_sensitive(&self) -> bool {
        match self {
            Self::Static(_) => false,
            Self::Path { value, .. } => value.any(&|kind| {
                matches!(
                    kind,
                    Kind::Field {
                        sensitive: true,
                        ..
                    }
                )
            }),
        }
    }
}
