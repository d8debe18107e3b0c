//! The result of endpoint resolution.

use crate::endpoint::url::{Endpoint, EndpointError};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt;

/// A resolved endpoint, and its properties for requests and signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resolved {
    /// The endpoint.
    pub endpoint: Endpoint,
    /// Headers that are added to every request.
    pub headers: HeaderMap,
    /// The service name in signatures, if it is not the default one.
    pub signing_name: Option<String>,
    /// The region in signatures, if it is not that of the client.
    pub signing_region: Option<String>,
    /// The regions in signatures of version 4a, which can contain the wildcard `*`.
    pub signing_region_set: Option<Vec<String>>,
    /// Whether signing uses the path as it is sent, without encoding it a second time.
    pub disable_double_encoding: bool,
    /// Whether signing keeps the segments `.` and `..` and empty segments of the path.
    pub disable_normalize_path: bool,
}

impl Resolved {
    /// Creates an endpoint without further properties.
    ///
    /// # Errors
    ///
    /// The URL is not an [`Endpoint`].
    pub fn new(url: &str) -> Result<Self, ResolveError> {
        Ok(Self {
            endpoint: Endpoint::new(url).map_err(ResolveError::invalid_result)?,
            headers: HeaderMap::new(),
            signing_name: None,
            signing_region: None,
            signing_region_set: None,
            disable_double_encoding: false,
            disable_normalize_path: false,
        })
    }

    /// Adds a header. Headers with the same name are kept.
    ///
    /// # Errors
    ///
    /// The name or value is invalid.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, ResolveError> {
        let (Ok(header), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value))
        else {
            let message =
                format!("the endpoint rules of the service return an invalid header {name:?}");
            return Err(ResolveError::new(ResolveErrorKind::InvalidHeader, message));
        };
        self.headers.append(header, value);
        Ok(self)
    }

    /// Sets the service name in signatures.
    pub fn signing_name(mut self, name: impl Into<String>) -> Self {
        self.signing_name = Some(name.into());
        self
    }

    /// Sets the region in signatures.
    pub fn signing_region(mut self, region: impl Into<String>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// Sets the regions in signatures of version 4a.
    pub fn signing_region_set(
        mut self,
        regions: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.signing_region_set = Some(regions.into_iter().map(Into::into).collect());
        self
    }

    /// Disables the second encoding of the path in signatures.
    pub fn disable_double_encoding(mut self) -> Self {
        self.disable_double_encoding = true;
        self
    }

    /// Disables the normalization of the path in signatures.
    pub fn disable_normalize_path(mut self) -> Self {
        self.disable_normalize_path = true;
        self
    }
}

/// The error of endpoint resolution. It names the invalid parameter and the solution.
#[derive(Clone, PartialEq, Eq)]
pub struct ResolveError {
    kind: ResolveErrorKind,
    message: String,
}

/// The kind of a [`ResolveError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResolveErrorKind {
    /// Neither a region nor a custom endpoint is set.
    NoRegion,
    /// The service has no default endpoint, and no custom endpoint is set.
    NoEndpoint,
    /// The region is not valid in a host name.
    InvalidRegion,
    /// The custom endpoint, or the result of the endpoint rules, is not an [`Endpoint`].
    InvalidEndpoint,
    /// The endpoint rules reject this combination of parameters.
    Rejected,
    /// A required parameter of the endpoint rules is not set.
    MissingParameter,
    /// No endpoint rule matches.
    NoRule,
    /// The endpoint rules return an invalid header.
    InvalidHeader,
}

impl ResolveError {
    pub(super) fn new(kind: ResolveErrorKind, message: String) -> Self {
        Self { kind, message }
    }

    pub(super) fn endpoint(error: EndpointError) -> Self {
        let message = format!(
            "the custom endpoint is invalid: {error}; set a URL such as \"https://localhost:8080\""
        );
        Self::new(ResolveErrorKind::InvalidEndpoint, message)
    }

    fn invalid_result(error: EndpointError) -> Self {
        let message =
            format!("the endpoint rules of the service return an invalid endpoint: {error}");
        Self::new(ResolveErrorKind::InvalidEndpoint, message)
    }

    /// The kind of the error.
    pub fn kind(&self) -> ResolveErrorKind {
        self.kind
    }
}

/// The same line as `Display`, which a program prints whose `main` returns the error.
impl fmt::Debug for ResolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for ResolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ResolveError {}
