//! Finds uses of parameters and variables. Emitted code binds only those that are used.

use crate::graph::endpoint::expr::{Expr, Origin, Part, Ref};
use crate::graph::endpoint::outcome::{Endpoint, Regions};
use crate::graph::endpoint::rules::{Condition, Outcome, Rule};

impl Ref {
    /// Whether it refers to the parameter.
    pub(crate) fn is_parameter(&self, name: &str) -> bool {
        self.origin == Origin::Parameter && self.name == name
    }
}

/// Whether the predicate holds for a reference in the rules.
pub(crate) fn in_rules(rules: &[Rule], wanted: &dyn Fn(&Ref) -> bool) -> bool {
    rules
        .iter()
        .any(|rule| in_rule(&rule.conditions, &rule.outcome, wanted))
}

/// Whether the predicate holds for a reference in conditions or in their outcome.
pub(crate) fn in_rule(
    conditions: &[Condition],
    outcome: &Outcome,
    wanted: &dyn Fn(&Ref) -> bool,
) -> bool {
    conditions
        .iter()
        .any(|condition| in_expr(&condition.expr, wanted))
        || match outcome {
            Outcome::Endpoint(endpoint) => in_endpoint(endpoint, wanted),
            Outcome::Error(message) => in_expr(message, wanted),
            Outcome::Tree(rules) => in_rules(rules, wanted),
        }
}

fn in_endpoint(endpoint: &Endpoint, wanted: &dyn Fn(&Ref) -> bool) -> bool {
    let signing = endpoint.signatures().is_some_and(|(regions, signing)| {
        let regions = match regions {
            Regions::One(region) => region.map(std::slice::from_ref).unwrap_or_default(),
            Regions::Set(regions) => regions,
        };
        regions
            .iter()
            .chain(&signing.name)
            .any(|expr| in_expr(expr, wanted))
    });
    let mut headers = endpoint.headers.values().flatten();
    signing || in_expr(&endpoint.url, wanted) || headers.any(|value| in_expr(value, wanted))
}

fn in_expr(expr: &Expr, wanted: &dyn Fn(&Ref) -> bool) -> bool {
    let any = |exprs: &[&Expr]| exprs.iter().any(|expr| in_expr(expr, wanted));
    match expr {
        Expr::Literal(_) => false,
        Expr::Ref(reference) => wanted(reference),
        Expr::Template(parts) => parts.iter().any(|part| match part {
            Part::Text(_) => false,
            Part::Value(value) => in_expr(value, wanted),
        }),
        // It is not asked again.
        Expr::IsSet(of) if matches!(&**of, Expr::Ref(reference) if !reference.ty.optional) => false,
        Expr::IsSet(of)
        | Expr::Not(of)
        | Expr::GetAttr { of, .. }
        | Expr::ParseUrl(of)
        | Expr::UriEncode(of)
        | Expr::Partition(of)
        | Expr::ParseArn(of) => in_expr(of, wanted),
        Expr::BooleanEquals(left, right)
        | Expr::StringEquals(left, right)
        | Expr::IsValidHostLabel {
            value: left,
            allow_sub_domains: right,
        }
        | Expr::IsVirtualHostableS3Bucket {
            value: left,
            allow_sub_domains: right,
        } => any(&[left, right]),
        Expr::Substring {
            input,
            start,
            stop,
            reverse,
        } => any(&[input, start, stop, reverse]),
        Expr::Split {
            value,
            delimiter,
            limit,
        } => any(&[value, delimiter, limit]),
        Expr::Ite {
            condition,
            then,
            otherwise,
        } => any(&[condition, then, otherwise]),
        Expr::Coalesce(first, rest) => {
            in_expr(first, wanted) || rest.iter().any(|expr| in_expr(expr, wanted))
        }
    }
}
