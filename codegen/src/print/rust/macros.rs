//! Calls of macros. rustfmt formats those in parentheses and brackets whose arguments are
//! expressions, and does not change others.

use crate::print::macros;
use crate::print::rust::flat;
use crate::print::rust::flat::{ARRAY_WIDTH, CALL_WIDTH};
use crate::print::rust::list;
use crate::print::rust::list::{Comma, Item, List};
use crate::print::rust::printer::Context;
use crate::print::rust::printer::Printer;
use crate::print::rust::shape::Shape;
use syn::{ItemMacro, Macro, MacroDelimiter};

impl Printer<'_> {
    /// A macro that is an item.
    pub(super) fn macro_item(&self, item: &ItemMacro, shape: Shape) -> Option<String> {
        let has_layout = !matches!(item.mac.delimiter, MacroDelimiter::Brace(_))
            && self.arguments.of(&item.mac).is_some();
        if has_layout {
            Some(format!(
                "{};",
                self.macro_expr(&item.mac, shape.before(1)?)?
            ))
        } else {
            Some(macros::call(item))
        }
    }

    pub(super) fn macro_expr(&self, mac: &Macro, shape: Shape) -> Option<String> {
        let name = flat::unlimited(|line| line.path(None, &mac.path))
            .unwrap_or_else(|| flat::tokens(&mac.path));
        let Some(arguments) = self.arguments.of(mac) else {
            return list::verbatim(mac);
        };
        let (brackets, limit) = match mac.delimiter {
            MacroDelimiter::Paren(_) => (["(", ")"], CALL_WIDTH),
            MacroDelimiter::Bracket(_) => (["[", "]"], ARRAY_WIDTH),
            MacroDelimiter::Brace(_) => return list::verbatim(mac),
        };
        let context = self.context();
        let is_array = name == "vec" && !context.in_macro;
        let list = List {
            name: &format!("{name}!"),
            brackets,
            items: arguments.iter().map(Item::Expr).collect(),
            limit,
            comma: match (is_array, arguments.trailing_punct()) {
                (true, _) => Comma::Vertical,
                (false, true) => Comma::Always,
                (false, false) => Comma::Never,
            },
            of_macro: true,
        };
        if !is_array {
            self.set_context(Context {
                in_macro: true,
                ..context
            });
        }
        let text = self.list(&list, shape);
        self.set_context(context);
        text
    }
}
