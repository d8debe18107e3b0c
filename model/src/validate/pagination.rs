use super::service_closure::{ServiceClosure, operations};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::{Diagnostic, Severity};
use crate::diagnostics::wording::{code_list, with_article};
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::{Member, Operation, Shape, ShapeKind};
use crate::syntax::shape_id::ShapeId;
use crate::traits::reader::Spanned;
use crate::traits::registry::behavior::PAGINATED;
use crate::traits::registry::type_refinement::REQUIRED;
use crate::traits::subject::{is_integer, is_string};
use crate::traits::values::behavior::Paginated;

/// Checks that the properties of `paginated` traits refer to members (Smithy specification, "paginated
/// trait").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for (shape, operation) in operations(model) {
        let Some(own) = PAGINATED.of(&shape.traits) else {
            continue;
        };
        for property in PROPERTIES {
            if let Some(path) = (property.path)(&own) {
                let found = property.check(shape, operation, path, model, loading);
                loading.extend(found);
            }
        }
    }
}

/// Checks the properties that operations inherit from the `paginated` trait of their service, and that
/// both tokens are set.
pub(super) fn check_bound(model: &Model, bound: &ServiceClosure<'_>, loading: &mut Loading) {
    let service = model
        .shape(bound.id)
        .and_then(|service| PAGINATED.of(&service.traits));
    for shape in bound
        .closure
        .operations
        .iter()
        .filter_map(|id| model.shape(id))
    {
        let (ShapeKind::Operation(operation), Some(own)) =
            (&shape.kind, PAGINATED.spanned(&shape.traits))
        else {
            continue;
        };
        for property in PROPERTIES
            .iter()
            .filter(|property| (property.path)(&own.value).is_none())
        {
            match service.and_then(|service| (property.path)(&service)) {
                Some(path) => {
                    let found = property.check(shape, operation, path, model, loading);
                    loading.extend(found)
                }
                None if property.is_token => {
                    let message = format!(
                        "the `paginated` trait of `{}` has no `{}`",
                        shape.id, property.key
                    );
                    let problem = Diagnostic::error(Code::InvalidPagination, message)
                        .at(own.span)
                        .shape(&shape.id);
                    loading.report(
                        problem.help("add it here, or to the `paginated` trait of the service"),
                    );
                }
                None => {}
            }
        }
    }
}

/// A property of the trait that refers to a member.
struct Property {
    key: &'static str,
    path: for<'a> fn(&Paginated<'a>) -> Option<Spanned<&'a str>>,
    of_input: bool,
    is_token: bool,
    expected: &'static str,
    test: fn(&Shape) -> bool,
    /// The severity of another target type. Services in use have tokens that are not strings, against
    /// which Smithy advises. A page size of any type can be sent.
    mismatch: Option<Severity>,
}

const PROPERTIES: &[Property] = &[
    Property {
        key: "inputToken",
        path: |own| own.input_token,
        of_input: true,
        is_token: true,
        expected: "a string",
        test: is_string,
        mismatch: Some(Severity::Warning),
    },
    Property {
        key: "outputToken",
        path: |own| own.output_token,
        of_input: false,
        is_token: true,
        expected: "a string",
        test: is_string,
        mismatch: Some(Severity::Warning),
    },
    Property {
        key: "pageSize",
        path: |own| own.page_size,
        of_input: true,
        is_token: false,
        expected: "an integer",
        test: is_integer,
        mismatch: None,
    },
    Property {
        key: "items",
        path: |own| own.items,
        of_input: false,
        is_token: false,
        expected: "a list or map",
        test: is_list_or_map,
        mismatch: Some(Severity::Error),
    },
];

impl Property {
    fn check(
        &self,
        shape: &Shape,
        operation: &Operation,
        path: Spanned<&str>,
        model: &Model,
        loading: &mut Loading,
    ) -> Option<Diagnostic> {
        let text = path.value;
        let structure = if self.of_input {
            &operation.input
        } else {
            &operation.output
        };
        let problem = |message| {
            Diagnostic::error(Code::InvalidPagination, message)
                .at(path.span)
                .shape(&shape.id)
        };
        let Some(member) = self.find(structure, text, model) else {
            let message = format!(
                "`{}` of `{}` refers to `{text}`, but `{structure}` has no such member",
                self.key, shape.id
            );
            return Some(problem(message).help(self.help(structure, text, model, loading)));
        };
        if self.is_token && REQUIRED.is_on(&member.traits) {
            let message = format!(
                "the pagination token `{}` of `{}` is required",
                member.id, shape.id
            );
            return Some(
                problem(message).help(
                    "remove `required`; the first request and the last response have no token",
                ),
            );
        }
        let severity = self.mismatch?;
        let target = model.target(member).filter(|target| !(self.test)(target))?;
        let message = format!(
            "`{}` of `{}` is {}, not {}",
            self.key,
            shape.id,
            with_article(target.kind.name()),
            self.expected
        );
        let help = format!("refer to a member that targets {}", self.expected);
        Some(Diagnostic {
            severity,
            ..problem(message).help(help)
        })
    }

    /// Returns the help for a path to a member that does not exist.
    fn help(
        &self,
        structure: &ShapeId,
        path: &str,
        model: &Model,
        loading: &mut Loading,
    ) -> String {
        if self.of_input && path.contains('.') {
            return format!(
                "refer to a member of `{structure}`; only paths in the output can be nested"
            );
        }
        let members = || model.shape(structure).into_iter().flat_map(Shape::members);
        let fitting = members().filter(|member| model.target(member).is_some_and(self.test));
        let otherwise = match code_list(fitting.map(|member| &member.name)) {
            none if none.is_empty() => format!("add a member that targets {}", self.expected),
            names => format!(
                "refer to one of its members that target {}: {names}",
                self.expected
            ),
        };
        loading.suggest(
            path,
            members().map(|member| member.name.as_str()),
            &otherwise,
        )
    }

    /// Returns the member at a path. Only paths in the output can be nested.
    fn find<'a>(&self, structure: &ShapeId, path: &str, model: &'a Model) -> Option<&'a Member> {
        if self.of_input && path.contains('.') {
            return None;
        }
        let is_structure = |shape: &&Shape| matches!(shape.kind, ShapeKind::Structure(_));
        let mut names = path.split('.');
        let first = names.next()?;
        let mut member = model.shape(structure).filter(is_structure)?.member(first)?;
        for name in names {
            member = model.target(member).filter(is_structure)?.member(name)?;
        }
        Some(member)
    }
}

fn is_list_or_map(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::List(_) | ShapeKind::Map { .. })
}
