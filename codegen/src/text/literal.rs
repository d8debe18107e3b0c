//! String literals of Rust.

use super::Text;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A string literal, raw where that is easier to read and shows every character.
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

/// The first argument of `format!`.
#[derive(Default)]
pub(crate) struct FormatString(String);

impl FormatString {
    /// Adds text in which braces are braces.
    pub(crate) fn push(&mut self, text: &Text) {
        self.0
            .push_str(&text.0.replace('{', "{{").replace('}', "}}"));
    }

    /// Adds a place for the next argument.
    pub(crate) fn push_place(&mut self) {
        self.0.push_str("{}");
    }

    /// Adds a place for a variable.
    pub(crate) fn push_named_place(&mut self, variable: &TokenStream) {
        let variable = variable.to_string();
        // A keyword needs no prefix there.
        self.0
            .push_str(&format!("{{{}}}", variable.trim_start_matches("r#")));
    }

    /// The literal.
    pub(crate) fn literal(&self) -> Literal {
        Literal::string(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_strings_only_where_they_show_everything() {
        let shown = |literal: &str| text(literal).to_string();
        assert_eq!(shown("plain"), r#""plain""#);
        assert_eq!(shown("{\"a\":\n1}"), "r#\"{\"a\":\n1}\"#");
        assert_eq!(shown("\"##\""), "r###\"\"##\"\"###");
        // A carriage return cannot be in a raw string, and nobody sees which way a text is read.
        assert_eq!(shown("\"\r"), r#""\"\r""#);
        assert_eq!(shown("\"\u{202e}"), r#""\"\u{202e}""#);
    }
}
