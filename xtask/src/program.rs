//! The name under which the command runs.

/// The name of the command: `cargo xtask` if the alias of the checkout has started it, otherwise
/// `cargo smithy`.
pub(crate) fn name() -> &'static str {
    if is_alias() {
        "cargo xtask"
    } else {
        "cargo smithy"
    }
}

/// Whether the alias `cargo xtask` of the checkout has started this process. `cargo run` sets the
/// variable to the name of this package.
pub(crate) fn is_alias() -> bool {
    std::env::var_os("CARGO_PKG_NAME").is_some_and(|name| name == env!("CARGO_PKG_NAME"))
}

/// A help text in which commands start with `cargo xtask`, with the name of the command instead.
pub(crate) fn help(text: &str) -> String {
    text.replace("cargo xtask", name())
}
