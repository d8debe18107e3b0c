//! What endpoint resolution takes.

use crate::endpoint::client_params::ClientParams;
use crate::endpoint::functions::is_valid_host_label;
use crate::endpoint::resolve::{ResolveError, ResolveErrorKind, Resolved};
use crate::endpoint::url::Endpoint;

/// What a client knows when it resolves an endpoint: the built-in parameters of endpoint rules, and
/// settings that are the service's own.
///
/// <https://smithy.io/2.0/aws/rules-engine/built-ins.html>
#[derive(Clone, Copy, Debug, Default)]
pub struct Params<'a> {
    /// `AWS::Region`: the region's name, such as `us-east-1`.
    pub region: Option<&'a str>,
    /// `AWS::UseFIPS`: whether to call an endpoint that uses FIPS-validated cryptography.
    pub use_fips: bool,
    /// `AWS::UseDualStack`: whether to call an endpoint that is reached over IPv6, too.
    pub use_dual_stack: bool,
    /// `SDK::Endpoint`: the URL to call instead of the one that follows from the region.
    pub endpoint: Option<&'a str>,
    /// `AWS::Auth::AccountId`: the account that the credentials belong to.
    pub account_id: Option<&'a str>,
    /// `AWS::Auth::AccountIdEndpointMode`: `preferred`, `disabled` or `required`.
    pub account_id_endpoint_mode: Option<&'a str>,
    /// Parameters that the service has settings of its own for (`clientContextParams`).
    pub client: Option<&'a ClientParams>,
}

impl<'a> Params<'a> {
    /// Checks what rules put into URLs without looking at it.
    ///
    /// # Errors
    ///
    /// The region is no host label, so it could name a host of someone else's; or the custom
    /// endpoint is no
    /// [`Endpoint`].
    pub fn check(&self) -> Result<(), ResolveError> {
        if let Some(region) = self.region
            && !is_valid_host_label(region, false)
        {
            let message =
                format!("the region {region:?} is no region's name: set one such as \"us-east-1\"");
            return Err(ResolveError::new(ResolveErrorKind::InvalidRegion, message));
        }
        if let Some(endpoint) = self.endpoint {
            Endpoint::new(endpoint).map_err(ResolveError::endpoint)?;
        }
        Ok(())
    }

    /// The error where rules give a message instead of an endpoint. The error adds what was asked
    /// for.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn rejected(&self, message: impl Into<String>) -> Result<Resolved, ResolveError> {
        let nowhere = self.region.is_none() && self.endpoint.is_none();
        let kind = if nowhere {
            ResolveErrorKind::NoRegion
        } else {
            ResolveErrorKind::Rejected
        };
        Err(ResolveError::new(kind, message.into() + &self.given()))
    }

    /// The error where rules demand a region, and none is set.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn no_region(&self) -> Result<Resolved, ResolveError> {
        let message = "no region is set: set one such as \"us-east-1\"".to_owned();
        Err(ResolveError::new(
            ResolveErrorKind::NoRegion,
            message + &self.given(),
        ))
    }

    /// The error where rules demand a custom endpoint, and none is set.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn no_endpoint(&self) -> Result<Resolved, ResolveError> {
        let message = "this service has no endpoint of its own: set a custom one".to_owned();
        Err(ResolveError::new(
            ResolveErrorKind::NoEndpoint,
            message + &self.given(),
        ))
    }

    /// The error where rules demand a parameter, and neither the operation nor a setting gives it.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn missing(&self, name: &str) -> Result<Resolved, ResolveError> {
        let message = format!("the service's rules need the parameter {name}, which nothing gives");
        Err(ResolveError::new(
            ResolveErrorKind::MissingParameter,
            message + &self.given(),
        ))
    }

    /// The value of a member that an operation requires and that decides where it goes.
    ///
    /// # Errors
    ///
    /// It is blank: such a request could go to the wrong place, and must not be sent (Smithy,
    /// *Rules engine parameters*, `contextParam`).
    pub fn filled<'v>(&self, member: &str, value: &'v str) -> Result<&'v str, ResolveError> {
        if value.trim().is_empty() {
            let message =
                format!("the member {member}, which decides where the request goes, is blank");
            return Err(ResolveError::new(
                ResolveErrorKind::MissingParameter,
                message,
            ));
        }
        Ok(value)
    }

    /// The text that a setting of the client gives this parameter.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.client?.text(name)
    }

    /// The flag that a setting of the client gives this parameter.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.client?.flag(name)
    }

    /// The error where no rule decides.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn no_rule(&self) -> Result<Resolved, ResolveError> {
        let message =
            "no rule of the service gives an endpoint: set another region, or a custom endpoint";
        Err(ResolveError::new(
            ResolveErrorKind::NoRule,
            message.to_owned() + &self.given(),
        ))
    }

    /// The parameters that are set, in parentheses; nothing if none is. A custom endpoint may hold
    /// a password.
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
