//! `match`. Braces around the body of an arm are removed or added as necessary.

use crate::print::rust::expr;
use crate::print::rust::kinds;
use crate::print::rust::list::extra_offset;
use crate::print::rust::printer::Printer;
use crate::print::rust::shape::{Shape, TAB, budget};
use crate::print::rust::text::{
    first_width, is_extendable, is_multi_line, newline, trimmed_last_width, width,
};
use syn::{Arm, Expr, ExprMatch, Pat};

impl Printer<'_> {
    pub(super) fn match_(&self, match_: &ExprMatch, shape: Shape) -> Option<String> {
        let place = Shape {
            width: budget(shape.used()),
            ..shape
        }
        .after(6)?;
        let value = self.expr(&match_.expr, place)?;
        if match_.arms.is_empty() {
            return Some(format!("match {value} {{}}"));
        }
        let wide = is_multi_line(&value) || value.len() + 2 > place.width;
        let next_line = wide && !is_extendable(&value);
        let brace = if next_line {
            newline(shape.indent())
        } else {
            " ".to_owned()
        };
        let mut text = format!("match {value}{brace}{{");
        let arm_shape = shape.indented(TAB).full();
        for arm in &match_.arms {
            text.push_str(&newline(arm_shape.indent()));
            text.push_str(&self.arm(arm, arm_shape)?);
        }
        text.push_str(&newline(shape.indent()));
        text.push('}');
        Some(text)
    }

    fn arm(&self, arm: &Arm, shape: Shape) -> Option<String> {
        let (pat, guard) = match &arm.pat {
            Pat::Guard(guarded) => (&*guarded.pat, Some(&*guarded.guard)),
            pat => (pat, None),
        };
        let reserved = match &*arm.body {
            Expr::Unsafe(_) => 12,
            Expr::Block(block) => {
                5 + block
                    .label
                    .as_ref()
                    .map_or(0, |label| 2 + label.name.to_string().len())
            }
            _ => 5,
        };
        let pat = self.pat(pat, shape.before(reserved)?)?;
        let guard = match guard {
            Some(guard) => self.guard(guard, &pat, shape)?,
            None => String::new(),
        };
        let left = format!("{}{pat}{guard}", self.outer_attributes(&arm.attrs, shape));
        self.arm_body(&arm.body, &left, is_multi_line(&guard), shape)
    }

    /// `if …` behind the pattern of an arm.
    fn guard(&self, guard: &Expr, pat: &str, shape: Shape) -> Option<String> {
        let used = trimmed_last_width(pat);
        let block_like = used <= TAB;
        if (!is_multi_line(pat) || block_like)
            && let Some(place) = shape.after(used + 4).and_then(|place| place.before(5))
            && let Some(text) = self.expr(guard, place)
            && (!is_multi_line(&text) || block_like)
        {
            return Some(format!(" if {text}"));
        }
        let place = shape.nested_line().after(3)?.before(5)?;
        Some(format!(
            "{}if {}",
            newline(place.indent()),
            self.expr(guard, place)?
        ))
    }

    fn arm_body(
        &self,
        body: &Expr,
        left: &str,
        guard_has_lines: bool,
        shape: Shape,
    ) -> Option<String> {
        let used = extra_offset(left, shape) + 4;
        let (extends, body) = self.without_braces(body, shape.after(used));
        let is_block = matches!(body, Expr::Block(_) | Expr::Unsafe(_));
        let is_empty = matches!(body, Expr::Block(block) if block.block.stmts.is_empty());
        let comma = if matches!(body, Expr::Block(_)) {
            ""
        } else {
            ","
        };
        let next_line_only = guard_has_lines && is_multi_line(left) && !is_empty
            || !kinds::attributes(body).is_empty();
        let place = shape
            .after(used)
            .and_then(|place| place.before(comma.len()));
        let here = place
            .filter(|_| !next_line_only)
            .and_then(|place| self.statement_expr(body, place));
        let room = place.map_or(0, |place| place.width);
        if let Some(here) = &here
            && (is_block || !is_multi_line(here) && width(here) <= room)
        {
            return Some(format!("{left} => {here}{comma}"));
        }
        let indent = shape.indent() + if is_block && !is_empty { 0 } else { TAB };
        let line_shape = shape.legacy(budget(indent), indent - shape.align, shape.align);
        let below = self.statement_expr(body, line_shape);
        let next_line = |below: &str| {
            let line = newline(indent);
            if is_block {
                return format!("{left} =>{line}{below}{comma}");
            }
            let end = newline(shape.indent());
            let open = if next_line_only { &end } else { " " };
            let semi = if kinds::takes_semicolon(body) {
                ";"
            } else {
                ""
            };
            format!("{left} =>{open}{{{line}{below}{semi}{end}}}")
        };
        match (here, below) {
            (Some(here), Some(below)) if expr::prefers_next_line(&here, &below) => {
                Some(next_line(&below))
            }
            (Some(here), _) if extends && first_width(&here) <= room => {
                Some(format!("{left} => {here}{comma}"))
            }
            (Some(here), Some(below)) if is_multi_line(&here) => Some(next_line(&below)),
            (None, Some(below)) => Some(next_line(&below)),
            (Some(here), _) => Some(format!("{left} => {here}{comma}")),
            (None, None) => None,
        }
    }

    /// The body of an arm without unnecessary braces, and whether it can start on the line of the
    /// pattern and continue below.
    fn without_braces<'e>(&self, body: &'e Expr, shape: Option<Shape>) -> (bool, &'e Expr) {
        if let Expr::Block(block) = body
            && block.label.is_none()
            && block.attrs.is_empty()
            && !self.context().in_macro
            && let Some(only) = kinds::only_expr(&block.block)
            && !matches!(only, Expr::Macro(_))
        {
            if let Expr::Block(_) = only {
                return self.without_braces(only, None);
            }
            let condition = shape.and_then(|shape| self.condition(only, shape));
            if condition.is_some_and(|condition| is_multi_line(&condition)) {
                return (false, body);
            }
            return (can_continue_line(only), only);
        }
        (can_continue_line(body), body)
    }
}

/// Whether a body of several lines can start on the line of the pattern.
fn can_continue_line(body: &Expr) -> bool {
    match body {
        Expr::Array(_)
        | Expr::Block(_)
        | Expr::Call(_)
        | Expr::Closure(_)
        | Expr::Loop(_)
        | Expr::Macro(_)
        | Expr::Match(_)
        | Expr::MethodCall(_)
        | Expr::Struct(_)
        | Expr::Tuple(_)
        | Expr::Unsafe(_) => true,
        Expr::Cast(e) => can_continue_line(&e.expr),
        Expr::Index(e) => can_continue_line(&e.expr),
        Expr::Reference(e) => can_continue_line(&e.expr),
        Expr::Try(e) => can_continue_line(&e.expr),
        Expr::Unary(e) => can_continue_line(&e.expr),
        _ => false,
    }
}
