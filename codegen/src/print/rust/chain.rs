//! Chains of method calls, fields, `.await` and `?`.

use crate::print::rust::flat::{self, CHAIN_WIDTH};
use crate::print::rust::kinds;
use crate::print::rust::list::List;
use crate::print::rust::printer::Printer;
use crate::print::rust::shape::{Shape, TAB};
use crate::print::rust::text::{
    first_width, is_extendable, is_multi_line, last_width, newline, width,
};
use syn::Expr;

/// A part of a chain, with the `?` behind it.
struct Link<'a> {
    expr: &'a Expr,
    tries: usize,
}

/// A chain of which some links are laid out.
struct Chain<'p, 'c, 'a> {
    printer: &'p Printer<'c>,
    /// The links that are not on the line of the root.
    links: &'a [Link<'a>],
    /// The root, then the links.
    texts: Vec<String>,
    /// The place of links that have a line each.
    lines: Shape,
    /// How many links the whole chain has.
    count: usize,
    one_line: bool,
}

impl Printer<'_> {
    /// A chain; `None` if it does not fit.
    pub(super) fn chain(&self, expr: &Expr, shape: Shape) -> Option<String> {
        let (root, links) = parts(expr);
        if links.is_empty() {
            return self.root_text(&root, shape);
        }
        let mut text = self.root_text(&root, shape)?;
        let mut ends_with_block = kinds::is_block_like(root.expr, &text);
        let mut rest = links.as_slice();
        // A link is not put below a root that is shorter than the indentation.
        let tab = TAB.saturating_sub(shape.offset);
        while text.len() <= tab
            && !is_multi_line(&text)
            && let Some((link, others)) = rest.split_first()
        {
            let Some(link) = self.link_text(link, shape.after(text.len())?) else {
                break;
            };
            text.push_str(&link);
            ends_with_block = is_extendable(&text);
            rest = others;
        }
        if rest.is_empty() {
            return shape.holds(&text).then_some(text);
        }
        let mut chain = Chain {
            printer: self,
            links: rest,
            texts: vec![text],
            lines: shape.indented(if ends_with_block { 0 } else { TAB }).full(),
            count: links.len(),
            one_line: false,
        };
        chain.lay_out(shape)?;
        let text = chain.joined()?;
        shape.holds(&text).then_some(text)
    }

    fn root_text(&self, root: &Link<'_>, shape: Shape) -> Option<String> {
        let mut text = self.expr(root.expr, shape.before(root.tries)?)?;
        text.extend(std::iter::repeat_n('?', root.tries));
        Some(text)
    }

    fn link_text(&self, link: &Link<'_>, shape: Shape) -> Option<String> {
        let shape = shape.before(link.tries)?;
        let mut text = match link.expr {
            Expr::MethodCall(call) => {
                let types = call.turbofish.as_ref().map(|types| {
                    let types = types.args.iter().map(|ty| self.generic_argument(ty, shape));
                    Some(format!(
                        "::<{}>",
                        types.collect::<Option<Vec<_>>>()?.join(", ")
                    ))
                });
                let types = match types {
                    Some(types) => types?,
                    None => String::new(),
                };
                let name = format!(".{}{types}", call.method);
                let list = List {
                    comma: self.comma(&call.args),
                    ..List::call(&name, &call.args)
                };
                self.list(&list, shape)?
            }
            Expr::Field(field) => {
                format!(".{}", flat::unlimited(|line| line.member(&field.member))?)
            }
            _ => ".await".to_owned(),
        };
        text.extend(std::iter::repeat_n('?', link.tries));
        Some(text)
    }
}

impl Chain<'_, '_, '_> {
    fn lay_out(&mut self, shape: Shape) -> Option<()> {
        let (last, others) = self.links.split_last()?;
        for link in others {
            self.texts.push(self.printer.link_text(link, self.lines)?);
        }
        let last = self.last(last, shape)?;
        self.texts.push(last);
        Some(())
    }

    /// The last link: on the line of the others, going on below, if that looks better than on a
    /// line of its own.
    fn last(&mut self, last: &Link<'_>, shape: Shape) -> Option<String> {
        let root = self.texts.first()?;
        let extendable = is_extendable(root);
        let before = last.tries
            + if extendable {
                last_width(root)
            } else {
                self.texts.iter().map(|text| width(text)).sum()
            };
        let budget = if self.count == 1 {
            shape.width
        } else {
            shape.width.min(CHAIN_WIDTH)
        }
        .saturating_sub(before);
        let all_on_line = budget > 0 && !self.texts.iter().any(|text| is_multi_line(text));
        let own_line = self.lines.before(shape.overhead() + last.tries);
        let place = if all_on_line {
            shape.before(last.tries)?
        } else if extendable {
            self.lines.before(last.tries)?
        } else {
            own_line?
        };
        let here = if all_on_line || extendable {
            place
                .after(before)
                .and_then(|place| self.printer.link_text(last, place))
        } else {
            None
        };
        let Some(here) = here else {
            return self.printer.link_text(last, place);
        };
        let lines = here.lines().count();
        let fits = first_width(&here) <= budget;
        if fits && lines >= 5 {
            self.one_line = all_on_line;
            return Some(here);
        }
        match self.printer.link_text(last, own_line?) {
            Some(below) if !fits || below.lines().count() < lines => Some(below),
            _ => {
                self.one_line = fits && all_on_line;
                Some(here)
            }
        }
    }

    fn joined(&self) -> Option<String> {
        if !self.one_line && self.printer.context().one_line_chain {
            return None;
        }
        let line = newline(self.lines.used());
        Some(self.texts.join(if self.one_line { "" } else { &line }))
    }
}

/// The root of a chain, and its links.
fn parts(expr: &Expr) -> (Link<'_>, Vec<Link<'_>>) {
    let mut links = Vec::new();
    let (mut node, mut tries) = (expr, 0);
    loop {
        let inner = match node {
            // Attributes of the whole chain stand before its root.
            _ if !links.is_empty() && !kinds::attributes(node).is_empty() => None,
            Expr::Try(e) => Some(&e.expr),
            Expr::Await(e) => Some(&e.base),
            Expr::Field(e) => Some(&e.base),
            Expr::MethodCall(e) => Some(&e.receiver),
            _ => None,
        };
        let Some(inner) = inner else {
            links.reverse();
            return (Link { expr: node, tries }, links);
        };
        if matches!(node, Expr::Try(_)) {
            tries += 1;
        } else {
            links.push(Link { expr: node, tries });
            tries = 0;
        }
        node = inner;
    }
}
