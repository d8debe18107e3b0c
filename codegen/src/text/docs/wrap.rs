//! Inline Markdown -> lines.

use super::escape::GLUE;

/// The maximum width of a line of prose.
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
            // A line break is written as a backslash, because trailing spaces are invisible.
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

/// Appends a word. At the start of a line, it must not begin a block.
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

/// The position of a backslash that prevents a line which starts with this word from being a list
/// item, a heading, a quotation, or a rule.
fn line_start(word: &str) -> Option<usize> {
    let first = word.bytes().next()?;
    let only = |set: &[u8]| word.bytes().all(|b| set.contains(&b));
    let special = match first {
        b'>' => true,
        b'#' => only(b"#"),
        b'+' => only(b"+"),
        b'=' => only(b"="),
        // Several of these characters are escaped already, and tildes always are.
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
