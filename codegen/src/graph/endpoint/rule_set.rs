//! The endpoint rules of a service (Smithy, "Rules engine specification").

use crate::graph::endpoint::params::{Builtin, Parameter};
use crate::graph::endpoint::rules::Rule;
use crate::graph::endpoint::types::Version;
use indexmap::IndexMap;

/// A service's endpoint rules.
///
/// Rules are evaluated in order. The first rule whose conditions all hold determines the outcome. A
/// tree rule evaluates its own rules, and no rule after it is evaluated. If no rule matches,
/// resolution fails.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EndpointRules {
    /// The version of the rules engine.
    pub(crate) version: Version,
    /// The parameters by their names in the model, in the order of the model.
    pub(crate) parameters: IndexMap<String, Parameter>,
    /// The rules, in order; at least one.
    pub(crate) rules: Vec<Rule>,
}

impl EndpointRules {
    /// The parameters, sorted by Rust name.
    pub(crate) fn sorted(&self) -> Vec<&Parameter> {
        let mut parameters: Vec<&Parameter> = self.parameters.values().collect();
        parameters.sort_by_key(|parameter| &parameter.rust_name);
        parameters
    }

    /// The parameters that operations give values, sorted by Rust name.
    pub(crate) fn of_operations(&self) -> impl Iterator<Item = &Parameter> {
        self.sorted()
            .into_iter()
            .filter(|parameter| parameter.by_operation)
    }

    /// Whether the endpoint may differ between operations.
    pub(crate) fn is_per_operation(&self) -> bool {
        self.parameters
            .values()
            .any(|parameter| parameter.by_operation)
    }

    /// Whether an endpoint only accepts signatures of version 4a.
    pub(crate) fn requires_sigv4a(&self) -> bool {
        self.rules.iter().any(Rule::wants_sigv4a)
    }

    /// Whether the endpoint may depend on the account of the credentials.
    pub(crate) fn wants_account(&self) -> bool {
        self.parameters
            .values()
            .any(|parameter| parameter.builtin == Some(Builtin::AccountId))
    }
}
