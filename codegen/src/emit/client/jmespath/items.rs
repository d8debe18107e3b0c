//! Lists and projections, as chains of iterators.

use crate::emit::client::jmespath::condition::condition;
use crate::emit::client::jmespath::value::{nested, option, place, value, view};
use crate::graph::jmespath::{Expr, Kind, ValueType};
use crate::graph::member::Type;
use crate::print::imports::ident;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// An iterator over the elements; none if the list is null.
pub(crate) fn items(expr: &Expr) -> TokenStream {
    chain(expr, start(root(expr)))
}

/// The elements that are not null, as an `Option` of a vector.
pub(crate) fn vector(expr: &Expr) -> TokenStream {
    let present =
        matches!(expr.ty, ValueType::Items { nullable: true, .. }).then(|| quote!(.flatten()));
    let vector = over(
        expr,
        &quote!(map),
        |items| quote!(#items #present .collect()),
    );
    if expr.nullable {
        vector
    } else {
        quote!(Some(#vector))
    }
}

/// The result of a function of the iterator; of a nullable one, through `map` or `and_then`.
pub(super) fn over(
    expr: &Expr,
    through: &TokenStream,
    function: impl Fn(TokenStream) -> TokenStream,
) -> TokenStream {
    let root = root(expr);
    let (of, items) = match (source(root), &root.kind) {
        (Some((of, method, view)), _) if root.nullable => {
            (value(of), quote!(items.#method() #view))
        }
        (
            _,
            Kind::List {
                of: Some(of),
                elements,
            },
        ) => {
            let (of, array) = (value(of), array(elements));
            (quote!(#of.map(|it| #array)), quote!(items.into_iter()))
        }
        _ => return function(items(expr)),
    };
    let result = function(chain(expr, items));
    quote!(#of.#through(|items| #result))
}

/// The list at the start of a chain.
fn root(expr: &Expr) -> &Expr {
    match &expr.kind {
        Kind::Project { of, .. } | Kind::Flatten(of) => root(of),
        _ => expr,
    }
}

/// The collection of a projection, the method that returns its iterator, and the adapter of its
/// references. `None` for a multi-select list.
fn source(root: &Expr) -> Option<(&Expr, TokenStream, TokenStream)> {
    match (&root.kind, &root.ty) {
        (Kind::Keys(of), _) => match &of.ty {
            ValueType::Map { key, .. } => Some((of, quote!(keys), view(key))),
            _ => None,
        },
        (Kind::Values(of), _) => match &of.ty {
            ValueType::Map { value, .. } => Some((of, quote!(values), view(value))),
            _ => None,
        },
        (_, ValueType::List(item)) => Some((root, quote!(iter), view(item))),
        _ => None,
    }
}

fn start(root: &Expr) -> TokenStream {
    let Some((of, method, view)) = source(root) else {
        return match &root.kind {
            Kind::List {
                of: Some(of),
                elements,
            } => {
                let (of, array) = (value(of), array(elements));
                quote!(#of.into_iter().flat_map(|it| #array))
            }
            Kind::List { of: None, elements } => {
                let array = array(elements);
                quote!(#array.into_iter())
            }
            _ => TokenStream::new(),
        };
    };
    match (place(of), &of.kind, &of.ty) {
        (Some(place), ..) => quote!(#place.#method() #view),
        (
            None,
            Kind::Field {
                of: owner,
                field,
                ty: Type::List { .. },
                optional: true,
                ..
            },
            ValueType::List(_),
        ) if place(owner).is_some() => {
            let (owner, field) = (place(owner), ident(field));
            quote!(#owner.#field.iter().flatten() #view)
        }
        (None, _, ValueType::List(_)) => {
            let of = value(of);
            quote!(#of.into_iter().flatten() #view)
        }
        (None, ..) => {
            let of = value(of);
            quote!(#of.into_iter().flat_map(|it| it.#method()) #view)
        }
    }
}

/// The elements of a multi-select list.
fn array(elements: &[Expr]) -> TokenStream {
    let nullable = elements.iter().any(|element| element.nullable);
    let elements = elements.iter().map(|element| {
        if nullable {
            option(element)
        } else {
            value(element)
        }
    });
    quote!([#(#elements),*])
}

/// The iterator adapters of projections.
fn chain(expr: &Expr, start: TokenStream) -> TokenStream {
    match &expr.kind {
        Kind::Project { of, filter, each } => {
            let items = filtered(chain(of, start), filter.as_deref());
            match (&each.kind, each.nullable) {
                (Kind::Element, false) => items,
                (Kind::Element, true) => quote!(#items.flatten()),
                (_, nullable) => {
                    let each = value(each);
                    if nullable {
                        quote!(#items.filter_map(|it| #each))
                    } else {
                        quote!(#items.map(|it| #each))
                    }
                }
            }
        }
        Kind::Flatten(of) => match &of.kind {
            Kind::Project { of, filter, each } => {
                let items = filtered(chain(of, start), filter.as_deref());
                let each = match &each.kind {
                    Kind::List { of: None, elements } => array(elements),
                    _ => self::items(each),
                };
                quote!(#items.flat_map(|it| #each))
            }
            _ => {
                let view = match of.ty.element() {
                    Some((ValueType::List(item), _)) => view(&item),
                    _ => TokenStream::new(),
                };
                let items = chain(of, start);
                quote!(#items.flatten() #view)
            }
        },
        _ => start,
    }
}

fn filtered(items: TokenStream, filter: Option<&Expr>) -> TokenStream {
    match filter.map(|filter| condition(filter, true)) {
        Some(filter) => quote!(#items.filter(|&it| #filter)),
        None => items,
    }
}

/// A projection that only filters: its list and the filter.
pub(super) fn only_filter(expr: &Expr) -> Option<(TokenStream, TokenStream)> {
    match &expr.kind {
        Kind::Project {
            of,
            filter: Some(filter),
            each,
        } if each.kind == Kind::Element && !each.nullable => {
            Some((items(of), condition(filter, true)))
        }
        _ => None,
    }
}

/// An element by its index. A negative index counts from the end.
pub(super) fn element(of: &Expr, index: i32) -> TokenStream {
    let number = Literal::u32_unsuffixed(if index < 0 {
        index.unsigned_abs() - 1
    } else {
        index.unsigned_abs()
    });
    if let ValueType::List(item) = &of.ty {
        let method = match index {
            0 => quote!(first()),
            -1 => quote!(last()),
            1.. => quote!(get(#number)),
            _ => quote!(iter().nth_back(#number)),
        };
        return nested(of, &method, &quote!(and_then), &view(item));
    }
    if let (0, Some((items, filter))) = (index, only_filter(of)) {
        return quote!(#items.find(|&it| #filter));
    }
    let items = items(of);
    let element = match index {
        0 => quote!(#items.next()),
        -1 => quote!(#items.next_back()),
        1.. => quote!(#items.nth(#number)),
        _ => quote!(#items.nth_back(#number)),
    };
    if of.ty.element().is_some_and(|(_, nullable)| nullable) {
        quote!(#element.flatten())
    } else {
        element
    }
}

/// The number of elements, or of the characters of a string.
pub(super) fn length(of: &Expr) -> TokenStream {
    match &of.ty {
        ValueType::String => nested(
            of,
            &quote!(chars().count()),
            &quote!(map),
            &TokenStream::new(),
        ),
        ValueType::List(_) | ValueType::Map { .. } => {
            nested(of, &quote!(len()), &quote!(map), &TokenStream::new())
        }
        _ => over(of, &quote!(map), |items| quote!(#items.count())),
    }
}
