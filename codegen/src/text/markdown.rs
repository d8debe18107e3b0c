//! Markdown that is ready to be printed.

use crate::text::invisible::{Shown, is_invisible};
use std::borrow::Cow;
use std::fmt::{self, Display};

/// A line of Markdown. It contains no line ends and no other control characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Markdown(Cow<'static, str>);

impl Markdown {
    /// Converts Markdown. Line ends become spaces, and invisible characters are removed.
    pub(super) fn new(text: String) -> Self {
        if text.is_ascii() && !text.bytes().any(|b| b.is_ascii_control())
            || !text.chars().any(is_invisible)
        {
            return Self(Cow::Owned(text));
        }
        let visible = |c: char| match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
            c => (!is_invisible(c)).then_some(c),
        };
        Self(Cow::Owned(text.chars().filter_map(visible).collect()))
    }

    /// The line.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the line is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Joins lines, or parts of a line, into one line.
    pub(crate) fn join(parts: &[Self], separator: &'static str) -> Self {
        Self::new(parts.join(separator))
    }

    /// The string literal of an attribute whose text is shown as Markdown.
    pub(crate) fn literal(&self) -> proc_macro2::Literal {
        proc_macro2::Literal::string(&self.0)
    }
}

impl std::borrow::Borrow<str> for Markdown {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A literal of the generator.
impl From<&'static str> for Markdown {
    fn from(text: &'static str) -> Self {
        debug_assert!(
            !text.chars().any(is_invisible),
            "more than one line: {text:?}"
        );
        Self(Cow::Borrowed(text))
    }
}

impl From<Pieces<'_>> for Markdown {
    fn from(pieces: Pieces<'_>) -> Self {
        Self::new(pieces.to_string())
    }
}

impl Display for Markdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Markdown of several lines, which `pieces!` creates from literals and from parts that are
/// Markdown.
#[derive(Clone, Copy)]
pub(crate) struct Pieces<'a>(fmt::Arguments<'a>);

impl<'a> Pieces<'a> {
    /// Creates pieces. The format string is a literal, and [`part`] wraps the arguments.
    pub(crate) fn of_macro(arguments: fmt::Arguments<'a>) -> Self {
        Self(arguments)
    }
}

impl Display for Pieces<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// `pieces!("Sets {}.", part)` formats like `format!`, but each argument must be a [`Part`], and
/// the format string cannot name variables.
macro_rules! pieces {
    ($words:literal $(, $part:expr)* $(,)?) => {
        $crate::text::markdown::Pieces::of_macro(format_args!(concat!($words) $(, $crate::text::markdown::part(&$part))*))
    };
}
pub(crate) use pieces;

/// The same as one line of [`Markdown`].
macro_rules! markdown {
    ($($pieces:tt)*) => { $crate::text::markdown::Markdown::from($crate::text::markdown::pieces!($($pieces)*)) };
}
pub(crate) use markdown;

/// A part of Markdown.
pub(crate) trait Part: Display {}

impl Part for Markdown {}
impl Part for Pieces<'_> {}
impl Part for Name<'_> {}
impl Part for &'static str {}
impl Part for usize {}
impl Part for u16 {}
impl Part for u32 {}
impl Part for i32 {}
impl Part for i64 {}
impl Part for f64 {}
impl<T: Part> Part for &T {}

/// A part of [`pieces`].
pub(crate) fn part<T: Part>(part: &T) -> impl Display {
    part
}

/// A name of Rust or of Smithy, or a path of such names.
pub(crate) struct Name<'n>(&'n str);

/// The name, for a code span or a link that the generator writes.
pub(crate) fn name<T: AsRef<str> + ?Sized>(name: &T) -> Name<'_> {
    Name(name.as_ref())
}

/// Characters that are not valid in names are removed.
impl Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_of_name =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '#');
        self.0
            .split(|c| !is_of_name(c))
            .try_for_each(|part| f.write_str(part))
    }
}

/// A code span with a fence that is longer than all runs of backticks in it. Invisible characters
/// are escaped.
pub(crate) fn code(text: &str) -> Markdown {
    let text = Shown::new(text).to_string();
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let edge = |c: &char| *c == '`' || *c == ' ';
    let padded = text.is_empty()
        || text.starts_with('`')
        || text.ends_with('`')
        || (text.starts_with(' ') && text.ends_with(' ') && !text.chars().all(|c| edge(&c)));
    let pad = if padded { " " } else { "" };
    Markdown::new(format!("{fence}{pad}{text}{pad}{fence}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_contain_no_line_breaks() {
        let line = |text: &str| Markdown::new(text.to_owned()).to_string();
        assert_eq!(line("a b é"), "a b é");
        assert_eq!(
            line("a\nfn x() {}\r\u{2028}b\u{202e}\0c"),
            "a fn x() {}  bc"
        );
    }

    #[test]
    fn code_spans_hold_any_text() {
        let cases = [
            ("plain", "`plain`"),
            ("a`b", "``a`b``"),
            ("`", "`` ` ``"),
            (" a ", "`  a  `"),
            (" ", "` `"),
            ("", "`  `"),
            ("a\n```\nb\u{202e}", "````a\\n```\\nb\\u{202e}````"),
        ];
        for (text, expected) in cases {
            assert_eq!(code(text).as_str(), expected, "{text:?}");
        }
    }
}
