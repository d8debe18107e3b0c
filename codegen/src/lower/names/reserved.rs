//! Reserved names: those that emitted code and the runtime use, a list for each scope. A test fails
//! if the lists of the runtime's methods differ from its source. Another test gives each name to the
//! shapes, members, values and operations of a model.

/// Methods that the runtime's macros give to every client.
pub(crate) const CLIENT: &[&str] = &[
    "builder",
    "call",
    "customize",
    "from_env",
    "pages",
    "presigned",
    "send",
    "send_with_metadata",
    "settings",
];
/// Functions of traits that clients implement, and `new`, which users look for.
pub(crate) const CLIENT_TRAITS: &[&str] = &["clone", "from", "new"];
/// Methods of every builder, beside which setters stand.
pub(crate) const BUILDER: &[&str] = &[
    "build",
    "customize",
    "presigned",
    "send",
    "send_with_metadata",
    "with",
];
/// More fields that smithy-rs renames in every structure (`meta` is `meta_value` in the official
/// crates).
pub(crate) const FIELD: &[&str] = &["builder", "customize", "default", "make_operation", "meta"];
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

/// Modules and crates that a file beside those of operations or types names, and the root and the
/// folder of the protocol tests.
pub(crate) const MODULES: &[&str] = &[
    "alloc",
    "builders",
    "core",
    "main",
    "operations",
    "outputs",
    "rt",
    "server",
    "smithy_rt",
    "std",
];

/// Methods of the runtime's `client::Builder`. A method of the same name in the trait `Settings`
/// would be shadowed.
#[rustfmt::skip]
pub(crate) const SETTINGS: &[&str] = &[
    "account_id_endpoint_mode", "bearer_token", "build", "connect_timeout", "credentials", "credentials_timeout", "deferred",
    "disable_host_prefix_injection", "disable_request_compression", "dual_stack", "endpoint_parameter", "endpoint_url", "env",
    "fips", "max_response_size", "new", "operation_attempt_timeout", "operation_timeout", "read_timeout", "region",
    "request_min_compression_size_bytes", "retry", "sdk_config", "stalled_stream_protection", "system", "transport", "unsigned",
    "user_agent",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proc_macro2::{TokenStream, TokenTree};
    use std::collections::BTreeSet;
    use std::path::Path;

    /// Every item of the runtime, with whether it is of the client.
    fn runtime() -> Vec<(bool, syn::Item)> {
        let mut items = Vec::new();
        let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src")];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                let entries = std::fs::read_dir(path).unwrap();
                open.extend(entries.map(|entry| entry.unwrap().path()));
                continue;
            }
            // The guides are Markdown.
            if path.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            let of_client = path.components().any(|part| part.as_os_str() == "client");
            let file = syn::parse_file(&std::fs::read_to_string(path).unwrap()).unwrap();
            items.extend(file.items.into_iter().map(|item| (of_client, item)));
        }
        items
    }

    /// The public methods in `impl`s of the client's type of this name.
    fn methods(of: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (of_client, item) in runtime() {
            let syn::Item::Impl(item) = item else {
                continue;
            };
            let is_own = matches!(&*item.self_ty, syn::Type::Path(ty) if ty.path.segments.last().unwrap().ident == of);
            if item.trait_.is_some() || !is_own || !of_client {
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
        found
    }

    /// The functions in `impl`s of a macro that are those of no trait.
    fn macro_methods(name: &str) -> BTreeSet<String> {
        let tokens = runtime().into_iter().find_map(|(_, item)| match item {
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
                // The arm `(@pages $operation:ident, ..) => { pub fn pages .. }` is for the place of a
                // method.
                TokenTree::Group(group) if is_arm_of_macro(&group) => {
                    (is_impl, is_trait) = (true, false);
                }
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

    fn is_arm_of_macro(group: &proc_macro2::Group) -> bool {
        let text = group.stream().to_string();
        text.starts_with('@') && text.contains(": ident")
    }

    /// The names of a list that must be those of the runtime.
    fn list(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn lists_have_the_methods_of_the_runtime_and_no_others() {
        assert_eq!(list(SETTINGS), methods("Builder"));
        let mut client = macro_methods("client_methods");
        client.extend(macro_methods("by_name"));
        assert_eq!(list(CLIENT), client);
        // `builder` and `via` are functions of the structure, not of the builder.
        let mut builder = macro_methods("builder");
        builder.retain(|name| !matches!(name.as_str(), "builder" | "via"));
        assert_eq!(list(BUILDER), builder);
        assert_eq!(list(PAGINATED), macro_methods("pages"));
    }
}
