//! Binary operators.

use crate::print::rust::kinds;
use crate::print::rust::printer::Printer;
use crate::print::rust::shape::{Shape, TAB, budget};
use crate::print::rust::text::{
    first_line, first_width, is_multi_line, last_width, newline, trimmed_last_width,
};
use std::mem::discriminant;
use syn::{BinOp, Expr, ExprBinary};

/// Operands of the same operator, with their layout on lines of their own.
struct Operands<'a> {
    list: Vec<(&'a Expr, Option<String>)>,
    operator: &'static str,
}

impl Printer<'_> {
    pub(super) fn binary(&self, expr: &Expr, binary: &ExprBinary, shape: Shape) -> Option<String> {
        let operands = self.operands(expr, &binary.op, shape);
        let lets = operands
            .list
            .iter()
            .filter(|(expr, _)| matches!(expr, Expr::Let(_)))
            .count();
        let one_line = if lets > 0 && !operands.is_short_let_chain() {
            None
        } else {
            self.pairs_on_line(&operands, shape)
        };
        one_line
            .or_else(|| self.pairs_on_lines(&operands, shape))
            .or_else(|| {
                self.pair(
                    &|shape| self.expr(&binary.left, shape),
                    &format!(" {} ", operands.operator),
                    &|shape| self.expr(&binary.right, shape),
                    shape,
                )
            })
    }

    /// The operands of a tree of one operator, from left to right.
    fn operands<'a>(&self, expr: &'a Expr, op: &BinOp, shape: Shape) -> Operands<'a> {
        let operator = kinds::operator(op);
        let mut right_to_left = Vec::new();
        let mut node = expr;
        while let Expr::Binary(binary) = node
            && discriminant(&binary.op) == discriminant(op)
            && binary.attrs.is_empty()
        {
            right_to_left.push(&*binary.right);
            node = &binary.left;
        }
        let nested = operand_lines(shape).and_then(|lines| lines.after(operator.len() + 1));
        let mut list = vec![(node, self.expr(node, shape))];
        list.extend(right_to_left.into_iter().rev().map(|operand| {
            (
                operand,
                nested.and_then(|nested| self.expr(operand, nested)),
            )
        }));
        Operands { list, operator }
    }

    /// All operands on one line, except that the last may go on below.
    fn pairs_on_line(&self, operands: &Operands<'_>, shape: Shape) -> Option<String> {
        let ((last, _), others) = operands.list.split_last()?;
        let mut text = String::new();
        for (_, operand) in others {
            let operand = operand.as_ref().filter(|operand| !is_multi_line(operand))?;
            if text.len() > shape.width {
                return None;
            }
            text.push_str(operand);
            text.push_str(&format!(" {} ", operands.operator));
        }
        let before = text.len();
        let last = self.expr(last, shape.unaligned().after(last_width(&text))?)?;
        text.push_str(&last);
        if first_width(&text) > shape.width {
            return None;
        }
        if is_multi_line(&text) && !last.starts_with('{') && (last.starts_with('(') || before > TAB)
        {
            return None;
        }
        shape.holds(&text).then_some(text)
    }

    /// One operand per line, after its operator.
    fn pairs_on_lines(&self, operands: &Operands<'_>, shape: Shape) -> Option<String> {
        let lines = operand_lines(shape)?;
        let operator = operands.operator;
        let ((_, first), others) = operands.list.split_first()?;
        let mut text = first.clone()?;
        for (expr, operand) in others {
            let offset = if is_multi_line(&text) {
                0
            } else {
                shape.used()
            };
            // An operand that is shorter than the indentation is not alone on its line.
            if last_width(&text) + offset <= lines.used()
                && let Some(place) = shape.after(operator.len() + 2 + trimmed_last_width(&text))
                && let Some(operand) = self.expr(expr, place)
            {
                text.push_str(&format!(" {operator} {operand}"));
                continue;
            }
            text.push_str(&newline(lines.indent()));
            text.push_str(operator);
            text.push(' ');
            text.push_str(operand.as_deref()?);
        }
        Some(text)
    }

    /// Two pieces with something between them.
    pub(super) fn pair(
        &self,
        left: &dyn Fn(Shape) -> Option<String>,
        infix: &str,
        right: &dyn Fn(Shape) -> Option<String>,
        shape: Shape,
    ) -> Option<String> {
        let left = left(Shape {
            width: budget(shape.used()),
            ..shape
        })?;
        let here = shape.after(last_width(&left) + infix.len()).and_then(right);
        if let Some(here) = here {
            let same_line = left.len() <= TAB || first_line(&here).ends_with('{');
            let width = last_width(&left) + infix.len() + first_width(&here);
            if (!is_multi_line(&here) || same_line) && width <= shape.width {
                return Some(format!("{left}{infix}{here}"));
            }
        }
        let below = shape.nested_line().before(shape.overhead())?;
        let infix = infix.trim_start();
        let right = right(below.after(infix.len())?)?;
        Some(format!("{left}{}{infix}{right}", newline(below.indent())))
    }
}

impl Operands<'_> {
    /// `name && let … = …`
    fn is_short_let_chain(&self) -> bool {
        matches!(self.list.as_slice(), [(first, _), (Expr::Let(_), _)] if is_name(first))
    }
}

fn is_name(expr: &Expr) -> bool {
    match expr {
        Expr::Path(path) => path.qself.is_none() && path.path.segments.len() == 1,
        Expr::Unary(e) => is_name(&e.expr),
        Expr::Reference(e) => is_name(&e.expr),
        Expr::Paren(e) => is_name(&e.expr),
        Expr::Try(e) => is_name(&e.expr),
        _ => false,
    }
}

fn operand_lines(shape: Shape) -> Option<Shape> {
    shape.indented(TAB).full().before(shape.overhead())
}
