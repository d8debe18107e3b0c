//! Parameters: what endpoint rules depend on.

use crate::graph::endpoint::types::{Base, Type};
use crate::text::Text;
use crate::text::docs::Docs;
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

impl Parameter {
    /// The type of the parameter's value in rules.
    pub(crate) fn value_type(&self) -> Type {
        Type {
            base: self.ty.base(),
            optional: self.presence == Presence::Optional,
        }
    }
}
