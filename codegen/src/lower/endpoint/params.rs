//! Reads parameters.

use crate::graph::endpoint::expr::Origin;
use crate::graph::endpoint::params::{
    Builtin, DefaultValue, Deprecation, Parameter, ParameterType, Presence,
};
use crate::lower::endpoint::reader::{Checker, list};
use crate::lower::endpoint::template::is_identifier;
use crate::lower::names::ident;
use indexmap::IndexMap;
use smithy_model::{Entry, Node};

/// Whether a rule set calls the function with the parameter as its first argument.
fn calls(rule_set: &Node, function: &str, parameter: &str) -> bool {
    let mut open = vec![rule_set];
    while let Some(node) = open.pop() {
        let argument = || node.get("argv")?.as_array()?.first()?.get("ref")?.as_str();
        if node.get("fn").and_then(Node::as_str) == Some(function) && argument() == Some(parameter)
        {
            return true;
        }
        open.extend(node.as_array().into_iter().flatten());
        open.extend(
            node.as_object()
                .into_iter()
                .flatten()
                .map(|(_, entry)| &entry.node),
        );
    }
    false
}

impl Checker<'_> {
    /// The parameters of a rule set. Invalid ones are declared too, so that each is reported once.
    pub(super) fn parameters(&mut self, rule_set: &Node) -> Option<IndexMap<String, Parameter>> {
        let node = self.required(rule_set, "parameters", "a rule set")?;
        let Some(members) = node.as_object() else {
            return self.refuse(
                node,
                "`parameters` is not an object",
                "write an object of names and parameters",
            );
        };
        let found: Vec<Option<Parameter>> = members
            .iter()
            .map(|(name, entry)| self.declare(name, entry, rule_set))
            .collect();
        let found: Vec<Parameter> = found.into_iter().collect::<Option<_>>()?;
        Some(
            found
                .into_iter()
                .map(|parameter| (parameter.name.clone(), parameter))
                .collect(),
        )
    }

    fn declare(&mut self, name: &str, entry: &Entry, rule_set: &Node) -> Option<Parameter> {
        let node = &entry.node;
        let taken = self.scope.taken(name, Origin::Parameter).map(str::to_owned);
        let mut parameter = self.parameter(name, node);
        if let Some(region) = parameter
            .as_mut()
            .filter(|parameter| parameter.builtin == Some(Builtin::Region))
            && region.presence == Presence::Optional
            && calls(rule_set, "aws.partition", name)
            && !calls(rule_set, "isSet", name)
        {
            // AWS's rule sets of 2022 and early 2023 declare the region as optional, but use it as
            // a required parameter. Later ones declare it as required.
            region.presence = Presence::Required;
        }
        let ty = parameter.as_ref().map(Parameter::value_type);
        self.scope
            .declare(name, &ident::member(name), Origin::Parameter, ty);
        if let Some(taken) = taken {
            let message = format!("parameter `{name}` differs from `{taken}` only in case");
            return self.refuse(node, message, "rename one of them");
        }
        if !is_identifier(name) {
            return self.refuse(
                node,
                format!("`{name}` is not a parameter name"),
                "use letters and digits",
            );
        }
        parameter
    }

    fn parameter(&mut self, name: &str, node: &Node) -> Option<Parameter> {
        const KNOWN: [&str; 6] = [
            "type",
            "builtIn",
            "default",
            "required",
            "documentation",
            "deprecated",
        ];
        self.object(node, "a parameter", &KNOWN)?;
        let ty = self.parameter_type(node);
        let builtin = self.optional(node, "builtIn", Self::builtin);
        let required = self.optional(node, "required", Self::bool);
        let documentation = self.documentation(node);
        let deprecated = self.optional(node, "deprecated", Self::deprecation);
        let ty = ty?;
        let builtin = match builtin? {
            Some((builtin, of)) if of == ty => Some(builtin),
            Some((builtin, of)) => {
                let message = format!(
                    "`{builtin}` gives {}, but the parameter is {}",
                    of.base(),
                    ty.base()
                );
                return self.refuse(node, message, "change the parameter's `type`");
            }
            None => None,
        };
        let presence = self.presence(node, ty, required?.unwrap_or(false));
        Some(Parameter {
            name: name.to_owned(),
            rust_name: ident::member(name),
            ty,
            builtin,
            by_operation: false,
            sensitive: false,
            setting: None,
            presence: presence?,
            documentation: documentation?,
            deprecated: deprecated?,
        })
    }

    /// Reads a type in any case: AWS's models have `String` and `string`.
    fn parameter_type(&mut self, node: &Node) -> Option<ParameterType> {
        const NAMES: [(&str, ParameterType); 3] = [
            ("string", ParameterType::String),
            ("boolean", ParameterType::Bool),
            ("stringArray", ParameterType::StringArray),
        ];
        let node = self.required(node, "type", "a parameter")?;
        let text = self.string(node, "`type`")?;
        match NAMES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(text))
        {
            Some((_, ty)) => Some(*ty),
            None => {
                let help = format!("use one of {}", list(&NAMES.map(|(name, _)| name)));
                self.refuse(node, format!("unknown parameter type `{text}`"), help)
            }
        }
    }

    fn builtin(&mut self, node: &Node, what: &str) -> Option<(Builtin, ParameterType)> {
        let text = self.string(node, what)?;
        match Builtin::ALL.iter().find(|(_, name, _)| *name == text) {
            Some((builtin, _, ty)) => Some((*builtin, *ty)),
            None => {
                let help = format!(
                    "use one of {}",
                    list(&Builtin::ALL.map(|(_, name, _)| name))
                );
                self.refuse(node, format!("unknown built-in `{text}`"), help)
            }
        }
    }

    fn presence(&mut self, node: &Node, ty: ParameterType, required: bool) -> Option<Presence> {
        let Some(default) = node.get("default") else {
            return Some(if required {
                Presence::Required
            } else {
                Presence::Optional
            });
        };
        let value = match ty {
            ParameterType::Bool => DefaultValue::Bool(self.bool(default, "`default`")?),
            ParameterType::String => DefaultValue::String(self.data(default, "`default`")?),
            ParameterType::StringArray => {
                let items = self.array(default, "`default`")?;
                DefaultValue::StringArray(
                    self.each(items, |checker, item| checker.data(item, "an item"))?,
                )
            }
        };
        if required {
            Some(Presence::Default(value))
        } else {
            self.refuse(
                node,
                "a parameter with a default that is not required",
                "add `\"required\": true`",
            )
        }
    }

    fn deprecation(&mut self, node: &Node, what: &str) -> Option<Deprecation> {
        self.object(node, what, &["message", "since"])?;
        let message = self.optional(node, "message", Self::data);
        let since = self.optional(node, "since", Self::data);
        Some(Deprecation {
            message: message?,
            since: since?,
        })
    }
}
