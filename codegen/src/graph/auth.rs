//! How operations authenticate (Smithy, "Authentication traits").

use crate::text::Text;

/// Who may call an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Auth {
    /// Those who authenticate by a scheme of the service.
    Required,
    /// Anyone; those who can authenticate do.
    Optional,
    /// Anyone, and nobody authenticates.
    None,
    /// Those who authenticate by one of these schemes, which are not the service's; or anyone.
    By {
        schemes: Vec<Scheme>,
        optional: bool,
    },
}

/// How a request tells who sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// Signature Version 4 for the service of this name.
    SigV4(Text),
    /// Signature Version 4a for the service of this name.
    SigV4a(Text),
    /// A token.
    Bearer,
}
