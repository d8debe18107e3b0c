//! The subset of JMESPath for endpoint parameters.
//!
//! <https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-operationcontextparams-trait>

use jmespath::ast::Ast;

/// Rejects expressions outside of the subset.
pub(super) fn check(ast: &Ast) -> Result<(), String> {
    match ast {
        Ast::Identity { .. } | Ast::Field { .. } => Ok(()),
        Ast::Subexpr { lhs, rhs, .. } | Ast::Projection { lhs, rhs, .. } => {
            check(lhs).and(check(rhs))
        }
        Ast::Flatten { node, .. } | Ast::ObjectValues { node, .. } => check(node),
        Ast::MultiList { elements, .. } => elements.iter().try_for_each(check),
        Ast::Function { name, args, .. } if name == "keys" => args.iter().try_for_each(check),
        _ => Err("only members, `[*]`, `*`, `[]`, `[a, b]` and `keys` are allowed".to_owned()),
    }
}
