//! Functions.

use crate::print::rust::flat;
use crate::print::rust::list::{Comma, Item, Lines, List, Tactic, tactic};
use crate::print::rust::printer::Printer;
use crate::print::rust::shape::MAX_WIDTH;
use crate::print::rust::shape::{Shape, TAB, budget};
use crate::print::rust::text::{first_width, is_multi_line, last_line, last_width, newline, width};
use syn::{
    Block, FnArg, Generics, ReceiverKind, ReturnType, Safety, Signature, Visibility, WhereClause,
    WherePredicate,
};

/// A function's text up to its body.
struct Head {
    text: String,
    /// Whether the opening brace has a line of its own.
    brace_below: bool,
}

impl Printer<'_> {
    /// A function; without a body it ends with a semicolon.
    pub(super) fn function(
        &self,
        visibility: &Visibility,
        signature: &Signature,
        body: Option<&Block>,
        indent: usize,
    ) -> String {
        let shape = Shape::block(indent);
        let head = self.fn_head(visibility, signature, body.is_some(), shape);
        let head = head
            .or_else(|| {
                let overflow = Shape {
                    overflow: true,
                    ..shape
                };
                self.fn_head(visibility, signature, body.is_some(), overflow)
            })
            .unwrap_or_else(|| Head {
                text: flat::tokens(signature),
                brace_below: false,
            });
        let Some(body) = body else {
            return format!("{};", head.text);
        };
        if body.stmts.is_empty() && indent + head.text.len() + 3 <= MAX_WIDTH {
            return format!("{} {{}}", head.text);
        }
        let brace = if head.brace_below {
            newline(indent)
        } else {
            " ".to_owned()
        };
        if body.stmts.is_empty() {
            return format!("{}{brace}{{{}}}", head.text, newline(indent));
        }
        self.block_lines(&format!("{}{brace}", head.text), body, shape)
    }

    fn fn_head(
        &self,
        visibility: &Visibility,
        signature: &Signature,
        has_body: bool,
        shape: Shape,
    ) -> Option<Head> {
        let where_clause = predicates(&signature.generics);
        let indent = shape.block;
        let same_line = has_body && where_clause.is_none();
        let mut text = modifiers(visibility, signature);
        text.push_str("fn ");
        let used = indent + width(&text);
        let place = Shape {
            width: budget(used + if same_line { 4 } else { 2 }),
            offset: used,
            ..shape
        };
        let name = signature.ident.to_string();
        text.push_str(&self.generics(&name, &signature.generics, place)?);

        let output = self.output(&signature.output, shape)?;
        let output_has_lines = is_multi_line(&output);
        let output_width = if output_has_lines { 0 } else { output.len() };
        let one_line = if is_multi_line(&text) || output_has_lines {
            0
        } else {
            let parentheses = if output_width == 0 { 2 } else { 3 };
            let end = match (has_body, same_line) {
                (false, _) => 1,
                (true, true) => 2,
                (true, false) => 0,
            };
            budget(indent + text.len() + output_width + parentheses + end)
        };

        text.push('(');
        let inputs = self.inputs(signature, one_line, shape)?;
        let in_block =
            !signature.inputs.is_empty() && (is_multi_line(&inputs) || inputs.len() > one_line);
        if in_block {
            text.push_str(&newline(indent + TAB));
            text.push_str(&inputs);
            text.push_str(&newline(indent));
            text.push(')');
        } else {
            text.push_str(&inputs);
            text.push(')');
        }
        let mut brace_below = self.push_output(&mut text, signature, &output, in_block, shape)?;
        if let Some(predicates) = where_clause {
            let space = in_block && matches!(signature.output, ReturnType::Default);
            text.push_str(&if space {
                " ".to_owned()
            } else {
                newline(indent)
            });
            text.push_str(&self.where_clause(predicates, shape)?);
            brace_below = true;
        }
        brace_below |= last_width(&text) + 2 > shape.width;
        Some(Head { text, brace_below })
    }

    fn output(&self, output: &ReturnType, shape: Shape) -> Option<String> {
        match output {
            ReturnType::Default => Some(String::new()),
            ReturnType::Type(_, ty) => Some(format!("-> {}", self.ty(ty, shape.after(3)?)?)),
        }
    }

    /// Adds the return type; returns whether the opening brace has to be below it.
    fn push_output(
        &self,
        text: &mut String,
        signature: &Signature,
        output: &str,
        in_block: bool,
        shape: Shape,
    ) -> Option<bool> {
        if output.is_empty() {
            return Some(false);
        }
        let indent = shape.block;
        let no_inputs = signature.inputs.is_empty();
        let has_lines = is_multi_line(output);
        if no_inputs {
            let used = if is_multi_line(text) { 0 } else { indent };
            let used = used + last_width(text) - 1 + first_width(output);
            if used + 1 > MAX_WIDTH {
                text.push_str(&newline(indent));
            }
        }
        let indents = if in_block || no_inputs {
            false
        } else if is_multi_line(text) || has_lines {
            true
        } else {
            let brace = if predicates(&signature.generics).is_none() {
                2
            } else {
                0
            };
            let output_width = if has_lines { 0 } else { output.len() };
            text.len() + indent + output_width + 1 + brace > MAX_WIDTH
        };
        let place = if indents {
            text.push_str(&newline(indent));
            Shape::block(indent)
        } else {
            if !last_line(text).trim().is_empty() {
                text.push(' ');
            }
            let line = Shape::block(indent);
            line.after(last_width(text)).unwrap_or(line)
        };
        let place = Shape {
            overflow: shape.overflow,
            ..place
        };
        if has_lines || indents {
            text.push_str(&self.output(&signature.output, place)?);
        } else {
            text.push_str(output);
        }
        Some(false)
    }

    fn inputs(&self, signature: &Signature, one_line: usize, shape: Shape) -> Option<String> {
        let line = Shape::block(shape.block + TAB);
        let line = Shape {
            overflow: shape.overflow,
            ..line.before(1).unwrap_or(line)
        };
        let inputs: Vec<String> = signature
            .inputs
            .iter()
            .map(|input| self.input(input, line))
            .collect();
        let tactic = tactic(inputs.iter().map(String::as_str), 2, one_line);
        let lines = Lines {
            tactic,
            comma: Comma::Vertical,
            shape: line,
            ends_line: tactic == Tactic::Vertical,
        };
        Some(lines.write(&inputs))
    }

    /// A parameter, as it fits, else on one line.
    fn input(&self, input: &FnArg, shape: Shape) -> String {
        let text = match input {
            FnArg::Receiver(receiver) => {
                let mutability = if receiver.mutability.is_some() {
                    "mut "
                } else {
                    ""
                };
                match &receiver.kind {
                    ReceiverKind::Value => Some(format!("{mutability}self")),
                    ReceiverKind::Reference(_, lifetime, mutability) => {
                        let lifetime = lifetime.as_ref().map(|lifetime| format!("{lifetime} "));
                        let mutability = if mutability.is_some() { "mut " } else { "" };
                        Some(format!("&{}{mutability}self", lifetime.unwrap_or_default()))
                    }
                    ReceiverKind::Typed(_, ty) => {
                        let ty = flat::unlimited(|line| line.ty(ty));
                        ty.map(|ty| format!("{mutability}self: {ty}"))
                    }
                    _ => None,
                }
            }
            FnArg::Typed(typed) => self.pat(&typed.pat, shape).and_then(|pat| {
                let place = shape.after(last_width(&pat) + 2)?;
                let ty = self.ty(&typed.ty, place)?;
                let attributes = self.outer_attributes(&typed.attrs, shape);
                Some(format!("{attributes}{pat}: {ty}"))
            }),
        };
        text.or_else(|| match input {
            FnArg::Typed(typed) => flat::unlimited(|line| line.pat(&syn::Pat::Type(typed.clone()))),
            FnArg::Receiver(_) => None,
        })
        .unwrap_or_else(|| flat::tokens(input))
    }

    /// A name with its generic parameters.
    pub(super) fn generics(&self, name: &str, generics: &Generics, shape: Shape) -> Option<String> {
        if generics.params.is_empty() {
            return Some(name.to_owned());
        }
        let items = generics.params.iter().map(Item::Param).collect();
        self.list(&List::angle(name, items), shape)
    }

    /// `where`, with a predicate a line.
    pub(super) fn where_clause(&self, clause: &WhereClause, shape: Shape) -> Option<String> {
        let line = Shape::block(shape.block + TAB).before(1)?;
        let line = Shape {
            overflow: shape.overflow,
            ..line
        };
        let mut text = String::from("where");
        for predicate in &clause.predicates {
            text.push_str(&newline(line.indent()));
            text.push_str(&self.predicate(predicate, line)?);
            text.push(',');
        }
        Some(text)
    }

    pub(super) fn predicate(&self, predicate: &WherePredicate, shape: Shape) -> Option<String> {
        match predicate {
            WherePredicate::Type(predicate) => {
                let ty = self.ty(&predicate.bounded_ty, shape)?;
                let lifetimes = predicate.lifetimes.as_ref();
                let lifetimes = lifetimes.map(|names| format!("{} ", flat::tokens(names)));
                let left = format!("{}{ty}:", lifetimes.unwrap_or_default());
                let bounds = |shape| self.bounds(&predicate.bounds, shape, true);
                self.assigned_with(left, &bounds, shape)
            }
            other => Some(flat::tokens(other)),
        }
    }
}

/// The predicates of a `where` clause, if there are any.
pub(super) fn predicates(generics: &Generics) -> Option<&WhereClause> {
    generics
        .where_clause
        .as_ref()
        .filter(|clause| !clause.predicates.is_empty())
}

fn modifiers(visibility: &Visibility, signature: &Signature) -> String {
    let mut text = self::visibility(visibility);
    for (present, word) in [
        (signature.constness.is_some(), "const "),
        (signature.asyncness.is_some(), "async "),
        (matches!(signature.safety, Safety::Unsafe(_)), "unsafe "),
    ] {
        if present {
            text.push_str(word);
        }
    }
    if let Some(abi) = &signature.abi {
        text.push_str(&flat::tokens(abi));
        text.push(' ');
    }
    text
}

/// The visibility with a space behind it.
pub(super) fn visibility(visibility: &Visibility) -> String {
    match visibility {
        Visibility::Public(_) => "pub ".to_owned(),
        Visibility::Restricted(restricted) => {
            let inside = if restricted.in_token.is_some() {
                "in "
            } else {
                ""
            };
            let path = flat::unlimited(|line| line.path(None, &restricted.path));
            format!("pub({inside}{}) ", path.unwrap_or_default())
        }
        Visibility::Inherited => String::new(),
    }
}
