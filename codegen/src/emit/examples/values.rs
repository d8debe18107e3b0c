//! Values that a model gives, as Rust expressions of the emitted crate's types: the parameters of
//! protocol tests (Smithy, "HTTP protocol compliance tests", parameter format), and the inputs of
//! examples.

use crate::emit::literal;
use crate::emit::types::rust_type;
use crate::graph::member::{Named, Type};
use crate::graph::service::Service;
use crate::graph::shape::{Enum, IntEnum, Shape, Structure, Union};
use crate::graph::timestamp::Timestamp;
use crate::print::imports::{Imports, ident};
use crate::text::literal::text as text_literal;
use indexmap::IndexMap;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use smithy_model::{Entry, Node, Span, Value};
use std::collections::BTreeMap;

/// Why a value cannot be one of its type.
#[derive(Debug)]
pub(crate) struct Unfit {
    /// What is wrong, lower case, no full stop.
    pub(crate) message: String,
    /// Where the value stands.
    pub(crate) span: Span,
    /// Whether it is a member that the shape does not have.
    pub(crate) unknown_member: bool,
}

type Tokens = Result<TokenStream, Unfit>;

/// Who takes a value, which decides how much of its type has to be spelt out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taker {
    /// A setter.
    Setter,
    /// A setter that takes a collection; this is an element of it.
    Collection,
    /// Nobody converts: the value has just its type.
    Exact,
}

/// Makes expressions, and notes what they use.
pub(crate) struct Values<'s, 'i> {
    pub(crate) service: &'s Service,
    pub(crate) imports: &'i mut Imports,
}

impl<'s> Values<'s, '_> {
    /// `Name::builder().a(1).build()`, of the members that an object has; those that are null are
    /// not set.
    ///
    /// # Errors
    ///
    /// A value that does not fit, or a required member without one.
    pub(crate) fn structure(
        &mut self,
        name: &Ident,
        structure: &Structure,
        object: &Node,
    ) -> Tokens {
        let setters = self.setters(structure, object)?;
        Ok(if structure.members.is_empty() {
            quote!(#name::default())
        } else {
            quote!(#name::builder()#(#setters)*.build())
        })
    }

    /// `.a(1)` and so on, of a builder.
    ///
    /// # Errors
    ///
    /// A value that does not fit, or a required member without one.
    pub(crate) fn setters(
        &mut self,
        structure: &Structure,
        object: &Node,
    ) -> Result<Vec<TokenStream>, Unfit> {
        let Some(members) = object.as_object() else {
            return Err(unfit("an object", object));
        };
        if let Some((key, entry)) = members
            .iter()
            .find(|(key, _)| structure.member(key).is_none())
        {
            let message = format!("`{}` has no member `{key}`", structure.id);
            return Err(Unfit {
                message,
                span: entry.key,
                unknown_member: true,
            });
        }
        let mut setters = Vec::new();
        for member in &structure.members {
            match object
                .get(&member.name.model)
                .filter(|value| !value.is_null())
            {
                Some(value) => {
                    let value = self.value(&member.ty, value, Taker::Setter)?;
                    let field = ident(&member.name.rust);
                    setters.push(quote!(.#field(#value)));
                }
                None if member.is_required() => {
                    let message = format!(
                        "the required member `{}` of `{}` is missing",
                        member.name.model, structure.id
                    );
                    return Err(Unfit {
                        message,
                        span: object.span,
                        unknown_member: false,
                    });
                }
                None => {}
            }
        }
        Ok(setters)
    }

    fn value(&mut self, ty: &Type, value: &Node, taker: Taker) -> Tokens {
        match ty {
            Type::Boolean => match value.as_bool() {
                Some(value) => Ok(quote!(#value)),
                None => Err(unfit("a boolean", value)),
            },
            Type::Byte | Type::Short | Type::Integer | Type::Long => {
                literal::integer(ty, value, taker == Taker::Collection)
                    .ok_or_else(|| unfit("a whole number that its type holds", value))
            }
            Type::Float | Type::Double => literal::float(ty, value, taker == Taker::Collection)
                .ok_or_else(|| unfit("a number, `NaN`, `Infinity` or `-Infinity`", value)),
            Type::BigInteger | Type::BigDecimal => self.big(ty, value),
            Type::String => {
                let text = string(value)?;
                Ok(if taker == Taker::Exact {
                    quote!(#text.to_owned())
                } else {
                    quote!(#text)
                })
            }
            Type::Blob | Type::Stream { .. } => self.bytes(ty, value, taker),
            Type::Document => match &value.value {
                Value::String(text) if taker == Taker::Setter => Ok(text_literal(text)),
                _ => Ok(self.document(value)),
            },
            Type::Timestamp => self.timestamp(ty, value),
            Type::Unit => Ok(quote!(())),
            Type::Named(named) => self.named(named, value),
            Type::List { item, sparse } => self.list(item, *sparse, value, taker),
            Type::Map {
                key,
                value: ty,
                sparse,
            } => self.map([key, ty], *sparse, value, taker),
            Type::Boxed(inner) if taker == Taker::Setter => self.value(inner, value, taker),
            Type::Boxed(inner) => {
                let inner = self.value(inner, value, Taker::Exact)?;
                Ok(quote!(Box::new(#inner)))
            }
        }
    }

    /// Digits of any number.
    fn big(&mut self, ty: &Type, value: &Node) -> Tokens {
        let digits = value
            .as_number()
            .or_else(|| value.as_str())
            .ok_or_else(|| unfit("a number", value))?;
        let ty = rust_type::rust(ty, self.imports);
        Ok(quote!(#digits.parse::<#ty>().unwrap()))
    }

    /// The bytes of a text.
    fn bytes(&mut self, ty: &Type, value: &Node, taker: Taker) -> Tokens {
        let text = string(value)?;
        if taker != Taker::Exact {
            return Ok(text);
        }
        let ty = rust_type::rust(ty, self.imports);
        Ok(quote!(#ty::from(#text)))
    }

    fn document(&mut self, value: &Node) -> TokenStream {
        let ty = rust_type::rust(&Type::Document, self.imports);
        match &value.value {
            Value::Null => quote!(#ty::Null),
            Value::Bool(value) => quote!(#ty::from(#value)),
            Value::String(text) => {
                let text = text_literal(text);
                quote!(#ty::from(#text))
            }
            Value::Number(digits) => match digits
                .parse()
                .ok()
                .filter(|it: &i32| it.to_string() == *digits)
            {
                Some(number) => {
                    let number = Literal::i32_unsuffixed(number);
                    quote!(#ty::from(#number))
                }
                None => quote!(#ty::Number(#digits.parse().unwrap())),
            },
            Value::Array(items) => {
                let items: Vec<TokenStream> =
                    items.iter().map(|item| self.document(item)).collect();
                quote!(#ty::Array(vec![#(#items),*]))
            }
            Value::Object(members) if members.is_empty() => {
                let map = self.imports.map();
                quote!(#ty::Object(#map::new()))
            }
            Value::Object(members) => {
                let members: Vec<TokenStream> = sorted(members)
                    .into_iter()
                    .map(|(name, entry)| {
                        let value = self.document(&entry.node);
                        quote!((#name, #value))
                    })
                    .collect();
                quote!(#ty::from_iter([#(#members),*]))
            }
        }
    }

    fn timestamp(&mut self, ty: &Type, value: &Node) -> Tokens {
        let timestamp = Timestamp::of(value)
            .ok_or_else(|| unfit("seconds since 1970, or a date and time", value))?;
        Ok(literal::timestamp(
            &rust_type::rust(ty, self.imports),
            timestamp,
        ))
    }

    fn list(&mut self, item: &Type, sparse: bool, value: &Node, taker: Taker) -> Tokens {
        let Some(items) = value.as_array() else {
            return Err(unfit("an array", value));
        };
        let loose = taker == Taker::Setter && !sparse;
        if items.is_empty() {
            let item = rust_type::element(item, sparse, self.imports);
            return Ok(quote!(Vec::<#item>::new()));
        }
        let items: Vec<TokenStream> = items
            .iter()
            .map(|value| self.element(item, sparse, value, loose))
            .collect::<Result<_, _>>()?;
        Ok(if loose {
            quote!([#(#items),*])
        } else {
            quote!(vec![#(#items),*])
        })
    }

    fn map(&mut self, [key, ty]: [&Type; 2], sparse: bool, value: &Node, taker: Taker) -> Tokens {
        let Some(entries) = value.as_object() else {
            return Err(unfit("an object", value));
        };
        let loose = taker == Taker::Setter && !sparse;
        let map = if loose && !entries.is_empty() {
            None
        } else {
            Some(self.imports.map())
        };
        if entries.is_empty() {
            let (key, ty) = (
                rust_type::rust(key, self.imports),
                rust_type::element(ty, sparse, self.imports),
            );
            return Ok(quote!(#map::<#key, #ty>::new()));
        }
        let mut pairs = Vec::new();
        for (name, entry) in sorted(entries) {
            let name = Node {
                value: Value::String(name.clone()),
                span: entry.key,
            };
            let name = self.element(key, false, &name, loose)?;
            let value = self.element(ty, sparse, &entry.node, loose)?;
            pairs.push(quote!((#name, #value)));
        }
        Ok(if loose {
            quote!([#(#pairs),*])
        } else {
            quote!(#map::from([#(#pairs),*]))
        })
    }

    fn element(&mut self, ty: &Type, sparse: bool, value: &Node, loose: bool) -> Tokens {
        match (sparse, value.is_null()) {
            (true, true) => Ok(quote!(None)),
            (true, false) => {
                let value = self.value(ty, value, Taker::Exact)?;
                Ok(quote!(Some(#value)))
            }
            (false, _) => self.value(
                ty,
                value,
                if loose {
                    Taker::Collection
                } else {
                    Taker::Exact
                },
            ),
        }
    }

    fn named(&mut self, named: &Named, value: &Node) -> Tokens {
        let service = self.service;
        let name = self.imports.shape(&named.rust);
        match service.shapes.get(&named.id) {
            Some(Shape::Structure(structure)) => self.structure(&name, structure, value),
            Some(Shape::Error(error)) => self.structure(&name, &error.structure, value),
            Some(Shape::Union(union)) => self.union(&name, union, value),
            Some(Shape::Enum(shape)) => variant(&name, shape, value),
            Some(Shape::IntEnum(shape)) => number_variant(&name, shape, value),
            None => Err(unfit("of a type that is generated", value)),
        }
    }

    /// The one member of a union that is set.
    fn union(&mut self, name: &Ident, union: &Union, value: &Node) -> Tokens {
        let members = value.as_object().into_iter().flatten();
        let set: Vec<_> = members.filter(|(_, entry)| !entry.node.is_null()).collect();
        let [(member, entry)] = set.as_slice() else {
            return Err(unfit("an object with one member of the union", value));
        };
        let Some(variant) = union
            .variants
            .iter()
            .find(|variant| variant.model == **member)
        else {
            let message = format!("`{}` has no member `{member}`", union.id);
            return Err(Unfit {
                message,
                span: entry.key,
                unknown_member: true,
            });
        };
        let rust = ident(&variant.rust);
        if variant.ty == Type::Unit {
            return Ok(quote!(#name::#rust));
        }
        let value = self.value(&variant.ty, &entry.node, Taker::Exact)?;
        Ok(quote!(#name::#rust(#value)))
    }
}

/// The members of an object by their names, so that the order of keys in a model never shows.
fn sorted(members: &IndexMap<String, Entry>) -> BTreeMap<&String, &Entry> {
    members.iter().collect()
}

/// The enum's variant, or an unknown one.
fn variant(name: &Ident, shape: &Enum, value: &Node) -> Tokens {
    let Some(text) = value.as_str() else {
        return Err(unfit("a string", value));
    };
    Ok(
        match shape.values.iter().find(|known| known.value == text) {
            Some(known) => {
                let rust = ident(&known.rust);
                quote!(#name::#rust)
            }
            None => quote!(#name::from(#text)),
        },
    )
}

/// The same of an integer enum.
fn number_variant(name: &Ident, shape: &IntEnum, value: &Node) -> Tokens {
    let Some(number) = value.as_i64().and_then(|number| i32::try_from(number).ok()) else {
        return Err(unfit("a whole number of 32 bits", value));
    };
    Ok(
        match shape.values.iter().find(|known| known.value == number) {
            Some(known) => {
                let rust = ident(&known.rust);
                quote!(#name::#rust)
            }
            None => {
                let number = Literal::i32_unsuffixed(number);
                quote!(#name::from(#number))
            }
        },
    )
}

fn string(value: &Node) -> Tokens {
    value
        .as_str()
        .map(text_literal)
        .ok_or_else(|| unfit("a string", value))
}

/// Short values are shown, long ones described.
fn unfit(wanted: &str, value: &Node) -> Unfit {
    let json = value.to_json();
    let shown = if json.len() <= 40 {
        format!("`{json}`")
    } else {
        value.kind_name().to_owned()
    };
    Unfit {
        message: format!("{shown} is not {wanted}"),
        span: value.span,
        unknown_member: false,
    }
}
