//! Expressions.

use crate::graph::endpoint::expr::{Expr, Literal, Origin, Part, Ref, Step};
use crate::graph::endpoint::params::Parameter;
use crate::graph::endpoint::types::Field;
use crate::print::imports::ident;
use crate::text::format_string::FormatString;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use std::collections::{BTreeMap, BTreeSet};

/// The names of a function that resolves endpoints.
pub(super) struct Scope {
    pub(super) rt: TokenStream,
    /// The parameters, with the location of their values.
    parameters: BTreeMap<String, Source>,
    /// Variables that own their text.
    owned: BTreeSet<String>,
}

/// The location of the value of a parameter.
pub(super) struct Source {
    /// The expression for an optional value or a flag. Otherwise the value is in a variable with
    /// the parameter's name.
    pub(super) value: Option<TokenStream>,
    /// Whether the value is always a Boolean.
    pub(super) flag: bool,
}

/// The arguments of the function.
const ARGUMENTS: [&str; 2] = ["context", "params"];

/// The Rust name of a parameter that has a value.
pub(super) fn local(name: &str) -> Ident {
    if ARGUMENTS.contains(&name) {
        ident(&format!("{name}_"))
    } else {
        ident(name)
    }
}

impl Scope {
    pub(super) fn new(rt: TokenStream) -> Self {
        Self {
            rt,
            parameters: BTreeMap::new(),
            owned: BTreeSet::new(),
        }
    }

    pub(super) fn parameter(&mut self, parameter: &Parameter, source: Source) {
        self.parameters.insert(parameter.rust_name.clone(), source);
    }

    /// The Rust name of a variable for the value. A parameter can have the same name.
    pub(super) fn variable(&mut self, name: &str, value: &Expr) -> Ident {
        if self.owns(value) {
            self.owned.insert(name.to_owned())
        } else {
            self.owned.remove(name)
        };
        self.variable_name(name)
    }

    fn variable_name(&self, name: &str) -> Ident {
        let taken = ARGUMENTS.contains(&name) || self.parameters.contains_key(name);
        if taken {
            ident(&format!("{name}_value"))
        } else {
            ident(name)
        }
    }

    /// Whether the value can be absent. The runtime has a partition for every Region, and some
    /// flags are always set.
    pub(super) fn is_optional(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Partition(_) => false,
            Expr::Ref(reference) => reference.ty.optional && !self.is_flag(reference),
            Expr::GetAttr { of, path } => {
                self.is_optional(of) || path.iter().any(|step| matches!(step, Step::Index(_)))
            }
            Expr::Coalesce(first, rest) => {
                self.is_optional(first) && rest.iter().all(|item| self.is_optional(item))
            }
            Expr::Ite {
                then, otherwise, ..
            } => self.is_optional(then) || self.is_optional(otherwise),
            expr => expr.ty().optional,
        }
    }

    fn is_flag(&self, reference: &Ref) -> bool {
        reference.origin == Origin::Parameter
            && self
                .parameters
                .get(&reference.name)
                .is_some_and(|source| source.flag)
    }

    /// Whether the value is a `String`, not a `&str`.
    fn owns(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Template(parts) => match parts.as_slice() {
                [Part::Value(value)] => self.owns(value),
                _ => true,
            },
            Expr::UriEncode(_) => true,
            Expr::Ref(Ref {
                name,
                origin: Origin::Variable,
                ..
            }) => self.owned.contains(name),
            Expr::GetAttr { of, path } => {
                !matches!(**of, Expr::Ref(_))
                    && path.last() == Some(&Step::Field(Field::UrlNormalizedPath))
            }
            Expr::Coalesce(first, rest) => {
                self.owns(first) || rest.iter().any(|item| self.owns(item))
            }
            Expr::Ite {
                then, otherwise, ..
            } => self.owns(then) || self.owns(otherwise),
            _ => false,
        }
    }

    /// A string as `&str`.
    pub(super) fn text(&self, expr: &Expr) -> TokenStream {
        let value = self.value(expr);
        if self.owns(expr) {
            quote!(&#value)
        } else {
            value
        }
    }

    /// A string as `&str`.
    pub(super) fn str(&self, expr: &Expr) -> TokenStream {
        let value = self.value(expr);
        if self.owns(expr) {
            quote!(#value.as_str())
        } else {
            value
        }
    }

    /// The value.
    pub(super) fn value(&self, expr: &Expr) -> TokenStream {
        let rt = &self.rt;
        match expr {
            Expr::Literal(Literal::Bool(value)) => quote!(#value),
            Expr::Literal(Literal::Int(value)) => {
                let value = proc_macro2::Literal::i32_unsuffixed(*value);
                quote!(#value)
            }
            Expr::Literal(Literal::String(value)) => value.literal().into_token_stream(),
            Expr::Template(parts) => self.template(parts),
            Expr::Ref(reference) => self.reference(reference),
            Expr::IsSet(of) => self.is_set(of, true),
            Expr::Not(of) => self.not(of),
            Expr::BooleanEquals(left, right) | Expr::StringEquals(left, right) => {
                let (left, right) = (self.operand(left), self.operand(right));
                quote!(#left == #right)
            }
            Expr::GetAttr { of, path } => self.attribute(of, path),
            Expr::Substring {
                input,
                start,
                stop,
                reverse,
            } => {
                let [start, stop, reverse] = [start, stop, reverse].map(|value| self.value(value));
                let input = self.text(input);
                quote!(#rt::endpoint::substring(#input, #start, #stop, #reverse))
            }
            Expr::ParseUrl(url) => self.call(quote!(parse_url), url),
            Expr::UriEncode(value) => self.call(quote!(uri_encode), value),
            Expr::Partition(region) => self.call(quote!(partition), region),
            Expr::ParseArn(arn) => self.call(quote!(parse_arn), arn),
            Expr::IsValidHostLabel {
                value,
                allow_sub_domains,
            } => {
                let (value, sub_domains) = (self.text(value), self.value(allow_sub_domains));
                quote!(#rt::endpoint::is_valid_host_label(#value, #sub_domains))
            }
            Expr::IsVirtualHostableS3Bucket {
                value,
                allow_sub_domains,
            } => {
                let (value, sub_domains) = (self.text(value), self.value(allow_sub_domains));
                quote!(#rt::endpoint::is_virtual_hostable_s3_bucket(#value, #sub_domains))
            }
            Expr::Split {
                value,
                delimiter,
                limit,
            } => {
                let [value, delimiter, limit] =
                    [self.text(value), self.text(delimiter), self.value(limit)];
                quote!(#rt::endpoint::split(#value, #delimiter, #limit))
            }
            Expr::Coalesce(first, rest) => self.coalesce(first, rest),
            Expr::Ite {
                condition,
                then,
                otherwise,
            } => {
                let optional = self.is_optional(expr);
                let condition = self.value(condition);
                let [then, otherwise] = [then, otherwise].map(|branch| {
                    let value = self.owned(branch, self.owns(expr));
                    if optional && !self.is_optional(branch) {
                        quote!(Some(#value))
                    } else {
                        value
                    }
                });
                quote!(if #condition { #then } else { #otherwise })
            }
        }
    }

    /// An operand of a comparison. Comparisons cannot be chained.
    fn operand(&self, expr: &Expr) -> TokenStream {
        let value = self.value(expr);
        let compared = match expr {
            Expr::Not(of) => of,
            expr => expr,
        };
        match compared {
            Expr::BooleanEquals(..) | Expr::StringEquals(..) => quote!((#value)),
            _ => value,
        }
    }

    fn call(&self, function: TokenStream, argument: &Expr) -> TokenStream {
        let (rt, argument) = (&self.rt, self.text(argument));
        quote!(#rt::endpoint::#function(#argument))
    }

    fn reference(&self, reference: &Ref) -> TokenStream {
        let Ref { name, origin, ty } = reference;
        if *origin == Origin::Variable {
            let name = self.variable_name(name);
            return quote!(#name);
        }
        match self.parameters.get(name) {
            Some(Source {
                value: Some(value),
                flag,
            }) if ty.optional || *flag => value.clone(),
            _ => {
                let name = local(name);
                quote!(#name)
            }
        }
    }

    fn is_set(&self, of: &Expr, wanted: bool) -> TokenStream {
        if !self.is_optional(of) {
            return quote!(#wanted);
        }
        let of = self.value(of);
        if wanted {
            quote!(#of.is_some())
        } else {
            quote!(#of.is_none())
        }
    }

    fn not(&self, of: &Expr) -> TokenStream {
        match of {
            Expr::IsSet(of) => self.is_set(of, false),
            Expr::BooleanEquals(left, right) | Expr::StringEquals(left, right) => {
                let (left, right) = (self.operand(left), self.operand(right));
                quote!(#left != #right)
            }
            of => {
                let of = self.value(of);
                quote!(!#of)
            }
        }
    }

    /// `url.scheme`, also for an optional URL.
    fn attribute(&self, of: &Expr, path: &[Step]) -> TokenStream {
        let rt = &self.rt;
        let mut value = self.value(of);
        let mut optional = self.is_optional(of);
        for step in path {
            value = match step {
                Step::Field(field) => {
                    let name = ident(field.rust_name());
                    let borrow = (*field == Field::UrlNormalizedPath && matches!(of, Expr::Ref(_)))
                        .then(|| quote!(.as_str()));
                    if optional {
                        quote!(#value.map(|it| it.#name))
                    } else {
                        quote!(#value.#name #borrow)
                    }
                }
                Step::Index(index) => {
                    let index = proc_macro2::Literal::i32_unsuffixed(*index);
                    let item = quote!(#rt::endpoint::item);
                    if optional {
                        quote!(#value.and_then(|it| #item(&it, #index)))
                    } else {
                        quote!(#item(&#value, #index))
                    }
                }
            };
            optional |= matches!(step, Step::Index(_));
        }
        value
    }

    /// `format!`, unless there is only one part.
    fn template(&self, parts: &[Part]) -> TokenStream {
        if let [Part::Value(value)] = parts {
            return self.value(value);
        }
        let (mut text, mut arguments) = (FormatString::default(), TokenStream::new());
        for part in parts {
            match part {
                Part::Text(part) => text.push(part),
                Part::Value(Expr::Ref(reference)) => {
                    text.push_named_place(&self.reference(reference));
                }
                Part::Value(value) => {
                    text.push_place();
                    let value = self.value(value);
                    arguments.extend(quote!(, #value));
                }
            }
        }
        let text = text.literal();
        quote!(format!(#text #arguments))
    }

    fn coalesce(&self, first: &Expr, rest: &[Expr]) -> TokenStream {
        let own = self.owns(first) || rest.iter().any(|item| self.owns(item));
        let mut value = self.owned(first, own);
        if !self.is_optional(first) {
            return value;
        }
        for item in rest {
            let next = self.owned(item, own);
            if !self.is_optional(item) {
                return quote!(#value.unwrap_or(#next));
            }
            value = quote!(#value.or(#next));
        }
        value
    }

    /// The value. If requested, text is a `String`.
    fn owned(&self, expr: &Expr, own: bool) -> TokenStream {
        let value = self.value(expr);
        match own && !self.owns(expr) {
            true if self.is_optional(expr) => quote!(#value.map(str::to_owned)),
            true => quote!(#value.to_owned()),
            false => value,
        }
    }
}
