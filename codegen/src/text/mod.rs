//! Text of a model, and the forms in which it is printed.
//!
//! All text of a model is data. The graph contains texts as [`Text`], which cannot be formatted.
//! Emitters and printers accept only these forms:
//!
//! | place | form | made by |
//! |---|---|---|
//! | string literal of Rust | tokens | [`Text::literal`], [`literal::text`] |
//! | documentation of an item, Markdown page | [`Docs`], [`Markdown`] | [`Docs::from_html`], [`Text::plain`], [`Text::code`] |
//! | fenced block of code | lines of [`Markdown`] | [`fence::rust`], [`fence::json`] |
//! | sentence of the generator | [`Markdown`] | `markdown!`, which takes no other parts than these |
//! | TOML | a string | [`toml_string`] |
//! | terminal | text on one line | [`Text::shown`] |
//! | identifier | a Rust name | `lower::names::ident` |
//! | path in the crate | a path | `FileTree::insert` takes no other |
//!
//! In all forms, line ends, control characters, invisible characters and directional characters are
//! escaped, or removed in Markdown.

pub(crate) mod docs;
pub(crate) mod fence;
pub(crate) mod format_string;
pub(crate) mod invisible;
pub(crate) mod line;
pub(crate) mod literal;
pub(crate) mod markdown;
pub(crate) mod toml;

use crate::text::docs::Docs;
use crate::text::invisible::Shown;
use crate::text::markdown::{Markdown, code};
use proc_macro2::Literal;
use std::fmt;

/// A text of a model. It does not implement `Display`; the methods return the forms of this module.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Box<str>);

impl Text {
    /// Creates a text.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// Concatenates texts.
    pub(crate) fn concat(parts: &[Self]) -> Self {
        Self(parts.iter().map(|part| &*part.0).collect())
    }

    /// A string literal of Rust on one line.
    pub(crate) fn literal(&self) -> Literal {
        Literal::string(&self.0)
    }

    /// A string literal of Rust, raw if it is easier to read. It can have several lines.
    pub(crate) fn readable_literal(&self) -> proc_macro2::TokenStream {
        literal::text(&self.0)
    }

    /// A byte string literal.
    pub(crate) fn byte_literal(&self) -> Literal {
        Literal::byte_string(self.0.as_bytes())
    }

    /// A code span.
    pub(crate) fn code(&self) -> Markdown {
        code(&self.0)
    }

    /// A part of a sentence, without markup.
    pub(crate) fn plain(&self) -> Markdown {
        docs::plain(&self.0)
    }

    /// Documentation, with the markup of the text.
    pub(crate) fn docs(&self) -> Docs {
        Docs::from_html(&self.0)
    }

    /// A part of a sentence on one line, with the markup of the text.
    pub(crate) fn line(&self) -> Markdown {
        self.docs().line()
    }

    /// Text on one line, for terminals and for formats with their own escapes.
    pub(crate) fn shown(&self) -> Shown<'_> {
        Shown::new(&self.0)
    }

    /// The unchanged text.
    #[cfg(test)]
    pub(crate) fn raw(&self) -> &str {
        &self.0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The length in bytes.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Parses a number.
    pub(crate) fn number<N: std::str::FromStr>(&self) -> Option<N> {
        self.0.parse().ok()
    }

    /// The result of a function that converts the text, such as to another syntax.
    pub(crate) fn convert(&self, convert: impl FnOnce(&str) -> Option<String>) -> Option<Self> {
        convert(&self.0).map(|text| Self::new(&text))
    }

    /// Reads the text as a pattern; `None` if it is not supported.
    pub(crate) fn pattern(&self) -> Option<regex_syntax::ast::Ast> {
        regex_syntax::ast::parse::Parser::new().parse(&self.0).ok()
    }

    /// Whether a predicate holds for the text.
    pub(crate) fn is(&self, test: impl FnOnce(&str) -> bool) -> bool {
        test(&self.0)
    }
}

/// `Debug` prints a string literal without line ends and invisible characters.
impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

#[cfg(test)]
mod tests {
    use super::invisible::is_invisible;
    use super::markdown::{Part, markdown, name};
    use super::toml::toml_string;
    use super::*;

    /// Whether a type implements a trait.
    macro_rules! implements {
        ($ty:ty: $($bound:tt)+) => {{
            struct Probe<T>(std::marker::PhantomData<T>);
            #[allow(dead_code, reason = "where the bound holds")]
            trait Otherwise {
                const IS: bool = false;
            }
            impl<T> Otherwise for Probe<T> {}
            #[allow(dead_code, reason = "where the bound does not hold")]
            impl<T: $($bound)+> Probe<T> {
                const IS: bool = true;
            }
            Probe::<$ty>::IS
        }};
    }

    #[test]
    fn a_text_cannot_be_printed_as_it_is() {
        let printable = [
            implements!(Text: fmt::Display),
            implements!(Text: quote::ToTokens),
            implements!(Text: std::ops::Deref),
            implements!(Text: AsRef<str>),
            implements!(Text: std::borrow::Borrow<str>),
            implements!(Text: Into<String>),
            implements!(Text: Into<Markdown>),
            implements!(String: Into<Markdown>),
            implements!(Text: Part),
            implements!(String: Part),
        ];
        assert_eq!(printable, [false; 10]);
        assert!(implements!(Markdown: Part) && implements!(&'static str: Into<Markdown>));
    }

    #[test]
    fn every_form_escapes_invisible_characters() {
        let every: String = (0..0x11_0000)
            .filter_map(char::from_u32)
            .filter(|&c| is_invisible(c))
            .collect();
        assert!(every.chars().count() > 200);
        let text = Text::new(&format!("a{every}b"));
        let forms = [
            text.literal().to_string(),
            text.readable_literal().to_string(),
            text.code().to_string(),
            text.plain().to_string(),
            text.line().to_string(),
            text.shown().to_string(),
            format!("{text:?}"),
            toml_string("a\u{202e}\n"),
        ];
        for form in forms {
            assert_eq!(form.chars().find(|&c| is_invisible(c)), None, "{form}");
        }
    }

    #[test]
    fn the_first_sentence_ends_where_expected() {
        let (title, field) = (Text::new("[A]\n"), "r#type");
        assert_eq!(
            markdown!("{}: `{}`, {}.", title.plain(), name(field), 3_usize).as_str(),
            "\\[A\\]: `r#type`, 3."
        );
        assert_eq!(name("a`b\n").to_string(), "ab");
    }
}
