//! Truth tests. All values are true except null, `false`, and empty strings, lists and objects.

use crate::graph::jmespath::{Expr, Kind, Ty};
use crate::graph::shape::Shape;
use crate::lower::jmespath::scope::Scope;

/// The expression, if its type has a truth test.
pub(super) fn check(expr: Expr, scope: &Scope<'_>) -> Result<Expr, String> {
    let has_test = match &expr.ty {
        Ty::Boolean => !matches!(expr.kind, Kind::Boolean(_)),
        Ty::Items { .. } => !expr.ty.is_nested(),
        Ty::Truth | Ty::String | Ty::List(_) | Ty::Map { .. } => true,
        Ty::Number(_) => expr.nullable,
        // An object without members is false. One with a required member is not empty.
        Ty::Structure(id) => {
            let required = |shape: &Shape| match shape {
                Shape::Structure(structure) => structure.required().next().is_some(),
                _ => false,
            };
            expr.nullable && scope.shapes.get(id).is_some_and(required)
        }
        Ty::Null | Ty::Input | Ty::Output | Ty::InputOutput => false,
    };
    if has_test {
        Ok(expr)
    } else {
        Err(format!("{} cannot be tested for truth", expr.ty.name()))
    }
}
