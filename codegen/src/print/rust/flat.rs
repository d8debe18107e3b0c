//! Code on one line.
//!
//! Most code fits on one line. [`Flat`] writes such code without trying anything, and gives up at
//! the first sign that rustfmt might lay it out otherwise: a list wider than its limit, a block, or
//! the end of the line.

use crate::print::rust::arguments::MacroArguments;
use crate::print::rust::kinds::{attributes, is_nested_call, only_expr, operator, prefix};
use proc_macro2::TokenStream;
use quote::ToTokens;
use std::fmt::{Display, Write};
use syn::punctuated::Punctuated;
use syn::{Expr, Lit, Macro, MacroDelimiter, RangeLimits, ReturnType};

/// The widest arguments of a call, and items of a tuple, on one line.
pub(super) const CALL_WIDTH: usize = 60;
/// The widest items of an array on one line.
pub(super) const ARRAY_WIDTH: usize = 60;
/// The widest chain of method calls on one line.
pub(super) const CHAIN_WIDTH: usize = 60;
/// The widest fields of a structure on one line.
pub(super) const STRUCT_WIDTH: usize = 18;
/// The widest `if … { … } else { … }` on one line.
pub(super) const IF_ELSE_WIDTH: usize = 50;

/// A line that is being written.
pub(super) struct Flat<'p> {
    /// Without them, there is no layout for macros.
    arguments: Option<&'p MacroArguments>,
    pub(super) text: String,
    limit: usize,
    /// Columns that have to be free at the end.
    spare: usize,
}

/// Whether the code still fits on the line.
pub(super) type Fits = Option<()>;

/// Writes a piece of code on one line of this width, if that is certainly how rustfmt lays it out.
pub(super) fn within(width: usize, write: impl FnOnce(&mut Flat<'_>) -> Fits) -> Option<String> {
    line(width, None, write)
}

/// The same for an expression, which may have macros.
pub(super) fn expr_within(width: usize, arguments: &MacroArguments, expr: &Expr) -> Option<String> {
    line(width, Some(arguments), |line| line.expr(expr))
}

/// Writes a piece of code on one line, however long; for names, and for what has no other layout.
pub(super) fn unlimited(write: impl FnOnce(&mut Flat<'_>) -> Fits) -> Option<String> {
    line(usize::MAX / 2, None, write)
}

fn line(
    width: usize,
    arguments: Option<&MacroArguments>,
    write: impl FnOnce(&mut Flat<'_>) -> Fits,
) -> Option<String> {
    let mut line = Flat {
        arguments,
        text: String::new(),
        limit: width,
        spare: 0,
    };
    write(&mut line)?;
    (line.text.len() + line.spare <= width).then_some(line.text)
}

/// Code whose layout is not known, as the compiler prints tokens.
pub(super) fn tokens(node: &impl ToTokens) -> String {
    node.to_token_stream().to_string()
}

impl Flat<'_> {
    pub(super) fn push(&mut self, text: &str) -> Fits {
        self.text.push_str(text);
        self.fits()
    }

    pub(super) fn show(&mut self, value: impl Display) -> Fits {
        write!(self.text, "{value}").ok()?;
        self.fits()
    }

    fn fits(&self) -> Fits {
        (self.text.len() <= self.limit).then_some(())
    }

    pub(super) fn word_if(&mut self, present: bool, word: &str) -> Fits {
        if present { self.push(word) } else { Some(()) }
    }

    pub(super) fn list<'a, T: 'a>(
        &mut self,
        items: impl IntoIterator<Item = &'a T>,
        separator: &str,
        mut write: impl FnMut(&mut Self, &'a T) -> Fits,
    ) -> Fits {
        for (index, item) in items.into_iter().enumerate() {
            self.word_if(index > 0, separator)?;
            write(self, item)?;
        }
        Some(())
    }

    /// A list that is at most this wide unless it has one item.
    pub(super) fn limited<'a, T: 'a, P>(
        &mut self,
        items: &'a Punctuated<T, P>,
        limit: usize,
        write: impl FnMut(&mut Self, &'a T) -> Fits,
    ) -> Fits {
        let start = self.text.len();
        self.list(items, ", ", write)?;
        (items.len() == 1 || self.text.len() - start <= limit).then_some(())
    }

    /// Expressions as arguments. A call that is the only argument is as narrow as several.
    fn arguments<P>(&mut self, items: &Punctuated<Expr, P>, limit: usize) -> Fits {
        let start = self.text.len();
        self.limited(items, limit, Self::expr)?;
        let nested = items.len() == 1 && items.first().is_some_and(is_nested_call);
        (!nested || self.text.len() - start <= limit).then_some(())
    }

    /// An expression within another.
    pub(super) fn expr(&mut self, expr: &Expr) -> Fits {
        if !attributes(expr).is_empty() {
            return None;
        }
        match expr {
            Expr::Array(array) => {
                self.push("[")?;
                self.arguments(&array.elems, ARRAY_WIDTH)?;
                self.push("]")
            }
            Expr::Assign(assign) => {
                self.expr(&assign.left)?;
                self.push(" = ")?;
                self.expr(&assign.right)
            }
            Expr::Binary(binary) => {
                if matches!(*binary.right, Expr::Let(_)) || matches!(*binary.left, Expr::Let(_)) {
                    return None;
                }
                self.expr(&binary.left)?;
                self.push(" ")?;
                self.push(operator(&binary.op))?;
                self.push(" ")?;
                self.expr(&binary.right)
            }
            Expr::Block(block) if block.label.is_none() && block.block.stmts.is_empty() => {
                self.push("{}")
            }
            Expr::Break(jump) => self.jump("break", jump.label.as_ref(), jump.expr.as_deref()),
            Expr::Call(call) => {
                self.expr(&call.func)?;
                self.push("(")?;
                self.arguments(&call.args, CALL_WIDTH)?;
                self.push(")")
            }
            Expr::Cast(cast) => {
                self.expr(&cast.expr)?;
                self.push(" as ")?;
                self.ty(&cast.ty)
            }
            Expr::Closure(closure) => {
                self.closure_head(closure)?;
                // What the parameters leave free: ` {`.
                (self.text.len() + 3 <= self.limit).then_some(())?;
                match (&closure.output, &*closure.body) {
                    (ReturnType::Default, body) if !matches!(body, Expr::Block(_)) => {
                        self.push(" ")?;
                        self.expr(body)
                    }
                    _ => None,
                }
            }
            Expr::Continue(jump) => self.jump("continue", jump.label.as_ref(), None),
            Expr::Await(_) | Expr::Field(_) | Expr::MethodCall(_) | Expr::Try(_) => {
                self.chain(expr)
            }
            Expr::Group(group) => self.expr(&group.expr),
            Expr::If(branch) => self.if_else(branch),
            Expr::Index(index) => {
                self.expr(&index.expr)?;
                self.push("[")?;
                self.expr(&index.index)?;
                self.push("]")
            }
            Expr::Infer(_) => self.push("_"),
            Expr::Let(binding) => {
                self.push("let ")?;
                self.pat(&binding.pat)?;
                self.push(" = ")?;
                self.expr(&binding.expr)
            }
            Expr::Lit(literal) => self.lit(&literal.lit),
            Expr::Macro(call) => self.mac(&call.mac),
            Expr::Paren(paren) if matches!(*paren.expr, Expr::Paren(_)) => self.expr(&paren.expr),
            Expr::Paren(paren) => {
                self.push("(")?;
                self.expr(&paren.expr)?;
                self.push(")")
            }
            Expr::Path(path) => self.path(path.qself.as_ref(), &path.path),
            Expr::Range(range) => {
                if let Some(start) = &range.start {
                    self.expr(start)?;
                }
                self.push(match range.limits {
                    RangeLimits::HalfOpen(_) => "..",
                    RangeLimits::Closed(_) => "..=",
                })?;
                range.end.as_ref().map_or(Some(()), |end| self.expr(end))
            }
            Expr::Reference(reference) => {
                self.push("&")?;
                self.word_if(reference.mutability.is_some(), "mut ")?;
                self.expr(&reference.expr)
            }
            Expr::Repeat(repeat) => {
                self.push("[")?;
                self.expr(&repeat.expr)?;
                self.push("; ")?;
                self.expr(&repeat.len)?;
                self.push("]")
            }
            Expr::Return(jump) => self.jump("return", None, jump.expr.as_deref()),
            Expr::Struct(literal) => self.structure(literal),
            Expr::Tuple(tuple) => {
                self.push("(")?;
                self.limited(&tuple.elems, CALL_WIDTH, Self::expr)?;
                self.push(if tuple.elems.len() == 1 { ",)" } else { ")" })
            }
            Expr::Unary(unary) => {
                self.push(prefix(&unary.op))?;
                self.expr(&unary.expr)
            }
            _ => None,
        }
    }

    fn jump(&mut self, word: &str, label: Option<&syn::Lifetime>, value: Option<&Expr>) -> Fits {
        self.push(word)?;
        if let Some(label) = label {
            self.push(" ")?;
            self.show(label)?;
        }
        if let Some(value) = value {
            self.push(" ")?;
            self.expr(value)?;
        }
        Some(())
    }

    /// Method calls, fields, `.await` and `?`.
    fn chain(&mut self, expr: &Expr) -> Fits {
        let start = self.text.len();
        let mut links = 0;
        let tries = self.link(expr, &mut links)?;
        let width = self.text.len() - start;
        if links > 1 && width + tries > CHAIN_WIDTH {
            return None;
        }
        self.spare = self.spare.max(tries);
        Some(())
    }

    /// The chain up to here; returns how many `?` it ends with.
    fn link(&mut self, expr: &Expr, links: &mut usize) -> Option<usize> {
        if !attributes(expr).is_empty() {
            return None;
        }
        match expr {
            Expr::Try(attempt) => {
                let tries = self.link(&attempt.expr, links)?;
                self.push("?")?;
                return Some(tries + 1);
            }
            Expr::Await(await_) => {
                self.link(&await_.base, links)?;
                self.push(".await")?;
            }
            Expr::Field(field) => {
                self.link(&field.base, links)?;
                self.push(".")?;
                self.member(&field.member)?;
            }
            Expr::MethodCall(call) => {
                self.link(&call.receiver, links)?;
                self.push(".")?;
                self.show(&call.method)?;
                if let Some(arguments) = &call.turbofish {
                    self.push("::")?;
                    self.angle(arguments)?;
                }
                self.push("(")?;
                self.arguments(&call.args, CALL_WIDTH)?;
                self.push(")")?;
            }
            _ => {
                self.expr(expr)?;
                return Some(0);
            }
        }
        *links += 1;
        Some(0)
    }

    /// `if … { … } else { … }` on one line.
    fn if_else(&mut self, branch: &syn::ExprIf) -> Fits {
        let start = self.text.len();
        let (_, otherwise) = branch.else_branch.as_ref()?;
        let Expr::Block(otherwise) = &**otherwise else {
            return None;
        };
        if matches!(*branch.cond, Expr::Let(_)) {
            return None;
        }
        self.push("if ")?;
        self.expr(&branch.cond)?;
        self.push(" { ")?;
        self.expr(only_expr(&branch.then_branch)?)?;
        self.push(" } else { ")?;
        self.expr(only_expr(&otherwise.block)?)?;
        self.push(" }")?;
        (self.text.len() - start <= IF_ELSE_WIDTH).then_some(())
    }

    pub(super) fn structure(&mut self, literal: &syn::ExprStruct) -> Fits {
        self.path(literal.qself.as_ref(), &literal.path)?;
        if literal.fields.is_empty() && literal.dot2_token.is_none() {
            return self.push(" {}");
        }
        self.push(" { ")?;
        let start = self.text.len();
        self.list(&literal.fields, ", ", |line, field| {
            if !field.attrs.is_empty() {
                return None;
            }
            line.member(&field.member)?;
            if field.colon_token.is_some() {
                line.push(": ")?;
                line.expr(&field.expr)?;
            }
            Some(())
        })?;
        if literal.dot2_token.is_some() {
            self.word_if(!literal.fields.is_empty(), ", ")?;
            self.push("..")?;
            if let Some(rest) = &literal.rest {
                self.expr(rest)?;
            }
        }
        (self.text.len() - start <= STRUCT_WIDTH).then_some(())?;
        self.push(" }")
    }

    pub(super) fn closure_head(&mut self, closure: &syn::ExprClosure) -> Fits {
        if closure.lifetimes.is_some() || closure.constness.is_some() {
            return None;
        }
        self.word_if(closure.asyncness.is_some(), "async ")?;
        self.word_if(closure.capture.is_some(), "move ")?;
        self.push("|")?;
        self.list(&closure.inputs, ", ", Self::pat)?;
        self.push("|")?;
        self.returns(&closure.output)
    }

    pub(super) fn lit(&mut self, lit: &Lit) -> Fits {
        match lit {
            Lit::Str(text) => self.show(text.token()),
            Lit::ByteStr(text) => self.show(text.token()),
            Lit::CStr(text) => self.show(text.token()),
            Lit::Byte(byte) => self.show(byte.token()),
            Lit::Char(c) => self.show(c.token()),
            Lit::Int(number) => self.show(number),
            Lit::Float(number) => self.show(number),
            Lit::Bool(value) => self.show(value.value),
            Lit::Verbatim(literal) => self.show(literal),
            _ => None,
        }?;
        // A raw string may have several lines.
        (!matches!(lit, Lit::Str(_) | Lit::ByteStr(_)) || !self.text.contains('\n')).then_some(())
    }

    /// A macro whose arguments are expressions.
    fn mac(&mut self, mac: &Macro) -> Fits {
        let (open, close, limit) = match mac.delimiter {
            MacroDelimiter::Paren(_) => ("(", ")", CALL_WIDTH),
            MacroDelimiter::Bracket(_) => ("[", "]", ARRAY_WIDTH),
            MacroDelimiter::Brace(_) => return None,
        };
        let arguments = self.arguments?.of(mac)?;
        if arguments.trailing_punct() {
            return None;
        }
        self.path(None, &mac.path)?;
        self.push("!")?;
        self.push(open)?;
        self.arguments(&arguments, limit)?;
        self.push(close)
    }

    /// An attribute, without its `#[…]`.
    pub(super) fn meta(&mut self, meta: &syn::Meta) -> Fits {
        match meta {
            syn::Meta::Path(path) => self.path(None, path),
            syn::Meta::NameValue(pair) => {
                self.path(None, &pair.path)?;
                self.push(" = ")?;
                self.expr(&pair.value)
            }
            syn::Meta::List(list) => {
                self.path(None, &list.path)?;
                self.push("(")?;
                self.raw(&list.tokens)?;
                self.push(")")
            }
        }
    }

    fn raw(&mut self, tokens: &TokenStream) -> Fits {
        self.push(&crate::print::macros::flat(tokens.clone()))
    }
}
