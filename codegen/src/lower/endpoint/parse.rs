//! Endpoint rules: the value of `smithy.rules#endpointRuleSet` or `endpointBdd`, parsed,
//! type-checked and made smaller.
//!
//! [`parse`] reads like the specification's chapters: [`parameters`](params), then rules with their
//! [`conditions`](rules), [`expressions`](check) and [`endpoints`](outcome). What it returns has no
//! unresolved name, no unparsed text and no wrong type; references carry the Rust names of what
//! they refer to.
//!
//! <https://smithy.io/2.0/additional-specs/rules-engine/specification.html>

use crate::graph::endpoint::rule_set::EndpointRules;
use crate::lower::endpoint::reader::Checker;
use crate::lower::endpoint::simplify;
use smithy_model::{Code, Diagnostic, Log, Node, Shape, ShapeId};

/// The endpoint rules of a service: a rule set, or else a decision diagram. Rules with mistakes are
/// reported and left out.
pub(crate) fn lower(service: &Shape, log: &mut Log) -> Option<EndpointRules> {
    let rule_set = service.traits.get("smithy.rules#endpointRuleSet");
    let diagram = service.traits.get("smithy.rules#endpointBdd");
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
