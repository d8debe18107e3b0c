//! Expressions.

use crate::print::rust::flat::{self, ARRAY_WIDTH};
use crate::print::rust::kinds;
use crate::print::rust::list;
use crate::print::rust::list::{Comma, Item, List};
use crate::print::rust::printer::{Node, Printer};
use crate::print::rust::shape::MAX_WIDTH;
use crate::print::rust::shape::{Shape, TAB};
use crate::print::rust::text::{first_line, is_multi_line, last_width, newline, newlines, width};
use syn::{Expr, Lit, RangeLimits};

impl Printer<'_> {
    /// An expression within another one; `None` if it does not fit.
    pub(super) fn expr(&self, expr: &Expr, shape: Shape) -> Option<String> {
        flat::expr_within(shape.width, &self.arguments, expr).or_else(|| {
            self.cached(Node::Expr(expr), shape, || {
                self.attributed(expr, shape, |shape| self.broken(expr, shape))
            })
        })
    }

    /// An expression that is a statement, or could be one.
    pub(super) fn statement_expr(&self, expr: &Expr, shape: Shape) -> Option<String> {
        let shape = if kinds::takes_semicolon(expr) {
            shape.before(1)?
        } else {
            shape
        };
        match expr {
            Expr::Block(_) | Expr::If(_) => self.cached(Node::Statement(expr), shape, || {
                self.attributed(expr, shape, |shape| match expr {
                    Expr::If(branch) => self.if_statement(branch, shape),
                    Expr::Block(block) => self.block_statement(block, shape),
                    _ => None,
                })
            }),
            _ => self.expr(expr, shape),
        }
    }

    fn attributed(
        &self,
        expr: &Expr,
        shape: Shape,
        layout: impl FnOnce(Shape) -> Option<String>,
    ) -> Option<String> {
        let text = layout(shape)?;
        Some(format!(
            "{}{text}",
            self.outer_attributes(kinds::attributes(expr), shape)
        ))
    }

    /// An expression that is not certain to be on one line.
    fn broken(&self, expr: &Expr, shape: Shape) -> Option<String> {
        match expr {
            Expr::Array(array) => self.list(
                &List {
                    name: "",
                    brackets: ["[", "]"],
                    items: array.elems.iter().map(Item::Expr).collect(),
                    limit: ARRAY_WIDTH,
                    comma: self.comma(&array.elems),
                    of_macro: false,
                },
                shape,
            ),
            Expr::Assign(assign) => {
                let left = self.expr(&assign.left, shape.before(2)?)?;
                self.assigned(format!("{left} ="), &assign.right, shape)
            }
            Expr::Async(block) => {
                let keyword = if block.capture.is_some() {
                    "async move "
                } else {
                    "async "
                };
                self.keyword_block(keyword, &block.block, shape)
            }
            Expr::Unsafe(block) => self.block("unsafe ", &block.block, shape),
            Expr::Await(_) | Expr::Field(_) | Expr::MethodCall(_) | Expr::Try(_) => {
                self.chain(expr, shape)
            }
            Expr::Binary(binary) if kinds::is_assignment(&binary.op) => {
                let operator = kinds::operator(&binary.op);
                let left = self.expr(&binary.left, shape.before(operator.len() + 1)?)?;
                self.assigned(format!("{left} {operator}"), &binary.right, shape)
            }
            Expr::Binary(binary) => self.binary(expr, binary, shape),
            Expr::Block(block) => {
                self.block(&kinds::label(block.label.as_ref()), &block.block, shape)
            }
            Expr::Break(jump) => {
                let label = jump.label.as_ref().map(|label| format!(" {label}"));
                let word = format!("break{}", label.unwrap_or_default());
                self.jump(&word, jump.expr.as_deref(), shape)
            }
            Expr::Call(call) => {
                let callee = self.expr(&call.func, shape)?;
                let list = List {
                    comma: self.comma(&call.args),
                    ..List::call(&callee, &call.args)
                };
                self.list(&list, shape)
            }
            Expr::Cast(cast) => self.pair(
                &|shape| self.expr(&cast.expr, shape),
                " as ",
                &|shape| self.ty(&cast.ty, shape),
                shape,
            ),
            Expr::Closure(function) => self.closure(function, shape),
            Expr::ForLoop(_) | Expr::If(_) | Expr::Loop(_) | Expr::While(_) => {
                self.control_flow(expr, shape)
            }
            Expr::Group(group) => self.expr(&group.expr, shape),
            Expr::Index(index) => self.index(index, shape),
            Expr::Let(binding) => {
                let pat = self.pat(&binding.pat, shape.after(4)?)?;
                self.assigned(format!("let {pat} ="), &binding.expr, shape)
            }
            Expr::Lit(literal) => literal_text(&literal.lit, shape),
            Expr::Macro(call) => self.macro_expr(&call.mac, shape),
            Expr::Match(match_) => self.match_(match_, shape),
            Expr::Paren(paren) => {
                let mut inner = &paren.expr;
                while let Expr::Paren(nested) = &**inner {
                    inner = &nested.expr;
                }
                Some(format!(
                    "({})",
                    self.expr(inner, shape.after(1)?.before(1)?)?
                ))
            }
            Expr::Path(path) => self.path(path.qself.as_ref(), &path.path, shape),
            Expr::Range(range) => self.range(range, shape),
            Expr::Reference(reference) => {
                let prefix = if reference.mutability.is_some() {
                    "&mut "
                } else {
                    "&"
                };
                self.prefixed(prefix, &reference.expr, shape)
            }
            Expr::Return(jump) => self.jump("return", jump.expr.as_deref(), shape),
            Expr::Struct(literal) => self.struct_literal(literal, shape),
            Expr::Tuple(tuple) => self.tuple(
                tuple.elems.iter().map(Item::Expr).collect(),
                self.comma(&tuple.elems),
                shape,
            ),
            Expr::Unary(unary) => self.prefixed(kinds::prefix(&unary.op), &unary.expr, shape),
            _ => list::verbatim(expr),
        }
    }

    /// A comma where items have a line each; in macros only where there is one.
    pub(super) fn comma<T>(&self, items: &syn::punctuated::Punctuated<T, syn::Token![,]>) -> Comma {
        match (self.context().in_macro, items.trailing_punct()) {
            (false, _) => Comma::Vertical,
            (true, true) => Comma::Always,
            (true, false) => Comma::Never,
        }
    }

    /// A tuple of expressions or types.
    pub(super) fn tuple(&self, items: Vec<Item<'_>>, comma: Comma, shape: Shape) -> Option<String> {
        let single = items.len() == 1 && !self.context().in_macro;
        let list = List {
            name: "",
            brackets: ["(", ")"],
            items,
            limit: flat::CALL_WIDTH,
            comma: if single { Comma::Always } else { comma },
            of_macro: false,
        };
        self.list(&list, shape)
    }

    fn prefixed(&self, prefix: &str, expr: &Expr, shape: Shape) -> Option<String> {
        let text = self.expr(expr, shape.after(prefix.len())?)?;
        Some(format!("{prefix}{text}"))
    }

    fn jump(&self, word: &str, value: Option<&Expr>, shape: Shape) -> Option<String> {
        match value {
            Some(value) => self.prefixed(&format!("{word} "), value, shape),
            None => Some(word.to_owned()),
        }
    }

    fn range(&self, range: &syn::ExprRange, shape: Shape) -> Option<String> {
        let dots = match range.limits {
            RangeLimits::HalfOpen(_) => "..",
            RangeLimits::Closed(_) => "..=",
        };
        match (&range.start, &range.end) {
            (Some(start), Some(end)) => self.pair(
                &|shape| self.expr(start, shape),
                dots,
                &|shape| self.expr(end, shape),
                shape,
            ),
            (Some(start), None) => Some(format!(
                "{}{dots}",
                self.expr(start, shape.before(dots.len())?)?
            )),
            (None, Some(end)) => self.prefixed(dots, end, shape),
            (None, None) => Some(dots.to_owned()),
        }
    }

    fn index(&self, index: &syn::ExprIndex, shape: Shape) -> Option<String> {
        let base = self.expr(&index.expr, shape)?;
        let offset = last_width(&base) + 1;
        let place = if is_multi_line(&base) {
            shape
                .legacy(MAX_WIDTH, shape.block, shape.align)
                .after(offset)
                .and_then(|place| place.before(1 + shape.overhead()))
        } else {
            shape.after(offset).and_then(|place| place.before(1))
        };
        let here = place.and_then(|place| self.expr(&index.index, place));
        if let Some(here) = here.as_ref().filter(|text| !is_multi_line(text)) {
            return Some(format!("{base}[{here}]"));
        }
        let nested = shape.nested_line();
        let below = nested
            .after(1)
            .and_then(|place| place.before(1 + shape.overhead()))
            .and_then(|place| self.expr(&index.index, place));
        match (here, below) {
            (None, Some(below)) => Some(format!("{base}{}[{below}]", newline(nested.indent()))),
            (_, Some(below)) if !is_multi_line(&below) => {
                Some(format!("{base}{}[{below}]", newline(nested.indent())))
            }
            (Some(here), _) => Some(format!("{base}[{here}]")),
            (None, None) => None,
        }
    }

    /// A value behind `=`, on its line or on the next.
    pub(super) fn assigned(&self, left: String, value: &Expr, shape: Shape) -> Option<String> {
        self.assigned_with(left, &|shape| self.expr(value, shape), shape)
    }

    /// The same for anything that has a layout.
    pub(super) fn assigned_with(
        &self,
        left: String,
        value: &dyn Fn(Shape) -> Option<String>,
        shape: Shape,
    ) -> Option<String> {
        let indent = if is_multi_line(&left) {
            shape.indent()
        } else {
            0
        };
        let used = last_width(&left).saturating_sub(indent);
        let here_shape = shape.after(used + 1).unwrap_or(Shape {
            width: 0,
            offset: shape.offset + used + 1,
            ..shape
        });
        let here = value(here_shape);
        if let Some(text) = &here {
            if text.is_empty() {
                return Some(left);
            }
            if !is_multi_line(text) && width(text) <= here_shape.width {
                return Some(format!("{left} {text}"));
            }
        }
        let below_shape = here_shape.nested_line().before(here_shape.overhead())?;
        let below = value(below_shape);
        let line = newline(here_shape.indent() + TAB);
        match (here, below) {
            (Some(here), Some(below)) if !below_shape.holds(&below) => {
                Some(format!("{left} {here}"))
            }
            (Some(here), Some(below)) if prefers_next_line(&here, &below) => {
                Some(format!("{left}{line}{below}"))
            }
            (None, Some(below)) => Some(format!("{left}{line}{below}")),
            (Some(here), _) => Some(format!("{left} {here}")),
            (None, None) => None,
        }
    }
}

/// Whether code looks better on the next line than behind what it belongs to.
pub(super) fn prefers_next_line(here: &str, below: &str) -> bool {
    let opens =
        |bracket| first_line(here).ends_with(bracket) && !first_line(below).ends_with(bracket);
    !is_multi_line(below)
        || newlines(here) > newlines(below) + 1
        || opens('(')
        || opens('{')
        || opens('[')
}

fn literal_text(lit: &Lit, shape: Shape) -> Option<String> {
    let text = flat::unlimited(|line| {
        line.expr(&Expr::Lit(syn::ExprLit {
            attrs: Vec::new(),
            lit: lit.clone(),
        }))
    })
    .unwrap_or_else(|| flat::tokens(lit));
    let free = match lit {
        Lit::Str(_) => text.starts_with('r') || !is_multi_line(&text),
        _ => false,
    };
    (free || shape.holds(&text)).then_some(text)
}
