//! Format strings of emitted code.

use crate::text::Text;
use proc_macro2::{Literal, TokenStream};

/// The first argument of `format!`.
#[derive(Default)]
pub(crate) struct FormatString(String);

impl FormatString {
    /// Adds text with escaped braces.
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
