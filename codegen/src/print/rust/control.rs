//! `if`, `while`, `for` and `loop`.

use crate::print::rust::flat::IF_ELSE_WIDTH;
use crate::print::rust::kinds;
use crate::print::rust::printer::Printer;
use crate::print::rust::shape::{Shape, TAB, budget};
use crate::print::rust::text::{is_extendable, is_multi_line, last_line, last_width, newline};
use syn::{Block, Expr, ExprIf, Pat};

/// The parts that these expressions share.
struct ControlFlow<'a> {
    keyword: &'static str,
    label: String,
    /// `let ` or nothing, before the pattern.
    matcher: &'static str,
    pat: Option<&'a Pat>,
    /// ` =` or ` in`, behind the pattern.
    connector: &'static str,
    condition: Option<&'a Expr>,
    block: &'a Block,
    otherwise: Option<&'a Expr>,
    /// Whether it may be on one line: an `if` that is a value.
    one_line: bool,
    /// Whether it is the `if` of an `else if`.
    of_else: bool,
}

impl<'a> ControlFlow<'a> {
    fn of(expr: &'a Expr) -> Option<Self> {
        let (keyword, label, condition, block) = match expr {
            Expr::If(branch) => return Some(Self::of_if(branch, true, false)),
            Expr::While(e) => ("while", &e.label, Some(&*e.cond), &e.body),
            Expr::Loop(e) => ("loop", &e.label, None, &e.body),
            Expr::ForLoop(e) => ("for", &e.label, Some(&*e.expr), &e.body),
            _ => return None,
        };
        let mut flow = Self {
            keyword,
            label: kinds::label(label.as_ref()),
            matcher: "",
            pat: None,
            connector: " in",
            condition,
            block,
            otherwise: None,
            one_line: false,
            of_else: false,
        };
        match expr {
            Expr::ForLoop(e) => flow.pat = Some(&e.pat),
            _ => flow.bind(),
        }
        Some(flow)
    }

    fn of_if(branch: &'a ExprIf, one_line: bool, of_else: bool) -> Self {
        let mut flow = Self {
            keyword: "if",
            label: String::new(),
            matcher: "",
            pat: None,
            connector: " =",
            condition: Some(&branch.cond),
            block: &branch.then_branch,
            otherwise: branch
                .else_branch
                .as_ref()
                .map(|(_, otherwise)| &**otherwise),
            one_line,
            of_else,
        };
        flow.bind();
        flow
    }

    /// Splits `let pat = condition`.
    fn bind(&mut self) {
        if let Some(Expr::Let(binding)) = self.condition {
            self.matcher = "let ";
            self.connector = " =";
            self.pat = Some(&binding.pat);
            self.condition = Some(&binding.expr);
        }
    }
}

impl Printer<'_> {
    pub(super) fn control_flow(&self, expr: &Expr, shape: Shape) -> Option<String> {
        self.flow(&ControlFlow::of(expr)?, shape)
    }

    pub(super) fn if_statement(&self, branch: &ExprIf, shape: Shape) -> Option<String> {
        self.flow(&ControlFlow::of_if(branch, false, false), shape)
    }

    /// The condition of control flow, with its keyword; `None` for other expressions.
    pub(super) fn condition(&self, expr: &Expr, shape: Shape) -> Option<String> {
        if let Expr::Match(match_) = expr {
            return self.expr(&match_.expr, shape.after(8)?);
        }
        self.flow_head(&ControlFlow::of(expr)?, shape)
            .map(|head| head.text)
    }

    fn flow(&self, flow: &ControlFlow<'_>, shape: Shape) -> Option<String> {
        let head = self.flow_head(flow, shape)?;
        if head.complete {
            return Some(head.text);
        }
        let mut text = head.text;
        let width = shape.width.saturating_sub(head.used);
        let narrow = flow.otherwise.is_some() || flow.of_else;
        let width = if narrow { width.min(1) } else { width };
        text.push_str(&self.block_lines("", flow.block, Shape { width, ..shape }));
        if let Some(otherwise) = flow.otherwise {
            let shape = shape.line();
            text.push_str(" else ");
            text.push_str(&match otherwise {
                Expr::If(branch) => self.flow(&ControlFlow::of_if(branch, false, true), shape)?,
                otherwise => {
                    let narrow = Shape {
                        width: shape.width.min(1),
                        ..shape
                    };
                    self.statement_expr(otherwise, narrow)?
                }
            });
        }
        Some(text)
    }

    fn flow_head(&self, flow: &ControlFlow<'_>, shape: Shape) -> Option<Head> {
        // What follows the whole expression does not follow its condition.
        let fresh = Shape {
            width: budget(shape.used()),
            ..shape
        };
        let place = if flow.of_else { fresh.after(7)? } else { fresh };
        let offset = flow.keyword.len() + flow.label.len() + 1;
        let condition = match flow.condition {
            Some(condition) => self.flow_condition(flow, condition, place, offset)?,
            None => String::new(),
        };
        if flow.one_line
            && let Some(text) = self.if_on_line(flow, &condition, shape.width)
            && text.len() <= IF_ELSE_WIDTH
        {
            return Some(Head {
                text,
                used: 0,
                complete: true,
            });
        }
        let too_wide =
            is_multi_line(&condition) || condition.len() > budget(place.used() + offset + 2);
        let next_line =
            too_wide && (!is_extendable(&condition) || leading_spaces(&condition) > shape.used());
        let used = if is_multi_line(&condition) {
            last_width(&condition)
        } else {
            flow.label.len() + flow.keyword.len() + condition.len() + 2
        };
        let space = if condition.is_empty() || condition.starts_with('\n') {
            ""
        } else {
            " "
        };
        let brace = if next_line {
            newline(shape.indent())
        } else {
            " ".to_owned()
        };
        Some(Head {
            text: format!("{}{}{space}{condition}{brace}", flow.label, flow.keyword),
            used,
            complete: false,
        })
    }

    fn flow_condition(
        &self,
        flow: &ControlFlow<'_>,
        condition: &Expr,
        shape: Shape,
        offset: usize,
    ) -> Option<String> {
        let place = shape.after(offset)?;
        if let Some(pat) = flow.pat {
            let pat_place = place
                .after(flow.matcher.len())?
                .before(flow.connector.len())?;
            let pat = self.pat(pat, pat_place)?;
            let left = format!("{}{pat}{}", flow.matcher, flow.connector);
            return self.assigned(left, condition, place);
        }
        let here = self.expr(condition, place);
        if flow.keyword == "if" || here.is_some() {
            return here;
        }
        let nested = shape.indented(TAB).full();
        Some(format!(
            "{}{}",
            newline(nested.indent()),
            self.expr(condition, nested)?
        ))
    }

    fn if_on_line(&self, flow: &ControlFlow<'_>, condition: &str, width: usize) -> Option<String> {
        let Expr::Block(otherwise) = flow.otherwise? else {
            return None;
        };
        let then = kinds::only_expr(flow.block)?;
        let otherwise = kinds::only_expr(&otherwise.block)?;
        if is_multi_line(condition) {
            return None;
        }
        let left = width.checked_sub(condition.len() + "if  {  } else {  }".len())?;
        let then = self.expr(
            then,
            Shape {
                width: left,
                ..Shape::block(0)
            },
        )?;
        let left = left.checked_sub(then.len())?;
        let otherwise = self.expr(
            otherwise,
            Shape {
                width: left,
                ..Shape::block(0)
            },
        )?;
        let text = format!("if {condition} {{ {then} }} else {{ {otherwise} }}");
        (!is_multi_line(&text) && crate::print::rust::text::width(&text) <= width).then_some(text)
    }
}

/// The part before the block.
struct Head {
    text: String,
    /// The columns that it takes on the line of the opening brace.
    used: usize,
    /// Whether it is the whole expression, on one line.
    complete: bool,
}

fn leading_spaces(text: &str) -> usize {
    let line = last_line(text);
    line.len() - line.trim_start().len()
}
