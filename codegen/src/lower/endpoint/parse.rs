//! Endpoint rules: the value of `smithy.rules#endpointRuleSet` or `endpointBdd`, parsed,
//! type-checked and made smaller.
//!
//! [`parse`] reads like the specification's chapters: [`parameters`](params), then rules with their
//! [`conditions`](rules), [`expressions`](check) and [`endpoints`](outcome). What it returns has no
//! unresolved name, no unparsed text and no wrong type; references carry the Rust names of what
//! they refer to.
//!
//! <https://smithy.io/2.0/additional-specs/rules-engine/specification.html>

mod bdd;
mod bindings;
mod check;
mod dump;
pub(crate) mod expr;
mod functions;
pub(crate) mod outcome;
pub(crate) mod params;
mod reader;
pub(crate) mod rules;
mod scope;
mod simplify;
mod template;
#[cfg(test)]
mod tests;
pub(crate) mod types;
pub(crate) mod uses;

pub(crate) use bindings::{Binding, Given, bind};
pub(crate) use expr::{Expr, Literal, Origin, Part, Ref, Step};
pub(crate) use outcome::{AuthScheme, Endpoint, Property, Regions, Signing};
pub(crate) use params::{DefaultValue, Parameter, ParameterType, Presence, Setting};
pub(crate) use rules::{Condition, Outcome, Rule};
pub(crate) use types::{Base, Field, Type, Version};

use check::Checker;
use indexmap::IndexMap;
use params::Builtin;
use smithy_model::{Code, Diagnostic, Node, ShapeId};

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

/// Parses the value of the trait `smithy.rules#endpointRuleSet` on `service`.
///
/// # Errors
///
/// Everything that is wrong with it.
pub(crate) fn parse(node: &Node, service: &ShapeId) -> Result<EndpointRules, Vec<Diagnostic>> {
    refuse_heavy(node, service)?;
    read(service, |checker| rule_set(checker, node))
}

/// Parses the value of the trait `smithy.rules#endpointBdd` on `service`.
///
/// # Errors
///
/// Everything that is wrong with it.
pub(crate) fn parse_bdd(node: &Node, service: &ShapeId) -> Result<EndpointRules, Vec<Diagnostic>> {
    refuse_heavy(node, service)?;
    // A condition that is shared is looked at in each place where it is used.
    read(service, |checker| checker.diagram(node)).map_err(|mut problems| {
        let mut told = Vec::new();
        problems.retain(|problem| {
            let new = !told.contains(&(problem.span, problem.message.clone()));
            told.push((problem.span, problem.message.clone()));
            new
        });
        problems
    })
}

/// How many bytes, by [`Node::weight`], the rules may take. Those of AWS's REST services take 34
/// KiB at most.
const HEAVIEST: usize = 4 << 20;

/// Refuses rules that are too large, before anything else is done with them.
fn refuse_heavy(node: &Node, service: &ShapeId) -> Result<(), Vec<Diagnostic>> {
    if node.weight() <= HEAVIEST {
        return Ok(());
    }
    let message = format!("the endpoint rules take more than {} MiB", HEAVIEST >> 20);
    let problem = Diagnostic::warning(Code::UnsupportedTrait, message)
        .shape(service)
        .at(node.span);
    Err(vec![problem.help("users have to set a custom endpoint")])
}

fn read(
    service: &ShapeId,
    rules: impl FnOnce(&mut Checker<'_>) -> Option<EndpointRules>,
) -> Result<EndpointRules, Vec<Diagnostic>> {
    let mut checker = Checker::new(service);
    match rules(&mut checker) {
        Some(rules) if checker.problems.is_empty() => Ok(rules),
        _ => Err(checker.problems),
    }
}

fn rule_set(checker: &mut Checker<'_>, node: &Node) -> Option<EndpointRules> {
    checker.object(
        node,
        "a rule set",
        &["version", "serviceId", "parameters", "rules"],
    )?;
    let version = checker.version(node);
    let parameters = checker.parameters(node);
    let rules = checker.rules(node, "a rule set");
    Some(EndpointRules {
        version: version?,
        parameters: parameters?,
        rules: simplify::rules(rules?),
    })
}
