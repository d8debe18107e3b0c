//! Rules and their conditions.

use crate::graph::endpoint::expr::Expr;
use crate::graph::endpoint::outcome::{Endpoint, Regions};
use crate::graph::endpoint::types::Type;
use crate::text::Text;

/// A rule: an outcome and its conditions.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/specification.html#endpoint-rule-object>
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rule {
    pub(crate) documentation: Option<Text>,
    /// The conditions, evaluated in order. A rule without conditions always applies.
    pub(crate) conditions: Vec<Condition>,
    pub(crate) outcome: Outcome,
}

/// The outcome of a rule.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    Endpoint(Box<Endpoint>),
    /// Resolution fails with this message.
    Error(Expr),
    /// The outcome of the first of these rules that applies. If none applies, resolution fails.
    Tree(Vec<Rule>),
}

/// A condition. It holds if the value is set and is not `false`.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/specification.html#condition-object>
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Condition {
    pub(crate) expr: Expr,
    /// The variable that holds the value in later conditions and in the outcome.
    pub(crate) assign: Option<Assign>,
}

/// A variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assign {
    /// Its Rust name.
    pub(crate) name: String,
    /// Its type, which is never optional.
    pub(crate) ty: Type,
}

impl Rule {
    /// Whether an endpoint in its outcome only accepts signatures of version 4a.
    pub(crate) fn wants_sigv4a(&self) -> bool {
        match &self.outcome {
            Outcome::Endpoint(endpoint) => {
                matches!(endpoint.signatures(), Some((Regions::Set(_), _)))
            }
            Outcome::Error(_) => false,
            Outcome::Tree(rules) => rules.iter().any(Self::wants_sigv4a),
        }
    }
}
