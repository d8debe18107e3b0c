//! Types, paths and generics.

use crate::print::rust::flat;
use crate::print::rust::list;
use crate::print::rust::list::{Comma, Item, Lines, List, Tactic, extra_offset, tactic};
use crate::print::rust::printer::{Node, Printer};
use crate::print::rust::shape::{Shape, TAB};
use crate::print::rust::text::{first_width, is_extendable, is_multi_line, last_width, newline};
use syn::punctuated::Punctuated;
use syn::{
    GenericArgument, GenericParam, NamedArg, Path, PathArguments, PathSegment, PointerMutability,
    QSelf, ReturnType, Type, TypeParamBound,
};

/// Bounds of a parameter or of a type.
pub(super) type Bounds = Punctuated<TypeParamBound, syn::Token![+]>;

impl Printer<'_> {
    pub(super) fn ty(&self, ty: &Type, shape: Shape) -> Option<String> {
        flat::within(shape.width, |line| line.ty(ty))
            .or_else(|| self.cached(Node::Type(ty), shape, || self.broken_ty(ty, shape)))
    }

    fn broken_ty(&self, ty: &Type, shape: Shape) -> Option<String> {
        match ty {
            Type::Array(array) => {
                let text = format!(
                    "[{}; {}]",
                    self.ty(&array.elem, shape.after(1)?)?,
                    self.expr(&array.len, shape)?
                );
                shape.holds(&text).then_some(text)
            }
            Type::FnPtr(pointer) => {
                let mut text = String::new();
                if let Some(lifetimes) = &pointer.lifetimes {
                    text.push_str(&format!("{} ", flat::tokens(lifetimes)));
                }
                if pointer.unsafety.is_some() {
                    text.push_str("unsafe ");
                }
                text.push_str("fn");
                let place = shape.after(text.len())?;
                text.push_str(&self.function_type(&pointer.inputs, &pointer.output, place)?);
                Some(text)
            }
            Type::Group(group) => self.ty(&group.elem, shape),
            Type::ImplTrait(bounds) => Some(format!(
                "impl {}",
                self.bounds(&bounds.bounds, shape, false)?
            )),
            Type::Paren(paren) => {
                if let Some(text) = self.ty(&paren.elem, shape.before(2)?)
                    && !is_multi_line(&text)
                {
                    return Some(format!("({text})"));
                }
                let lines = shape.indented(TAB).full();
                let text = self.ty(&paren.elem, lines)?;
                let (open, close) = (newline(lines.used()), newline(shape.indent()));
                Some(format!("({open}{text}{close})"))
            }
            Type::Path(path) => self.path(path.qself.as_ref(), &path.path, shape),
            Type::Ptr(pointer) => {
                let prefix = match pointer.mutability {
                    PointerMutability::Const(_) => "*const ",
                    PointerMutability::Mut(_) => "*mut ",
                };
                Some(format!(
                    "{prefix}{}",
                    self.ty(&pointer.elem, shape.after(prefix.len())?)?
                ))
            }
            Type::Reference(reference) => {
                let mut text = String::from("&");
                if let Some(lifetime) = &reference.lifetime {
                    text.push_str(&format!("{lifetime} "));
                }
                if reference.mutability.is_some() {
                    text.push_str("mut ");
                }
                let place = shape.shrunk(text.len())?;
                let place = place.legacy(place.width, place.block, place.align);
                text.push_str(&self.ty(&reference.elem, place)?);
                Some(text)
            }
            Type::Slice(slice) => {
                let place = shape.before(4)?;
                let place = place.legacy(place.width, place.block, place.align + 1);
                Some(format!("[{}]", self.ty(&slice.elem, place)?))
            }
            Type::TraitObject(object) => {
                let prefix = if object.dyn_token.is_some() {
                    "dyn "
                } else {
                    ""
                };
                let bounds = self.bounds(&object.bounds, shape.after(prefix.len())?, true)?;
                Some(format!("{prefix}{bounds}"))
            }
            Type::Tuple(tuple) => self.tuple(
                tuple.elems.iter().map(Item::Type).collect(),
                self.comma(&tuple.elems),
                shape,
            ),
            _ => list::verbatim(ty),
        }
    }

    pub(super) fn path(&self, qself: Option<&QSelf>, path: &Path, shape: Shape) -> Option<String> {
        if let Some(text) = flat::within(shape.width, |line| line.path(qself, path)) {
            return Some(text);
        }
        let mut text = String::new();
        let skip = qself.map_or(0, |qself| qself.position);
        if let Some(qself) = qself {
            text.push('<');
            text.push_str(&self.ty(&qself.ty, shape)?);
            if skip > 0 {
                text.push_str(" as ");
                if path.leading_colon.is_some() {
                    text.push_str("::");
                }
                let segments = path.segments.iter().take(skip);
                text = self.segments(text, segments, shape.before(3)?)?;
            }
            text.push_str(">::");
        } else if path.leading_colon.is_some() {
            text.push_str("::");
        }
        self.segments(text, path.segments.iter().skip(skip), shape)
    }

    fn segments<'a>(
        &self,
        mut text: String,
        segments: impl Iterator<Item = &'a PathSegment>,
        shape: Shape,
    ) -> Option<String> {
        let shape = shape.aligned();
        for (index, segment) in segments.enumerate() {
            if index > 0 {
                text.push_str("::");
            }
            let place = shape.shrunk(extra_offset(&text, shape))?;
            text.push_str(&self.segment(segment, shape, place, index == 0)?);
        }
        Some(text)
    }

    fn segment(
        &self,
        segment: &PathSegment,
        shape: Shape,
        place: Shape,
        first: bool,
    ) -> Option<String> {
        let mut text = segment.ident.to_string();
        let place = match place.after(text.len()) {
            Some(place) => place,
            None if first => return None,
            None => {
                let block = shape.block + TAB;
                text.insert_str(0, &newline(block));
                Shape {
                    block,
                    align: 0,
                    ..shape
                }
            }
        };
        match &segment.arguments {
            PathArguments::None => {}
            PathArguments::AngleBracketed(arguments) => {
                if arguments.colon2_token.is_some() {
                    text.push_str("::");
                }
                let items = arguments.args.iter().map(Item::Argument).collect();
                text.push_str(&self.list(&List::angle("", items), place)?);
            }
            PathArguments::Parenthesized(arguments) => {
                text.push_str(&self.function_type(&arguments.inputs, &arguments.output, place)?);
            }
        }
        Some(text)
    }

    /// The parameters and the return type of a function's type.
    fn function_type(
        &self,
        inputs: &Punctuated<NamedArg, syn::Token![,]>,
        output: &ReturnType,
        shape: Shape,
    ) -> Option<String> {
        let output = match output {
            ReturnType::Default => String::new(),
            ReturnType::Type(_, ty) => format!(" -> {}", self.ty(ty, shape.after(4)?)?),
        };
        let lines = shape.unaligned().nested_line();
        let texts: Vec<String> = inputs
            .iter()
            .map(|input| match &input.name {
                Some((name, _)) => {
                    let name = name.to_string();
                    let ty = self.ty(&input.ty, lines.after(name.len() + 2)?)?;
                    Some(format!("{name}: {ty}"))
                }
                None => self.ty(&input.ty, lines),
            })
            .collect::<Option<_>>()?;
        let tactic = if is_multi_line(&output) {
            Tactic::Vertical
        } else {
            let width = shape.width.saturating_sub(2 + output.len());
            tactic(texts.iter().map(String::as_str), 2, width)
        };
        let ends_line = tactic == Tactic::Vertical;
        let list = Lines {
            tactic,
            comma: Comma::Vertical,
            shape: lines,
            ends_line,
        };
        let inputs_text = list.write(&texts);
        let inputs_text = if tactic == Tactic::Horizontal || texts.is_empty() {
            format!("({inputs_text})")
        } else {
            let (open, close) = (newline(lines.indent()), newline(shape.block));
            format!("({open}{inputs_text}{close})")
        };
        if output.is_empty() || last_width(&inputs_text) + first_width(&output) <= shape.width {
            return Some(format!("{inputs_text}{output}"));
        }
        Some(format!(
            "{inputs_text}{}{}",
            newline(lines.indent()),
            output.trim_start()
        ))
    }

    pub(super) fn generic_argument(
        &self,
        argument: &GenericArgument,
        shape: Shape,
    ) -> Option<String> {
        if let Some(text) = flat::within(shape.width, |line| line.generic_argument(argument)) {
            return Some(text);
        }
        let place = |name: &str| {
            let place = shape.shrunk(name.len())?;
            Some(place.legacy(place.width, place.block, place.align))
        };
        match argument {
            GenericArgument::Type(ty) => self.ty(ty, shape),
            GenericArgument::Const(value) => self.expr(value, shape),
            GenericArgument::AssocType(assoc) if assoc.generics.is_none() => {
                let name = format!("{} = ", assoc.ident);
                Some(format!("{name}{}", self.ty(&assoc.ty, place(&name)?)?))
            }
            GenericArgument::Constraint(constraint) if constraint.generics.is_none() => {
                let name = format!("{}: ", constraint.ident);
                let bounds = self.bounds(&constraint.bounds, place(&name)?, true)?;
                Some(format!("{name}{bounds}"))
            }
            _ => list::verbatim(argument),
        }
    }

    pub(super) fn generic_param(&self, param: &GenericParam, shape: Shape) -> Option<String> {
        if let Some(text) = flat::within(shape.width, |line| line.generic_param(param)) {
            return Some(text);
        }
        let GenericParam::Type(param) = param else {
            return list::verbatim(param);
        };
        let mut text = param.ident.to_string();
        if !param.bounds.is_empty() {
            text.push_str(": ");
            text.push_str(&self.bounds(&param.bounds, shape, true)?);
        }
        if let Some((_, default)) = &param.default {
            text.push_str(" = ");
            let place = shape.shrunk(text.len())?;
            let place = place.legacy(place.width, place.block, place.align);
            text.push_str(&self.ty(default, place)?);
        }
        Some(text)
    }

    /// Bounds on one line, or a line each.
    pub(super) fn bounds(&self, bounds: &Bounds, shape: Shape, indents: bool) -> Option<String> {
        let text = self.joined_bounds(bounds, shape, indents, false)?;
        let several = bounds.len() > 1 || bounds.iter().any(has_several_arguments);
        if several && !shape_fits(&text, shape) {
            return self.joined_bounds(bounds, shape, indents, true);
        }
        Some(text)
    }

    fn joined_bounds(
        &self,
        bounds: &Bounds,
        shape: Shape,
        indents: bool,
        line_each: bool,
    ) -> Option<String> {
        let place = if indents && line_each {
            shape.indented(TAB).full()
        } else {
            shape
        };
        let mut text = String::new();
        let mut extendable = false;
        for (index, bound) in bounds.iter().enumerate() {
            let bound_text = self.bound(bound, place)?;
            if index > 0 {
                let space = if line_each && !extendable {
                    newline(place.indent())
                } else {
                    " ".to_owned()
                };
                text.push_str(&space);
                text.push_str("+ ");
            }
            extendable = matches!(bound, TypeParamBound::Lifetime(_)) || is_extendable(&bound_text);
            text.push_str(&bound_text);
        }
        Some(text)
    }

    fn bound(&self, bound: &TypeParamBound, shape: Shape) -> Option<String> {
        if let Some(text) = flat::within(shape.width, |line| line.bound(bound)) {
            return Some(text);
        }
        match bound {
            TypeParamBound::Trait(bound) if bound.lifetimes.is_none() && bound.maybe.is_none() => {
                self.path(None, &bound.path, shape)
            }
            _ => list::verbatim(bound),
        }
    }
}

fn shape_fits(text: &str, shape: Shape) -> bool {
    is_multi_line(text) || text.len() <= shape.width
}

fn has_several_arguments(bound: &TypeParamBound) -> bool {
    let TypeParamBound::Trait(bound) = bound else {
        return false;
    };
    bound.path.segments.len() > 1
        || bound.path.segments.iter().any(|segment| {
            matches!(&segment.arguments, PathArguments::AngleBracketed(list) if list.args.len() > 1)
        })
}
