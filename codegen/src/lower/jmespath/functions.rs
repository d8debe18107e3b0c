//! Function calls.

use crate::graph::jmespath::{Expr, Kind, Number, ValueType};
use crate::lower::jmespath::check::{Checked, Checker};
use jmespath::ast::Ast;

impl Checker<'_> {
    /// <https://jmespath.org/specification.html#built-in-functions>
    pub(super) fn function(&self, name: &str, arguments: &[Ast], current: &Expr) -> Checked {
        let arguments: Vec<Expr> = arguments
            .iter()
            .map(|argument| self.expr(argument, current))
            .collect::<Result<_, _>>()?;
        match (name, arguments.as_slice()) {
            ("length", [of]) => length(of),
            ("keys", [of]) => keys(of),
            ("values", [of]) => self.values(of.clone()),
            ("contains", [of, what]) => contains(of, what),
            ("starts_with", [of, what]) => part(Kind::StartsWith, of, what),
            ("ends_with", [of, what]) => part(Kind::EndsWith, of, what),
            (
                "length" | "keys" | "values" | "contains" | "starts_with" | "ends_with",
                arguments,
            ) => Err(format!(
                "`{name}` does not take {} arguments",
                arguments.len()
            )),
            _ => Err(format!("the function `{name}` is not supported")),
        }
    }
}

fn length(of: &Expr) -> Checked {
    if !matches!(
        of.ty,
        ValueType::String | ValueType::List(_) | ValueType::Items { .. } | ValueType::Map { .. }
    ) || of.ty.is_nested()
    {
        return Err(format!("the length is read from {}", of.ty.name()));
    }
    let nullable = of.nullable;
    Ok(Expr::new(
        Kind::Length(Box::new(counted(of))),
        ValueType::Number(Number::Count),
        nullable,
    ))
}

/// An expression with the same number of elements that costs less: mapping elements does not change
/// their number.
fn counted(of: &Expr) -> Expr {
    match &of.kind {
        Kind::Project {
            of: inner,
            filter,
            each,
        } if !each.nullable && each.kind != Kind::Element => match (filter, inner.ty.element()) {
            (None, Some((_, false))) => counted(inner),
            (Some(_), Some((item, false))) => {
                let each = Box::new(Expr::new(Kind::Element, item.clone(), false));
                let kind = Kind::Project {
                    of: inner.clone(),
                    filter: filter.clone(),
                    each,
                };
                Expr::new(
                    kind,
                    ValueType::Items {
                        item: Box::new(item),
                        nullable: false,
                    },
                    of.nullable,
                )
            }
            _ => of.clone(),
        },
        _ => of.clone(),
    }
}

fn keys(of: &Expr) -> Checked {
    if !matches!(of.ty, ValueType::Map { .. }) {
        return Err(format!("keys are read from {}", of.ty.name()));
    }
    let ty = ValueType::Items {
        item: Box::new(ValueType::String),
        nullable: false,
    };
    Ok(Expr::new(Kind::Keys(Box::new(of.clone())), ty, of.nullable))
}

fn contains(of: &Expr, what: &Expr) -> Checked {
    let Some((item, nullable)) = of.ty.element() else {
        return part(Kind::Contains, of, what);
    };
    if item != what.ty
        || !matches!(
            item,
            ValueType::String | ValueType::Boolean | ValueType::Number(_)
        )
    {
        return Err(format!(
            "a list of {} does not contain {}",
            item.name(),
            what.ty.name()
        ));
    }
    if what.nullable || nullable {
        return Err("a list is searched for null".to_owned());
    }
    let kind = Kind::Contains(Box::new(of.clone()), Box::new(what.clone()));
    Ok(Expr::new(kind, ValueType::Boolean, of.nullable))
}

fn part(kind: fn(Box<Expr>, Box<Expr>) -> Kind, of: &Expr, what: &Expr) -> Checked {
    if of.ty != ValueType::String || what.ty != ValueType::String || what.nullable {
        return Err(format!(
            "{} is searched for {}",
            of.ty.name(),
            what.ty.name()
        ));
    }
    Ok(Expr::new(
        kind(Box::new(of.clone()), Box::new(what.clone())),
        ValueType::Boolean,
        of.nullable,
    ))
}
