//! Parses expressions.
//!
//! Expressions without a static type, and those that are always null, are rejected with a reason.
//! Nulls follow JMESPath: projections drop them, and an ordering comparison with null is null. A
//! function call with a null argument, which is an error in JMESPath, is null: matchers do not
//! match it, and endpoint parameters have no value.
//!
//! <https://jmespath.org/specification.html>

use crate::graph::jmespath::{Expr, Kind, ValueType};
use crate::lower::jmespath::check::Checker;
use crate::lower::jmespath::scope::Scope;
use crate::lower::jmespath::subset;

/// The most brackets and operators of an expression, since the parser and the checker recurse for
/// each level. AWS's waiters have 15 at most.
pub(super) const DEEPEST: usize = 100;

/// The root of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Root {
    /// The output.
    Output,
    /// An object with the members `input` and `output`.
    InputOutput,
    /// The input, in the subset of JMESPath for endpoint parameters.
    Operation,
}

/// Parses an expression and finds its type.
///
/// # Errors
///
/// Why the expression is not supported.
pub(crate) fn parse(text: &str, root: Root, scope: Scope<'_>) -> Result<Expr, String> {
    if text
        .matches(['(', '[', '{', '!', '.', '|', '&', '=', '<', '>', '*'])
        .count()
        > DEEPEST
    {
        return Err(format!("it has more than {DEEPEST} brackets and operators"));
    }
    let ast = jmespath::parse(text).map_err(|error| format!("{}", error.reason))?;
    let start = match root {
        Root::Output => Expr::new(Kind::Output, ValueType::Output, false),
        Root::InputOutput => Expr::new(Kind::InputOutput, ValueType::InputOutput, false),
        Root::Operation => {
            subset::check(&ast)?;
            Expr::new(Kind::Operation, ValueType::Input, false)
        }
    };
    Checker::new(scope).expr(&ast, &start)
}
