use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::wording::with_article;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::prelude::{UNIT, prelude_shapes};
use crate::shapes::shape::{Member, Operation, Resource, Service, Shape, ShapeKind};
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use crate::traits::registry::type_refinement::{ERROR, MIXIN};
use crate::traits::subject::is_string;

/// Checks that the shapes to which shapes and members refer exist and have the right type.
pub(super) fn check(model: &Model, loading: &mut Loading) {
    let mut checker = Checker { model, loading };
    for shape in model.shapes.values() {
        for member in shape.members() {
            checker.member(shape, member);
        }
        match &shape.kind {
            ShapeKind::Service(service) => checker.service(shape, service),
            ShapeKind::Resource(resource) => checker.resource(shape, resource),
            ShapeKind::Operation(operation) => checker.operation(shape, operation),
            _ => {}
        }
    }
}

struct Checker<'m, 'l, 's> {
    model: &'m Model,
    loading: &'l mut Loading<'s>,
}

impl<'m> Checker<'m, '_, '_> {
    fn member(&mut self, shape: &Shape, member: &Member) {
        let expected = |target: &Shape| match &shape.kind {
            ShapeKind::Enum(_) | ShapeKind::IntEnum(_) => (target.id.as_str() != UNIT)
                .then_some("members of enums must target `smithy.api#Unit`"),
            ShapeKind::Map { key, .. } if key.id == member.id => {
                (!is_string(target)).then_some("the key of a map must target a string")
            }
            kind => mismatch(target, matches!(kind, ShapeKind::Union(_))),
        };
        let fits = |target: &Shape| expected(target).is_none();
        if let Some(target) = self.find(&member.id, &member.target, member.span, &fits)
            && let Some(expected) = expected(target)
        {
            self.wrong(&member.id, target, member.span, expected);
        }
    }

    fn service(&mut self, shape: &Shape, service: &Service) {
        self.each(
            shape,
            &service.operations,
            "the `operations` of a service must be operations",
            is_operation,
        );
        self.each(
            shape,
            &service.resources,
            "the `resources` of a service must be resources",
            is_resource,
        );
        self.each(shape, &service.errors, ERRORS, is_error);
    }

    fn resource(&mut self, shape: &Shape, resource: &Resource) {
        let operations: Vec<ShapeId> = resource.all_operations().cloned().collect();
        self.each(
            shape,
            &operations,
            "the lifecycle and other operations of a resource must be operations",
            is_operation,
        );
        self.each(
            shape,
            &resource.resources,
            "the `resources` of a resource must be resources",
            is_resource,
        );
        let identifiers: Vec<ShapeId> = resource.identifiers.values().cloned().collect();
        self.each(
            shape,
            &identifiers,
            "the identifiers of a resource must be strings",
            is_string,
        );
        let properties: Vec<ShapeId> = resource.properties.values().cloned().collect();
        self.each(
            shape,
            &properties,
            "the properties of a resource must be data shapes",
            |target| mismatch(target, false).is_none(),
        );
    }

    fn operation(&mut self, shape: &Shape, operation: &Operation) {
        let structures = [operation.input.clone(), operation.output.clone()];
        let expected = "input and output must be structures that are not errors or mixins";
        self.each(shape, &structures, expected, |target| {
            matches!(target.kind, ShapeKind::Structure(_)) && !is_error(target) && !is_mixin(target)
        });
        self.each(shape, &operation.errors, ERRORS, is_error);
    }

    fn each(&mut self, shape: &Shape, ids: &[ShapeId], expected: &str, test: fn(&Shape) -> bool) {
        for id in ids {
            if let Some(target) = self.find(&shape.id, id, shape.span, &test)
                && !test(target)
            {
                self.wrong(&shape.id, target, shape.span, expected);
            }
        }
    }

    fn wrong(&mut self, from: &ShapeId, target: &Shape, span: Option<Span>, expected: &str) {
        let mixin = if is_mixin(target) { " and a mixin" } else { "" };
        let message = format!(
            "`{from}` refers to `{}`, which is {}{mixin}",
            target.id,
            with_article(target.kind.name())
        );
        let span = self.loading.place(from, &target.id).or(span);
        let problem = Diagnostic::error(Code::WrongTargetKind, message)
            .at(span)
            .shape(from);
        self.loading.report(problem.help(expected));
    }

    /// Returns the shape with an id to which `from` refers. Reports an unknown id, and suggests a shape
    /// that fits.
    fn find(
        &mut self,
        from: &ShapeId,
        id: &ShapeId,
        span: Option<Span>,
        fits: &dyn Fn(&Shape) -> bool,
    ) -> Option<&'m Shape> {
        let found = self.model.shape(id);
        if found.is_none() && !self.loading.broken.contains(id) {
            let message = format!("`{from}` refers to `{id}`, which does not exist");
            let span = self.loading.place(from, id).or(span);
            let problem = Diagnostic::error(Code::UnknownTarget, message)
                .at(span)
                .shape(from);
            let names = self
                .model
                .shapes
                .values()
                .chain(prelude_shapes())
                .filter(|shape| fits(shape));
            let otherwise = if id.is_prelude() {
                "`smithy.api` is the namespace of Smithy; define the shape in a namespace of your own"
            } else {
                "define it, or pass the file that defines it with `--model`"
            };
            let help =
                self.loading
                    .suggest(id.as_str(), names.map(|shape| shape.id.as_str()), otherwise);
            self.loading.report(problem.help(help));
        }
        found
    }
}

const ERRORS: &str = "errors must be structures with the `error` trait";

/// Returns why a member cannot target the shape, if it cannot.
fn mismatch(target: &Shape, from_union: bool) -> Option<&'static str> {
    match &target.kind {
        ShapeKind::Service(_) | ShapeKind::Resource(_) | ShapeKind::Operation(_) => {
            Some("members must target data shapes")
        }
        _ if is_mixin(target) => Some("mixins cannot be targets; use them in `mixins`"),
        _ if target.id.as_str() == UNIT && !from_union => {
            Some("only members of unions and enums can target `smithy.api#Unit`")
        }
        _ => None,
    }
}

fn is_operation(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::Operation(_))
}

fn is_resource(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::Resource(_))
}

fn is_error(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::Structure(_)) && ERROR.is_on(&shape.traits)
}

fn is_mixin(shape: &Shape) -> bool {
    MIXIN.is_on(&shape.traits)
}
