//! Inline Markdown -> lines.

use super::escape::GLUE;

/// Columns that a line of prose may fill.
pub(super) const WIDTH: usize = 96;

/// Breaks inline Markdown into lines of at most `width` columns, as far as its words allow.
pub(super) fn wrap(text: &str, width: usize, mut line: impl FnMut(&str)) {
    let plain = |b: u8| (b' '..0x7f).contains(&b);
    if text.len() <= width
        && text.bytes().all(plain)
        && line_start(text.split(' ').next().unwrap_or_default()).is_none()
    {
        return line(text);
    }
    let mut current = String::with_capacity(width.min(text.len()).saturating_add(8));
    for (i, part) in text.split('\n').enumerate() {
        if i > 0 && !current.is_empty() {
            // A line break; a backslash shows where two spaces would not.
            current.push('\\');
            line(&current);
            current.clear();
        }
        let mut columns = 0;
        for word in part.split(' ').filter(|word| !word.is_empty()) {
            let len = if word.is_ascii() {
                word.len()
            } else {
                word.chars().count()
            };
            if columns > 0 && columns + 1 + len > width {
                line(&current);
                current.clear();
                columns = 0;
            }
            if columns > 0 {
                current.push(' ');
                columns += 1;
            }
            let before = current.len();
            push(&mut current, word);
            columns += len + (current.len() - before).saturating_sub(word.len());
        }
    }
    if !current.is_empty() {
        line(&current);
    }
}

/// Appends a word, which must not begin a block if it begins a line.
fn push(line: &mut String, word: &str) {
    let escaped = if line.is_empty() {
        line_start(word)
    } else {
        None
    };
    let (before, after) = word
        .split_at_checked(escaped.unwrap_or(0))
        .unwrap_or(("", word));
    line.push_str(before);
    if escaped.is_some() {
        line.push('\\');
    }
    if after.contains(GLUE) {
        line.extend(after.chars().map(|c| if c == GLUE { ' ' } else { c }));
    } else {
        line.push_str(after);
    }
}

/// Where a backslash keeps a line that starts with this word from being a list item, a heading, a
/// quotation, a rule, or the rule of a table or heading.
fn line_start(word: &str) -> Option<usize> {
    let first = word.bytes().next()?;
    let only = |set: &[u8]| word.bytes().all(|b| set.contains(&b));
    let special = match first {
        b'>' => true,
        b'#' => only(b"#"),
        b'+' => only(b"+"),
        b'=' => only(b"="),
        // More than one of them are escaped already, and so are tildes.
        b'*' | b'_' => word.len() == 1,
        b'-' | b':' | b'|' => only(b"-:|"),
        b'0'..=b'9' => {
            let digits = word.bytes().take_while(u8::is_ascii_digit).count();
            let rest = word.get(digits..).unwrap_or_default();
            return (rest == "." || rest == ")").then_some(digits);
        }
        _ => false,
    };
    special.then_some(0)
}
