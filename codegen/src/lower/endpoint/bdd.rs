//! Endpoint rules as a binary decision diagram, which is unfolded into rules.
//!
//! <https://smithy.io/2.0/additional-specs/rules-engine/specification.html#smithy-rules-endpointbdd-trait>

use crate::graph::endpoint::rule_set::EndpointRules;
use crate::graph::endpoint::rules::{Outcome, Rule};
use crate::graph::endpoint::types::Version;
use crate::lower::endpoint::reader::Checker;
use crate::lower::endpoint::simplify;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use smithy_model::{Code, Diagnostic, Node};

/// The first reference to a result. It means that no rule matches, and is not in the list of
/// results.
const RESULTS: i32 = 100_000_000;
/// The most conditions of an unfolded diagram. Those of AWS's REST services have fewer than 50.
const MOST: usize = 5_000;
/// The most bytes, by [`Node::weight`], of the conditions and results of an unfolded diagram.
/// Shared ones are read once for each use.
const MOST_READ: usize = 4 << 20;
/// The deepest nesting of conditions. No path through AWS's diagrams tests more, of which that of S3
/// is the deepest. A path with a cycle does.
const DEEPEST: usize = 150;

/// A node: a condition, and the references to follow if it holds and if it does not.
type Triple = [i32; 3];

struct Diagram<'n> {
    conditions: &'n [Node],
    results: &'n [Node],
    nodes: Vec<Triple>,
    /// The number of unfolded conditions.
    count: usize,
    /// The number of conditions around the current node.
    depth: usize,
    /// The remaining weight for conditions and results.
    left: usize,
}

impl Diagram<'_> {
    /// Subtracts the weight of a condition or result.
    fn take(&mut self, node: &Node) -> Result<(), Refusal> {
        self.left = self
            .left
            .checked_sub(node.weight())
            .ok_or(Refusal::TooLarge)?;
        Ok(())
    }
}

/// Why a diagram is not unfolded.
enum Refusal {
    /// A problem has been reported.
    Reported,
    TooLarge,
}

impl Checker<'_> {
    pub(super) fn diagram(&mut self, node: &Node) -> Option<EndpointRules> {
        const KNOWN: [&str; 7] = [
            "version",
            "parameters",
            "conditions",
            "results",
            "root",
            "nodeCount",
            "nodes",
        ];
        const WHAT: &str = "a decision diagram";
        self.object(node, WHAT, &KNOWN)?;
        let version = self.version(node)?;
        if version < Version::V1_1 {
            self.report(
                node,
                "a decision diagram requires version 1.1 of the rules engine",
                "raise `version`",
            );
        }
        let parameters = self.parameters(node)?;
        let mut diagram = Diagram {
            conditions: self.required_array(node, "conditions", WHAT)?,
            results: self.required_array(node, "results", WHAT)?,
            nodes: self.nodes(node)?,
            count: 0,
            depth: 0,
            left: MOST_READ,
        };
        let root = self.required(node, "root", WHAT)?;
        let Some(reference) = root.as_i64().and_then(|root| i32::try_from(root).ok()) else {
            return self.refuse(
                root,
                "`root` is not a reference",
                "write the number of a node, from 2",
            );
        };
        match self.unfold(root, &mut diagram, reference) {
            Ok(rules) => Some(EndpointRules {
                version,
                parameters,
                rules: simplify::rules(rules),
            }),
            Err(Refusal::Reported) => None,
            Err(Refusal::TooLarge) => {
                let message = "the decision diagram of the endpoint rules is too large for generated code, or has a cycle";
                let help = "users must set a custom endpoint";
                let problem = Diagnostic::warning(Code::UnsupportedTrait, message);
                self.problems
                    .push(problem.shape(self.service).at(node.span).help(help));
                None
            }
        }
    }

    /// The nodes: three big-endian integers each, all in Base64.
    fn nodes(&mut self, diagram: &Node) -> Option<Vec<Triple>> {
        let node = self.required(diagram, "nodes", "a decision diagram")?;
        let text = self.string(node, "`nodes`")?;
        let bytes = STANDARD.decode(text).unwrap_or_default();
        let (nodes, rest) = bytes.as_chunks::<12>();
        let count = diagram.get("nodeCount").and_then(Node::as_i64);
        if !rest.is_empty() || nodes.is_empty() || count != i64::try_from(nodes.len()).ok() {
            let help = "write `nodeCount` triples of 4-byte big-endian integers";
            return self.refuse(
                node,
                "`nodes` does not hold the nodes of a decision diagram",
                help,
            );
        }
        let integer = |bytes: &[u8; 4]| i32::from_be_bytes(*bytes);
        let triple = |node: &[u8; 12]| match node.as_chunks::<4>().0 {
            [condition, high, low] => Some([integer(condition), integer(high), integer(low)]),
            _ => None,
        };
        nodes.iter().map(triple).collect()
    }

    /// The rules for a reference. Shared nodes are copied for each use.
    fn unfold(
        &mut self,
        at: &Node,
        diagram: &mut Diagram<'_>,
        reference: i32,
    ) -> Result<Vec<Rule>, Refusal> {
        let index = usize::try_from(reference.unsigned_abs()).unwrap_or(usize::MAX);
        if matches!(reference, 1 | -1 | RESULTS) {
            return Ok(Vec::new());
        }
        if reference > RESULTS {
            let result = usize::try_from(reference - RESULTS - 1).ok();
            let Some(result) = result.and_then(|index| diagram.results.get(index)) else {
                return self.dangling(at, reference);
            };
            diagram.take(result)?;
            return self
                .result(result)
                .map(|rule| vec![rule])
                .ok_or(Refusal::Reported);
        }
        let node = index
            .checked_sub(1)
            .filter(|index| *index > 0)
            .and_then(|index| diagram.nodes.get(index));
        let Some(&[condition, high, low]) = node else {
            return self.dangling(at, reference);
        };
        let condition = usize::try_from(condition)
            .ok()
            .and_then(|index| diagram.conditions.get(index));
        let Some(condition) = condition else {
            return self.dangling(at, reference);
        };
        diagram.count += 1;
        diagram.depth += 1;
        if diagram.count > MOST || diagram.depth > DEEPEST {
            return Err(Refusal::TooLarge);
        }
        diagram.take(condition)?;
        // A negative reference negates the condition.
        let (then, otherwise) = if reference < 0 {
            (low, high)
        } else {
            (high, low)
        };
        let mark = self.scope.mark();
        let checked = self.condition(condition);
        let then = checked
            .is_some()
            .then(|| self.unfold(condition, diagram, then));
        self.scope.leave(mark);
        let otherwise = self.unfold(condition, diagram, otherwise)?;
        diagram.depth -= 1;
        match (checked, then) {
            (Some(checked), Some(then)) => Ok(join(checked, then?, otherwise)),
            _ => Err(Refusal::Reported),
        }
    }

    /// A rule without conditions.
    fn result(&mut self, node: &Node) -> Option<Rule> {
        let kind = self.required(node, "type", "a result")?;
        let what = match self.string(kind, "`type`")? {
            "endpoint" => ("endpoint", "an endpoint rule"),
            "error" => ("error", "an error rule"),
            other => {
                let help = "use `endpoint` or `error`";
                return self.refuse(kind, format!("unknown type `{other}` of a result"), help);
            }
        };
        let documentation = self.documentation(node);
        let outcome = self.outcome(node, what);
        Some(Rule {
            documentation: documentation?,
            conditions: Vec::new(),
            outcome: outcome?,
        })
    }

    fn dangling<T>(&mut self, at: &Node, reference: i32) -> Result<T, Refusal> {
        let message = format!("the reference {reference} of the decision diagram has no target");
        self.report(
            at,
            message,
            "refer to a node from 2, to a result from 100000001, or to 1 or -1",
        );
        Err(Refusal::Reported)
    }
}

/// Rules for a condition, with the rules that apply if it holds and if it does not. If the former
/// are one rule followed by the latter, the result is one rule with all conditions.
fn join(
    condition: crate::graph::endpoint::rules::Condition,
    then: Vec<Rule>,
    otherwise: Vec<Rule>,
) -> Vec<Rule> {
    if then == otherwise && condition.assign.is_none() {
        return then;
    }
    let mut inner = then.into_iter();
    let first = inner.next();
    let rest: Vec<Rule> = inner.collect();
    let mut rules = match first {
        Some(Rule {
            documentation,
            conditions,
            outcome,
        }) if rest == otherwise => {
            let conditions = std::iter::once(condition).chain(conditions).collect();
            vec![Rule {
                documentation,
                conditions,
                outcome,
            }]
        }
        first => {
            let inner = first.into_iter().chain(rest).collect();
            vec![Rule {
                documentation: None,
                conditions: vec![condition],
                outcome: Outcome::Tree(inner),
            }]
        }
    };
    rules.extend(otherwise);
    rules
}
