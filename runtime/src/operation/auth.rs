//! The authentication of an operation.

/// The authentication of an operation (Smithy, *Authentication traits*).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Auth {
    /// Authentication with a scheme of the service is required.
    Required,
    /// Authentication is optional. Clients authenticate if they can (`@optionalAuth`).
    Optional,
    /// No authentication (`@auth([])`).
    None,
    /// Authentication with one of these schemes, in order of preference (`@auth`).
    By {
        /// At least one scheme.
        schemes: &'static [Scheme],
        /// Whether authentication is optional.
        optional: bool,
    },
}

#[cfg(feature = "client")]
impl Auth {
    /// Whether the operation can be called without authentication.
    pub(crate) fn is_optional(self) -> bool {
        matches!(
            self,
            Self::Optional | Self::None | Self::By { optional: true, .. }
        )
    }
}

/// An authentication scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scheme {
    /// A signature of AWS Signature Version 4 for the service with this name (`aws.auth#sigv4`).
    SigV4(&'static str),
    /// A signature of version 4a, which is valid for several regions (`aws.auth#sigv4a`).
    SigV4a(&'static str),
    /// A bearer token (`httpBearerAuth`).
    Bearer,
}
