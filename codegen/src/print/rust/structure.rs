//! Literals of structures, and what patterns of structures share with them.

use crate::print::rust::flat::{self, STRUCT_WIDTH};
use crate::print::rust::list::{Comma, Lines, Tactic, tactic};
use crate::print::rust::printer::Printer;
use crate::print::rust::shape::{Shape, TAB, budget};
use crate::print::rust::text::{is_multi_line, newline};
use syn::{ExprStruct, FieldValue};

/// The places of fields: the width that they may have on the line of the name, and a line of their
/// own.
pub(super) fn places(shape: Shape, prefix: usize, suffix: usize) -> (usize, Shape) {
    let lines = shape.indented(TAB);
    let width = shape
        .width
        .saturating_sub(prefix + suffix)
        .min(STRUCT_WIDTH);
    (
        width,
        Shape {
            width: budget(lines.indent()),
            ..lines
        },
    )
}

/// Fields in braces.
pub(super) fn braces(fields: &str, shape: Shape, lines: Shape, one_line_width: usize) -> String {
    if is_multi_line(fields) || fields.len() > one_line_width {
        let (open, close) = (newline(lines.indent()), newline(shape.indent()));
        format!("{{{open}{fields}{close}}}")
    } else {
        format!("{{ {fields} }}")
    }
}

impl Printer<'_> {
    pub(super) fn struct_literal(&self, literal: &ExprStruct, shape: Shape) -> Option<String> {
        let path = self.path(literal.qself.as_ref(), &literal.path, shape.before(2)?)?;
        let has_rest = literal.dot2_token.is_some();
        if literal.fields.is_empty() && literal.rest.is_none() {
            return Some(format!("{path} {}", if has_rest { "{ .. }" } else { "{}" }));
        }
        let (width, lines) = places(shape, path.len() + 3, 2);
        let mut fields: Vec<String> = literal
            .fields
            .iter()
            .map(|field| self.field_value(field, lines.before(1)?))
            .collect::<Option<_>>()?;
        if has_rest {
            let rest = literal.rest.as_ref();
            fields.push(match rest {
                Some(rest) => format!("..{}", self.expr(rest, lines.after(2)?)?),
                None => "..".to_owned(),
            });
        }
        let tactic = tactic(fields.iter().map(String::as_str), 2, width);
        let comma = if has_rest {
            Comma::Never
        } else {
            self.comma(&literal.fields)
        };
        let list = Lines {
            tactic,
            comma,
            shape: lines,
            ends_line: tactic == Tactic::Vertical,
        };
        let fields = list.write(&fields);
        Some(format!("{path} {}", braces(&fields, shape, lines, width)))
    }

    fn field_value(&self, field: &FieldValue, shape: Shape) -> Option<String> {
        let attributes = self.outer_attributes(&field.attrs, shape);
        let name = flat::unlimited(|line| line.member(&field.member))?;
        if field.colon_token.is_none() {
            return Some(format!("{attributes}{name}"));
        }
        if let Some(value) = self.expr(&field.expr, shape.after(name.len() + 2)?) {
            return Some(format!("{attributes}{name}: {value}"));
        }
        let below = shape.nested_line();
        let value = self.expr(&field.expr, below)?;
        Some(format!(
            "{attributes}{name}:{}{value}",
            newline(below.indent())
        ))
    }
}
