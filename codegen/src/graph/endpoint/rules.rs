//! Rules and their conditions.

use crate::graph::endpoint::expr::Expr;
use crate::graph::endpoint::outcome::{Endpoint, Regions};
use crate::graph::endpoint::types::Type;
use crate::text::Text;

/// Decides what happens if all of its conditions hold.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/specification.html#endpoint-rule-object>
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rule {
    pub(crate) documentation: Option<Text>,
    /// Tried in order; none means that the rule always applies.
    pub(crate) conditions: Vec<Condition>,
    pub(crate) outcome: Outcome,
}

/// What a rule decides.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    Endpoint(Box<Endpoint>),
    /// There is no endpoint, for this reason.
    Error(Expr),
    /// One of these rules decides. If none does, there is no endpoint.
    Tree(Vec<Rule>),
}

/// Holds if the value is there and is not `false`.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/specification.html#condition-object>
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Condition {
    pub(crate) expr: Expr,
    /// The variable that takes the value, for the conditions after this one and for the outcome.
    pub(crate) assign: Option<Assign>,
}

/// A variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assign {
    /// Its Rust name.
    pub(crate) name: String,
    /// Its type, never optional.
    pub(crate) ty: Type,
}

impl Rule {
    /// Whether it leads to an endpoint that only takes signatures of version 4a.
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
