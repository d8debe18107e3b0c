//! The authentication of an operation.

/// Who may call an operation (Smithy, *Authentication traits*).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Auth {
    /// Those who authenticate by a scheme of the service.
    Required,
    /// Anyone; those who can authenticate do (`@optionalAuth`).
    Optional,
    /// Anyone, and nobody authenticates (`@auth([])`).
    None,
    /// Those who authenticate by one of these schemes, the preferred first (`@auth`); with
    /// `optional` anyone else, too.
    By {
        /// At least one.
        schemes: &'static [Scheme],
        /// Whether it can be called without.
        optional: bool,
    },
}

#[cfg(feature = "client")]
impl Auth {
    /// Whether it can be called by anyone.
    pub(crate) fn is_optional(self) -> bool {
        matches!(
            self,
            Self::Optional | Self::None | Self::By { optional: true, .. }
        )
    }
}

/// How a request tells who sends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scheme {
    /// It is signed for the service of this name (AWS Signature Version 4, `aws.auth#sigv4`).
    SigV4(&'static str),
    /// The same in version 4a, for several regions at once (`aws.auth#sigv4a`).
    SigV4a(&'static str),
    /// It carries a token (`httpBearerAuth`).
    Bearer,
}
