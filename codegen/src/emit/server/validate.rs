//! `src/server/validate.rs`: the constraints of inputs and of the types in them.

use crate::graph::member::{Bounds, Constraints, Member, Type};
use crate::graph::service::Service;
use crate::graph::shape::{ErrorShape, Shape, Structure, Union};
use crate::graph::validation::Validation;
use crate::graph::wire::Location;
use crate::print::imports::{Imports, ident};
use crate::print::source_file;
use crate::print::source_file::SourceFile;
use crate::text::Text;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

/// `src/server/validate.rs`
pub(crate) fn file(service: &Service) -> syn::Result<SourceFile> {
    let mut file = Validators {
        service,
        validation: Validation::of(service),
        imports: Imports::default(),
        patterns: Vec::new(),
    };
    let implementations = file.implementations();
    let statics = file.statics();
    Ok(SourceFile {
        attributes: Vec::new(),
        path: "src/server/validate.rs".to_owned(),
        emitter: "codegen/src/emit/server/validate.rs",
        shape: service.id.clone(),
        docs: vec!["The constraints of inputs and of the types in them.".into()],
        imports: file.imports,
        items: source_file::items(quote!(#statics #implementations))?,
    })
}

struct Validators<'s> {
    service: &'s Service,
    validation: Validation<'s>,
    imports: Imports,
    /// The patterns that are used, in the order of their numbers.
    patterns: Vec<&'s Text>,
}

impl<'s> Validators<'s> {
    fn implementations(&mut self) -> TokenStream {
        let (mut implementations, mut free, mut enums) = (Vec::new(), Vec::new(), Vec::new());
        for operation in self.service.operations.values() {
            let input = &operation.input;
            if input
                .members
                .iter()
                .any(|member| self.validation.has_constraint(member))
            {
                let name = self.imports.operation(&input.name.rust);
                implementations.push(self.structure(&name, input));
            } else {
                free.push(ident(&input.name.rust));
            }
        }
        let operations = self.unconstrained("operations", &free);
        free.clear();
        for (id, shape) in &self.service.shapes {
            if !self.validation.reached.contains(id) {
                continue;
            }
            match shape {
                Shape::Enum(shape) => {
                    let values = shape.values.iter().filter(|value| !value.internal);
                    let values: Vec<Literal> = values.map(|value| value.value.literal()).collect();
                    let name = ident(&shape.name.rust);
                    enums.push(quote!(#name { #(#values),* }));
                }
                Shape::IntEnum(shape) => {
                    let values = shape.values.iter().filter(|value| !value.internal);
                    let values: Vec<Literal> = values
                        .map(|value| Literal::string(&value.value.to_string()))
                        .collect();
                    let name = ident(&shape.name.rust);
                    enums.push(quote!(#name { #(#values),* }));
                }
                _ if !self.validation.is_constrained(id) => free.push(ident(&shape.name().rust)),
                Shape::Structure(shape)
                | Shape::Error(ErrorShape {
                    structure: shape, ..
                }) => {
                    let name = self.imports.shape(&shape.name.rust);
                    implementations.push(self.structure(&name, shape));
                }
                Shape::Union(shape) => implementations.push(self.union(shape)),
            }
        }
        let types = self.unconstrained("types", &free);
        let enums = (!enums.is_empty()).then(|| {
            let (rt, _) = (self.imports.rt(), self.imports.types());
            quote!(#rt::closed_enums! { #(#enums)* })
        });
        quote!(#(#implementations)* #enums #operations #types)
    }

    fn unconstrained(&mut self, module: &str, names: &[Ident]) -> Option<TokenStream> {
        (!names.is_empty()).then(|| {
            let rt = self.imports.rt();
            let module = match module {
                "operations" => self.imports.operations(),
                _ => self.imports.types(),
            };
            quote!(#rt::unconstrained! { #module { #(#names),* } })
        })
    }

    fn structure(&mut self, name: &Ident, structure: &'s Structure) -> TokenStream {
        let rt = self.imports.rt();
        let members: Vec<TokenStream> = structure
            .members
            .iter()
            .filter_map(|member| self.member(member))
            .collect();
        quote! {
            impl #rt::server::Validate for #name {
                fn validate(&self, check: &mut #rt::server::Validator) {
                    #(#members)*
                }
            }
        }
    }

    fn member(&mut self, member: &'s Member) -> Option<TokenStream> {
        let checks = self.checks(&member.ty, &member.constraints);
        if checks.is_empty() {
            return None;
        }
        let name = match member.location {
            Location::Body => member.name.wire.literal(),
            _ => Literal::string(&member.name.model),
        };
        let field = ident(&member.name.rust);
        Some(if member.is_optional() {
            quote!(check.optional(#name, &self.#field) #checks;)
        } else {
            quote!(check.member(#name, &self.#field) #checks;)
        })
    }

    fn union(&mut self, union: &'s Union) -> TokenStream {
        let rt = self.imports.rt();
        let name = self.imports.shape(&union.name.rust);
        let mut cases = Vec::new();
        for variant in &union.variants {
            let checks = self.checks(&variant.ty, &variant.constraints);
            if !checks.is_empty() {
                let (rust, member) = (ident(&variant.rust), variant.wire.literal());
                cases.push((
                    quote!(Self::#rust(value)),
                    quote!(check.member(#member, value) #checks),
                ));
            }
        }
        let body = match cases.as_slice() {
            [(pattern, checks)] => quote!(if let #pattern = self { #checks; }),
            cases => {
                let arms = cases
                    .iter()
                    .map(|(pattern, checks)| quote!(#pattern => drop(#checks),));
                quote!(match self { #(#arms)* _ => {} })
            }
        };
        quote! {
            impl #rt::server::Validate for #name {
                fn validate(&self, check: &mut #rt::server::Validator) {
                    #body
                }
            }
        }
    }

    /// The calls that check a value: `.length(1, 255).pattern(&PATTERN_1)`.
    fn checks(&mut self, ty: &Type, constraints: &'s Constraints) -> TokenStream {
        let of_value = self.own_checks(ty, constraints);
        let nested = match ty.unboxed() {
            Type::Named(named) if self.validation.is_constrained(&named.id) => quote!(.nested()),
            Type::List { item, sparse } => {
                let method = if *sparse { "sparse_items" } else { "items" };
                self.each(method, item, constraints.item.as_deref())
            }
            Type::Map { key, value, sparse } => {
                let keys = self.each("keys", key, constraints.key.as_deref());
                let method = if *sparse { "sparse_values" } else { "values" };
                let values = self.each(method, value, constraints.item.as_deref());
                quote!(#keys #values)
            }
            _ => TokenStream::new(),
        };
        quote!(#of_value #nested)
    }

    fn each(
        &mut self,
        method: &str,
        ty: &Type,
        constraints: Option<&'s Constraints>,
    ) -> TokenStream {
        let checks = self.checks(ty, constraints.unwrap_or(&Constraints::NONE));
        if checks.is_empty() {
            return checks;
        }
        let method = ident(method);
        quote!(.#method(|it| it #checks))
    }

    /// The calls for the constraints of a value itself.
    fn own_checks(&mut self, ty: &Type, constraints: &'s Constraints) -> TokenStream {
        let has_length = matches!(
            ty,
            Type::String | Type::Blob | Type::List { .. } | Type::Map { .. }
        );
        let has_range = matches!(
            ty,
            Type::Byte
                | Type::Short
                | Type::Integer
                | Type::Long
                | Type::Float
                | Type::Double
                | Type::BigInteger
                | Type::BigDecimal
        );
        let length = constraints.length.as_ref().filter(|_| has_length);
        let length =
            length.map(|bounds| bounded(["length", "min_length", "max_length"], bounds, size));
        let range = constraints.range.as_ref().filter(|_| has_range);
        let range = range.map(|bounds| bounded(["range", "min", "max"], bounds, number));
        let unique =
            (constraints.unique && matches!(ty, Type::List { .. })).then(|| quote!(.unique()));
        let pattern = constraints.pattern.as_ref().filter(|_| *ty == Type::String);
        let pattern = pattern.and_then(|pattern| self.pattern(pattern));
        quote!(#length #range #pattern #unique)
    }

    fn pattern(&mut self, pattern: &'s Text) -> Option<TokenStream> {
        self.service.patterns.get(pattern)?.as_ref()?;
        let known = self.patterns.iter().position(|known| *known == pattern);
        let index = known.unwrap_or_else(|| {
            self.patterns.push(pattern);
            self.patterns.len() - 1
        });
        let name = format_ident!("PATTERN_{}", index + 1);
        Some(quote!(.pattern(&#name)))
    }

    fn statics(&mut self) -> TokenStream {
        let rt = quote!(rt);
        let statics = self
            .patterns
            .iter()
            .enumerate()
            .filter_map(|(index, source)| {
                let name = format_ident!("PATTERN_{}", index + 1);
                let regex = self.service.patterns.get(*source)?.as_ref()?;
                let text = source.readable_literal();
                let value = if regex == *source {
                    quote!(new(#text))
                } else {
                    let regex = regex.readable_literal();
                    quote!(translated(#text, #regex))
                };
                Some(quote!(static #name: #rt::server::Pattern = #rt::server::Pattern::#value;))
            });
        statics.collect()
    }
}

/// The call for bounds, with the names for both bounds, only a minimum and only a maximum.
fn bounded(
    [both, min, max]: [&str; 3],
    bounds: &Bounds,
    literal: impl Fn(&Text) -> Option<Literal>,
) -> TokenStream {
    let (both, only_min, only_max) = (ident(both), ident(min), ident(max));
    let bound = |bound: &Option<Text>| bound.as_ref().and_then(&literal);
    match (bound(&bounds.min), bound(&bounds.max)) {
        (Some(min), Some(max)) => quote!(.#both(#min, #max)),
        (Some(min), None) => quote!(.#only_min(#min)),
        (None, Some(max)) => quote!(.#only_max(#max)),
        (None, None) => TokenStream::new(),
    }
}

/// A bound of a length. One that no length violates is left out.
fn size(bound: &Text) -> Option<Literal> {
    bound.number::<u32>().map(Literal::u32_unsuffixed)
}

/// A bound of a range.
fn number(bound: &Text) -> Option<Literal> {
    let whole = bound.number::<i64>().map(Literal::i64_unsuffixed);
    let decimal = || bound.number::<f64>().filter(|bound| bound.is_finite());
    whole.or_else(|| decimal().map(Literal::f64_unsuffixed))
}
