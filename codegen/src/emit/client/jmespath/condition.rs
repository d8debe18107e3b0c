//! Booleans, and whether a value counts as true.

use crate::emit::client::jmespath::items::{items, only_filter, over};
use crate::emit::client::jmespath::value::{literal, option, place, value};
use crate::graph::jmespath::{Comparator, Expr, Kind, Number, ValueType};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Whether the value is true, or whether it is false, by the rules of JMESPath.
pub(crate) fn condition(expr: &Expr, wanted: bool) -> TokenStream {
    match (&expr.kind, &expr.ty) {
        (Kind::Not(of), _) => condition(of, !wanted),
        (Kind::And(left, right), _) => joined([left, right], wanted, wanted),
        (Kind::Or(left, right), _) => joined([left, right], !wanted, wanted),
        (
            Kind::Compare {
                comparator,
                left,
                right,
            },
            _,
        ) if !expr.nullable => compare(
            if wanted {
                *comparator
            } else {
                comparator.opposite()
            },
            left,
            right,
        ),
        (kind, _) if wanted && expr.nullable && is_mapped(kind) => {
            boolean(expr, &quote!(is_some_and))
        }
        (_, ValueType::Boolean | ValueType::AnyOperand) => {
            let value = value(expr);
            match (expr.nullable, wanted) {
                (false, true) => value,
                (false, false) => quote!(!#value),
                (true, true) => quote!(#value == Some(true)),
                (true, false) => quote!(#value != Some(true)),
            }
        }
        (_, ValueType::Items { .. }) => {
            if let Some((items, filter)) = only_filter(expr) {
                let not = (!wanted).then(|| quote!(!));
                return quote!(#not #items.any(|it| #filter));
            }
            let items = items(expr);
            if wanted {
                quote!(#items.next().is_some())
            } else {
                quote!(#items.next().is_none())
            }
        }
        (_, ValueType::String | ValueType::List(_) | ValueType::Map { .. }) => {
            not_empty(expr, wanted)
        }
        _ => {
            let value = value(expr);
            if wanted {
                quote!(#value.is_some())
            } else {
                quote!(#value.is_none())
            }
        }
    }
}

fn not_empty(expr: &Expr, wanted: bool) -> TokenStream {
    let not = wanted.then(|| quote!(!));
    if let Some(place) = place(expr) {
        return quote!(#not #place.is_empty());
    }
    let value = value(expr);
    let method = if wanted {
        quote!(is_some_and)
    } else {
        quote!(is_none_or)
    };
    quote!(#value.#method(|it| #not it.is_empty()))
}

/// `left && right` or `left || right`, of conditions.
fn joined(sides: [&Expr; 2], and: bool, wanted: bool) -> TokenStream {
    let [left, right] = sides.map(|side| {
        let condition = condition(side, wanted);
        if and && is_or(side, wanted) {
            quote!((#condition))
        } else {
            condition
        }
    });
    if and {
        quote!(#left && #right)
    } else {
        quote!(#left || #right)
    }
}

/// Whether the condition is `left || right`.
fn is_or(expr: &Expr, wanted: bool) -> bool {
    match &expr.kind {
        Kind::Or(..) => wanted,
        Kind::And(..) => !wanted,
        Kind::Not(of) => is_or(of, !wanted),
        _ => false,
    }
}

/// Whether a nullable value is computed from another one by a closure.
fn is_mapped(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Compare { .. } | Kind::Contains(..) | Kind::StartsWith(..) | Kind::EndsWith(..)
    )
}

/// The value of a Boolean expression that is not null. `through` is the method that passes a
/// nullable value to a closure.
pub(super) fn boolean(expr: &Expr, through: &TokenStream) -> TokenStream {
    match &expr.kind {
        Kind::Compare {
            comparator,
            left,
            right,
        } if expr.nullable => in_order(sign(*comparator), left, right, through),
        Kind::Compare {
            comparator,
            left,
            right,
        } => compare(*comparator, left, right),
        Kind::And(left, right) if expr.nullable && left.ty == ValueType::Boolean => {
            let (left, right) = (option(left), option(right));
            quote!(#left.and_then(|left| if left { #right } else { Some(false) }))
        }
        Kind::And(left, right) if expr.nullable => {
            let (left, right) = (condition(left, true), option(right));
            quote!((#left).then_some(()).and_then(|()| #right))
        }
        Kind::Or(left, right) if expr.nullable => {
            let (left, right) = (option(left), option(right));
            quote!(#left.filter(|left| *left).or(#right))
        }
        Kind::Contains(of, what) if of.ty != ValueType::String => {
            let what = value(what);
            over(
                of,
                through,
                |items| quote!(#items.any(|element| element == #what)),
            )
        }
        Kind::Contains(of, what) => part(of, &quote!(contains), what, through),
        Kind::StartsWith(of, what) => part(of, &quote!(starts_with), what, through),
        Kind::EndsWith(of, what) => part(of, &quote!(ends_with), what, through),
        _ => condition(expr, true),
    }
}

fn part(of: &Expr, method: &TokenStream, what: &Expr, through: &TokenStream) -> TokenStream {
    let (nullable, of, what) = (of.nullable, value(of), value(what));
    if nullable {
        quote!(#of.#through(|text| text.#method(#what)))
    } else {
        quote!(#of.#method(#what))
    }
}

fn compare(comparator: Comparator, left: &Expr, right: &Expr) -> TokenStream {
    let equal = comparator == Comparator::Equal;
    match (&right.kind, &left.kind) {
        (Kind::Null, _) => {
            let value = value(left);
            return if equal {
                quote!(#value.is_none())
            } else {
                quote!(#value.is_some())
            };
        }
        (Kind::Boolean(literal), _) if !left.nullable => return condition(left, *literal == equal),
        (Kind::Integer(number), Kind::Length(of))
            if !of.nullable && !matches!(of.ty, ValueType::Items { .. }) =>
        {
            if let Some(wanted) = tests_for_empty(comparator, *number) {
                let (not, of) = ((!wanted).then(|| quote!(!)), place(of));
                return quote!(#not #of.is_empty());
            }
        }
        _ => {}
    }
    let (sign, number) = (sign(comparator), number_of(left, right));
    let [left_value, right_value] = [left, right].map(|side| operand(side, number));
    match (left.nullable, right.nullable) {
        (true, false) => quote!(#left_value #sign Some(#right_value)),
        (false, true) => quote!(Some(#left_value) #sign #right_value),
        _ => quote!(#left_value #sign #right_value),
    }
}

/// A comparison of order whose operands can be null.
fn in_order(sign: TokenStream, left: &Expr, right: &Expr, through: &TokenStream) -> TokenStream {
    let number = number_of(left, right);
    let [left_value, right_value] = [left, right].map(|side| operand(side, number));
    match (&right.kind, left.nullable, right.nullable) {
        (Kind::Integer(_) | Kind::Float(_), ..) => {
            quote!(#left_value.#through(|left| left #sign #right_value))
        }
        (_, true, true) => {
            quote!(#left_value.zip(#right_value).#through(|(left, right)| left #sign right))
        }
        (_, true, false) => {
            quote!(#left_value.zip(Some(#right_value)).#through(|(left, right)| left #sign right))
        }
        (_, false, _) => {
            quote!(Some(#left_value).zip(#right_value).#through(|(left, right)| left #sign right))
        }
    }
}

fn sign(comparator: Comparator) -> TokenStream {
    match comparator {
        Comparator::Equal => quote!(==),
        Comparator::NotEqual => quote!(!=),
        Comparator::Less => quote!(<),
        Comparator::LessOrEqual => quote!(<=),
        Comparator::Greater => quote!(>),
        Comparator::GreaterOrEqual => quote!(>=),
    }
}

/// Whether a comparison of a length holds only for empty values (`true`), or for all others
/// (`false`).
fn tests_for_empty(comparator: Comparator, number: i64) -> Option<bool> {
    match (comparator, number) {
        (Comparator::Equal, 0) | (Comparator::Less, 1) => Some(true),
        (Comparator::NotEqual | Comparator::Greater, 0) | (Comparator::GreaterOrEqual, 1) => {
            Some(false)
        }
        _ => None,
    }
}

/// The type in which two numbers are compared. A literal that is not negative has any.
fn number_of(left: &Expr, right: &Expr) -> Option<Number> {
    let number = |expr: &Expr| match (&expr.kind, &expr.ty) {
        (Kind::Integer(0..), _) => Some(Number::Count),
        (_, ValueType::Number(number)) => Some(*number),
        _ => None,
    };
    number(left).max(number(right))
}

/// An operand of a comparison, converted to the type in which both numbers are compared.
fn operand(expr: &Expr, number: Option<Number>) -> TokenStream {
    let value = match (&expr.kind, number) {
        (Kind::And(..) | Kind::Or(..) | Kind::Compare { .. }, _) => {
            let value = value(expr);
            return quote!((#value));
        }
        #[allow(clippy::cast_precision_loss, reason = "JMESPath's numbers are doubles")]
        (Kind::Integer(integer), Some(Number::Float)) => {
            return literal(Literal::f64_unsuffixed(*integer as f64));
        }
        (Kind::Integer(_), _) => return value(expr),
        _ => value(expr),
    };
    let to = match (&expr.ty, number) {
        (ValueType::Number(from), Some(to)) if *from != to => to,
        _ => return value,
    };
    let ty = if to == Number::Float {
        quote!(f64)
    } else {
        quote!(i64)
    };
    if expr.nullable {
        quote!(#value.map(|it| it as #ty))
    } else {
        quote!((#value as #ty))
    }
}
