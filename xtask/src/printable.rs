//! Makes text of a model safe for terminals.

use smithy_codegen::is_invisible;

/// Returns text on one line that is safe for a terminal. Tabs become spaces, control characters
/// their pictures, and invisible characters U+FFFD.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push_str("    "),
            '\u{7f}' => out.push('\u{2421}'),
            c if c < ' ' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}')),
            c if is_invisible(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// The same for several lines.
pub(crate) fn lines(text: &str) -> String {
    text.split('\n').map(clean).collect::<Vec<_>>().join("\n")
}

/// The same for lines with the colors of `Style`, which are kept.
pub(crate) fn colored_lines(text: &str) -> String {
    let of_line = |line: &str| {
        let mut out = String::with_capacity(line.len());
        for (index, part) in line.split('\u{1b}').enumerate() {
            let color = if index == 0 { Some(0) } else { color_len(part) };
            match color {
                Some(0) => out.push_str(&clean(part)),
                Some(len) => {
                    let (color, rest) = part.split_at_checked(len).unwrap_or((part, ""));
                    out.extend(["\u{1b}", color]);
                    out.push_str(&clean(rest));
                }
                None => out.push_str(&clean(&format!("\u{1b}{part}"))),
            }
        }
        out
    };
    text.split('\n').map(of_line).collect::<Vec<_>>().join("\n")
}

/// The length of a color code after its escape character, such as `[1;31m`.
fn color_len(text: &str) -> Option<usize> {
    let code = text.strip_prefix('[')?;
    let end = code.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    code.get(end..)?.starts_with('m').then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::{colored_lines, lines};

    #[test]
    fn only_color_codes_reach_the_terminal() {
        assert_eq!(
            colored_lines("\u{1b}[1;31merror\u{1b}[0m: a\nb\n"),
            "\u{1b}[1;31merror\u{1b}[0m: a\nb\n"
        );
        let hostile = "a\u{1b}[2J\u{1b}]0;x\u{7}\r\u{9b}31m\u{202e}\u{200b}\u{2028}b\u{1b}[31";
        assert_eq!(
            colored_lines(hostile),
            "a\u{241b}[2J\u{241b}]0;x\u{2407}\u{240d}\u{fffd}31m\u{fffd}\u{fffd}\u{fffd}b\u{241b}[31"
        );
    }

    #[test]
    fn results_have_no_color_codes() {
        assert_eq!(lines("a\u{1b}[31m\n\tb"), "a\u{241b}[31m\n    b");
    }
}
