//! `#[deprecated]`, and the files that use deprecated items, for which `mod.rs` allows it. The
//! compiler warns about such a use within the crate, even in an `impl` of the deprecated type.

use crate::emit::docs::comments::deprecation_note;
use crate::graph::endpoint::bindings::BoundValue;
use crate::graph::jmespath::{Expr, Kind};
use crate::graph::member::{DefaultValue, Deprecated, Member, Presence, Type};
use crate::graph::service::{Operation, Service};
use crate::graph::shape::{ErrorShape, Shape, Structure};
use crate::graph::waiters::Matcher;
use crate::text::Text;
use proc_macro2::TokenStream;
use quote::quote;

/// The attribute of a deprecated item.
pub(crate) fn attribute(deprecated: Option<&Deprecated>) -> Option<TokenStream> {
    let deprecated = deprecated?;
    let version = deprecated
        .since
        .as_ref()
        .filter(|since| since.is(is_version));
    let note = deprecation_note(deprecated, version.is_none());
    let since = version
        .map(Text::literal)
        .map(|since| quote!(since = #since));
    let note = note
        .map(|note| note.literal())
        .map(|note| quote!(note = #note));
    let arguments: Vec<TokenStream> = since.into_iter().chain(note).collect();
    Some(if arguments.is_empty() {
        quote!(#[deprecated])
    } else {
        quote!(#[deprecated(#(#arguments),*)])
    })
}

/// Whether it is a version in Cargo's format, such as `1.2.3`. Smithy's `since` is often a date.
fn is_version(since: &str) -> bool {
    let numbers: Vec<&str> = since.split('.').collect();
    let is_number = |text: &&str| {
        (*text == "0" || !text.starts_with('0'))
            && text.parse::<u64>().is_ok_and(|_| !text.starts_with('+'))
    };
    numbers.len() == 3 && numbers.iter().all(is_number)
}

/// The attribute that allows an item to use deprecated ones.
pub(crate) fn allowance(uses: bool) -> Option<TokenStream> {
    uses.then(|| quote!(#[allow(deprecated)]))
}

/// Whether the file of a shape uses something deprecated.
pub(crate) fn in_shape(shape: &Shape, service: &Service) -> bool {
    match shape {
        Shape::Structure(structure) | Shape::Error(ErrorShape { structure, .. }) => {
            in_structure(structure, service)
        }
        Shape::Union(union) => {
            union.deprecated.is_some()
                || union
                    .variants
                    .iter()
                    .any(|variant| variant.deprecated.is_some() || in_type(&variant.ty, service))
        }
        Shape::Enum(shape) => {
            shape.deprecated.is_some()
                || shape.values.iter().any(|value| value.deprecated.is_some())
        }
        Shape::IntEnum(shape) => {
            shape.deprecated.is_some()
                || shape.values.iter().any(|value| value.deprecated.is_some())
        }
    }
}

/// Whether the file of a structure uses something deprecated.
pub(crate) fn in_structure(structure: &Structure, service: &Service) -> bool {
    structure.deprecated.is_some()
        || structure
            .members
            .iter()
            .any(|member| in_member(member, service))
}

/// Whether the file of an operation uses something deprecated.
pub(crate) fn in_operation(operation: &Operation, service: &Service) -> bool {
    let on_the_way = |path: &[String]| {
        let members = service.path(&operation.output, path).unwrap_or_default();
        members.into_iter().any(|member| in_member(member, service))
    };
    operation.output.deprecated.is_some()
        || in_structure(&operation.input, service)
        || operation
            .pagination
            .as_ref()
            .is_some_and(|pages| on_the_way(&pages.output_token) || on_the_way(&pages.items))
        || expressions(operation).any(|value| {
            value.any(&|kind| {
                matches!(
                    kind,
                    Kind::Field {
                        deprecated: true,
                        ..
                    }
                )
            })
        })
}

/// The expressions of an operation's waiters and endpoint parameters.
fn expressions(operation: &Operation) -> impl Iterator<Item = &Expr> {
    let acceptors = operation
        .waiters
        .iter()
        .flat_map(|waiter| &waiter.acceptors);
    let of_waiters = acceptors.filter_map(|acceptor| match &acceptor.matcher {
        Matcher::Path { value, .. } => Some(&**value),
        Matcher::Success(_) | Matcher::ErrorType(_) => None,
    });
    let given = operation
        .bindings
        .iter()
        .filter_map(|binding| match &binding.value {
            BoundValue::Path { value, .. } => Some(&**value),
            BoundValue::Static(_) => None,
        });
    of_waiters.chain(given)
}

/// Whether a call with values of the model can use a deprecated shape of the service.
pub(crate) fn in_any_shape(service: &Service) -> bool {
    service
        .shapes
        .values()
        .any(|shape| in_shape(shape, service))
}

fn in_member(member: &Member, service: &Service) -> bool {
    let default = match &member.presence {
        Presence::Default(default) => Some(default),
        _ => member.filled_in.as_ref(),
    };
    member.deprecated.is_some()
        || in_type(&member.ty, service)
        || match (default, &member.ty) {
            (Some(DefaultValue::Variant(name)), Type::Named(named)) => {
                match service.shapes.get(&named.id) {
                    Some(Shape::Enum(shape)) => shape
                        .values
                        .iter()
                        .any(|value| value.rust == *name && value.deprecated.is_some()),
                    Some(Shape::IntEnum(shape)) => shape
                        .values
                        .iter()
                        .any(|value| value.rust == *name && value.deprecated.is_some()),
                    _ => false,
                }
            }
            _ => false,
        }
}

fn in_type(ty: &Type, service: &Service) -> bool {
    match ty {
        Type::Named(named) => service
            .shapes
            .get(&named.id)
            .is_some_and(|shape| shape.deprecated().is_some()),
        Type::List { item, .. } => in_type(item, service),
        Type::Map { key, value, .. } => in_type(key, service) || in_type(value, service),
        Type::Boxed(inner) => in_type(inner, service),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deprecations_without_a_version_go_into_the_note() {
        let attribute = |since: Option<&str>, message: Option<&str>| {
            let deprecated = Deprecated {
                since: since.map(Text::new),
                message: message.map(Text::new),
            };
            attribute(Some(&deprecated))
                .unwrap()
                .to_string()
                .replace(' ', "")
        };
        assert_eq!(attribute(None, None), "#[deprecated]");
        assert_eq!(
            attribute(Some("1.2.3"), None),
            r#"#[deprecated(since="1.2.3")]"#
        );
        assert_eq!(
            attribute(Some("1.2"), Some("Gone.")),
            r#"#[deprecated(note="since1.2:Gone.")]"#
        );
        for date in ["2023-01-01", "1.02.3", "1.2.3.4", "v1.2.3", ""] {
            assert!(!is_version(date), "{date}");
        }
    }
}
