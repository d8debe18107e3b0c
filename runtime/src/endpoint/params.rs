//! The input of endpoint resolution.

use crate::endpoint::client_params::ClientParams;
use crate::endpoint::functions::is_valid_host_label;
use crate::endpoint::resolve::{ResolveError, ResolveErrorKind, Resolved};
use crate::endpoint::url::Endpoint;

/// The input of endpoint resolution: the built-in parameters of endpoint rules, and settings that
/// are specific to the service.
///
/// <https://smithy.io/2.0/aws/rules-engine/built-ins.html>
#[derive(Clone, Copy, Debug, Default)]
pub struct Params<'a> {
    /// `AWS::Region`: the region's name, such as `us-east-1`.
    pub region: Option<&'a str>,
    /// `AWS::UseFIPS`: whether to use an endpoint with FIPS-validated cryptography.
    pub use_fips: bool,
    /// `AWS::UseDualStack`: whether to use an endpoint that supports both IPv4 and IPv6.
    pub use_dual_stack: bool,
    /// `SDK::Endpoint`: a custom endpoint URL instead of that of the region.
    pub endpoint: Option<&'a str>,
    /// `AWS::Auth::AccountId`: the account ID of the credentials.
    pub account_id: Option<&'a str>,
    /// `AWS::Auth::AccountIdEndpointMode`: `preferred`, `disabled` or `required`.
    pub account_id_endpoint_mode: Option<&'a str>,
    /// Settings that are specific to the service (`clientContextParams`).
    pub client: Option<&'a ClientParams>,
}

impl<'a> Params<'a> {
    /// Checks parameters that rules insert into URLs without validation.
    ///
    /// # Errors
    ///
    /// The region is not a host label, so the URL could have a different host, or the custom
    /// endpoint is not an [`Endpoint`].
    pub fn check(&self) -> Result<(), ResolveError> {
        if let Some(region) = self.region
            && !is_valid_host_label(region, false)
        {
            let message = format!(
                "the region {region:?} is not a valid name: set a region such as \"us-east-1\""
            );
            return Err(ResolveError::new(ResolveErrorKind::InvalidRegion, message));
        }
        if let Some(endpoint) = self.endpoint {
            Endpoint::new(endpoint).map_err(ResolveError::endpoint)?;
        }
        Ok(())
    }

    /// The error of rules that return a message instead of an endpoint. It contains the parameters.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn rejected(&self, message: impl Into<String>) -> Result<Resolved, ResolveError> {
        let has_no_target = self.region.is_none() && self.endpoint.is_none();
        let kind = if has_no_target {
            ResolveErrorKind::NoRegion
        } else {
            ResolveErrorKind::Rejected
        };
        Err(ResolveError::new(kind, message.into() + &self.given()))
    }

    /// The error of rules that require a region if none is set.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn no_region(&self) -> Result<Resolved, ResolveError> {
        let message = "no region is set: set a region such as \"us-east-1\"".to_owned();
        Err(ResolveError::new(
            ResolveErrorKind::NoRegion,
            message + &self.given(),
        ))
    }

    /// The error of rules that require a custom endpoint if none is set.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn no_endpoint(&self) -> Result<Resolved, ResolveError> {
        let message = "this service has no default endpoint: set a custom endpoint".to_owned();
        Err(ResolveError::new(
            ResolveErrorKind::NoEndpoint,
            message + &self.given(),
        ))
    }

    /// The error of rules that require a parameter that neither the operation nor a setting
    /// provides.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn missing(&self, name: &str) -> Result<Resolved, ResolveError> {
        let message = format!(
            "the endpoint rules of the service require the parameter {name}, which is not set"
        );
        Err(ResolveError::new(
            ResolveErrorKind::MissingParameter,
            message + &self.given(),
        ))
    }

    /// The value of a required member that is a parameter of the endpoint rules.
    ///
    /// # Errors
    ///
    /// The value is blank. The request could be sent to a wrong endpoint, so it must not be sent
    /// (Smithy, *Rules engine parameters*, `contextParam`).
    pub fn filled<'v>(&self, member: &str, value: &'v str) -> Result<&'v str, ResolveError> {
        if value.trim().is_empty() {
            let message = format!("the member {member}, which selects the endpoint, is blank");
            return Err(ResolveError::new(
                ResolveErrorKind::MissingParameter,
                message,
            ));
        }
        Ok(value)
    }

    /// The string of a client setting.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.client?.text(name)
    }

    /// The boolean of a client setting.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.client?.flag(name)
    }

    /// The error of rules without a match.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn no_rule(&self) -> Result<Resolved, ResolveError> {
        let message =
            "no endpoint rule of the service matches: set another region or a custom endpoint";
        Err(ResolveError::new(
            ResolveErrorKind::NoRule,
            message.to_owned() + &self.given(),
        ))
    }

    /// The parameters that are set, in parentheses; empty if there are none. The value of a custom
    /// endpoint is omitted, since it may contain a password.
    fn given(&self) -> String {
        let parts = [
            self.region.map(|region| format!("region {region}")),
            self.use_fips.then(|| "FIPS".to_owned()),
            self.use_dual_stack.then(|| "dual-stack".to_owned()),
            self.endpoint.map(|_| "a custom endpoint".to_owned()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            String::new()
        } else {
            format!(" (given: {})", parts.join(", "))
        }
    }
}
