//! Reads expressions and checks their types.

use crate::graph::endpoint::expr::{Expr, Literal, Part, Step};
use crate::graph::endpoint::types::{Base, Field, Type, Version};
use crate::lower::endpoint::functions::{Call, FUNCTIONS, Function};
use crate::lower::endpoint::reader::{Checker, list};
use crate::lower::endpoint::scope::Found;
use crate::lower::endpoint::template::{PathStep, Piece};
use crate::lower::endpoint::{functions, template};
use crate::text::Text;
use smithy_model::{Node, Value};

/// The number of problems after which similar names are no longer searched.
const MOST_SEARCHED: usize = 50;

impl Checker<'_> {
    /// An expression of any type.
    pub(super) fn expr(&mut self, node: &Node) -> Option<Expr> {
        match &node.value {
            Value::Bool(value) => Some(Expr::Literal(Literal::Bool(*value))),
            Value::Number(text) => {
                match node.as_i64().and_then(|value| i32::try_from(value).ok()) {
                    Some(value) => Some(Expr::Literal(Literal::Int(value))),
                    None => self.refuse(
                        node,
                        format!("`{text}` is not a whole number of 32 bits"),
                        "write a smaller number",
                    ),
                }
            }
            Value::String(text) => self.template(node, text),
            Value::Object(members) if members.contains_key("ref") => {
                self.object(node, "a reference", &["ref"])?;
                let name = self.required(node, "ref", "a reference")?;
                let name = self.string(name, "`ref`")?;
                self.reference(node, name)
            }
            Value::Object(members) if members.contains_key("fn") => {
                self.object(node, "a function call", &["fn", "argv"])?;
                self.call(node)
            }
            Value::Object(_) => self.refuse(
                node,
                "an object that is not an expression",
                "write `ref` with a name, or `fn` with `argv`",
            ),
            Value::Array(_) | Value::Null => {
                let help = "write a string, a number, a boolean, a reference or a function call";
                self.refuse(
                    node,
                    format!("{} is not an expression", node.kind_name()),
                    help,
                )
            }
        }
    }

    /// An expression of this type.
    pub(super) fn expect(&mut self, node: &Node, want: Base) -> Option<Expr> {
        let expr = self.expr(node)?;
        self.check(node, expr, want)
    }

    fn check(&mut self, node: &Node, expr: Expr, want: Base) -> Option<Expr> {
        let found = expr.ty();
        if found == want.required() {
            return Some(expr);
        }
        let message = format!("expected {want}, found {found}");
        if found.base == want {
            self.refuse(
                node,
                message,
                "test it with `isSet` or assign it to a variable in an earlier condition",
            )
        } else {
            self.refuse(
                node,
                message,
                format!("write an expression whose value is {want}"),
            )
        }
    }

    pub(super) fn refuse<T>(
        &mut self,
        node: &Node,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Option<T> {
        self.report(node, message, help);
        None
    }

    fn reference(&mut self, node: &Node, name: &str) -> Option<Expr> {
        match self.scope.find(name) {
            Found::Ref(reference) => Some(Expr::Ref(reference)),
            Found::Unclear => None,
            Found::Nothing => {
                // The search is too slow to run for every problem.
                let searched = self.problems.len() < MOST_SEARCHED;
                let help = match searched.then(|| self.scope.similar(name)).flatten() {
                    Some(similar) => format!("did you mean `{similar}`?"),
                    None => "declare it as a parameter, or assign it in an earlier condition \
                             of this rule or of a tree around it"
                        .to_owned(),
                };
                self.refuse(node, format!("unknown reference `{name}`"), help)
            }
        }
    }

    /// <https://smithy.io/2.0/additional-specs/rules-engine/specification.html#template-string>
    fn template(&mut self, node: &Node, text: &str) -> Option<Expr> {
        let pieces = match template::split(text) {
            Ok(pieces) => pieces,
            Err(problem) => {
                let help = "write `{name}` or `{name#path}`, and `{{` and `}}` for braces";
                return self.refuse(node, format!("bad template: {problem}"), help);
            }
        };
        let parts: Vec<Option<Part>> = pieces
            .into_iter()
            .map(|piece| self.part(node, piece))
            .collect();
        let mut parts: Vec<Part> = parts.into_iter().collect::<Option<_>>()?;
        Some(match (parts.pop(), parts.is_empty()) {
            (None, _) => Expr::Literal(Literal::String(Text::default())),
            (Some(Part::Text(text)), true) => Expr::Literal(Literal::String(text)),
            (Some(Part::Value(value)), true) => value,
            (Some(last), false) => {
                parts.push(last);
                Expr::Template(parts)
            }
        })
    }

    fn part(&mut self, node: &Node, piece: Piece<'_>) -> Option<Part> {
        match piece {
            Piece::Text(text) => Some(Part::Text(Text::new(&text))),
            Piece::Place { name, path } => {
                let mut value = self.reference(node, name)?;
                if let Some(path) = path {
                    value = self.get_attr(node, value, path)?;
                }
                self.check(node, value, Base::String).map(Part::Value)
            }
        }
    }

    /// A function call. Conditions are function calls.
    ///
    /// <https://smithy.io/2.0/additional-specs/rules-engine/specification.html#function-object>
    pub(super) fn call(&mut self, node: &Node) -> Option<Expr> {
        let name = self.required(node, "fn", "a function call")?;
        let text = self.string(name, "`fn`")?;
        let argv = self.required_array(node, "argv", "a function call")?;
        let Some(function) = functions::find(text) else {
            let known: Vec<&str> = FUNCTIONS.iter().map(|function| function.name).collect();
            return self.refuse(
                name,
                format!("unknown function `{text}`"),
                format!("use one of {}", list(&known)),
            );
        };
        if function.since > self.version {
            let message = format!(
                "`{text}` requires version {} of the rules engine",
                function.since
            );
            self.report(
                name,
                message,
                format!("raise the rule set's `version` from {}", self.version),
            );
        }
        let (count, or_more) = function.call.arity();
        if argv.len() < count || (argv.len() > count && !or_more) {
            let least = if or_more { "at least " } else { "" };
            let plural = if count == 1 { "" } else { "s" };
            let message = format!(
                "`{text}` takes {least}{count} argument{plural}, found {}",
                argv.len()
            );
            return self.refuse(
                node,
                message,
                format!("give it {least}{count} argument{plural}"),
            );
        }
        self.arguments(node, function, argv)
    }

    fn arguments(&mut self, node: &Node, function: &Function, argv: &[Node]) -> Option<Expr> {
        match (&function.call, argv) {
            (Call::One(types, make), _) => self.fixed(argv, *types, *make),
            (Call::Two(types, make), _) => self.fixed(argv, *types, *make),
            (Call::Three(types, make), _) => self
                .fixed(argv, *types, *make)
                .and_then(|expr| self.limits(node, expr)),
            (Call::Four(types, make), _) => self
                .fixed(argv, *types, *make)
                .and_then(|expr| self.limits(node, expr)),
            (Call::IsSet, [value]) => Some(Expr::IsSet(Box::new(self.expr(value)?))),
            (Call::GetAttr, [of, path]) => {
                let of = self.expr(of);
                let text = self.string(path, "the path of `getAttr`");
                self.get_attr(path, of?, text?)
            }
            (Call::Ite, [condition, branches @ ..]) => {
                let condition = self.expect(condition, Base::Bool);
                let [then, otherwise] = self.same_type("ite", branches)?.try_into().ok()?;
                let (then, otherwise) = (Box::new(then), Box::new(otherwise));
                Some(Expr::Ite {
                    condition: Box::new(condition?),
                    then,
                    otherwise,
                })
            }
            (Call::Coalesce, _) => {
                let mut items = self.same_type("coalesce", argv)?.into_iter();
                Some(Expr::Coalesce(Box::new(items.next()?), items.collect()))
            }
            // Unreachable: the number of arguments has been checked.
            (Call::IsSet | Call::GetAttr | Call::Ite, _) => None,
        }
    }

    fn fixed<const N: usize>(
        &mut self,
        argv: &[Node],
        types: [Base; N],
        make: fn([Box<Expr>; N]) -> Expr,
    ) -> Option<Expr> {
        let mut types = types.into_iter();
        let arguments = self.each(argv, |checker, node| {
            checker.expect(node, types.next()?).map(Box::new)
        })?;
        arguments.try_into().ok().map(make)
    }

    /// Expressions of one type, optional or not.
    fn same_type(&mut self, function: &str, argv: &[Node]) -> Option<Vec<Expr>> {
        let items = self.each(argv, Self::expr)?;
        let first = items.first()?.ty().base;
        let other = argv
            .iter()
            .zip(&items)
            .find(|(_, item)| item.ty().base != first);
        if let Some((node, item)) = other {
            let message = format!(
                "`{function}` has arguments of two types: {first} and {}",
                item.ty().base
            );
            return self.refuse(
                node,
                message,
                format!("write an expression whose value is {first}"),
            );
        }
        Some(items)
    }

    /// Checks values of arguments.
    fn limits(&mut self, node: &Node, expr: Expr) -> Option<Expr> {
        let negative =
            |expr: &Expr| matches!(expr, Expr::Literal(Literal::Int(value)) if *value < 0);
        match &expr {
            Expr::Split { delimiter, .. }
                if **delimiter == Expr::Literal(Literal::String(Text::default())) =>
            {
                self.refuse(node, "`split` at an empty delimiter", "write a delimiter")
            }
            Expr::Split { limit, .. } if negative(limit) => self.refuse(
                node,
                "`split` with a negative limit",
                "write 0 for no limit",
            ),
            Expr::Substring { start, stop, .. } if negative(start) || negative(stop) => {
                let help = "write positive positions, and `true` as the last argument to count from the end";
                self.refuse(node, "`substring` with a negative position", help)
            }
            _ => Some(expr),
        }
    }

    /// <https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#getattr-function>
    fn get_attr(&mut self, node: &Node, of: Expr, text: &str) -> Option<Expr> {
        let steps = match template::path(text) {
            Ok(steps) => steps,
            Err(problem) => {
                return self.refuse(
                    node,
                    format!("bad path `{text}`: {problem}"),
                    "write `key`, `key[0]` or `[0]`",
                );
            }
        };
        let mut ty = of.ty();
        let mut path = Vec::new();
        for step in steps {
            let step = self.step(node, ty, step)?;
            ty = step.of(ty);
            path.push(step);
        }
        Some(Expr::GetAttr {
            of: Box::new(of),
            path,
        })
    }

    fn step(&mut self, node: &Node, ty: Type, step: PathStep<'_>) -> Option<Step> {
        match step {
            PathStep::Key(key) => {
                if let Some(field) = ty.base.fields().find(|field| field.name() == key) {
                    return Some(Step::Field(field));
                }
                let fields: Vec<&str> = ty.base.fields().map(Field::name).collect();
                let help = match fields.is_empty() {
                    true => "use it without a key".to_owned(),
                    false => format!("use one of {}", list(&fields)),
                };
                self.refuse(node, format!("{} has no field `{key}`", ty.base), help)
            }
            PathStep::Index(_) if ty.base != Base::StringArray => self.refuse(
                node,
                format!("{} has no items", ty.base),
                "use it without an index",
            ),
            PathStep::Index(index) if index < 0 && self.version < Version::V1_1 => {
                let help = format!("raise the rule set's `version` from {}", self.version);
                self.refuse(
                    node,
                    "a negative index requires version 1.1 of the rules engine",
                    help,
                )
            }
            PathStep::Index(index) => Some(Step::Index(index)),
        }
    }
}
