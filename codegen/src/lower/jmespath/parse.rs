//! JMESPath expressions: parsed, and typed against the graph, so that they can become Rust.
//!
//! What has no type here, or could only ever be null, is refused; a reason says why. Nulls are
//! JMESPath's: a projection drops them, and comparing for order gives null if one side is. A
//! function that is called with a null fails in JMESPath; here it gives null, which no matcher
//! takes for its value and endpoint rules take for none.
//!
//! <https://jmespath.org/specification.html>

use crate::graph::jmespath::{Expr, Kind, Ty};
use crate::lower::jmespath::check::Checker;
use crate::lower::jmespath::scope::Scope;
use crate::lower::jmespath::subset;

/// How many signs that may lead a level deeper an expression may have: its parser, and the checks
/// here, call themselves for every level. AWS's waiters have 15 at most.
pub(super) const DEEPEST: usize = 100;

/// Where an expression starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Root {
    /// At the output.
    Output,
    /// At an object with the members `input` and `output`.
    InputOutput,
    /// At the input, by what endpoint rules know of JMESPath.
    Operation,
}

/// Parses an expression and finds its type.
///
/// # Errors
///
/// Why it cannot become Rust.
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
        Root::Output => Expr::new(Kind::Output, Ty::Output, false),
        Root::InputOutput => Expr::new(Kind::InputOutput, Ty::InputOutput, false),
        Root::Operation => {
            subset::check(&ast)?;
            Expr::new(Kind::Operation, Ty::Input, false)
        }
    };
    Checker::new(scope).expr(&ast, &start)
}
