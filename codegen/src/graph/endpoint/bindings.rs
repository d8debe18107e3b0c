//! Who gives parameters of endpoint rules their values: operations, or settings of the client.
//!
//! <https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#rules-engine-parameter-traits>

use super::paths::{self, Leaf, Path};
use super::{DefaultValue, EndpointRules, Parameter, ParameterType, Presence, Setting};
use crate::graph::closure::Closure;
use crate::graph::log::Log;
use crate::graph::{Docs, Service, ident};
use smithy_model::{Code, Diagnostic, Node, Shape, ShapeId, ShapeKind, Span};

const CONTEXT: &str = "smithy.rules#contextParam";
const STATIC: &str = "smithy.rules#staticContextParams";
const PATHS: &str = "smithy.rules#operationContextParams";
const CLIENT: &str = "smithy.rules#clientContextParams";

/// A parameter that an operation gives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Binding {
    /// The parameter's Rust name.
    pub(crate) parameter: String,
    pub(crate) value: Given,
}

/// What an operation gives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Given {
    /// Always the same.
    Static(DefaultValue),
    /// What its input has there.
    Path(Path),
    /// A string member that is required and must not be blank: its name in the model, and where it is.
    Filled(String, Path),
}

/// Finds what operations and settings give, and what nobody does. Rules whose demands are not met are left out.
pub(crate) fn bind(closure: &Closure<'_>, service: &mut Service, log: &mut Log) {
    let Some(mut rules) = service.endpoint.take() else { return };
    settings(&mut rules, closure.service.shape, log);
    let mut found = Vec::new();
    for (id, (shape, operation)) in &closure.operations {
        let [input, _] = closure.input_output(operation);
        let mut binder = Binder { service, rules: &rules, operation: shape, log };
        found.push(((*id).clone(), binder.bindings(input)));
    }
    for (id, bindings) in found {
        for binding in &bindings {
            let bound = rules.parameters.values_mut().filter(|it| it.rust_name == binding.parameter);
            for parameter in bound {
                parameter.by_operation = true;
                parameter.sensitive |= binding.value.is_sensitive();
            }
        }
        if let Some(operation) = service.operations.get_mut(&id) {
            operation.bindings = bindings;
        }
    }
    if can_be_given(&rules, closure, log) {
        service.endpoint = Some(rules);
    } else {
        service.operations.values_mut().for_each(|operation| operation.bindings.clear());
    }
}

/// Settings of the client.
fn settings(rules: &mut EndpointRules, service: &Shape, log: &mut Log) {
    let settings = service.traits.get(CLIENT).and_then(Node::as_object).into_iter().flatten();
    for (name, entry) in settings {
        let Some(parameter) = rules.parameters.get_mut(name) else {
            log.push(unknown(name, &service.id, entry.node.span));
            continue;
        };
        let ty = entry.node.get("type").and_then(Node::as_str).unwrap_or_default();
        let fits = match parameter.ty {
            ParameterType::Bool => ty.eq_ignore_ascii_case("boolean"),
            ParameterType::String => ty.eq_ignore_ascii_case("string"),
            ParameterType::StringArray => false,
        };
        if !fits {
            log.push(misfit(parameter, &format!("a setting of type {ty:?}"), &service.id, entry.node.span));
            continue;
        }
        let docs = entry.node.get("documentation").and_then(Node::as_str);
        let docs = docs.map(Docs::from_html).unwrap_or_default();
        parameter.setting = Some(Setting { method: ident::setting(name), docs });
    }
}

struct Binder<'b> {
    service: &'b Service,
    rules: &'b EndpointRules,
    operation: &'b Shape,
    log: &'b mut Log,
}

impl Binder<'_> {
    /// What the operation gives, sorted by parameter. The most specific source comes first.
    fn bindings(&mut self, input: Option<&Shape>) -> Vec<Binding> {
        let mut bindings = Vec::new();
        let traits = &self.operation.traits;
        for (name, entry) in traits.get(STATIC).and_then(Node::as_object).into_iter().flatten() {
            self.give(name, entry.node.span, &mut bindings, |_, _| {
                entry.node.get("value").and_then(literal).ok_or_else(|| "a value of another type".to_owned())
            });
        }
        for member in input.into_iter().flat_map(Shape::members) {
            let context = member.traits.get(CONTEXT);
            if let Some((node, name)) = context.and_then(|node| Some((node, node.get("name")?.as_str()?))) {
                let required = member.traits.has("smithy.api#required");
                self.give(name, node.span, &mut bindings, |service, structure| {
                    let path = paths::member(service, structure, &member.name)
                        .map_err(|problem| format!("the member `{}`, but {problem}", member.name))?;
                    let filled = required && path.each.is_empty() && path.leaf != Leaf::Bool;
                    Ok(if filled { Given::Filled(member.name.clone(), path) } else { Given::Path(path) })
                });
            }
        }
        for (name, entry) in traits.get(PATHS).and_then(Node::as_object).into_iter().flatten() {
            let path = entry.node.get("path").and_then(Node::as_str).unwrap_or_default();
            self.give(name, entry.node.span, &mut bindings, |service, structure| {
                paths::parse(service, structure, path)
                    .map(Given::Path)
                    .map_err(|problem| format!("the path `{path}`, but {problem}"))
            });
        }
        bindings.sort_by(|a, b| a.parameter.cmp(&b.parameter));
        bindings
    }

    fn give(
        &mut self,
        name: &str,
        span: Span,
        bindings: &mut Vec<Binding>,
        value: impl FnOnce(&Service, &crate::graph::Structure) -> Result<Given, String>,
    ) {
        let Some(operation) = self.service.operations.get(&self.operation.id) else { return };
        let Some(parameter) = self.rules.parameters.get(name) else {
            self.log.push(unknown(name, &self.operation.id, span));
            return;
        };
        if bindings.iter().any(|binding| binding.parameter == parameter.rust_name) {
            return;
        }
        match value(self.service, &operation.input) {
            Ok(value) if value.ty() == parameter.ty => {
                bindings.push(Binding { parameter: parameter.rust_name.clone(), value });
            }
            Ok(value) => {
                let given = value.ty().base().to_string();
                self.log.push(misfit(parameter, &given, &self.operation.id, span));
            }
            Err(problem) => self.log.push(misfit(parameter, &problem, &self.operation.id, span)),
        }
    }
}

impl Given {
    fn ty(&self) -> ParameterType {
        match self {
            Self::Static(DefaultValue::Bool(_)) => ParameterType::Bool,
            Self::Static(DefaultValue::String(_)) => ParameterType::String,
            Self::Static(DefaultValue::StringArray(_)) => ParameterType::StringArray,
            Self::Path(path) | Self::Filled(_, path) => match (path.each.is_empty(), path.leaf) {
                (false, _) => ParameterType::StringArray,
                (true, Leaf::Bool) => ParameterType::Bool,
                (true, Leaf::String | Leaf::Enum) => ParameterType::String,
            },
        }
    }

    fn is_sensitive(&self) -> bool {
        match self {
            Self::Static(_) => false,
            Self::Path(path) | Self::Filled(_, path) => path.sensitive,
        }
    }
}

fn literal(node: &Node) -> Option<Given> {
    let strings = || -> Option<Vec<String>> {
        node.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
    };
    let bool = node.as_bool().map(DefaultValue::Bool);
    let string = || node.as_str().map(|text| DefaultValue::String(text.to_owned()));
    bool.or_else(string).or_else(|| strings().map(DefaultValue::StringArray)).map(Given::Static)
}

/// Whether clients can give what the rules demand. Tells of parameters that nobody gives a value.
fn can_be_given(rules: &EndpointRules, closure: &Closure<'_>, log: &mut Log) -> bool {
    let mut complete = true;
    for parameter in rules.parameters.values().filter(|parameter| !parameter.is_given()) {
        let demanded = parameter.presence == Presence::Required;
        if !demanded && (parameter.builtin.is_some() || bound_elsewhere(&parameter.name, closure)) {
            continue;
        }
        complete &= !demanded;
        let message =
            format!("nothing gives the parameter `{}` of the endpoint rules a value", parameter.name);
        let help = if demanded {
            "the rules demand it, so that users have to set a custom endpoint"
        } else {
            "the rules see it without a value; where that matters, users have to set a custom endpoint"
        };
        let problem = Diagnostic::warning(Code::UnsupportedTrait, message);
        log.push(problem.shape(&closure.service.shape.id).help(help));
    }
    complete
}

/// Whether an operation that is not generated gives the parameter.
fn bound_elsewhere(name: &str, closure: &Closure<'_>) -> bool {
    closure.model.shapes.values().any(|shape| match &shape.kind {
        ShapeKind::Operation(_) => {
            [STATIC, PATHS].iter().any(|id| shape.traits.get(id).is_some_and(|node| node.get(name).is_some()))
        }
        _ => shape.members().any(|member| {
            let bound = member.traits.get(CONTEXT).and_then(|node| node.get("name"));
            bound.and_then(Node::as_str) == Some(name)
        }),
    })
}

fn unknown(name: &str, shape: &ShapeId, span: Span) -> Diagnostic {
    let message = format!("the endpoint rules have no parameter `{name}`");
    let help = "declare it in the rules' `parameters`, or give it no value";
    Diagnostic::error(Code::BadEndpointRules, message).shape(shape).at(span).help(help)
}

fn misfit(parameter: &Parameter, given: &str, shape: &ShapeId, span: Span) -> Diagnostic {
    let base = parameter.ty.base();
    let message =
        format!("the parameter `{}` of the endpoint rules is {base}: it gets {given}", parameter.name);
    let help = format!("give it {base}");
    Diagnostic::error(Code::BadEndpointRules, message).shape(shape).at(span).help(help)
}
