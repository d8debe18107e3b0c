//! The properties of code that rustfmt's layouts depend on.

use crate::print::rust::shape::TAB;
use crate::print::rust::text::{is_multi_line, trimmed_last_width};
use syn::{Attribute, BinOp, Block, Expr, Pat, Stmt, Type, UnOp};

/// `'name: `
pub(super) fn label(label: Option<&syn::Label>) -> String {
    label.map_or_else(String::new, |label| format!("{}: ", label.name))
}

pub(super) fn prefix(operator: &UnOp) -> &'static str {
    match operator {
        UnOp::Deref(_) => "*",
        UnOp::Not(_) => "!",
        UnOp::Neg(_) => "-",
        _ => "",
    }
}

/// Whether rustfmt adds a semicolon to the expression if it is a statement.
pub(super) fn takes_semicolon(expr: &Expr) -> bool {
    matches!(expr, Expr::Break(_) | Expr::Continue(_) | Expr::Return(_))
}

/// The attributes of an expression.
pub(super) fn attributes(expr: &Expr) -> &[Attribute] {
    match expr {
        Expr::Array(e) => &e.attrs,
        Expr::Assign(e) => &e.attrs,
        Expr::Async(e) => &e.attrs,
        Expr::Await(e) => &e.attrs,
        Expr::Binary(e) => &e.attrs,
        Expr::Block(e) => &e.attrs,
        Expr::Break(e) => &e.attrs,
        Expr::Call(e) => &e.attrs,
        Expr::Cast(e) => &e.attrs,
        Expr::Closure(e) => &e.attrs,
        Expr::Field(e) => &e.attrs,
        Expr::ForLoop(e) => &e.attrs,
        Expr::If(e) => &e.attrs,
        Expr::Index(e) => &e.attrs,
        Expr::Let(e) => &e.attrs,
        Expr::Lit(e) => &e.attrs,
        Expr::Loop(e) => &e.attrs,
        Expr::Macro(e) => &e.attrs,
        Expr::Match(e) => &e.attrs,
        Expr::MethodCall(e) => &e.attrs,
        Expr::Paren(e) => &e.attrs,
        Expr::Path(e) => &e.attrs,
        Expr::Range(e) => &e.attrs,
        Expr::Reference(e) => &e.attrs,
        Expr::Repeat(e) => &e.attrs,
        Expr::Return(e) => &e.attrs,
        Expr::Struct(e) => &e.attrs,
        Expr::Try(e) => &e.attrs,
        Expr::Tuple(e) => &e.attrs,
        Expr::Unary(e) => &e.attrs,
        Expr::Unsafe(e) => &e.attrs,
        Expr::While(e) => &e.attrs,
        _ => &[],
    }
}

/// A literal, a name, or one of them behind an operator.
pub(super) fn is_simple(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) => true,
        Expr::Path(path) => path.qself.is_none() && path.path.segments.len() <= 1,
        Expr::Cast(e) => is_simple(&e.expr),
        Expr::Field(e) => is_simple(&e.base),
        Expr::Reference(e) => is_simple(&e.expr),
        Expr::Try(e) => is_simple(&e.expr),
        Expr::Unary(e) => is_simple(&e.expr),
        Expr::Index(e) => is_simple(&e.expr) && is_simple(&e.index),
        Expr::Repeat(e) => is_simple(&e.expr) && is_simple(&e.len),
        _ => false,
    }
}

/// The operand of `&`, `!`, `?` and `as`.
fn operand(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::Cast(e) => Some(&e.expr),
        Expr::Reference(e) => Some(&e.expr),
        Expr::Try(e) => Some(&e.expr),
        Expr::Unary(e) => Some(&e.expr),
        _ => None,
    }
}

/// The expression below all of these operators.
pub(super) fn innermost(mut expr: &Expr) -> &Expr {
    while let Some(inner) = operand(expr) {
        expr = inner;
    }
    expr
}

/// A call of a function or macro.
pub(super) fn is_nested_call(expr: &Expr) -> bool {
    matches!(innermost(expr), Expr::Call(_) | Expr::Macro(_))
}

pub(super) fn is_method_call(expr: &Expr) -> bool {
    matches!(innermost(expr), Expr::MethodCall(_))
}

/// Whether the last argument can continue below the line of the others.
pub(super) fn can_overflow(expr: &Expr, arguments: usize) -> bool {
    if !attributes(expr).is_empty() {
        return false;
    }
    if let Some(inner) = operand(expr) {
        return can_overflow(inner, arguments);
    }
    match expr {
        Expr::Async(_) | Expr::Block(_) | Expr::Closure(_) | Expr::Unsafe(_) => true,
        Expr::Array(_)
        | Expr::Call(_)
        | Expr::ForLoop(_)
        | Expr::If(_)
        | Expr::Loop(_)
        | Expr::Macro(_)
        | Expr::Match(_)
        | Expr::MethodCall(_)
        | Expr::Struct(_)
        | Expr::Tuple(_)
        | Expr::While(_) => arguments == 1,
        _ => false,
    }
}

/// Whether the expression ends with a block or bracket that has a line of its own.
pub(super) fn is_block_like(expr: &Expr, text: &str) -> bool {
    match expr {
        Expr::Array(_)
        | Expr::Async(_)
        | Expr::Block(_)
        | Expr::Call(_)
        | Expr::Const(_)
        | Expr::ForLoop(_)
        | Expr::If(_)
        | Expr::Loop(_)
        | Expr::Macro(_)
        | Expr::Match(_)
        | Expr::MethodCall(_)
        | Expr::Struct(_)
        | Expr::Unsafe(_)
        | Expr::While(_) => is_multi_line(text),
        Expr::Paren(e) => is_block_like(&e.expr, text),
        Expr::Binary(e) => is_block_like(&e.right, text),
        Expr::Index(e) => is_block_like(&e.index, text),
        Expr::Unary(e) => is_block_like(&e.expr, text),
        Expr::Try(e) => is_block_like(&e.expr, text),
        Expr::Closure(e) => is_block_like(&e.body, text),
        Expr::Lit(_) => is_multi_line(text) && trimmed_last_width(text) <= TAB,
        _ => false,
    }
}

pub(super) fn operator(operator: &BinOp) -> &'static str {
    match operator {
        BinOp::Add(_) => "+",
        BinOp::Sub(_) => "-",
        BinOp::Mul(_) => "*",
        BinOp::Div(_) => "/",
        BinOp::Rem(_) => "%",
        BinOp::And(_) => "&&",
        BinOp::Or(_) => "||",
        BinOp::BitXor(_) => "^",
        BinOp::BitAnd(_) => "&",
        BinOp::BitOr(_) => "|",
        BinOp::Shl(_) => "<<",
        BinOp::Shr(_) => ">>",
        BinOp::Eq(_) => "==",
        BinOp::Lt(_) => "<",
        BinOp::Le(_) => "<=",
        BinOp::Ne(_) => "!=",
        BinOp::Ge(_) => ">=",
        BinOp::Gt(_) => ">",
        BinOp::AddAssign(_) => "+=",
        BinOp::SubAssign(_) => "-=",
        BinOp::MulAssign(_) => "*=",
        BinOp::DivAssign(_) => "/=",
        BinOp::RemAssign(_) => "%=",
        BinOp::BitXorAssign(_) => "^=",
        BinOp::BitAndAssign(_) => "&=",
        BinOp::BitOrAssign(_) => "|=",
        BinOp::ShlAssign(_) => "<<=",
        BinOp::ShrAssign(_) => ">>=",
        _ => "",
    }
}

pub(super) fn is_assignment(op: &BinOp) -> bool {
    let text = operator(op);
    text.ends_with('=') && !matches!(text, "==" | "<=" | ">=" | "!=")
}

/// Whether the last type can continue below the line of the others.
pub(super) fn type_can_overflow(ty: &Type, items: usize) -> bool {
    match ty {
        Type::Tuple(_) => items == 1,
        Type::Ptr(pointer) => type_can_overflow(&pointer.elem, items),
        Type::Reference(reference) => type_can_overflow(&reference.elem, items),
        _ => false,
    }
}

/// Whether the last pattern can continue below the line of the others.
pub(super) fn pattern_can_overflow(pat: &Pat, items: usize) -> bool {
    match pat {
        Pat::Reference(reference) => pattern_can_overflow(&reference.pat, items),
        Pat::Struct(_) | Pat::Tuple(_) | Pat::TupleStruct(_) => items == 1,
        _ => false,
    }
}

/// The expression that a block consists of.
pub(super) fn only_expr(block: &Block) -> Option<&Expr> {
    match block.stmts.as_slice() {
        [Stmt::Expr(expr, None)] if attributes(expr).is_empty() => Some(expr),
        _ => None,
    }
}
