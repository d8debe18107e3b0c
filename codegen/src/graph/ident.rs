//! Rust identifiers from Smithy names: words, case and keywords. Nothing else knows what a keyword is.

use heck::{ToSnakeCase, ToUpperCamelCase};
use std::borrow::Cow;

/// Keywords of edition 2024, strict and reserved, that may be written as `r#keyword`.
const RAW: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that cannot be raw identifiers; they take an underscore.
const NEVER_RAW: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// The methods of the runtime's `client::Builder`.
const SETTINGS: [&str; 17] = [
    "account_id_endpoint_mode",
    "bearer_token",
    "build",
    "connect_timeout",
    "credentials",
    "dual_stack",
    "endpoint_url",
    "env",
    "fips",
    "read_timeout",
    "region",
    "retry",
    "sdk_config",
    "system",
    "transport",
    "unsigned",
    "user_agent",
];

/// Spellings whose capitals do not mark words: the left one is read as the right one.
const SPELLINGS: [(&str, &str); 5] =
    [("IPv4", "Ipv4"), ("IPv6", "Ipv6"), ("OAuth", "Oauth"), ("ETag", "Etag"), ("IoT", "Iot")];

/// A field, setter or method: `snake_case`, raw where it is a keyword.
pub(crate) fn member(name: &str) -> String {
    escape_keyword(snake(name))
}

/// A setting of a client's builder, kept apart from those that every client has.
pub(crate) fn setting(name: &str) -> String {
    let name = member(name);
    if SETTINGS.contains(&name.as_str()) { format!("{name}_parameter") } else { name }
}

/// A module and its file: `snake_case`, with an underscore where it is a keyword, since files have no `r#`.
pub(crate) fn module(name: &str) -> String {
    let name = snake(name);
    if is_keyword(&name) { format!("{name}_") } else { name }
}

/// A type or variant: `UpperCamelCase`.
pub(crate) fn camel(name: &str) -> String {
    start_with_letter(normalise(name).to_upper_camel_case())
}

/// Whether a crate can be named so and used by that name.
pub(crate) fn is_crate_name(name: &str) -> bool {
    let rust = name.replace('-', "_");
    let letters = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    letters
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && !is_keyword(&rust)
        && !["alloc", "core", "proc_macro", "smithy_rt", "std", "test"].contains(&rust.as_str())
}

fn snake(name: &str) -> String {
    start_with_letter(normalise(name).to_snake_case())
}

/// Puts `_` before what would start with a digit or be empty.
fn start_with_letter(name: String) -> String {
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name } else { format!("_{name}") }
}

/// Rewrites capitals that would be split at the wrong places: `ARNs` is one word, and so is `OAuth`.
fn normalise(name: &str) -> Cow<'_, str> {
    let bytes = name.as_bytes();
    let capitals =
        bytes.iter().zip(bytes.iter().skip(1)).any(|(a, b)| a.is_ascii_uppercase() && b.is_ascii_uppercase());
    // All that is rewritten has two capitals in a row, but for this.
    if !capitals && !name.contains("IoT") {
        return Cow::Borrowed(name);
    }
    let mut text = name.to_owned();
    for (from, to) in SPELLINGS {
        if text.contains(from) {
            text = text.replace(from, to);
        }
    }
    Cow::Owned(plurals(&text))
}

/// Makes the `s` after capitals a capital, and ends the word there.
fn plurals(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (index, &character) in characters.iter().enumerate() {
        let at = |offset: usize| characters.get(offset).copied();
        let plural = character == 's'
            && index >= 2
            && at(index - 1).is_some_and(|c| c.is_ascii_uppercase())
            && at(index - 2).is_some_and(|c| c.is_ascii_uppercase())
            && at(index + 1).is_none_or(|c| c.is_ascii_uppercase() || c == '_');
        out.push(if plural { 'S' } else { character });
        if plural && at(index + 1).is_some_and(|c| c.is_ascii_uppercase()) {
            out.push('_');
        }
    }
    out
}

fn escape_keyword(name: String) -> String {
    if NEVER_RAW.contains(&name.as_str()) {
        format!("{name}_")
    } else if RAW.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

fn is_keyword(name: &str) -> bool {
    NEVER_RAW.contains(&name) || RAW.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_take_rust_case() {
        let cases = [
            ("appBundleIdentifier", "app_bundle_identifier", "AppBundleIdentifier"),
            ("oauth2Credential", "oauth2_credential", "Oauth2Credential"),
            ("S3Bucket", "s3_bucket", "S3Bucket"),
            ("KMSKeyId", "kms_key_id", "KmsKeyId"),
            ("PENDING_CONNECT", "pending_connect", "PendingConnect"),
            ("resourceARNs", "resource_arns", "ResourceArns"),
            ("VPCIDsToKeep", "vpcids_to_keep", "VpcidsToKeep"),
            ("IPv6Address", "ipv6_address", "Ipv6Address"),
            ("OAuthToken", "oauth_token", "OauthToken"),
            ("ETag", "etag", "Etag"),
            ("eTag", "e_tag", "ETag"),
            ("_1Password", "_1password", "_1password"),
            ("UUID", "uuid", "Uuid"),
            ("x-ray", "x_ray", "XRay"),
        ];
        for (name, snake, upper) in cases {
            assert_eq!((member(name).as_str(), camel(name).as_str()), (snake, upper), "{name}");
        }
    }

    #[test]
    fn crate_names_are_those_that_cargo_and_rust_take() {
        for good in ["appfabric", "app-mesh", "a_1", "union"] {
            assert!(is_crate_name(good), "{good}");
        }
        for bad in ["", "1st", "a b", "fn", "-a", "core", "smithy-rt", "Über", "a.b"] {
            assert!(!is_crate_name(bad), "{bad}");
        }
    }

    #[test]
    fn every_keyword_gives_an_identifier() {
        for keyword in RAW.iter().chain(&NEVER_RAW) {
            let field = escape_keyword((*keyword).to_owned());
            assert!(syn::parse_str::<syn::Ident>(&field).is_ok(), "{keyword} -> {field}");
            let module = if is_keyword(keyword) { format!("{keyword}_") } else { (*keyword).to_owned() };
            assert!(syn::parse_str::<syn::Ident>(&module).is_ok(), "{keyword} -> {module}");
        }
    }

    /// `syn` rejects exactly the strict and reserved keywords as plain identifiers.
    #[test]
    fn no_keyword_is_missing() {
        let words = [RAW.as_slice(), NEVER_RAW.as_slice()].concat();
        for word in
            ["auto", "default", "raw", "safe", "union", "macro_rules", "static", "async", "try", "gen"]
        {
            let plain = syn::parse_str::<syn::Ident>(word).is_ok();
            assert_eq!(plain, !is_keyword(word) || word == "gen", "{word} of {words:?}");
        }
    }
}
