//! The functions that rules call.

/// Whether a text can be a host's label: 1 to 63 ASCII letters, digits and hyphens, no hyphen at either end; with
/// `allow_sub_domains` one or more of them with dots between.
///
/// <https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#isvalidhostlabel-function>
pub fn is_valid_host_label(value: &str, allow_sub_domains: bool) -> bool {
    let label = |label: &str| {
        matches!(label.len(), 1..=63)
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if allow_sub_domains { value.split('.').all(label) } else { label(value) }
}
