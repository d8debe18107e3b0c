//! Blocks and statements.

use crate::print::rust::kinds;
use crate::print::rust::list;
use crate::print::rust::printer::Context;
use crate::print::rust::printer::Printer;
use crate::print::rust::shape::{Shape, TAB};
use crate::print::rust::text::last_line;
use crate::print::rust::text::last_width;
use crate::print::rust::text::{is_multi_line, newline, newlines};
use syn::{Block, Expr, Local, Stmt};

/// The widest `let … else { … };` on one line.
const LET_ELSE_WIDTH: usize = 50;

impl Printer<'_> {
    /// A block within an expression; on one line if it is one expression that fits.
    pub(super) fn block(&self, prefix: &str, block: &Block, shape: Shape) -> Option<String> {
        if block.stmts.is_empty() && shape.width >= 2 {
            return Some(format!("{prefix}{{}}"));
        }
        let text = self.block_lines(prefix, block, shape);
        if newlines(&text) < 3
            && let Some(line) = self.block_on_line(prefix, block, shape)
        {
            return Some(line);
        }
        Some(text)
    }

    /// A block that is a statement.
    pub(super) fn block_statement(&self, block: &syn::ExprBlock, shape: Shape) -> Option<String> {
        Some(self.block_lines(&kinds::label(block.label.as_ref()), &block.block, shape))
    }

    /// `async { … }`
    pub(super) fn keyword_block(
        &self,
        keyword: &str,
        block: &Block,
        shape: Shape,
    ) -> Option<String> {
        self.block_on_line(keyword, block, shape).or_else(|| {
            let width = shape.width.saturating_sub(keyword.len());
            self.block(keyword, block, Shape { width, ..shape })
        })
    }

    fn block_on_line(&self, prefix: &str, block: &Block, shape: Shape) -> Option<String> {
        let only = kinds::only_expr(block)?;
        let text = self.expr(only, shape.after(prefix.len())?)?;
        let line = format!("{prefix}{{ {text} }}");
        (line.len() <= shape.width && !is_multi_line(&line)).then_some(line)
    }

    /// A block with each statement on its own line.
    pub(super) fn block_lines(&self, prefix: &str, block: &Block, shape: Shape) -> String {
        if block.stmts.is_empty() {
            return format!("{prefix}{{}}");
        }
        let indent = shape.indent() + TAB;
        let mut text = format!("{prefix}{{");
        for (index, stmt) in block.stmts.iter().enumerate() {
            text.push_str(&newline(indent));
            text.push_str(&self.stmt(stmt, index + 1 == block.stmts.len(), indent));
        }
        text.push_str(&newline(shape.indent()));
        text.push('}');
        text
    }

    /// A block of one expression.
    pub(super) fn block_of_expr(&self, body: &Expr, shape: Shape) -> String {
        let indent = shape.indent() + TAB;
        let text = self.in_place(indent, |shape| self.tail(body, shape));
        format!("{{{}{text}{}}}", newline(indent), newline(shape.indent()))
    }

    fn stmt(&self, stmt: &Stmt, last: bool, indent: usize) -> String {
        match stmt {
            Stmt::Item(item) => self.item_text(item, indent),
            Stmt::Local(local) => self.in_place(indent, |shape| self.local(local, shape)),
            Stmt::Macro(call) => self.in_place(indent, |shape| {
                let semi = if call.semi_token.is_some() { ";" } else { "" };
                let text = self.macro_expr(&call.mac, shape.before(semi.len())?)?;
                Some(format!(
                    "{}{text}{semi}",
                    self.outer_attributes(&call.attrs, shape)
                ))
            }),
            Stmt::Expr(expr, None) if last => self.in_place(indent, |shape| self.tail(expr, shape)),
            Stmt::Expr(expr, semi) => self.in_place(indent, |shape| {
                let loops = matches!(expr, Expr::ForLoop(_) | Expr::Loop(_) | Expr::While(_));
                let semi = if semi.is_some() && !loops { ";" } else { "" };
                let text = self.statement_expr(expr, shape.before(semi.len())?)?;
                Some(format!("{text}{semi}"))
            }),
        }
    }

    /// The last expression of a block.
    fn tail(&self, expr: &Expr, shape: Shape) -> Option<String> {
        let semi = if kinds::takes_semicolon(expr) {
            ";"
        } else {
            ""
        };
        Some(format!("{}{semi}", self.expr(expr, shape)?))
    }

    /// A statement in a layout that fits, or with lines that are too wide.
    fn in_place(&self, indent: usize, layout: impl Fn(Shape) -> Option<String>) -> String {
        let context = self.context();
        self.set_context(Context::default());
        let shape = Shape::block(indent);
        let text = layout(shape)
            .or_else(|| {
                layout(Shape {
                    overflow: true,
                    ..shape
                })
            })
            .unwrap_or_default();
        self.set_context(context);
        text
    }

    fn local(&self, local: &Local, shape: Shape) -> Option<String> {
        let attributes = self.outer_attributes(&local.attrs, shape);
        let (pat, ty) = match &local.pat {
            syn::Pat::Type(typed) => (&*typed.pat, Some(&typed.ty)),
            pat => (pat, None),
        };
        let pat = self.pat(pat, shape.after(4)?.before(1)?)?;
        let mut text = format!("let {pat}");
        if let Some(ty) = ty {
            let place = if is_multi_line(&pat) {
                shape.full()
            } else {
                shape
            };
            let place = place.after(last_width(&text) + 2)?.before(2)?;
            text.push_str(": ");
            text.push_str(&self.ty(ty, place)?);
        }
        if let Some(init) = &local.init {
            text.push_str(" =");
            text = self.assigned(text, &init.expr, shape.before(1)?)?;
            if let Some((_, diverge)) = &init.diverge {
                self.let_else(&mut text, is_multi_line(&pat), diverge, shape)?;
            }
        }
        Some(format!("{attributes}{text};"))
    }

    fn let_else(
        &self,
        text: &mut String,
        pat_has_lines: bool,
        diverge: &Expr,
        shape: Shape,
    ) -> Option<()> {
        let Expr::Block(diverge) = diverge else {
            text.push_str(" else ");
            text.push_str(&list::verbatim(diverge)?);
            return Some(());
        };
        let same_line = if is_multi_line(text) {
            let last = last_line(text);
            text.ends_with([')', ']', '}'])
                && last.len() - last.trim_start().len() <= shape.indent()
        } else {
            (shape.width.saturating_sub(1)).saturating_sub(text.len()) >= 7
        };
        let new_line = pat_has_lines || !same_line;
        if new_line {
            text.push_str(&newline(shape.indent()));
        } else {
            text.push(' ');
        }
        text.push_str("else ");
        let available = shape.width.min(LET_ELSE_WIDTH).saturating_sub(text.len());
        let may_be_line =
            !new_line && available > 0 && !is_multi_line(text) && diverge.block.stmts.len() <= 1;
        let line = may_be_line
            .then(|| self.block_on_line("", &diverge.block, shape))
            .flatten()
            .filter(|line| line.len() < available);
        let block = line.unwrap_or_else(|| self.block_lines("", &diverge.block, shape));
        text.push_str(&block);
        Some(())
    }
}
