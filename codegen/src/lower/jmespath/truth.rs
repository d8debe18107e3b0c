//! AnyOperand tests. All values are true except null, `false`, and empty strings, lists and objects.

use crate::graph::jmespath::{Expr, Kind, ValueType};
use crate::graph::shape::Shape;
use crate::lower::jmespath::scope::Scope;

/// The expression, if its type has a truth test.
pub(super) fn check(expr: Expr, scope: &Scope<'_>) -> Result<Expr, String> {
    let has_test = match &expr.ty {
        ValueType::Boolean => !matches!(expr.kind, Kind::Boolean(_)),
        ValueType::Items { .. } => !expr.ty.is_nested(),
        ValueType::AnyOperand | ValueType::String | ValueType::List(_) | ValueType::Map { .. } => {
            true
        }
        ValueType::Number(_) => expr.nullable,
        // An object without members is false. One with a required member is not empty.
        ValueType::Structure(id) => {
            let required = |shape: &Shape| match shape {
                Shape::Structure(structure) => structure.required().next().is_some(),
                _ => false,
            };
            expr.nullable && scope.shapes.get(id).is_some_and(required)
        }
        ValueType::Null | ValueType::Input | ValueType::Output | ValueType::InputOutput => false,
    };
    if has_test {
        Ok(expr)
    } else {
        Err(format!("{} cannot be tested for truth", expr.ty.name()))
    }
}
