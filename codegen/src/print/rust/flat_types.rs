//! Paths, types and generics on one line.

use super::flat::{CALL_WIDTH, Fits, Flat};
use syn::punctuated::Punctuated;
use syn::{
    AngleBracketedGenericArguments, GenericArgument, GenericParam, Member, Path, PathArguments,
    PointerMutability, QSelf, ReturnType, Type, TypeParamBound,
};

impl Flat<'_> {
    pub(super) fn member(&mut self, member: &Member) -> Fits {
        match member {
            Member::Named(name) => self.show(name),
            Member::Unnamed(index) => self.show(index.index),
        }
    }

    /// A path. Within expressions its arguments have `::` before them.
    pub(super) fn path(&mut self, qself: Option<&QSelf>, path: &Path) -> Fits {
        let mut segments = path.segments.iter();
        if let Some(qself) = qself {
            self.push("<")?;
            self.ty(&qself.ty)?;
            if qself.position > 0 {
                self.push(" as ")?;
                self.word_if(path.leading_colon.is_some(), "::")?;
                for index in 0..qself.position {
                    self.word_if(index > 0, "::")?;
                    self.segment(segments.next()?)?;
                }
            }
            self.push(">::")?;
        } else {
            self.word_if(path.leading_colon.is_some(), "::")?;
        }
        for (index, segment) in segments.enumerate() {
            self.word_if(index > 0, "::")?;
            self.segment(segment)?;
        }
        Some(())
    }

    fn segment(&mut self, segment: &syn::PathSegment) -> Fits {
        self.show(&segment.ident)?;
        match &segment.arguments {
            PathArguments::None => Some(()),
            PathArguments::AngleBracketed(arguments) => {
                self.word_if(arguments.colon2_token.is_some(), "::")?;
                self.angle(arguments)
            }
            PathArguments::Parenthesized(arguments) => {
                self.push("(")?;
                self.list(&arguments.inputs, ", ", Self::named_arg)?;
                self.push(")")?;
                self.returns(&arguments.output)
            }
        }
    }

    pub(super) fn angle(&mut self, arguments: &AngleBracketedGenericArguments) -> Fits {
        self.push("<")?;
        self.list(&arguments.args, ", ", Self::generic_argument)?;
        self.push(">")
    }

    pub(super) fn generic_argument(&mut self, argument: &GenericArgument) -> Fits {
        match argument {
            GenericArgument::Lifetime(lifetime) => self.show(lifetime),
            GenericArgument::Type(ty) => self.ty(ty),
            GenericArgument::Const(value) => self.expr(value),
            GenericArgument::AssocType(assoc) if assoc.generics.is_none() => {
                self.show(&assoc.ident)?;
                self.push(" = ")?;
                self.ty(&assoc.ty)
            }
            GenericArgument::Constraint(constraint) if constraint.generics.is_none() => {
                self.show(&constraint.ident)?;
                self.push(": ")?;
                self.bounds(&constraint.bounds)
            }
            _ => None,
        }
    }

    pub(super) fn generic_param(&mut self, param: &GenericParam) -> Fits {
        match param {
            GenericParam::Lifetime(param) if param.attrs.is_empty() => {
                self.show(&param.lifetime)?;
                self.word_if(!param.bounds.is_empty(), ": ")?;
                self.list(&param.bounds, " + ", |line, bound| line.show(bound))
            }
            GenericParam::Type(param) if param.attrs.is_empty() => {
                self.show(&param.ident)?;
                self.word_if(!param.bounds.is_empty(), ": ")?;
                self.bounds(&param.bounds)?;
                if let Some((_, default)) = &param.default {
                    self.push(" = ")?;
                    self.ty(default)?;
                }
                Some(())
            }
            _ => None,
        }
    }

    pub(super) fn bounds<P>(&mut self, bounds: &Punctuated<TypeParamBound, P>) -> Fits {
        self.list(bounds, " + ", Self::bound)
    }

    pub(super) fn bound(&mut self, bound: &TypeParamBound) -> Fits {
        match bound {
            TypeParamBound::Trait(bound) if bound.paren_token.is_none() => {
                if let Some(lifetimes) = &bound.lifetimes {
                    self.push("for<")?;
                    self.list(&lifetimes.lifetimes, ", ", Self::generic_param)?;
                    self.push("> ")?;
                }
                self.word_if(bound.maybe.is_some(), "?")?;
                self.path(None, &bound.path)
            }
            TypeParamBound::Lifetime(lifetime) => self.show(lifetime),
            _ => None,
        }
    }

    pub(super) fn returns(&mut self, output: &ReturnType) -> Fits {
        match output {
            ReturnType::Default => Some(()),
            ReturnType::Type(_, ty) => {
                self.push(" -> ")?;
                self.ty(ty)
            }
        }
    }

    pub(super) fn named_arg(&mut self, argument: &syn::NamedArg) -> Fits {
        if let Some((name, _)) = &argument.name {
            self.show(name)?;
            self.push(": ")?;
        }
        self.ty(&argument.ty)
    }

    pub(super) fn ty(&mut self, ty: &Type) -> Fits {
        match ty {
            Type::Array(array) => {
                self.push("[")?;
                self.ty(&array.elem)?;
                self.push("; ")?;
                self.expr(&array.len)?;
                self.push("]")
            }
            Type::FnPtr(pointer) if pointer.abi.is_none() && pointer.variadic.is_none() => {
                if let Some(lifetimes) = &pointer.lifetimes {
                    self.push("for<")?;
                    self.list(&lifetimes.lifetimes, ", ", Self::generic_param)?;
                    self.push("> ")?;
                }
                self.word_if(pointer.unsafety.is_some(), "unsafe ")?;
                self.push("fn(")?;
                self.list(&pointer.inputs, ", ", Self::named_arg)?;
                self.push(")")?;
                self.returns(&pointer.output)
            }
            Type::Group(group) => self.ty(&group.elem),
            Type::ImplTrait(bounds) => {
                self.push("impl ")?;
                self.bounds(&bounds.bounds)
            }
            Type::Infer(_) => self.push("_"),
            Type::Never(_) => self.push("!"),
            Type::Paren(paren) => {
                self.push("(")?;
                self.ty(&paren.elem)?;
                self.push(")")
            }
            Type::Path(path) => self.path(path.qself.as_ref(), &path.path),
            Type::Ptr(pointer) => {
                self.push(match pointer.mutability {
                    PointerMutability::Const(_) => "*const ",
                    PointerMutability::Mut(_) => "*mut ",
                })?;
                self.ty(&pointer.elem)
            }
            Type::Reference(reference) => {
                self.push("&")?;
                if let Some(lifetime) = &reference.lifetime {
                    self.show(lifetime)?;
                    self.push(" ")?;
                }
                self.word_if(reference.mutability.is_some(), "mut ")?;
                self.ty(&reference.elem)
            }
            Type::Slice(slice) => {
                self.push("[")?;
                self.ty(&slice.elem)?;
                self.push("]")
            }
            Type::TraitObject(object) => {
                self.word_if(object.dyn_token.is_some(), "dyn ")?;
                self.bounds(&object.bounds)
            }
            Type::Tuple(tuple) => {
                self.push("(")?;
                self.limited(&tuple.elems, CALL_WIDTH, Self::ty)?;
                self.push(if tuple.elems.len() == 1 { ",)" } else { ")" })
            }
            _ => None,
        }
    }
}
