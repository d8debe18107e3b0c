//! The arguments of macros as expressions.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, Macro, Token};

/// The arguments of a macro.
pub(super) type Arguments = Punctuated<Expr, Token![,]>;

/// The parsed arguments of all macros of an item. They exist as long as the layout of the item,
/// because the layouts of expressions are cached by address.
#[derive(Default)]
pub(super) struct MacroArguments {
    parsed: RefCell<HashMap<*const Macro, Option<Rc<Arguments>>>>,
}

impl MacroArguments {
    /// The arguments, if they are expressions.
    pub(super) fn of(&self, mac: &Macro) -> Option<Rc<Arguments>> {
        let parse = || {
            Arguments::parse_terminated
                .parse2(mac.tokens.clone())
                .ok()
                .map(Rc::new)
        };
        let mut parsed = self.parsed.borrow_mut();
        parsed
            .entry(std::ptr::from_ref(mac))
            .or_insert_with(parse)
            .clone()
    }
}
