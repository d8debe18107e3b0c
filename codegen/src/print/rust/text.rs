//! Measures of formatted code.

use unicode_width::UnicodeWidthStr;

/// The columns of a line.
pub(super) fn width(line: &str) -> usize {
    if line.is_ascii() {
        line.len()
    } else {
        line.width()
    }
}

/// The start of a line with this indentation.
pub(super) fn newline(indent: usize) -> String {
    let mut text = String::with_capacity(indent + 1);
    text.push('\n');
    text.extend(std::iter::repeat_n(' ', indent));
    text
}

pub(super) fn is_multi_line(text: &str) -> bool {
    text.contains('\n')
}

pub(super) fn newlines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

pub(super) fn first_line(text: &str) -> &str {
    text.split_once('\n').map_or(text, |(first, _)| first)
}

pub(super) fn last_line(text: &str) -> &str {
    text.rsplit_once('\n').map_or(text, |(_, last)| last)
}

pub(super) fn first_width(text: &str) -> usize {
    width(first_line(text))
}

pub(super) fn last_width(text: &str) -> usize {
    width(last_line(text))
}

/// The width of the last line without its indentation.
pub(super) fn trimmed_last_width(text: &str) -> usize {
    width(last_line(text).trim())
}

/// Whether the last line contains only closing brackets, so that more text can follow.
pub(super) fn is_extendable(text: &str) -> bool {
    text.ends_with("\"#")
        || last_line(text)
            .chars()
            .all(|c| matches!(c, '(' | ')' | ']' | '}' | '?' | '>') || c.is_whitespace())
}
