//! The sources of parameters of endpoint rules: operations, and settings of the client.
//!
//! <https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#rules-engine-parameter-traits>

use crate::graph::endpoint::bindings::{Binding, BoundValue};
use crate::graph::endpoint::params::{DefaultValue, Parameter, ParameterType, Presence, Setting};
use crate::graph::endpoint::rule_set::EndpointRules;
use crate::graph::jmespath::ValueType;
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
use smithy_model::traits::{
    CLIENT_CONTEXT_PARAMS, CONTEXT_PARAM, ClientParamType, OPERATION_CONTEXT_PARAMS, REQUIRED,
    STATIC_CONTEXT_PARAMS, Spanned,
};
use smithy_model::{Code, Diagnostic, Log, Node, Shape, ShapeId, Span};
use std::collections::BTreeMap;

/// The endpoint rules with the sources of their parameters, and the values that each operation
/// gives.
#[derive(Default)]
pub(crate) struct BoundRules {
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
) -> BoundRules {
    let Some(rules) = rules else {
        return BoundRules::default();
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
        BoundRules {
            rules: Some(rules),
            bindings,
        }
    } else {
        BoundRules::default()
    }
}

/// The settings of the client, by the names of their parameters.
fn settings(rules: &EndpointRules, service: &Shape, log: &mut Log) -> BTreeMap<String, Setting> {
    let settings = CLIENT_CONTEXT_PARAMS.of(&service.traits);
    let mut found = BTreeMap::new();
    let mut methods = scope::Scope::settings();
    for setting in settings.into_iter().flatten() {
        let name = setting.name;
        let Some(parameter) = rules.parameters.get(name) else {
            log.push(unknown(name, &service.id, setting.span));
            continue;
        };
        let (fits, ty) = match setting.value.ty {
            ClientParamType::Boolean => (parameter.ty == ParameterType::Bool, "boolean"),
            ClientParamType::String => (parameter.ty == ParameterType::String, "string"),
        };
        if !fits {
            log.push(mismatch(
                parameter,
                &format!("a setting of type {ty:?}"),
                &service.id,
                setting.span,
            ));
            continue;
        }
        let docs = setting.value.documentation;
        let docs = docs.map(Docs::from_html).unwrap_or_default();
        let owner = scope::Owner::new(&service.id, Some(setting.span));
        let method = methods.claim(&ident::member(name), "_parameter", owner, log);
        found.insert(name.to_owned(), Setting { method, docs });
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
        for param in STATIC_CONTEXT_PARAMS.of(traits).into_iter().flatten() {
            let value = literal(param.value).ok_or_else(|| "a value of another type".to_owned());
            self.give(param.name, param.span, &mut bindings, |_| value);
        }
        for member in input.into_iter().flat_map(Shape::members) {
            if let Some(Spanned { value: name, span }) = CONTEXT_PARAM.spanned(&member.traits) {
                let required = REQUIRED.is_on(&member.traits);
                self.give(name, span, &mut bindings, |scope| {
                    path_value(&member.name, required, scope)
                });
            }
        }
        for param in OPERATION_CONTEXT_PARAMS.of(traits).into_iter().flatten() {
            let path = param.value;
            self.give(param.name, param.span, &mut bindings, |scope| {
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
        value: impl FnOnce(Scope<'_>) -> Result<BoundValue, String>,
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
                    .push(mismatch(parameter, &given, &self.operation.id, span));
            }
            Err(problem) => self
                .log
                .push(mismatch(parameter, &problem, &self.operation.id, span)),
        }
    }
}

/// The value of a path. The name of a member is a path as well.
fn path_value(path: &str, required: bool, scope: Scope<'_>) -> Result<BoundValue, String> {
    let value = jmespath::parse::parse(path, Root::Operation, scope);
    let value = value.map_err(|problem| format!("`{path}`, which is not supported: {problem}"))?;
    let ty = match (&value.ty, value.ty.element()) {
        (ValueType::Boolean, _) => ParameterType::Bool,
        (ValueType::String, _) => ParameterType::String,
        (_, Some((ValueType::String, _))) => ParameterType::StringArray,
        _ => {
            return Err(format!(
                "`{path}`, which is not a string, a boolean or a list of strings"
            ));
        }
    };
    let filled = required && ty == ParameterType::String;
    Ok(BoundValue::Path {
        path: Text::new(path),
        value: Box::new(value),
        ty,
        filled,
    })
}

fn literal(node: &Node) -> Option<BoundValue> {
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
        .map(BoundValue::Static)
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
        if !demanded
            && (parameter.builtin.is_some()
                || is_bound_by_omitted_operation(&parameter.name, closure))
        {
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
fn is_bound_by_omitted_operation(name: &str, closure: &Closure<'_>) -> bool {
    let mut shapes = closure.model.shapes.values();
    shapes.any(|shape| {
        let fixed = STATIC_CONTEXT_PARAMS.of(&shape.traits);
        let selected = OPERATION_CONTEXT_PARAMS.of(&shape.traits);
        fixed.into_iter().flatten().any(|param| param.name == name)
            || selected
                .into_iter()
                .flatten()
                .any(|param| param.name == name)
            || shape
                .members()
                .any(|member| CONTEXT_PARAM.of(&member.traits) == Some(name))
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

fn mismatch(parameter: &Parameter, given: &str, shape: &ShapeId, span: Span) -> Diagnostic {
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
