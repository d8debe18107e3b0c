//! What endpoint resolution takes and gives.

use super::functions::is_valid_host_label;
use super::{Endpoint, EndpointError};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt;

/// What a client knows when it resolves an endpoint: the built-in parameters of endpoint rules.
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
}

impl Params<'_> {
    /// Checks what rules put into URLs without looking at it.
    ///
    /// # Errors
    ///
    /// The region is no host label, so it could name a host of someone else's; or the custom endpoint is no
    /// [`Endpoint`].
    pub fn check(&self) -> Result<(), ResolveError> {
        if let Some(region) = self.region
            && !is_valid_host_label(region, false)
        {
            let message = format!("the region {region:?} is no region's name: set one such as \"us-east-1\"");
            return Err(ResolveError::new(ResolveErrorKind::InvalidRegion, message));
        }
        if let Some(endpoint) = self.endpoint {
            Endpoint::new(endpoint).map_err(ResolveError::endpoint)?;
        }
        Ok(())
    }

    /// The error where rules give a message instead of an endpoint. The error adds what was asked for.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn rejected(&self, message: impl Into<String>) -> Result<Resolved, ResolveError> {
        let nowhere = self.region.is_none() && self.endpoint.is_none();
        let kind = if nowhere { ResolveErrorKind::NoRegion } else { ResolveErrorKind::Rejected };
        Err(ResolveError::new(kind, message.into() + &self.given()))
    }

    /// The error where rules demand a region, and none is set.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn no_region(&self) -> Result<Resolved, ResolveError> {
        let message = "no region is set: set one such as \"us-east-1\"".to_owned();
        Err(ResolveError::new(ResolveErrorKind::NoRegion, message + &self.given()))
    }

    /// The error where rules demand a custom endpoint, and none is set.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn no_endpoint(&self) -> Result<Resolved, ResolveError> {
        let message = "this service has no endpoint of its own: set a custom one".to_owned();
        Err(ResolveError::new(ResolveErrorKind::NoEndpoint, message + &self.given()))
    }

    /// The error where no rule decides.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn no_rule(&self) -> Result<Resolved, ResolveError> {
        let message = "no rule of the service gives an endpoint: set another region, or a custom endpoint";
        Err(ResolveError::new(ResolveErrorKind::NoRule, message.to_owned() + &self.given()))
    }

    /// The parameters that are set, in parentheses; nothing if none is. A custom endpoint may hold a password.
    fn given(&self) -> String {
        let parts = [
            self.region.map(|region| format!("region {region}")),
            self.use_fips.then(|| "FIPS".to_owned()),
            self.use_dual_stack.then(|| "dual-stack".to_owned()),
            self.endpoint.map(|_| "a custom endpoint".to_owned()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { String::new() } else { format!(" (given: {})", parts.join(", ")) }
    }
}

/// Where requests go, and what the service's rules say about them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resolved {
    /// Where requests go.
    pub endpoint: Endpoint,
    /// Headers to add to every request.
    pub headers: HeaderMap,
    /// The service to sign for, if not the usual one.
    pub signing_name: Option<String>,
    /// The region to sign for, if not the client's.
    pub signing_region: Option<String>,
    /// Whether signing encodes the path once, as it is sent, and not twice.
    pub disable_double_encoding: bool,
    /// Whether signing takes the path as it is, with its `.`, `..` and empty segments.
    pub disable_normalize_path: bool,
}

impl Resolved {
    /// An endpoint of which rules say nothing else.
    ///
    /// # Errors
    ///
    /// The URL is no [`Endpoint`].
    pub fn new(url: &str) -> Result<Self, ResolveError> {
        Ok(Self {
            endpoint: Endpoint::new(url).map_err(ResolveError::endpoint)?,
            headers: HeaderMap::new(),
            signing_name: None,
            signing_region: None,
            disable_double_encoding: false,
            disable_normalize_path: false,
        })
    }

    /// Adds a header to every request, beside others of that name.
    ///
    /// # Errors
    ///
    /// It is no header.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, ResolveError> {
        let (Ok(header), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) else {
            let message = format!("the service's rules add a header {name:?} that HTTP cannot carry");
            return Err(ResolveError::new(ResolveErrorKind::InvalidHeader, message));
        };
        self.headers.append(header, value);
        Ok(self)
    }

    /// Requests are signed for this service.
    pub fn signing_name(mut self, name: impl Into<String>) -> Self {
        self.signing_name = Some(name.into());
        self
    }

    /// Requests are signed for this region.
    pub fn signing_region(mut self, region: impl Into<String>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// Signing encodes the path once.
    pub fn disable_double_encoding(mut self) -> Self {
        self.disable_double_encoding = true;
        self
    }

    /// Signing takes the path as it is.
    pub fn disable_normalize_path(mut self) -> Self {
        self.disable_normalize_path = true;
        self
    }
}

/// Why there is no endpoint: which parameter is wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolveError {
    kind: ResolveErrorKind,
    message: String,
}

/// The kinds of [`ResolveError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResolveErrorKind {
    /// There is neither a region nor a custom endpoint.
    NoRegion,
    /// The service has no endpoint of its own, and there is no custom one.
    NoEndpoint,
    /// The region cannot be part of a host's name.
    InvalidRegion,
    /// The custom endpoint, or one made by the service's rules, is no [`Endpoint`].
    InvalidEndpoint,
    /// The service's rules say that these parameters do not go together.
    Rejected,
    /// None of the service's rules decides.
    NoRule,
    /// The service's rules make a header that is none.
    InvalidHeader,
}

impl ResolveError {
    fn new(kind: ResolveErrorKind, message: String) -> Self {
        Self { kind, message }
    }

    fn endpoint(error: EndpointError) -> Self {
        let message = format!(
            "the custom endpoint is not usable: {error}; set a URL such as \"https://localhost:8080\""
        );
        Self::new(ResolveErrorKind::InvalidEndpoint, message)
    }

    /// What kind of problem it is.
    pub fn kind(&self) -> ResolveErrorKind {
        self.kind
    }
}

impl fmt::Display for ResolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ResolveError {}
