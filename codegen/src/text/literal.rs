//! String literals of Rust.

use proc_macro2::TokenStream;
use quote::quote;

/// A string literal, raw if it is easier to read and contains no invisible characters.
pub(crate) fn text(text: &str) -> TokenStream {
    let shows =
        |c: char| matches!(c, '"' | '\\' | '\'' | '\n' | '\t') || c.escape_debug().len() == 1;
    if text.contains(['"', '\\', '\n']) && text.chars().all(shows) {
        let longest = text
            .split(|c| c != '#')
            .map(str::len)
            .max()
            .unwrap_or_default();
        let fence = "#".repeat(longest + 1);
        if let Ok(raw) = format!("r{fence}\"{text}\"{fence}").parse() {
            return raw;
        }
    }
    quote!(#text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_strings_are_used_only_without_invisible_characters() {
        let shown = |literal: &str| text(literal).to_string();
        assert_eq!(shown("plain"), r#""plain""#);
        assert_eq!(shown("{\"a\":\n1}"), "r#\"{\"a\":\n1}\"#");
        assert_eq!(shown("\"##\""), "r###\"\"##\"\"###");
        // A raw string cannot contain a carriage return, and directional characters are invisible.
        assert_eq!(shown("\"\r"), r#""\"\r""#);
        assert_eq!(shown("\"\u{202e}"), r#""\"\u{202e}""#);
    }
}
