//! Messages as lines of Markdown.

use crate::text::docs::plain;
use crate::text::markdown::code;

/// A message, which can quote a model, as one line of Markdown. Text between backticks is code, and
/// the rest is text without markup.
pub fn markdown_line(message: &str) -> String {
    let parts: Vec<&str> = message.split('`').collect();
    let mut line = String::new();
    for (index, part) in parts.iter().enumerate() {
        let is_code = index % 2 == 1 && index + 1 < parts.len() && !part.is_empty();
        if is_code {
            line.push_str(code(part).as_str());
            continue;
        }
        // Whitespace at the ends is not part of the sentence.
        let blank = |c: Option<char>| {
            if c.is_some_and(char::is_whitespace) {
                " "
            } else {
                ""
            }
        };
        line.push_str(blank(part.chars().next()));
        line.push_str(plain(part.trim()).as_str());
        line.push_str(if part.trim().is_empty() {
            ""
        } else {
            blank(part.chars().next_back())
        });
    }
    line
}

#[cfg(test)]
mod tests {
    use super::markdown_line;

    #[test]
    fn messages_keep_only_their_code_spans() {
        let cases = [
            (
                "`a#B$c` is now `string | null`",
                "`a#B$c` is now `string | null`",
            ),
            (
                "from \"<b>[x](y)\"\nto *z*",
                "from \"\\<b>\\[x\\](y)\" to \\*z\\*",
            ),
            ("a ` b", "a  b"),
            ("`` `x`", " `x`"),
        ];
        for (message, expected) in cases {
            assert_eq!(markdown_line(message), expected, "{message:?}");
        }
    }
}
