//! Reads rules and their conditions.

use crate::graph::endpoint::expr::{Expr, Origin};
use crate::graph::endpoint::rules::{Assign, Condition, Outcome, Rule};
use crate::graph::endpoint::types::{Base, Type};
use crate::lower::endpoint::reader::Checker;
use crate::lower::endpoint::template::is_identifier;
use crate::lower::names::ident;
use smithy_model::Node;

impl Checker<'_> {
    /// The property `rules` of a rule set or tree.
    pub(super) fn rules(&mut self, node: &Node, of: &str) -> Option<Vec<Rule>> {
        let nodes = self.required_array(node, "rules", of)?;
        if nodes.is_empty() {
            return self.refuse(
                node,
                format!("{of} without rules"),
                "add a rule; one without conditions always applies",
            );
        }
        self.each(nodes, Self::rule)
    }

    fn rule(&mut self, node: &Node) -> Option<Rule> {
        let kind = self.required(node, "type", "a rule")?;
        let text = self.string(kind, "`type`")?;
        let what = match text {
            "endpoint" => ("endpoint", "an endpoint rule"),
            "error" => ("error", "an error rule"),
            "tree" => ("rules", "a tree rule"),
            _ => {
                let help = "use one of `endpoint`, `error`, `tree`";
                return self.refuse(kind, format!("unknown rule type `{text}`"), help);
            }
        };
        self.object(
            node,
            what.1,
            &["type", "documentation", "conditions", what.0],
        )?;
        let mark = self.scope.mark();
        let documentation = self.documentation(node);
        let conditions = self.conditions(node, what.1);
        let outcome = self.outcome(node, what);
        self.scope.leave(mark);
        Some(Rule {
            documentation: documentation?,
            conditions: conditions?,
            outcome: outcome?,
        })
    }

    pub(super) fn outcome(&mut self, node: &Node, (key, what): (&str, &str)) -> Option<Outcome> {
        if key == "rules" {
            return self.rules(node, what).map(Outcome::Tree);
        }
        let value = self.required(node, key, what)?;
        if key == "endpoint" {
            self.endpoint(value).map(Box::new).map(Outcome::Endpoint)
        } else {
            self.expect(value, Base::String).map(Outcome::Error)
        }
    }

    fn conditions(&mut self, node: &Node, what: &str) -> Option<Vec<Condition>> {
        let nodes = self.required_array(node, "conditions", what)?;
        self.each(nodes, Self::condition)
    }

    pub(super) fn condition(&mut self, node: &Node) -> Option<Condition> {
        self.object(
            node,
            "a condition",
            &["fn", "argv", "assign", "documentation"],
        )?;
        self.documentation(node)?;
        let expr = self.call(node);
        let name = self.optional(node, "assign", Self::string);
        let ty = expr.as_ref().map(Expr::ty);
        let assign = name?.map(|name| self.assign(node, name, ty));
        let expr = expr?;
        if let Expr::IsSet(value) = &expr
            && let Expr::Ref(reference) = &**value
        {
            self.scope.prove_set(reference);
        }
        let assign = match assign {
            Some(assign) => Some(assign?),
            None => None,
        };
        Some(Condition { expr, assign })
    }

    /// Declares a variable. Its type is unknown if its value is invalid.
    fn assign(&mut self, node: &Node, name: &str, ty: Option<Type>) -> Option<Assign> {
        if !is_identifier(name) {
            return self.refuse(
                node,
                format!("`{name}` is not a variable name"),
                "use letters and digits",
            );
        }
        let ty = ty.map(|ty| Type {
            optional: false,
            ..ty
        });
        let rust_name = ident::member(name);
        let taken = self.scope.taken(name, Origin::Variable).map(str::to_owned);
        self.scope.declare(name, &rust_name, Origin::Variable, ty);
        if let Some(taken) = taken {
            let message = format!("variable `{name}` conflicts with `{taken}`");
            return self.refuse(node, message, "rename the variable");
        }
        Some(Assign {
            name: rust_name,
            ty: ty?,
        })
    }
}
