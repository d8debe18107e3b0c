//! Patterns.

use crate::print::rust::flat;
use crate::print::rust::list::{Comma, Item, Lines, List, Tactic, tactic};
use crate::print::rust::printer::Printer;
use crate::print::rust::shape::TAB;
use crate::print::rust::shape::{MAX_WIDTH, Shape};
use crate::print::rust::structure::{braces, places};
use crate::print::rust::text::last_width;
use crate::print::rust::text::{is_multi_line, newline, width};
use syn::{FieldPat, Pat, PatStruct};

/// The widest alternative of a pattern that shares its line with others.
const SHORT_PATTERN: usize = 20;

impl Printer<'_> {
    pub(super) fn pat(&self, pat: &Pat, shape: Shape) -> Option<String> {
        flat::within(shape.width, |line| line.pat(pat)).or_else(|| self.broken_pat(pat, shape))
    }

    fn broken_pat(&self, pat: &Pat, shape: Shape) -> Option<String> {
        match pat {
            Pat::Or(or) => self.alternatives(&or.cases, shape),
            Pat::Paren(paren) => Some(format!(
                "({})",
                self.pat(&paren.pat, shape.after(1)?.before(1)?)?
            )),
            Pat::Reference(reference) => {
                let prefix = if reference.mutability.is_some() {
                    "&mut "
                } else {
                    "&"
                };
                Some(format!(
                    "{prefix}{}",
                    self.pat(&reference.pat, shape.after(prefix.len())?)?
                ))
            }
            Pat::Slice(slice) => self.list(
                &List {
                    name: "",
                    brackets: ["[", "]"],
                    items: slice.elems.iter().map(Item::Pat).collect(),
                    limit: flat::ARRAY_WIDTH,
                    comma: Comma::Vertical,
                    of_macro: false,
                },
                shape,
            ),
            Pat::Struct(structure) => self.struct_pat(structure, shape),
            Pat::Tuple(tuple) => {
                let single =
                    tuple.elems.len() == 1 && !matches!(tuple.elems.first(), Some(Pat::Rest(_)));
                self.tuple_pat("", tuple.elems.iter(), single, shape)
            }
            Pat::TupleStruct(tuple) => {
                let path = self.path(tuple.qself.as_ref(), &tuple.path, shape)?;
                self.tuple_pat(&path, tuple.elems.iter(), false, shape)
            }
            Pat::Type(typed) => {
                let pat = self.pat(&typed.pat, shape)?;
                let place = shape.after(last_width(&pat) + 2)?;
                Some(format!("{pat}: {}", self.ty(&typed.ty, place)?))
            }
            // Names have no other layout; a literal that is too wide stays where it is.
            _ => {
                let text =
                    flat::unlimited(|line| line.pat(pat)).unwrap_or_else(|| flat::tokens(pat));
                let free = !matches!(pat, Pat::Range(_));
                (free || shape.holds(&text)).then_some(text)
            }
        }
    }

    fn tuple_pat<'a>(
        &self,
        name: &str,
        elems: impl Iterator<Item = &'a Pat>,
        single: bool,
        shape: Shape,
    ) -> Option<String> {
        let list = List {
            name,
            brackets: ["(", ")"],
            items: elems.map(Item::Pat).collect(),
            limit: MAX_WIDTH,
            comma: if single {
                Comma::Always
            } else {
                Comma::Vertical
            },
            of_macro: false,
        };
        self.list(&list, shape)
    }

    fn alternatives(
        &self,
        cases: &syn::punctuated::Punctuated<Pat, syn::Token![|]>,
        shape: Shape,
    ) -> Option<String> {
        let texts: Vec<String> = cases
            .iter()
            .map(|case| self.pat(case, shape))
            .collect::<Option<_>>()?;
        let filled = cases.iter().zip(&texts).all(|(case, text)| {
            text.len() <= SHORT_PATTERN && !is_multi_line(text) && is_short(case)
        });
        let on_line = tactic(texts.iter().map(String::as_str), 3, shape.width);
        let line = newline(shape.indent());
        let (mut text, mut used) = (String::new(), 0);
        for (index, case) in texts.iter().enumerate() {
            if index > 0 {
                let next_line = if filled {
                    used + 3 + width(case) > shape.width
                } else {
                    on_line == Tactic::Vertical
                };
                if next_line {
                    text.push_str(&line);
                    text.push_str("| ");
                    used = 2;
                } else {
                    text.push_str(" | ");
                    used += 3;
                }
            }
            used += width(case);
            text.push_str(case);
        }
        Some(text)
    }

    fn struct_pat(&self, structure: &PatStruct, shape: Shape) -> Option<String> {
        let path = self.path(structure.qself.as_ref(), &structure.path, shape.before(2)?)?;
        let has_rest = structure.rest.is_some();
        if structure.fields.is_empty() && !has_rest {
            return Some(format!("{path} {{}}"));
        }
        let suffix = if has_rest { 6 } else { 2 };
        let (one_line, lines) = places(shape, path.len() + 3, suffix);
        let fields: Vec<String> = structure
            .fields
            .iter()
            .map(|field| self.field_pat(field, lines))
            .collect::<Option<_>>()?;
        let tactic = tactic(fields.iter().map(String::as_str), 2, one_line);
        let ends_line = tactic == Tactic::Vertical;
        let list = Lines {
            tactic,
            comma: Comma::Vertical,
            shape: lines,
            ends_line,
        };
        let mut text = list.write(&fields);
        if has_rest {
            if is_multi_line(&text) || text.len() > one_line {
                if !text.ends_with(',') {
                    text.push(',');
                }
                text.push_str(&newline(lines.indent()));
            } else if !text.is_empty() {
                text.push_str(if text.ends_with(',') { " " } else { ", " });
            }
            text.push_str("..");
        }
        Some(format!("{path} {}", braces(&text, shape, lines, one_line)))
    }

    fn field_pat(&self, field: &FieldPat, shape: Shape) -> Option<String> {
        let attributes = self.outer_attributes(&field.attrs, shape);
        let pat = self.pat(&field.pat, shape)?;
        if field.colon_token.is_none() {
            return Some(format!("{attributes}{pat}"));
        }
        let name = flat::unlimited(|line| line.member(&field.member))?;
        if name.len() + 2 + pat.len() <= shape.width {
            return Some(format!("{attributes}{name}: {pat}"));
        }
        let nested = shape.indented(TAB);
        let pat = self.pat(&field.pat, nested)?;
        Some(format!(
            "{attributes}{name}:{}{pat}",
            newline(nested.indent())
        ))
    }
}

fn is_short(pat: &Pat) -> bool {
    match pat {
        Pat::Lit(_) | Pat::Rest(_) | Pat::Wild(_) => true,
        Pat::Ident(name) => name.subpat.is_none(),
        Pat::Tuple(tuple) => tuple.elems.len() <= 1,
        Pat::TupleStruct(tuple) => tuple.path.segments.len() <= 1 && tuple.elems.len() <= 1,
        Pat::Reference(reference) => is_short(&reference.pat),
        Pat::Paren(paren) => is_short(&paren.pat),
        Pat::Or(or) => or.cases.iter().all(is_short),
        _ => false,
    }
}
