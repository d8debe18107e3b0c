//! Lists in brackets: arguments, tuples, arrays, generics.

use crate::print::rust::flat::{self, CALL_WIDTH};
use crate::print::rust::kinds;
use crate::print::rust::printer::Context;
use crate::print::rust::printer::Printer;
use crate::print::rust::shape::MAX_WIDTH;
use crate::print::rust::shape::{Shape, TAB};
use crate::print::rust::text::first_line;
use crate::print::rust::text::{first_width, is_multi_line, last_width, newline, newlines, width};
use syn::{Expr, GenericArgument, GenericParam, Pat, Type};

/// The widest item of an array that is filled line by line.
const SHORT_ITEM: usize = 10;

/// The distribution of the items of a list over lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tactic {
    Horizontal,
    Vertical,
    /// As many items on a line as fit.
    Filled,
    /// The first item has its own line and the others share one, as for a format string and its
    /// values.
    Format,
}

/// Whether there is a comma after the last item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comma {
    Always,
    Never,
    /// Where each item has a line.
    Vertical,
}

/// An item of a list.
#[derive(Clone, Copy)]
pub(super) enum Item<'a> {
    Expr(&'a Expr),
    Type(&'a Type),
    Argument(&'a GenericArgument),
    Param(&'a GenericParam),
    Pat(&'a Pat),
    Field(&'a syn::Field),
}

/// A list in brackets.
pub(super) struct List<'a> {
    /// The text before the opening bracket.
    pub(super) name: &'a str,
    pub(super) brackets: [&'static str; 2],
    pub(super) items: Vec<Item<'a>>,
    /// The widest items on one line.
    pub(super) limit: usize,
    pub(super) comma: Comma,
    /// Whether the items are arguments of a macro.
    pub(super) of_macro: bool,
}

/// The tactic for items whose only choices are one line and a line each.
pub(super) fn tactic<'a>(
    items: impl Iterator<Item = &'a str>,
    separator: usize,
    limit: usize,
) -> Tactic {
    let mut total = 0;
    for (index, item) in items.enumerate() {
        if is_multi_line(item) {
            return Tactic::Vertical;
        }
        total += width(item) + if index > 0 { separator } else { 0 };
    }
    if total <= limit {
        Tactic::Horizontal
    } else {
        Tactic::Vertical
    }
}

/// Items as lines of a list.
pub(super) struct Lines {
    pub(super) tactic: Tactic,
    pub(super) comma: Comma,
    pub(super) shape: Shape,
    /// Whether the closing bracket has a line of its own.
    pub(super) ends_line: bool,
}

impl Lines {
    /// The items with commas.
    pub(super) fn write(&self, items: &[String]) -> String {
        let mut trailing = match self.comma {
            Comma::Always => true,
            Comma::Never => false,
            Comma::Vertical => self.tactic == Tactic::Vertical,
        };
        let line = newline(self.shape.indent());
        let length = items.iter().map(|item| item.len() + line.len() + 1).sum();
        let mut text = String::with_capacity(length);
        let mut used = 0;
        for (index, item) in items.iter().enumerate() {
            let last = index + 1 == items.len();
            match self.tactic {
                Tactic::Horizontal if index > 0 => text.push(' '),
                Tactic::Vertical if index > 0 => text.push_str(&line),
                Tactic::Format if index == 1 => text.push_str(&line),
                Tactic::Format if index > 1 => text.push(' '),
                Tactic::Filled => {
                    let total = width(item) + usize::from(!last || trailing);
                    if used > 0 && used + 1 + total > self.shape.width {
                        text.push_str(&line);
                        used = 0;
                        trailing |= self.ends_line;
                    } else if used > 0 {
                        text.push(' ');
                        used += 1;
                    }
                    if last && self.ends_line {
                        trailing = self.comma != Comma::Never;
                    }
                    used += total;
                }
                _ => {}
            }
            text.push_str(item);
            if !last || trailing {
                text.push(',');
            }
        }
        text
    }
}

impl Printer<'_> {
    fn item(&self, item: Item<'_>, shape: Shape) -> Option<String> {
        match item {
            Item::Expr(expr) => self.expr(expr, shape),
            Item::Type(ty) => self.ty(ty, shape),
            Item::Argument(argument) => self.generic_argument(argument, shape),
            Item::Param(param) => self.generic_param(param, shape),
            Item::Pat(pat) => self.pat(pat, shape),
            Item::Field(field) => self.tuple_field(field, shape),
        }
    }

    /// A list behind its name.
    pub(super) fn list(&self, list: &List<'_>, shape: Shape) -> Option<String> {
        let places = Places::of(list, shape);
        let Some((last, others)) = list.items.split_last() else {
            return Some(wrapped(list, shape, &places, "", true));
        };
        let mut texts: Vec<String> = Vec::with_capacity(list.items.len());
        for item in others {
            texts.push(self.item(*item, places.nested)?);
        }
        let tactic = if let Some(text) = self.overflowed(list, &places, *last, &texts) {
            texts.push(text);
            Tactic::Horizontal
        } else {
            texts.push(self.item(*last, places.nested)?);
            places.tactic_without_overflow(list, &texts)
        };
        let lines = Lines {
            tactic,
            comma: list.comma,
            shape: places.nested,
            ends_line: matches!(tactic, Tactic::Vertical | Tactic::Filled),
        };
        let items = lines.write(&texts);
        let extended = tactic == Tactic::Horizontal;
        Some(wrapped(list, shape, &places, &items, extended))
    }

    /// The last item, if it starts on the line of the others and continues below.
    fn overflowed(
        &self,
        list: &List<'_>,
        places: &Places,
        last: Item<'_>,
        others: &[String],
    ) -> Option<String> {
        let single = others.is_empty();
        let combined = single
            && list.name.len() < TAB
            && matches!(last, Item::Expr(expr) if kinds::attributes(expr).is_empty());
        if !combined && !can_overflow(last, list.items.len()) {
            return None;
        }
        let place = last_shape(list, places, others)?;
        let context = self.context();
        if matches!(last, Item::Expr(expr) if !combined && kinds::is_method_call(expr)) {
            self.set_context(Context {
                one_line_chain: true,
                ..context
            });
        }
        let text = self.last_item(list, last, place);
        self.set_context(context);
        let text = text?;
        let line = others.iter().map(String::as_str).chain([first_line(&text)]);
        if places.tactic(list, line) != Tactic::Horizontal {
            return None;
        }
        // An item that would only move to the next line is not moved.
        if single
            && newlines(&text) == 1
            && let Some(plain) = self.item(last, places.nested)
            && !is_multi_line(&plain)
        {
            return Some(plain);
        }
        Some(text)
    }

    /// The last item where it starts on the line of the others.
    fn last_item(&self, list: &List<'_>, item: Item<'_>, shape: Shape) -> Option<String> {
        match item {
            Item::Expr(Expr::Closure(closure)) => {
                let is_closure = |item: &&Item<'_>| matches!(item, Item::Expr(Expr::Closure(_)));
                if list.items.iter().filter(is_closure).count() > 1 {
                    None
                } else {
                    self.last_closure(closure, shape)
                }
            }
            Item::Expr(expr) => match self.condition(expr, shape) {
                Some(condition) if is_multi_line(&condition) => None,
                _ => self.expr(expr, shape),
            },
            item => self.item(item, shape),
        }
    }
}

/// Macros whose first argument is a format string.
const FORMAT_MACROS: [&str; 9] = [
    "eprint!",
    "eprintln!",
    "format!",
    "format_args!",
    "panic!",
    "print!",
    "println!",
    "unreachable!",
    "todo!",
];

/// The places where the items of a list can be.
struct Places {
    one_line_width: usize,
    one_line: Shape,
    nested: Shape,
}

impl Places {
    fn of(list: &List<'_>, shape: Shape) -> Self {
        let used = extra_offset(list.name, shape);
        let one_line = shape
            .after(last_width(list.name) + 1)
            .and_then(|shape| shape.before(1));
        let nested = shape.unaligned().indented(TAB).full();
        Self {
            one_line_width: shape.width.saturating_sub(used + 2),
            one_line: one_line.unwrap_or(Shape { width: 0, ..shape }),
            nested: Shape {
                width: nested.width.saturating_sub(1),
                ..nested
            },
        }
    }

    fn tactic<'t>(&self, list: &List<'_>, texts: impl Iterator<Item = &'t str>) -> Tactic {
        tactic(texts, 2, self.one_line_width.min(list.limit))
    }

    fn tactic_without_overflow(&self, list: &List<'_>, texts: &[String]) -> Tactic {
        // One item may be wider than the limit.
        if let [only] = texts
            && self.one_line_width != 0
            && !is_multi_line(only)
            && width(only) <= self.one_line_width
        {
            return Tactic::Horizontal;
        }
        let by_width = self.tactic(list, texts.iter().map(String::as_str));
        if by_width != Tactic::Vertical {
            return by_width;
        }
        if list.of_macro && FORMAT_MACROS.contains(&list.name) {
            let values = texts.iter().skip(1).map(String::as_str);
            let simple = texts.len() > 1 && list.items.iter().skip(1).all(|item| is_simple(*item));
            if simple && tactic(values, 2, self.nested.width) == Tactic::Horizontal {
                return Tactic::Format;
            }
            return Tactic::Vertical;
        }
        let short = list.items.iter().all(|item| is_simple(*item))
            && texts.iter().all(|text| text.len() <= SHORT_ITEM);
        if short {
            Tactic::Filled
        } else {
            Tactic::Vertical
        }
    }
}

/// The columns that a text adds to its line.
pub(super) fn extra_offset(text: &str, shape: Shape) -> usize {
    match text.rfind('\n') {
        Some(index) => text.len().saturating_sub(index + 1 + shape.used()),
        None => text.len(),
    }
}

/// The place of the last item behind the others.
fn last_shape(list: &List<'_>, places: &Places, others: &[String]) -> Option<Shape> {
    let nested = |item: &Item<'_>| matches!(item, Item::Expr(expr) if kinds::is_nested_call(expr));
    if let [only] = list.items.as_slice()
        && !nested(only)
    {
        return Some(places.one_line);
    }
    let before = others.iter().map(|text| 2 + text.len()).sum();
    let width = places.one_line.width.min(list.limit);
    Shape {
        width,
        ..places.one_line
    }
    .after(before)
}

/// The list with its brackets.
fn wrapped(list: &List<'_>, shape: Shape, places: &Places, items: &str, extended: bool) -> String {
    let [open, close] = list.brackets;
    let width = shape.width.saturating_sub(last_width(list.name));
    let extend_width = if items.is_empty() {
        2
    } else {
        first_width(items) + 1
    };
    let length = list.name.len() + items.len() + places.nested.indent() + shape.block + 4;
    let mut text = String::with_capacity(length);
    text.push_str(list.name);
    text.push_str(open);
    if (extended || items.is_empty()) && extend_width <= width {
        text.push_str(items);
    } else {
        if !items.is_empty() {
            text.push_str(&newline(places.nested.indent()));
            text.push_str(items);
        }
        text.push_str(&newline(shape.block));
    }
    text.push_str(close);
    text
}

/// Whether the item can start on the line of the items before it and continue below.
fn can_overflow(item: Item<'_>, items: usize) -> bool {
    match item {
        Item::Expr(expr) => kinds::can_overflow(expr, items),
        Item::Type(ty) | Item::Argument(GenericArgument::Type(ty)) => {
            kinds::type_can_overflow(ty, items)
        }
        Item::Pat(pat) => kinds::pattern_can_overflow(pat, items),
        Item::Argument(_) | Item::Param(_) | Item::Field(_) => false,
    }
}

fn is_simple(item: Item<'_>) -> bool {
    matches!(item, Item::Expr(expr) if kinds::is_simple(expr))
}

impl<'a> List<'a> {
    /// The arguments of a call.
    pub(super) fn call(
        name: &'a str,
        arguments: &'a syn::punctuated::Punctuated<Expr, syn::Token![,]>,
    ) -> Self {
        Self {
            name,
            brackets: ["(", ")"],
            items: arguments.iter().map(Item::Expr).collect(),
            limit: CALL_WIDTH,
            comma: Comma::Vertical,
            of_macro: false,
        }
    }

    /// Items in angle brackets.
    pub(super) fn angle(name: &'a str, items: Vec<Item<'a>>) -> Self {
        Self {
            name,
            brackets: ["<", ">"],
            items,
            limit: MAX_WIDTH,
            comma: Comma::Vertical,
            of_macro: false,
        }
    }
}

/// The text of an item whose only layout is its tokens.
pub(super) fn verbatim(node: &impl quote::ToTokens) -> Option<String> {
    Some(flat::tokens(node))
}
