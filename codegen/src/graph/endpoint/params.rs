//! Parameters of endpoint rules.

use crate::graph::endpoint::types::{Base, Type};
use crate::text::Text;
use crate::text::docs::Docs;
use std::fmt;

/// A parameter of the rules.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/specification.html#parameter-object>
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameter {
    /// The name in the model, which traits refer to.
    pub(crate) name: String,
    pub(crate) rust_name: String,
    pub(crate) ty: ParameterType,
    /// The built-in source of the value, unless a trait binds the parameter to another source.
    pub(crate) builtin: Option<Builtin>,
    /// Whether an operation gives it a value, which precedes all others.
    pub(crate) by_operation: bool,
    /// Whether a member that gives it a value is sensitive.
    pub(crate) sensitive: bool,
    /// The setting of the client for it, which precedes the built-in value.
    pub(crate) setting: Option<Setting>,
    pub(crate) presence: Presence,
    pub(crate) documentation: Option<Text>,
    pub(crate) deprecated: Option<Deprecation>,
}

/// A setting of the client that gives a parameter its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Setting {
    /// The method of the builder.
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

/// What the rules do if a parameter has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// The rules test it with `isSet`.
    Optional,
    /// Resolution fails.
    Required,
    /// They use this value.
    Default(DefaultValue),
}

/// The default value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DefaultValue {
    Bool(bool),
    String(Text),
    StringArray(Vec<Text>),
}

/// The deprecation of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Deprecation {
    pub(crate) message: Option<Text>,
    pub(crate) since: Option<Text>,
}

/// A built-in source of values, which every client has.
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
    pub(crate) const ALL: [(Self, &'static str, ParameterType); 14] = [
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
    /// The field of the runtime's `Params` that holds the value; `None` if there is no such field.
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

    /// The documentation in the model.
    pub(crate) fn docs(&self) -> Docs {
        self.documentation
            .as_ref()
            .map(Text::docs)
            .unwrap_or_default()
    }

    /// Whether it has a source of values.
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

impl Parameter {
    /// The type of the parameter's value in rules.
    pub(crate) fn value_type(&self) -> Type {
        Type {
            base: self.ty.base(),
            optional: self.presence == Presence::Optional,
        }
    }
}
