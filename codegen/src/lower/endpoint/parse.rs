//! Parses endpoint rules: the traits `smithy.rules#endpointRuleSet` and `endpointBdd`.
//!
//! The modules follow the chapters of the specification: parameters, rules, expressions, endpoints.
//! The result has no unresolved names, no unparsed text and no type errors. References hold the
//! Rust names of their targets.
//!
//! <https://smithy.io/2.0/additional-specs/rules-engine/specification.html>

use crate::graph::endpoint::rule_set::EndpointRules;
use crate::lower::endpoint::reader::Checker;
use crate::lower::endpoint::simplify;
use smithy_model::traits::{ENDPOINT_BDD, ENDPOINT_RULE_SET};
use smithy_model::{Code, Diagnostic, Log, Node, Shape, ShapeId};

/// The endpoint rules of a service: its rule set, or else its decision diagram. Errors are
/// reported, and the service then has no rules.
pub(crate) fn lower(service: &Shape, log: &mut Log) -> Option<EndpointRules> {
    let rule_set = ENDPOINT_RULE_SET.of(&service.traits);
    let diagram = ENDPOINT_BDD.of(&service.traits);
    let rules = match (rule_set, diagram) {
        (Some(node), _) => parse(node, &service.id),
        (None, Some(node)) => parse_bdd(node, &service.id),
        (None, None) => return None,
    };
    rules.map_err(|problems| log.extend(problems)).ok()
}

/// Parses the value of the trait `smithy.rules#endpointRuleSet` on `service`.
///
/// # Errors
///
/// All problems of the value.
pub(crate) fn parse(node: &Node, service: &ShapeId) -> Result<EndpointRules, Vec<Diagnostic>> {
    reject_too_large(node, service)?;
    read(service, |checker| rule_set(checker, node))
}

/// Parses the value of the trait `smithy.rules#endpointBdd` on `service`.
///
/// # Errors
///
/// All problems of the value.
pub(crate) fn parse_bdd(node: &Node, service: &ShapeId) -> Result<EndpointRules, Vec<Diagnostic>> {
    reject_too_large(node, service)?;
    // A shared condition is checked once for each use.
    read(service, |checker| checker.diagram(node)).map_err(|mut problems| {
        let mut reported = Vec::new();
        problems.retain(|problem| {
            let new = !reported.contains(&(problem.span, problem.message.clone()));
            reported.push((problem.span, problem.message.clone()));
            new
        });
        problems
    })
}

/// The most bytes of rules, by [`Node::weight`]. Those of AWS's REST services have 34 KiB at most.
const HEAVIEST: usize = 4 << 20;

/// Rejects rules that are too large before they are parsed.
fn reject_too_large(node: &Node, service: &ShapeId) -> Result<(), Vec<Diagnostic>> {
    if node.weight() <= HEAVIEST {
        return Ok(());
    }
    let message = format!("the endpoint rules have more than {} MiB", HEAVIEST >> 20);
    let problem = Diagnostic::warning(Code::UnsupportedTrait, message)
        .shape(service)
        .at(node.span);
    Err(vec![problem.help("users must set a custom endpoint")])
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
