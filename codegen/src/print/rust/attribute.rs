//! Attributes, and the documentation comments that some of them represent.

use crate::print::rust::flat;
use crate::print::rust::printer::Printer;
use crate::print::rust::shape::Shape;
use crate::print::rust::shape::TAB;
use crate::print::rust::text::newline;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{AttrStyle, Attribute, Expr, Lit, Meta, Token};

/// The widest arguments of an attribute on one line, if there are several.
const ARGUMENTS_WIDTH: usize = 70;

impl Printer<'_> {
    /// Attributes before an item, each on its own line.
    pub(super) fn outer_attributes(&self, attributes: &[Attribute], shape: Shape) -> String {
        let mut text = String::new();
        for attribute in attributes {
            self.attribute(attribute, shape, &mut text);
            text.push_str(&newline(shape.indent()));
        }
        text
    }

    fn attribute(&self, attribute: &Attribute, shape: Shape, text: &mut String) {
        let inner = matches!(attribute.style, AttrStyle::Inner(_));
        if let Some(comment) = doc(attribute) {
            let mark = if inner { "//!" } else { "///" };
            match (self.comments)(&comment) {
                Some(lines) => push_lines(text, mark, " ", lines.into_iter(), shape),
                None => push_lines(text, mark, "", comment.split('\n'), shape),
            }
            return;
        }
        text.push_str(if inner { "#![" } else { "#[" });
        text.push_str(&self.meta(&attribute.meta, shape));
        text.push(']');
    }

    fn meta(&self, meta: &Meta, shape: Shape) -> String {
        let Meta::List(list) = meta else {
            return flat::unlimited(|line| line.meta(meta)).unwrap_or_else(|| flat::tokens(meta));
        };
        let Ok(arguments) =
            Punctuated::<Meta, Token![,]>::parse_terminated.parse2(list.tokens.clone())
        else {
            return flat::tokens(meta);
        };
        let path = flat::unlimited(|line| line.path(None, &list.path)).unwrap_or_default();
        let nested = shape.indented(TAB);
        let arguments: Vec<String> = arguments
            .iter()
            .map(|argument| self.meta(argument, nested))
            .collect();
        let joined = arguments.join(", ");
        // `#[` and `)]` stand around it.
        let fits = joined.len() + path.len() + 5 <= shape.width && !joined.contains('\n');
        if fits && (arguments.len() == 1 || joined.len() <= ARGUMENTS_WIDTH) {
            return format!("{path}({joined})");
        }
        let (open, close) = (newline(nested.indent()), newline(shape.indent()));
        format!(
            "{path}({open}{}{close})",
            arguments.join(&format!(",{open}"))
        )
    }
}

/// The lines of a comment behind their mark.
fn push_lines<'l>(
    text: &mut String,
    mark: &str,
    space: &str,
    lines: impl Iterator<Item = &'l str>,
    shape: Shape,
) {
    for (index, line) in lines.enumerate() {
        if index > 0 {
            text.push_str(&newline(shape.indent()));
        }
        text.push_str(mark);
        if !line.is_empty() {
            text.push_str(space);
            text.push_str(line);
        }
    }
}

/// The text of `#[doc = "…"]`.
fn doc(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}
