//! How operations authenticate (Smithy, "Authentication traits").

use crate::text::Text;

/// How requests of an operation are authenticated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Auth {
    /// By a scheme of the service.
    Required,
    /// By a scheme of the service if the client has an identity for one, else not at all.
    Optional,
    /// Not at all.
    None,
    /// By one of these schemes, which differ from those of the service; or not at all if
    /// `optional`.
    By {
        schemes: Vec<Scheme>,
        optional: bool,
    },
}

/// An authentication scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// Signature Version 4 for the service of this name.
    SigV4(Text),
    /// Signature Version 4a for the service of this name.
    SigV4a(Text),
    /// A bearer token in the `Authorization` header.
    Bearer,
}
