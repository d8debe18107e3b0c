//! Closures. Braces around the body are left out, or added, as the body needs.

use crate::print::rust::flat;
use crate::print::rust::kinds;
use crate::print::rust::list::{Comma, Lines, Tactic, tactic};
use crate::print::rust::printer::Printer;
use crate::print::rust::shape::Shape;
use crate::print::rust::text::{is_multi_line, last_width, newline};
use syn::{Block, Expr, ExprClosure, ReturnType, Stmt};

/// The most lines of a body in braces that is tried without them.
const SHORT_BODY: usize = 7;

impl Printer<'_> {
    /// A closure; `None` if it does not fit.
    pub(super) fn closure(&self, closure: &ExprClosure, shape: Shape) -> Option<String> {
        let head = self.closure_head(closure, shape)?;
        let body_shape = shape.after(last_width(&head) + 1)?;
        let Expr::Block(body) = &*closure.body else {
            return self
                .plain_body(&closure.body, &head, body_shape)
                .or_else(|| self.body_in_braces(&closure.body, &head, body_shape));
        };
        if body.block.stmts.is_empty() {
            return Some(format!("{head} {{}}"));
        }
        let without = if matches!(closure.output, ReturnType::Default) && !self.context().in_macro {
            let inner = without_braces(&closure.body, &head);
            if self.needs_braces(inner) {
                self.body_in_braces(inner, &head, shape)
            } else {
                self.plain_body(inner, &head, body_shape)
            }
        } else {
            None
        };
        without.or_else(|| {
            let block = self.block(&kinds::label(body.label.as_ref()), &body.block, body_shape)?;
            Some(format!("{head} {block}"))
        })
    }

    /// A closure that is the last argument of a call, on the line of the others.
    pub(super) fn last_closure(&self, function: &ExprClosure, shape: Shape) -> Option<String> {
        let body = match &*function.body {
            Expr::Block(body) if !self.context().in_macro => {
                kinds::only_expr(&body.block).unwrap_or(&function.body)
            }
            body => body,
        };
        let head = self.closure_head(function, shape)?;
        if is_multi_line(&head) {
            return None;
        }
        let body_shape = shape.after(last_width(&head) + 1)?;
        if self.needs_braces(body) {
            let text = self.body_in_braces(body, &head, body_shape)?;
            let short = matches!(function.output, ReturnType::Default)
                && text.lines().count() <= SHORT_BODY;
            let one_line = self
                .plain_body(body, &head, shape)
                .filter(|line| short && !is_multi_line(line));
            return Some(one_line.unwrap_or(text));
        }
        let condition = self.condition(body, body_shape);
        if condition.is_some_and(|text| is_multi_line(&text) || text.len() > body_shape.width) {
            return self.body_in_braces(body, &head, body_shape);
        }
        self.closure(function, shape)
    }

    /// The parameters and the return type.
    fn closure_head(&self, closure: &ExprClosure, shape: Shape) -> Option<String> {
        if let Some(text) = flat::within(shape.width.saturating_sub(3), |line| {
            line.closure_head(closure)
        }) {
            return Some(text);
        }
        let mut words = String::new();
        if let Some(lifetimes) = &closure.lifetimes {
            words.push_str(&format!("{} ", flat::tokens(lifetimes)));
        }
        for (present, word) in [
            (closure.constness.is_some(), "const "),
            (closure.asyncness.is_some(), "async "),
            (closure.capture.is_some(), "move "),
        ] {
            if present {
                words.push_str(word);
            }
        }
        let nested = shape.shrunk(words.len())?.before(4)?;
        let place = nested.after(1)?.aligned();
        let output = match &closure.output {
            ReturnType::Default => String::new(),
            ReturnType::Type(_, ty) => format!("-> {}", self.ty(ty, place.after(3)?)?),
        };
        let inputs: Vec<String> = closure
            .inputs
            .iter()
            .map(|pat| self.pat(pat, place))
            .collect::<Option<_>>()?;
        let budget = nested.width.saturating_sub(output.len() + 1);
        let tactic = tactic(inputs.iter().map(String::as_str), 2, budget);
        let place = if tactic == Tactic::Horizontal {
            place.before(output.len() + 1)?
        } else {
            place
        };
        let lines = Lines {
            tactic,
            comma: Comma::Never,
            shape: place,
            ends_line: false,
        };
        let mut head = format!("{words}|{}|", lines.write(&inputs));
        if !output.is_empty() {
            if is_multi_line(&head) {
                head.push_str(&newline(nested.indent() + 1));
            } else {
                head.push(' ');
            }
            head.push_str(&output);
        }
        Some(head)
    }

    /// The body without braces; on one line, unless it is a block itself.
    fn plain_body(&self, body: &Expr, head: &str, shape: Shape) -> Option<String> {
        let text = self.expr(body, shape)?;
        if is_multi_line(&text) && !may_have_lines(body) && !self.context().in_macro {
            return None;
        }
        Some(format!("{head} {text}"))
    }

    /// The body in braces that it did not have.
    fn body_in_braces(&self, body: &Expr, head: &str, shape: Shape) -> Option<String> {
        if is_operation(body) && is_statement(leftmost(body)) {
            return None;
        }
        let block = self.block_of_expr(body, shape);
        Some(format!("{head} {block}"))
    }

    fn needs_braces(&self, body: &Expr) -> bool {
        let control_flow = matches!(
            kinds::innermost(body),
            Expr::ForLoop(_) | Expr::If(_) | Expr::Loop(_) | Expr::While(_)
        );
        control_flow && !self.context().in_macro
    }
}

/// What is within braces that are not needed.
fn without_braces<'e>(body: &'e Expr, head: &str) -> &'e Expr {
    let mut inner = body;
    while let Expr::Block(block) = inner
        && !is_multi_line(head)
        && let Some(expr) = sole_expr(&block.block)
    {
        inner = expr;
    }
    inner
}

fn sole_expr(block: &Block) -> Option<&Expr> {
    match block.stmts.as_slice() {
        [Stmt::Expr(expr, None)] if kinds::attributes(expr).is_empty() => Some(expr),
        _ => None,
    }
}

fn may_have_lines(body: &Expr) -> bool {
    matches!(
        kinds::innermost(body),
        Expr::Async(_)
            | Expr::Block(_)
            | Expr::Loop(_)
            | Expr::Match(_)
            | Expr::Struct(_)
            | Expr::TryBlock(_)
            | Expr::Unsafe(_)
    )
}

fn is_operation(body: &Expr) -> bool {
    matches!(
        body,
        Expr::Assign(_)
            | Expr::Binary(_)
            | Expr::Call(_)
            | Expr::Cast(_)
            | Expr::Field(_)
            | Expr::Index(_)
            | Expr::Range(_)
            | Expr::Try(_)
    )
}

/// Whether the expression is a statement without a semicolon.
fn is_statement(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Block(_)
            | Expr::ForLoop(_)
            | Expr::If(_)
            | Expr::Loop(_)
            | Expr::Match(_)
            | Expr::TryBlock(_)
            | Expr::Unsafe(_)
            | Expr::While(_)
    )
}

fn leftmost(mut expr: &Expr) -> &Expr {
    loop {
        expr = match expr {
            Expr::Assign(e) => &e.left,
            Expr::Binary(e) => &e.left,
            Expr::Call(e) => &e.func,
            Expr::Cast(e) => &e.expr,
            Expr::Field(e) => &e.base,
            Expr::Index(e) => &e.expr,
            Expr::Range(syn::ExprRange {
                start: Some(start), ..
            }) => start,
            Expr::Try(e) => &e.expr,
            _ => return expr,
        };
    }
}
