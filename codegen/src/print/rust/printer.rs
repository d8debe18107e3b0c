//! The printer of an item.

use crate::print::rust::arguments::MacroArguments;
use crate::print::rust::shape::Shape;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use syn::{Expr, Type};

/// Properties of all code in a piece.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Context {
    /// A chain must not use several lines.
    pub(super) one_line_chain: bool,
    /// The code is an argument of a macro, whose tokens must stay the same.
    pub(super) in_macro: bool,
}

/// A piece of code whose layouts are cached, by its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Node {
    Expr(*const Expr),
    /// An expression that is a statement.
    Statement(*const Expr),
    Type(*const Type),
}

/// The key of a cached layout.
type Key = (Node, Shape, Context);

/// Lays out one item.
pub(super) struct Printer<'c> {
    /// The lines of the documentation comment that a `#[doc = …]` stands for.
    pub(super) comments: &'c dyn Fn(&str) -> Option<Vec<&'c str>>,
    pub(super) arguments: MacroArguments,
    context: Cell<Context>,
    layouts: RefCell<HashMap<Key, Option<Rc<str>>>>,
}

/// An item as text, with a line break at its end.
pub(crate) fn item_text<'c>(
    item: &syn::Item,
    comments: &'c dyn Fn(&str) -> Option<Vec<&'c str>>,
) -> String {
    let printer = Printer {
        comments,
        arguments: MacroArguments::default(),
        context: Cell::default(),
        layouts: RefCell::default(),
    };
    let mut text = printer.item_text(item, 0);
    text.push('\n');
    text
}

impl Printer<'_> {
    pub(super) fn context(&self) -> Context {
        self.context.get()
    }

    pub(super) fn set_context(&self, context: Context) {
        self.context.set(context);
    }

    /// The layout of a piece that does not fit on one line. A piece is laid out several times, and
    /// so are all pieces around it. Without the cache, the time would double with every level.
    pub(super) fn cached(
        &self,
        node: Node,
        shape: Shape,
        layout: impl FnOnce() -> Option<String>,
    ) -> Option<String> {
        let key = (node, shape, self.context());
        if let Some(known) = self.layouts.borrow().get(&key) {
            return known.as_deref().map(str::to_owned);
        }
        let text = layout();
        self.layouts
            .borrow_mut()
            .insert(key, text.as_deref().map(Rc::from));
        text
    }

    /// Removes all layouts from the cache, when no piece is laid out again.
    pub(super) fn clear_cache(&self) {
        self.layouts.borrow_mut().clear();
    }
}
