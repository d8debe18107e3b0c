//! The names that emitted code and the runtime use, a list for each scope. A test compares those of
//! the runtime with its source; another one gives every name of emitted code to the shapes,
//! members, values and operations of a model.

/// Methods of the client.
pub(crate) const CLIENT: &[&str] = &[
    "builder",
    "call",
    "clone",
    "from",
    "from_env",
    "new",
    "pages",
    "presigned",
    "send",
];
/// Fields that smithy-rs renames in every structure (`send` is `send_value` in the official
/// crates), and `with`, which setters call. Methods of every builder are among them.
pub(crate) const FIELD: &[&str] = &[
    "build",
    "builder",
    "customize",
    "default",
    "make_operation",
    "meta",
    "presigned",
    "send",
    "with",
];
/// More methods of the builder of an operation with pages.
pub(crate) const PAGINATED: &[&str] = &["items", "pages"];
/// Variants that every enum and union has, or that mean something else.
pub(crate) const VARIANT: &[&str] = &["Self", "Unknown"];
/// Variants that the error enum has.
pub(crate) const ERROR: &[&str] = &["Failure", "Self", "Unmodeled"];

/// Whether a type name means something else in emitted files: a name of Rust's prelude, `BTreeMap`,
/// a file's own builder and its state, a type parameter.
pub(crate) fn is_reserved_type(name: &str) -> bool {
    TYPE.contains(&name)
        || (name.len() == 1 && name.starts_with(|letter: char| letter.is_ascii_uppercase()))
}

#[rustfmt::skip]
pub(crate) const TYPE: &[&str] = &[
    "AsMut", "AsRef", "BTreeMap", "Box", "Builder", "Clone", "Copy", "Debug", "Default", "DoubleEndedIterator", "Drop",
    "Eq", "Err", "ExactSizeIterator", "Extend", "Fn", "FnMut", "FnOnce", "From", "FromIterator", "Future", "Hash",
    "Into", "IntoFuture", "IntoIterator", "Iterator", "None", "Ok", "Option", "Ord", "PartialEq", "PartialOrd",
    "Result", "Self", "Send", "Set", "Sized", "Some", "String", "Sync", "ToOwned", "ToString", "TryFrom", "TryInto",
    "Unpin", "Vec", "Via",
];

/// Files that Windows refuses, whatever their extension ("Naming Files, Paths, and Namespaces").
pub(crate) const DEVICES: &[&str] = &[
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1",
    "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Modules and crates that a file beside those of operations or types names, and the root of the
/// protocol tests.
pub(crate) const MODULES: &[&str] = &[
    "alloc",
    "core",
    "main",
    "operations",
    "rt",
    "smithy_rt",
    "std",
];

/// Methods of the runtime's `client::Builder`, which come before those of a trait.
#[rustfmt::skip]
pub(crate) const SETTINGS: &[&str] = &[
    "account_id_endpoint_mode", "bearer_token", "build", "connect_timeout", "credentials", "credentials_timeout", "deferred",
    "disable_host_prefix_injection", "disable_request_compression", "dual_stack", "endpoint_parameter", "endpoint_url", "env",
    "fips", "max_response_size", "new", "read_timeout", "region", "request_min_compression_size_bytes", "retry", "sdk_config", "stalled_stream_protection", "system",
    "transport", "unsigned", "user_agent",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proc_macro2::{TokenStream, TokenTree};
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    fn runtime(path: &str) -> syn::File {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src");
        syn::parse_file(&std::fs::read_to_string(root.join(path)).unwrap()).unwrap()
    }

    /// Every file of the runtime's client.
    fn client_files() -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src/client")];
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path)
                } else {
                    files.push(path)
                }
            }
        }
        files
    }

    /// The public methods of a type's own `impl`s in the files of the client.
    fn methods(of: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for path in client_files() {
            let file = syn::parse_file(&std::fs::read_to_string(path).unwrap()).unwrap();
            for item in file.items {
                let syn::Item::Impl(item) = item else {
                    continue;
                };
                let is_own = matches!(&*item.self_ty, syn::Type::Path(ty) if ty.path.segments.last().unwrap().ident == of);
                if item.trait_.is_some() || !is_own {
                    continue;
                }
                for item in item.items {
                    if let syn::ImplItem::Fn(function) = item
                        && matches!(function.vis, syn::Visibility::Public(_))
                    {
                        found.insert(function.sig.ident.to_string());
                    }
                }
            }
        }
        found
    }

    /// The functions in `impl`s of a macro that are those of no trait.
    fn macro_methods(path: &str, name: &str) -> BTreeSet<String> {
        let tokens = runtime(path).items.into_iter().find_map(|item| match item {
            syn::Item::Macro(item) if item.ident.as_ref().is_some_and(|ident| ident == name) => {
                Some(item.mac.tokens)
            }
            _ => None,
        });
        let mut found = BTreeSet::new();
        collect(tokens.unwrap(), false, &mut found);
        found
    }

    fn collect(tokens: TokenStream, in_own_impl: bool, found: &mut BTreeSet<String>) {
        let (mut is_impl, mut is_trait, mut is_fn) = (false, false, false);
        for token in tokens {
            match token {
                TokenTree::Ident(name) if name == "impl" => (is_impl, is_trait) = (true, false),
                TokenTree::Ident(name) if name == "for" => is_trait = true,
                TokenTree::Ident(name) if name == "fn" => is_fn = true,
                TokenTree::Ident(name) if is_fn => {
                    is_fn = false;
                    if in_own_impl {
                        found.insert(name.to_string());
                    }
                }
                TokenTree::Group(group) if group.delimiter() == proc_macro2::Delimiter::Brace => {
                    collect(group.stream(), is_impl && !is_trait, found);
                    is_impl = false;
                }
                _ => {}
            }
        }
    }

    fn missing(list: &[&str], used: BTreeSet<String>) -> Vec<String> {
        assert!(!used.is_empty());
        used.into_iter()
            .filter(|name| !list.contains(&name.as_str()))
            .collect()
    }

    #[test]
    fn lists_have_every_method_of_the_runtime() {
        assert_eq!(missing(SETTINGS, methods("Builder")), [""; 0]);
        assert_eq!(
            missing(CLIENT, macro_methods("client/methods.rs", "client_methods")),
            [""; 0]
        );
        // Setters share an `impl` with the builder's methods only: `builder` and `via` are the
        // structure's.
        let mut used = macro_methods("builder.rs", "builder");
        used.retain(|name| !matches!(name.as_str(), "builder" | "via"));
        assert_eq!(missing(FIELD, used), [""; 0]);
    }
}
