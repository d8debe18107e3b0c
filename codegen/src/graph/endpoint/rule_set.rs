//! The endpoint rules of a service (Smithy, "Rules engine specification").

use crate::graph::endpoint::params::{Builtin, Parameter};
use crate::graph::endpoint::rules::Rule;
use crate::graph::endpoint::types::Version;
use indexmap::IndexMap;

/// A service's endpoint rules.
///
/// Rules are tried in order. The first whose conditions all hold decides; if it is a tree, its own
/// rules decide, and none after it is tried. If no rule is left, there is no endpoint.
#[derive(Clone, Debug)]
pub(crate) struct EndpointRules {
    /// The version of the rules engine that the rules are written for.
    pub(crate) version: Version,
    /// What the rules depend on, by name in the model, in the order written.
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

    /// Those that operations give values.
    pub(crate) fn of_operations(&self) -> impl Iterator<Item = &Parameter> {
        self.sorted()
            .into_iter()
            .filter(|parameter| parameter.by_operation)
    }

    /// Whether operations may go to different places.
    pub(crate) fn is_per_operation(&self) -> bool {
        self.parameters
            .values()
            .any(|parameter| parameter.by_operation)
    }

    /// Whether an endpoint only takes signatures of version 4a.
    pub(crate) fn want_sigv4a(&self) -> bool {
        self.rules.iter().any(Rule::wants_sigv4a)
    }

    /// Whether it matters which account the credentials belong to.
    pub(crate) fn wants_account(&self) -> bool {
        self.parameters
            .values()
            .any(|parameter| parameter.builtin == Some(Builtin::AccountId))
    }
}
