//! Simplifies rules without changing their outcomes. Most rule sets are generated and nested more
//! deeply than necessary.

use crate::graph::endpoint::expr::{Expr, Literal, Origin, Ref};
use crate::graph::endpoint::rules::{Condition, Outcome, Rule};
use crate::graph::endpoint::types::Base;
use crate::graph::endpoint::uses;
use crate::text::Text;

/// Removes conditions that always hold and whose value is not used, and rules after a rule that
/// always applies. Replaces trees without conditions, and trees of a single rule without conditions,
/// by their rules. The documentation of other rules is kept.
pub(super) fn rules(rules: Vec<Rule>) -> Vec<Rule> {
    let mut rules: Vec<Rule> = rules.into_iter().map(rule).collect();
    if let Some(always) = rules.iter().position(|rule| rule.conditions.is_empty()) {
        rules.truncate(always + 1);
    }
    // Only the last rule can be a tree without conditions.
    while let Some(last) = rules.pop() {
        match last {
            Rule {
                documentation: None,
                conditions,
                outcome: Outcome::Tree(inner),
            } if conditions.is_empty() => {
                rules.extend(inner);
            }
            last => {
                rules.push(last);
                break;
            }
        }
    }
    rules
}

fn rule(rule: Rule) -> Rule {
    let Rule {
        documentation,
        conditions,
        outcome,
    } = rule;
    let conditions = conditions.into_iter().map(condition).collect();
    let outcome = match outcome {
        Outcome::Tree(inner) => Outcome::Tree(rules(inner)),
        outcome => outcome,
    };
    let conditions = needed(conditions, &outcome);
    match outcome {
        Outcome::Tree(inner) => tree(documentation, conditions, inner),
        outcome => Rule {
            documentation,
            conditions,
            outcome,
        },
    }
}

/// The conditions that may fail, or whose value is used later.
fn needed(conditions: Vec<Condition>, outcome: &Outcome) -> Vec<Condition> {
    let mut needed: Vec<Condition> = Vec::new();
    for condition in conditions.into_iter().rev() {
        let used = condition.assign.as_ref().is_some_and(|variable| {
            let is_it = |used: &Ref| used.origin == Origin::Variable && used.name == variable.name;
            uses::in_rule(&needed, outcome, &is_it)
        });
        if used || !always_holds(&condition.expr) {
            needed.insert(0, condition);
        }
    }
    needed
}

/// Whether the value is always set and not `false`. Every region has a partition.
fn always_holds(expr: &Expr) -> bool {
    let ty = expr.ty();
    match expr {
        Expr::Partition(_) => true,
        Expr::IsSet(of) => matches!(&**of, Expr::Ref(reference) if !reference.ty.optional),
        _ => !ty.optional && ty.base != Base::Bool,
    }
}

/// A tree, which is replaced by its only rule if that has no conditions.
fn tree(documentation: Option<Text>, conditions: Vec<Condition>, mut inner: Vec<Rule>) -> Rule {
    match (inner.pop(), inner.is_empty()) {
        (Some(only), true)
            if only.conditions.is_empty()
                && (documentation.is_none() || only.documentation.is_none()) =>
        {
            Rule {
                documentation: documentation.or(only.documentation),
                conditions,
                outcome: only.outcome,
            }
        }
        (last, _) => {
            inner.extend(last);
            Rule {
                documentation,
                conditions,
                outcome: Outcome::Tree(inner),
            }
        }
    }
}

fn condition(condition: Condition) -> Condition {
    Condition {
        expr: expr(condition.expr),
        ..condition
    }
}

/// `x == true` is `x`, `x == false` is `not x`, and `not not x` is `x`.
fn expr(from: Expr) -> Expr {
    match from {
        Expr::BooleanEquals(left, right) => match (*left, *right) {
            (Expr::Literal(Literal::Bool(value)), other)
            | (other, Expr::Literal(Literal::Bool(value))) => {
                if value {
                    expr(other)
                } else {
                    negate(expr(other))
                }
            }
            (left, right) => Expr::BooleanEquals(Box::new(left), Box::new(right)),
        },
        Expr::Not(inner) => negate(expr(*inner)),
        other => other,
    }
}

fn negate(expr: Expr) -> Expr {
    match expr {
        Expr::Not(inner) => *inner,
        other => Expr::Not(Box::new(other)),
    }
}
