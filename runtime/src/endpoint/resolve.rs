//! What endpoint resolution gives.

use crate::endpoint::url::{Endpoint, EndpointError};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt;

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
    /// The regions to sign for, where signatures are of version 4a: names, with `*` for any part of
    /// one.
    pub signing_region_set: Option<Vec<String>>,
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
            endpoint: Endpoint::new(url).map_err(ResolveError::made)?,
            headers: HeaderMap::new(),
            signing_name: None,
            signing_region: None,
            signing_region_set: None,
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
        let (Ok(header), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value))
        else {
            let message =
                format!("the service's rules add a header {name:?} that HTTP cannot carry");
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

    /// Requests are signed for these regions, by version 4a.
    pub fn signing_region_set(
        mut self,
        regions: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.signing_region_set = Some(regions.into_iter().map(Into::into).collect());
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
    /// A parameter of the service's rules has no value.
    MissingParameter,
    /// None of the service's rules decides.
    NoRule,
    /// The service's rules make a header that is none.
    InvalidHeader,
}

impl ResolveError {
    pub(super) fn new(kind: ResolveErrorKind, message: String) -> Self {
        Self { kind, message }
    }

    pub(super) fn endpoint(error: EndpointError) -> Self {
        let message = format!(
            "the custom endpoint is not usable: {error}; set a URL such as \"https://localhost:8080\""
        );
        Self::new(ResolveErrorKind::InvalidEndpoint, message)
    }

    fn made(error: EndpointError) -> Self {
        let message = format!("the service's rules make an endpoint that is not usable: {error}");
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
