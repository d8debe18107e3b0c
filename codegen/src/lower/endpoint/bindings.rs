//! The sources of parameters of endpoint rules: operations, and settings of the client.
//!
//! <https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#rules-engine-parameter-traits>

use crate::graph::endpoint::bindings::{Binding, Given};
use crate::graph::endpoint::params::{DefaultValue, Parameter, ParameterType, Presence, Setting};
use crate::graph::endpoint::rule_set::EndpointRules;
use crate::graph::jmespath::Ty;
use crate::graph::service::Shapes;
use crate::lower::jmespath;
use crate::lower::jmespath::parse::Root;
use crate::lower::jmespath::scope::Scope;
use crate::lower::names::{ident, scope};
use crate::lower::operations::Messages;
use crate::lower::tables::Tables;
use crate::select::closure::Closure;
use crate::text::Text;
use crate::text::docs::Docs;
use smithy_model::{Code, Diagnostic, Log, Node, Shape, ShapeId, ShapeKind, Span};
use std::collections::BTreeMap;

const CONTEXT: &str = "smithy.rules#contextParam";
const STATIC: &str = "smithy.rules#staticContextParams";
const PATHS: &str = "smithy.rules#operationContextParams";
const CLIENT: &str = "smithy.rules#clientContextParams";

/// The endpoint rules with the sources of their parameters, and the values that each operation
/// gives.
#[derive(Default)]
pub(crate) struct Bound {
    pub(crate) rules: Option<EndpointRules>,
    pub(crate) bindings: BTreeMap<ShapeId, Vec<Binding>>,
}

/// Finds the settings and operations that give values to the parameters of the rules. Rules with a
/// required parameter that nothing gives are reported and left out.
pub(crate) fn bind(
    rules: Option<EndpointRules>,
    tables: &Tables<'_, '_>,
    messages: &BTreeMap<ShapeId, Messages>,
    shapes: &Shapes,
    log: &mut Log,
) -> Bound {
    let Some(rules) = rules else {
        return Bound::default();
    };
    let closure = tables.closure;
    let mut settings = settings(&rules, closure.service.shape, log);
    let mut bindings = BTreeMap::new();
    for (id, (shape, operation)) in &closure.operations {
        let Some(messages) = messages.get(*id) else {
            continue;
        };
        let [input, _] = closure.input_output(operation);
        let mut binder = Binder {
            scope: messages.scope(shapes),
            rules: &rules,
            operation: shape,
            log,
        };
        bindings.insert((*id).clone(), binder.bindings(input));
    }
    let parameters = rules.parameters.into_iter().map(|(name, parameter)| {
        let of_operations = || {
            let all = bindings.values().flatten();
            all.filter(|binding| binding.parameter == parameter.rust_name)
        };
        let parameter = Parameter {
            by_operation: of_operations().next().is_some(),
            sensitive: of_operations().any(|binding| binding.value.is_sensitive()),
            setting: settings.remove(&name),
            ..parameter
        };
        (name, parameter)
    });
    let rules = EndpointRules {
        parameters: parameters.collect(),
        ..rules
    };
    if is_complete(&rules, closure, log) {
        Bound {
            rules: Some(rules),
            bindings,
        }
    } else {
        Bound::default()
    }
}

/// The settings of the client, by the names of their parameters.
fn settings(rules: &EndpointRules, service: &Shape, log: &mut Log) -> BTreeMap<String, Setting> {
    let settings = service
        .traits
        .get(CLIENT)
        .and_then(Node::as_object)
        .into_iter()
        .flatten();
    let mut found = BTreeMap::new();
    let mut methods = scope::Scope::settings();
    for (name, entry) in settings {
        let Some(parameter) = rules.parameters.get(name) else {
            log.push(unknown(name, &service.id, entry.node.span));
            continue;
        };
        let ty = entry
            .node
            .get("type")
            .and_then(Node::as_str)
            .unwrap_or_default();
        let fits = match parameter.ty {
            ParameterType::Bool => ty.eq_ignore_ascii_case("boolean"),
            ParameterType::String => ty.eq_ignore_ascii_case("string"),
            ParameterType::StringArray => false,
        };
        if !fits {
            log.push(misfit(
                parameter,
                &format!("a setting of type {ty:?}"),
                &service.id,
                entry.node.span,
            ));
            continue;
        }
        let docs = entry.node.get("documentation").and_then(Node::as_str);
        let docs = docs.map(Docs::from_html).unwrap_or_default();
        let owner = scope::Owner::new(&service.id, Some(entry.node.span));
        let method = methods.claim(&ident::member(name), "_parameter", owner, log);
        found.insert(name.clone(), Setting { method, docs });
    }
    found
}

struct Binder<'b> {
    scope: Scope<'b>,
    rules: &'b EndpointRules,
    operation: &'b Shape,
    log: &'b mut Log,
}

impl Binder<'_> {
    /// The values that the operation gives, sorted by parameter. The most specific source has
    /// precedence.
    fn bindings(&mut self, input: Option<&Shape>) -> Vec<Binding> {
        let mut bindings = Vec::new();
        let traits = &self.operation.traits;
        for (name, entry) in traits
            .get(STATIC)
            .and_then(Node::as_object)
            .into_iter()
            .flatten()
        {
            let value = entry.node.get("value").and_then(literal);
            let value = value.ok_or_else(|| "a value of another type".to_owned());
            self.give(name, entry.node.span, &mut bindings, |_| value);
        }
        for member in input.into_iter().flat_map(Shape::members) {
            let context = member.traits.get(CONTEXT);
            if let Some((node, name)) =
                context.and_then(|node| Some((node, node.get("name")?.as_str()?)))
            {
                let required = member.traits.has("smithy.api#required");
                self.give(name, node.span, &mut bindings, |scope| {
                    path_value(&member.name, required, scope)
                });
            }
        }
        for (name, entry) in traits
            .get(PATHS)
            .and_then(Node::as_object)
            .into_iter()
            .flatten()
        {
            let path = entry
                .node
                .get("path")
                .and_then(Node::as_str)
                .unwrap_or_default();
            self.give(name, entry.node.span, &mut bindings, |scope| {
                path_value(path, false, scope)
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
        value: impl FnOnce(Scope<'_>) -> Result<Given, String>,
    ) {
        let Some(parameter) = self.rules.parameters.get(name) else {
            self.log.push(unknown(name, &self.operation.id, span));
            return;
        };
        if bindings
            .iter()
            .any(|binding| binding.parameter == parameter.rust_name)
        {
            return;
        }
        match value(self.scope) {
            Ok(value) if value.ty() == parameter.ty => {
                bindings.push(Binding {
                    parameter: parameter.rust_name.clone(),
                    value,
                });
            }
            Ok(value) => {
                let given = value.ty().base().to_string();
                self.log
                    .push(misfit(parameter, &given, &self.operation.id, span));
            }
            Err(problem) => self
                .log
                .push(misfit(parameter, &problem, &self.operation.id, span)),
        }
    }
}

/// The value of a path. The name of a member is a path as well.
fn path_value(path: &str, required: bool, scope: Scope<'_>) -> Result<Given, String> {
    let value = jmespath::parse::parse(path, Root::Operation, scope);
    let value = value.map_err(|problem| format!("`{path}`, which is not supported: {problem}"))?;
    let ty = match (&value.ty, value.ty.element()) {
        (Ty::Boolean, _) => ParameterType::Bool,
        (Ty::String, _) => ParameterType::String,
        (_, Some((Ty::String, _))) => ParameterType::StringArray,
        _ => {
            return Err(format!(
                "`{path}`, which is not a string, a boolean or a list of strings"
            ));
        }
    };
    let filled = required && ty == ParameterType::String;
    Ok(Given::Path {
        path: Text::new(path),
        value: Box::new(value),
        ty,
        filled,
    })
}

fn literal(node: &Node) -> Option<Given> {
    let strings = || -> Option<Vec<Text>> {
        node.as_array()?
            .iter()
            .map(|item| item.as_str().map(Text::new))
            .collect()
    };
    let bool = node.as_bool().map(DefaultValue::Bool);
    let string = || {
        node.as_str()
            .map(|text| DefaultValue::String(Text::new(text)))
    };
    bool.or_else(string)
        .or_else(|| strings().map(DefaultValue::StringArray))
        .map(Given::Static)
}

/// Whether every required parameter has a source. Reports parameters without a source.
fn is_complete(rules: &EndpointRules, closure: &Closure<'_>, log: &mut Log) -> bool {
    let mut complete = true;
    for parameter in rules
        .parameters
        .values()
        .filter(|parameter| !parameter.is_given())
    {
        let demanded = parameter.presence == Presence::Required;
        if !demanded && (parameter.builtin.is_some() || bound_elsewhere(&parameter.name, closure)) {
            continue;
        }
        complete &= !demanded;
        let message = format!(
            "the parameter `{}` of the endpoint rules has no source of values",
            parameter.name
        );
        let help = if demanded {
            "it is required, so users must set a custom endpoint"
        } else {
            "the rules are evaluated without it; users may have to set a custom endpoint"
        };
        let problem = Diagnostic::warning(Code::UnsupportedTrait, message);
        log.push(problem.shape(&closure.service.shape.id).help(help));
    }
    complete
}

/// Whether an operation that is not generated gives the parameter a value.
fn bound_elsewhere(name: &str, closure: &Closure<'_>) -> bool {
    closure
        .model
        .shapes
        .values()
        .any(|shape| match &shape.kind {
            ShapeKind::Operation(_) => [STATIC, PATHS].iter().any(|id| {
                shape
                    .traits
                    .get(id)
                    .is_some_and(|node| node.get(name).is_some())
            }),
            _ => shape.members().any(|member| {
                let bound = member.traits.get(CONTEXT).and_then(|node| node.get("name"));
                bound.and_then(Node::as_str) == Some(name)
            }),
        })
}

fn unknown(name: &str, shape: &ShapeId, span: Span) -> Diagnostic {
    let message = format!("the endpoint rules have no parameter `{name}`");
    let help = "declare it in `parameters` of the rules, or remove the binding";
    Diagnostic::error(Code::BadEndpointRules, message)
        .shape(shape)
        .at(span)
        .help(help)
}

fn misfit(parameter: &Parameter, given: &str, shape: &ShapeId, span: Span) -> Diagnostic {
    let base = parameter.ty.base();
    let message = format!(
        "the parameter `{}` of the endpoint rules is {base}, but is bound to {given}",
        parameter.name
    );
    let help = format!("bind it to {base}");
    Diagnostic::error(Code::BadEndpointRules, message)
        .shape(shape)
        .at(span)
        .help(help)
}
