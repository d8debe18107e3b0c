//! Finds the types of expressions.

use crate::graph::jmespath::{Comparator, Expr, Kind, Number, ValueType};
use crate::graph::member::Type;
use crate::graph::shape::{Shape, Structure};
use crate::lower::jmespath::scope::Scope;
use crate::lower::jmespath::truth;
use crate::text::Text;
use jmespath::Variable;
use jmespath::ast::{Ast, Comparator as AstComparator};
use std::cell::Cell;

/// A typed expression, or why it is not supported.
pub(super) type Checked = Result<Expr, String>;

/// The bytes of text that count as a part.
const TEXT: usize = 32;

/// The most parts of a typed expression. `@` is replaced by the left side of a pipe, so that each
/// `| (@ && @)` doubles the expression.
const MOST_PARTS: usize = 2_000;

pub(super) struct Checker<'g> {
    scope: Scope<'g>,
    /// The parts that may still be copied.
    left: Cell<usize>,
}

impl<'g> Checker<'g> {
    pub(super) fn new(scope: Scope<'g>) -> Self {
        Self {
            scope,
            left: Cell::new(MOST_PARTS),
        }
    }
}

impl Checker<'_> {
    /// The typed expression for the current node `current`.
    pub(super) fn expr(&self, ast: &Ast, current: &Expr) -> Checked {
        match ast {
            Ast::Identity { .. } => self.copy(current),
            Ast::Field { name, .. } => self.field(current, name),
            // The left side of a sub-expression or pipe is the current node of the right side.
            Ast::Subexpr { lhs, rhs, .. } => self.expr(rhs, &self.expr(lhs, current)?),
            Ast::Index { idx, .. } => self.index(current, *idx),
            Ast::Literal { value, .. } => literal(value),
            Ast::Projection { lhs, rhs, .. } => self.projection(&self.expr(lhs, current)?, rhs),
            Ast::Flatten { node, .. } => self.flatten(self.expr(node, current)?),
            Ast::ObjectValues { node, .. } => self.values(self.expr(node, current)?),
            Ast::MultiList { elements, .. } => self.list(elements, current),
            Ast::Comparison {
                comparator,
                lhs,
                rhs,
                ..
            } => compare(
                self.expr(lhs, current)?,
                comparator,
                self.expr(rhs, current)?,
            ),
            Ast::And { lhs, rhs, .. } => self.and(lhs, rhs, current),
            Ast::Or { lhs, rhs, .. } => self.or(lhs, rhs, current),
            Ast::Not { node, .. } => {
                let of = truth::check(self.expr(node, current)?, &self.scope)?;
                Ok(Expr::new(
                    Kind::Not(Box::new(of)),
                    ValueType::Boolean,
                    false,
                ))
            }
            Ast::Function { name, args, .. } => self.function(name, args, current),
            Ast::Condition { .. } => Err("a filter has no list".to_owned()),
            Ast::Slice { .. } => Err("slices are not supported".to_owned()),
            Ast::MultiHash { .. } => Err("multi-select hashes are not supported".to_owned()),
            Ast::Expref { .. } => Err("expression references are not supported".to_owned()),
        }
    }

    /// A copy of the current node, which the right side of a pipe may use any number of times.
    fn copy(&self, of: &Expr) -> Checked {
        let parts = Cell::new(0_usize);
        let left = self.left.get();
        // Stops counting once the limit is reached.
        let too_many = of.any(&|kind| {
            let text = if let Kind::Text(text) = kind {
                text.len() / TEXT
            } else {
                0
            };
            parts.set(parts.get() + 1 + text);
            parts.get() > left
        });
        if too_many {
            return Err(format!(
                "it has more than {MOST_PARTS} parts after `@` is replaced"
            ));
        }
        self.left.set(left - parts.get());
        Ok(of.clone())
    }

    fn field(&self, of: &Expr, name: &str) -> Checked {
        let structure = match &of.ty {
            ValueType::InputOutput => {
                return match name {
                    "input" => Ok(Expr::new(Kind::Input, ValueType::Input, false)),
                    "output" => Ok(Expr::new(Kind::Output, ValueType::Output, false)),
                    _ => Err(format!("`{name}` is neither `input` nor `output`")),
                };
            }
            ValueType::Map { key, .. } if *key != Type::String => {
                return Err(format!(
                    "`{name}` is read from a map whose keys are an enum"
                ));
            }
            ValueType::Map { value, .. } => {
                let ty = of_type(value, name)?;
                let kind = Kind::Entry {
                    of: Box::new(self.copy(of)?),
                    key: Text::new(name),
                    ty: value.clone(),
                };
                return Ok(Expr::new(kind, ty, true));
            }
            ty => self
                .structure(ty)
                .ok_or_else(|| format!("`{name}` is read from {}", ty.name()))?,
        };
        let Some(member) = structure.member(name) else {
            return Err(format!("`{}` has no member `{name}`", structure.id.name()));
        };
        let (ty, optional) = (of_type(&member.ty, name)?, member.is_optional());
        let kind = Kind::Field {
            of: Box::new(self.copy(of)?),
            field: member.name.rust.clone(),
            ty: member.ty.clone(),
            optional,
            deprecated: member.deprecated.is_some(),
            sensitive: member.sensitive,
        };
        Ok(Expr::new(kind, ty, of.nullable || optional))
    }

    fn structure(&self, ty: &ValueType) -> Option<&Structure> {
        match ty {
            ValueType::Input => Some(self.scope.input),
            ValueType::Output => Some(self.scope.output),
            ValueType::Structure(id) => match self.scope.shapes.get(id)? {
                Shape::Structure(structure) => Some(structure),
                Shape::Error(error) => Some(&error.structure),
                _ => None,
            },
            _ => None,
        }
    }

    fn index(&self, of: &Expr, index: i32) -> Checked {
        let (ty, _) = elements(of)?;
        Ok(Expr::new(
            Kind::Index {
                of: Box::new(self.copy(of)?),
                index,
            },
            ty,
            true,
        ))
    }

    fn projection(&self, of: &Expr, rhs: &Ast) -> Checked {
        let (element, null) = elements(of)?;
        let element = Expr::new(Kind::Element, element, null);
        let (filter, each) = match rhs {
            Ast::Condition {
                predicate, then, ..
            } => {
                if null {
                    return Err("a list with nulls is filtered".to_owned());
                }
                let filter = truth::check(self.expr(predicate, &element)?, &self.scope)?;
                (Some(Box::new(filter)), self.expr(then, &element)?)
            }
            rhs => (None, self.expr(rhs, &element)?),
        };
        if filter.is_none() && each == element && !null {
            return self.copy(of);
        }
        let ty = ValueType::Items {
            item: Box::new(each.ty.clone()),
            nullable: false,
        };
        Ok(Expr::new(
            Kind::Project {
                of: Box::new(self.copy(of)?),
                filter,
                each: Box::new(each),
            },
            ty,
            of.nullable,
        ))
    }

    /// Merges the lists in a list. Other elements are kept.
    fn flatten(&self, of: Expr) -> Checked {
        let Some((element, null)) = of.ty.element() else {
            return elements(&of).map(|_| of);
        };
        let Some((item, nullable)) = element.element() else {
            return Ok(of);
        };
        if null {
            return Err("a list with nulls is flattened".to_owned());
        }
        let nullable_list = of.nullable;
        let ty = ValueType::Items {
            item: Box::new(item),
            nullable,
        };
        Ok(Expr::new(Kind::Flatten(Box::new(of)), ty, nullable_list))
    }

    pub(super) fn values(&self, of: Expr) -> Checked {
        let ValueType::Map { value, .. } = &of.ty else {
            return Err(format!("values are read from {}", of.ty.name()));
        };
        let ty = ValueType::Items {
            item: Box::new(of_type(value, "values")?),
            nullable: false,
        };
        let nullable = of.nullable;
        Ok(Expr::new(Kind::Values(Box::new(of)), ty, nullable))
    }

    fn list(&self, elements: &[Ast], current: &Expr) -> Checked {
        let of = current
            .nullable
            .then(|| self.copy(current).map(Box::new))
            .transpose()?;
        let element = Expr::new(Kind::Element, current.ty.clone(), false);
        let current = if of.is_some() { &element } else { current };
        let elements: Vec<Expr> = elements
            .iter()
            .map(|element| self.expr(element, current))
            .collect::<Result<_, _>>()?;
        let Some(first) = elements.first() else {
            return Err("a multi-select list is empty".to_owned());
        };
        if matches!(first.ty, ValueType::Items { .. }) {
            return Err("multi-select lists of projections are not supported".to_owned());
        }
        if let Some(other) = elements.iter().find(|element| element.ty != first.ty) {
            return Err(format!(
                "a list has {} and {}",
                first.ty.name(),
                other.ty.name()
            ));
        }
        let nullable = elements.iter().any(|element| element.nullable);
        let ty = ValueType::Items {
            item: Box::new(first.ty.clone()),
            nullable,
        };
        let nullable = of.is_some();
        Ok(Expr::new(Kind::List { of, elements }, ty, nullable))
    }

    fn and(&self, lhs: &Ast, rhs: &Ast, current: &Expr) -> Checked {
        let left = truth::check(self.expr(lhs, current)?, &self.scope)?;
        let right = truth::check(self.expr(rhs, current)?, &self.scope)?;
        // A left side that is not Boolean is the value if it is null, which is not Boolean either.
        let ty = if right.ty == ValueType::Boolean {
            ValueType::Boolean
        } else {
            ValueType::AnyOperand
        };
        let nullable = left.ty != ValueType::Boolean || left.nullable || right.nullable;
        Ok(Expr::new(
            Kind::And(Box::new(left), Box::new(right)),
            ty,
            nullable,
        ))
    }

    fn or(&self, lhs: &Ast, rhs: &Ast, current: &Expr) -> Checked {
        let left = truth::check(self.expr(lhs, current)?, &self.scope)?;
        let right = truth::check(self.expr(rhs, current)?, &self.scope)?;
        let ty = if left.ty == ValueType::Boolean && right.ty == ValueType::Boolean {
            ValueType::Boolean
        } else {
            ValueType::AnyOperand
        };
        let nullable = left.nullable || right.nullable;
        Ok(Expr::new(
            Kind::Or(Box::new(left), Box::new(right)),
            ty,
            nullable,
        ))
    }
}

/// The type of the elements of a list, and whether they may be null.
fn elements(of: &Expr) -> Result<(ValueType, bool), String> {
    match of.ty.element() {
        Some((ValueType::Items { .. }, _)) => Err("a list of lists must be flattened".to_owned()),
        Some(element) => Ok(element),
        None if matches!(of.ty, ValueType::List(_)) => {
            Err("the elements of a list have an unsupported type".to_owned())
        }
        None => Err(format!("elements are read from {}", of.ty.name())),
    }
}

fn of_type(ty: &Type, name: &str) -> Result<ValueType, String> {
    ValueType::of(ty).ok_or_else(|| format!("the type of `{name}` is not supported"))
}

fn literal(value: &Variable) -> Checked {
    let (kind, ty) = match value {
        Variable::Null => return Ok(Expr::new(Kind::Null, ValueType::Null, true)),
        Variable::Bool(value) => (Kind::Boolean(*value), ValueType::Boolean),
        Variable::String(text) => (Kind::Text(Text::new(text)), ValueType::String),
        Variable::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(number), _) => (Kind::Integer(number), ValueType::Number(Number::Integer)),
            (None, Some(number)) => (Kind::Float(number), ValueType::Number(Number::Float)),
            (None, None) => return Err(format!("neither `i64` nor `f64` represents {number}")),
        },
        Variable::Array(_) | Variable::Object(_) | Variable::Expref(_) => {
            return Err("literal lists and objects are not supported".to_owned());
        }
    };
    Ok(Expr::new(kind, ty, false))
}

fn compare(left: Expr, comparator: &AstComparator, right: Expr) -> Checked {
    let comparator = match comparator {
        AstComparator::Equal => Comparator::Equal,
        AstComparator::NotEqual => Comparator::NotEqual,
        AstComparator::LessThan => Comparator::Less,
        AstComparator::LessThanEqual => Comparator::LessOrEqual,
        AstComparator::GreaterThan => Comparator::Greater,
        AstComparator::GreaterThanEqual => Comparator::GreaterOrEqual,
    };
    // Literals are moved to the right side, where people write them.
    let (left, right) = match (&left.kind, comparator) {
        (
            Kind::Null | Kind::Boolean(_) | Kind::Integer(_) | Kind::Float(_) | Kind::Text(_),
            comparator,
        ) if comparator.is_equality() => (right, left),
        _ => (left, right),
    };
    let numbers = matches!(
        (&left.ty, &right.ty),
        (ValueType::Number(_), ValueType::Number(_))
    );
    let comparable = match (&left.ty, &right.ty) {
        _ if numbers => true,
        (_, ValueType::Null) => {
            comparator.is_equality()
                && left.nullable
                && !matches!(left.kind, Kind::Null | Kind::And(..))
        }
        (ValueType::Boolean, ValueType::Boolean) | (ValueType::String, ValueType::String) => {
            comparator.is_equality()
        }
        _ => false,
    };
    if !comparable {
        let (left, right) = (left.ty.name(), right.ty.name());
        return Err(format!(
            "this comparison of {left} with {right} always has the same result"
        ));
    }
    let nullable = !comparator.is_equality() && (left.nullable || right.nullable);
    let kind = Kind::Compare {
        comparator,
        left: Box::new(left),
        right: Box::new(right),
    };
    Ok(Expr::new(kind, ValueType::Boolean, nullable))
}
