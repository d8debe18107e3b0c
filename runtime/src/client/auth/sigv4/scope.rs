//! The scope of signatures.

/// The service and Region that a signature is valid for, and how the service's canonical request is
/// written.
#[derive(Clone, Copy, Debug)]
pub(in crate::client) struct Scope<'t> {
    /// The name of the service in signatures.
    pub(in crate::client) name: &'t str,
    pub(in crate::client) region: &'t str,
    /// Whether `region` is a set of Regions, separated by commas, and the signature is of version
    /// 4a.
    pub(in crate::client) is_set: bool,
    /// Whether the path, which is percent-encoded already, is percent-encoded again.
    pub(in crate::client) double_encoding: bool,
    pub(in crate::client) normalize_path: bool,
}
