use super::service_closure::{ServiceClosure, operation_of};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::{Shape, ShapeKind, Simple};
use crate::syntax::node::Node;
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use crate::traits::reader::Spanned;
use crate::traits::registry::endpoints::{
    CLIENT_CONTEXT_PARAMS, CONTEXT_PARAM, ENDPOINT_RULE_SET, STATIC_CONTEXT_PARAMS,
};
use crate::traits::values::endpoints::ClientParamType;
use indexmap::IndexMap;

/// Checks that every trait which sets a parameter of the endpoint rules has a value of the same type,
/// and that an input sets each parameter once (Smithy specification, "Endpoint traits").
pub(super) fn check_bound(model: &Model, bound: &ServiceClosure<'_>, loading: &mut Loading) {
    let Some(service) = model.shape(bound.id) else {
        return;
    };
    let mut types = Types {
        declared: IndexMap::new(),
        loading,
    };
    let rules = ENDPOINT_RULE_SET
        .of(&service.traits)
        .and_then(|rules| rules.get("parameters")?.as_object());
    for (name, entry) in rules.into_iter().flatten() {
        let ty = entry.node.get("type").and_then(Node::as_str);
        let ty = ty.and_then(Type::from_name);
        let source = "the endpoint rules".to_owned();
        types.declare(name, ty, source, entry.node.span, bound.id);
    }
    for param in CLIENT_CONTEXT_PARAMS
        .of(&service.traits)
        .into_iter()
        .flatten()
    {
        let ty = match param.value.ty {
            ClientParamType::String => Type::Text,
            ClientParamType::Boolean => Type::Boolean,
        };
        types.declare(
            param.name,
            Some(ty),
            "the client".to_owned(),
            param.span,
            bound.id,
        );
    }
    for operation in bound
        .closure
        .operations
        .iter()
        .filter_map(|id| model.shape(id))
    {
        for param in STATIC_CONTEXT_PARAMS
            .of(&operation.traits)
            .into_iter()
            .flatten()
        {
            let source = format!("`{}`", operation.id);
            let ty = Type::of_value(param.value);
            types.declare(param.name, ty, source, param.value.span, &operation.id);
        }
        let input =
            operation_of(model, &operation.id).and_then(|operation| model.shape(&operation.input));
        if let Some(input) = input {
            types.input(input, model);
        }
    }
}

/// The types of parameters (Smithy specification, "Rule set parameter").
#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Text,
    Boolean,
    Texts,
}

impl Type {
    /// Parses the name of a type. Rule sets of AWS capitalize it.
    fn from_name(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "string" => Some(Type::Text),
            "boolean" => Some(Type::Boolean),
            "stringarray" => Some(Type::Texts),
            _ => None,
        }
    }

    fn of_value(value: &Node) -> Option<Self> {
        if value.as_str().is_some() {
            return Some(Type::Text);
        }
        if value.as_bool().is_some() {
            return Some(Type::Boolean);
        }
        value.as_array().map(|_| Type::Texts)
    }

    fn of_shape(shape: &Shape) -> Option<Self> {
        match &shape.kind {
            ShapeKind::Simple(Simple::String) | ShapeKind::Enum(_) => Some(Type::Text),
            ShapeKind::Simple(Simple::Boolean) => Some(Type::Boolean),
            ShapeKind::List(_) => Some(Type::Texts),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Type::Text => "a string",
            Type::Boolean => "a Boolean",
            Type::Texts => "an array of strings",
        }
    }
}

/// The parameters so far: the type of each, and the source that declares it.
struct Types<'a, 'l, 's> {
    declared: IndexMap<&'a str, (Type, String)>,
    loading: &'l mut Loading<'s>,
}

impl<'a> Types<'a, '_, '_> {
    fn declare(
        &mut self,
        name: &'a str,
        ty: Option<Type>,
        source: String,
        span: Span,
        shape: &ShapeId,
    ) {
        let Some(ty) = ty else {
            let message =
                format!("the parameter `{name}` is not a string, Boolean or array of strings");
            return self.report(message, "use a value of one of these types", span, shape);
        };
        let Some((known, first)) = self.declared.get(name) else {
            self.declared.insert(name, (ty, source));
            return;
        };
        if *known != ty {
            let (own, other) = (ty.name(), known.name());
            let message =
                format!("the parameter `{name}` is {own} in {source}, but {other} in {first}");
            self.report(
                message,
                "rename one of them, or give both the same type",
                span,
                shape,
            );
        }
    }

    fn input(&mut self, input: &'a Shape, model: &'a Model) {
        let mut seen: IndexMap<&str, &str> = IndexMap::new();
        for member in input.members() {
            let Some(Spanned { value: name, span }) = CONTEXT_PARAM.spanned(&member.traits) else {
                continue;
            };
            if let Some(other) = seen.insert(name, &member.name) {
                let message = format!(
                    "`{other}` and `{}` both set the parameter `{name}`",
                    member.name
                );
                self.report(
                    message,
                    "remove the trait from one of them",
                    span,
                    &input.id,
                );
            }
            if let Some(target) = model.target(member) {
                self.declare(
                    name,
                    Type::of_shape(target),
                    format!("`{}`", member.id),
                    span,
                    &member.id,
                );
            }
        }
    }

    fn report(&mut self, message: String, help: &str, span: Span, shape: &ShapeId) {
        let problem = Diagnostic::error(Code::InvalidContextParam, message)
            .at(span)
            .shape(shape);
        self.loading.report(problem.help(help));
    }
}
