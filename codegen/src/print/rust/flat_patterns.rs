//! Patterns on one line.

use super::flat::{Fits, Flat, STRUCT_WIDTH};
use syn::{Pat, RangeLimits};

impl Flat<'_> {
    pub(super) fn pat(&mut self, pat: &Pat) -> Fits {
        match pat {
            Pat::Ident(name) => {
                self.word_if(name.by_ref.is_some(), "ref ")?;
                self.word_if(name.mutability.is_some(), "mut ")?;
                self.show(&name.ident)?;
                if let Some((_, inner)) = &name.subpat {
                    self.push(" @ ")?;
                    self.pat(inner)?;
                }
                Some(())
            }
            Pat::Lit(literal) => self.lit(&literal.lit),
            Pat::Or(or) => self.list(&or.cases, " | ", Self::pat),
            Pat::Paren(paren) => {
                self.push("(")?;
                self.pat(&paren.pat)?;
                self.push(")")
            }
            Pat::Path(path) => self.path(path.qself.as_ref(), &path.path),
            Pat::Range(range) => {
                if let Some(start) = &range.start {
                    self.expr(start)?;
                }
                self.push(match range.limits {
                    RangeLimits::HalfOpen(_) => "..",
                    RangeLimits::Closed(_) => "..=",
                })?;
                range.end.as_ref().map_or(Some(()), |end| self.expr(end))
            }
            Pat::Reference(reference) => {
                self.push("&")?;
                self.word_if(reference.mutability.is_some(), "mut ")?;
                self.pat(&reference.pat)
            }
            Pat::Rest(_) => self.push(".."),
            Pat::Slice(slice) => {
                self.push("[")?;
                self.list(&slice.elems, ", ", Self::pat)?;
                self.push("]")
            }
            Pat::Struct(structure) => self.struct_pat(structure),
            Pat::Tuple(tuple) => {
                self.push("(")?;
                self.list(&tuple.elems, ", ", Self::pat)?;
                let rest = matches!(tuple.elems.first(), Some(Pat::Rest(_)));
                self.push(if tuple.elems.len() == 1 && !rest {
                    ",)"
                } else {
                    ")"
                })
            }
            Pat::TupleStruct(tuple) => {
                self.path(tuple.qself.as_ref(), &tuple.path)?;
                self.push("(")?;
                self.list(&tuple.elems, ", ", Self::pat)?;
                self.push(")")
            }
            Pat::Type(typed) => {
                self.pat(&typed.pat)?;
                self.push(": ")?;
                self.ty(&typed.ty)
            }
            Pat::Wild(_) => self.push("_"),
            _ => None,
        }
    }

    fn struct_pat(&mut self, structure: &syn::PatStruct) -> Fits {
        self.path(structure.qself.as_ref(), &structure.path)?;
        if structure.fields.is_empty() && structure.rest.is_none() {
            return self.push(" {}");
        }
        self.push(" { ")?;
        let start = self.text.len();
        self.list(&structure.fields, ", ", Self::field_pat)?;
        (self.text.len() - start <= STRUCT_WIDTH).then_some(())?;
        if structure.rest.is_some() {
            self.word_if(!structure.fields.is_empty(), ", ")?;
            self.push("..")?;
        }
        self.push(" }")
    }

    pub(super) fn field_pat(&mut self, field: &syn::FieldPat) -> Fits {
        if !field.attrs.is_empty() {
            return None;
        }
        if field.colon_token.is_some() {
            self.member(&field.member)?;
            self.push(": ")?;
        }
        self.pat(&field.pat)
    }
}
