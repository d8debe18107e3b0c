//! Invisible characters.

use std::fmt;

/// Whether a character ends a line, is invisible, or changes how others are displayed: control
/// characters, line separators, and the format characters of Unicode (general category `Cf`) that
/// occur in running text.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Displays a text with escapes for invisible characters, such as `\n` or `\u{202e}`.
pub(crate) struct Shown<'t>(&'t str);

impl<'t> Shown<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self(text)
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        self.0.chars().try_for_each(|c| match is_invisible(c) {
            true => write!(f, "{}", c.escape_default()),
            false => f.write_char(c),
        })
    }
}
