//! Parameters: what rules depend on.

use super::check::Checker;
use super::reader::list;
use super::template::is_identifier;
use super::{Base, Origin, Type};
use crate::graph::ident;
use crate::text::{Docs, Text};
use indexmap::IndexMap;
use smithy_model::{Entry, Node};
use std::fmt;

/// An input of the rules.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/specification.html#parameter-object>
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    /// Its name in the model, which traits that bind values to it use.
    pub(crate) name: String,
    pub(crate) rust_name: String,
    pub(crate) ty: ParameterType,
    /// Where the value comes from, unless a trait binds it to something else.
    pub(crate) builtin: Option<Builtin>,
    /// Whether an operation gives it a value; that comes before all others.
    pub(crate) by_operation: bool,
    /// Whether a member that gives it a value is sensitive.
    pub(crate) sensitive: bool,
    /// The client's setting for it, which comes before the built-in value.
    pub(crate) setting: Option<Setting>,
    pub(crate) presence: Presence,
    pub(crate) documentation: Option<Text>,
    pub(crate) deprecated: Option<Deprecation>,
}

/// A setting of the client that gives a parameter its value.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    /// The builder's method.
    pub(crate) method: String,
    pub(crate) docs: Docs,
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParameterType {
    Bool,
    String,
    StringArray,
}

/// What happens where a parameter has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// Rules ask for it with `isSet`.
    Optional,
    /// There is no endpoint.
    Required,
    /// It has this one.
    Default(DefaultValue),
}

/// The default of a parameter, of the parameter's type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DefaultValue {
    Bool(bool),
    String(Text),
    StringArray(Vec<Text>),
}

/// Says that a parameter should not be used any longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Deprecation {
    pub(crate) message: Option<Text>,
    pub(crate) since: Option<Text>,
}

/// A source of values that every client has.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#rules-engine-built-ins>,
/// <https://smithy.io/2.0/aws/rules-engine/built-ins.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Builtin {
    Endpoint,
    Region,
    UseDualStack,
    UseFips,
    AccountId,
    AccountIdEndpointMode,
    CredentialScope,
    S3Accelerate,
    S3DisableMultiRegionAccessPoints,
    S3ForcePathStyle,
    S3UseArnRegion,
    S3UseGlobalEndpoint,
    S3ControlUseArnRegion,
    StsUseGlobalEndpoint,
}

impl Builtin {
    const ALL: [(Self, &'static str, ParameterType); 14] = [
        (Self::Endpoint, "SDK::Endpoint", ParameterType::String),
        (Self::Region, "AWS::Region", ParameterType::String),
        (Self::UseDualStack, "AWS::UseDualStack", ParameterType::Bool),
        (Self::UseFips, "AWS::UseFIPS", ParameterType::Bool),
        (
            Self::AccountId,
            "AWS::Auth::AccountId",
            ParameterType::String,
        ),
        (
            Self::AccountIdEndpointMode,
            "AWS::Auth::AccountIdEndpointMode",
            ParameterType::String,
        ),
        (
            Self::CredentialScope,
            "AWS::Auth::CredentialScope",
            ParameterType::String,
        ),
        (
            Self::S3Accelerate,
            "AWS::S3::Accelerate",
            ParameterType::Bool,
        ),
        (
            Self::S3DisableMultiRegionAccessPoints,
            "AWS::S3::DisableMultiRegionAccessPoints",
            ParameterType::Bool,
        ),
        (
            Self::S3ForcePathStyle,
            "AWS::S3::ForcePathStyle",
            ParameterType::Bool,
        ),
        (
            Self::S3UseArnRegion,
            "AWS::S3::UseArnRegion",
            ParameterType::Bool,
        ),
        (
            Self::S3UseGlobalEndpoint,
            "AWS::S3::UseGlobalEndpoint",
            ParameterType::Bool,
        ),
        (
            Self::S3ControlUseArnRegion,
            "AWS::S3Control::UseArnRegion",
            ParameterType::Bool,
        ),
        (
            Self::StsUseGlobalEndpoint,
            "AWS::STS::UseGlobalEndpoint",
            ParameterType::Bool,
        ),
    ];
}

impl fmt::Display for Builtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = Self::ALL.iter().find(|(builtin, ..)| builtin == self);
        f.write_str(row.map_or("", |(_, name, _)| name))
    }
}

impl Parameter {
    /// The field of the runtime's `Params` that has the value; `None` if clients have none.
    pub(crate) fn field(&self) -> Option<&'static str> {
        match self.builtin? {
            Builtin::Endpoint => Some("endpoint"),
            Builtin::Region => Some("region"),
            Builtin::UseDualStack => Some("use_dual_stack"),
            Builtin::UseFips => Some("use_fips"),
            Builtin::AccountId => Some("account_id"),
            Builtin::AccountIdEndpointMode => Some("account_id_endpoint_mode"),
            _ => None,
        }
    }

    /// What the model says of it.
    pub(crate) fn docs(&self) -> Docs {
        self.documentation
            .as_ref()
            .map(Text::docs)
            .unwrap_or_default()
    }

    /// Whether there is something that may give it a value.
    pub(crate) fn is_given(&self) -> bool {
        self.by_operation || self.setting.is_some() || self.field().is_some()
    }
}

impl ParameterType {
    pub(crate) const fn base(self) -> Base {
        match self {
            Self::Bool => Base::Bool,
            Self::String => Base::String,
            Self::StringArray => Base::StringArray,
        }
    }
}

/// Whether a function is called somewhere in a rule set with this parameter as its first argument.
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
    /// The parameters of a rule set. Every name is declared, so that wrong ones are reported once.
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
            // AWS's rule sets of 2022 and early 2023 call the region optional, and use it as if it
            // were required. Those that followed call it so.
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

    /// Types are written in any case; AWS's models have `String` and `string`.
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

impl Parameter {
    /// The type of the parameter's value in rules.
    pub(crate) fn value_type(&self) -> Type {
        Type {
            base: self.ty.base(),
            optional: self.presence == Presence::Optional,
        }
    }
}
