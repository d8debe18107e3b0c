//! Checks of secrets. An error names the secret and the kind of character, but does not contain the
//! secret.

/// Checks a text that is part of a header: visible ASCII characters without spaces.
pub(in crate::client) fn check_header_text(name: &str, text: &str) -> Result<(), String> {
    check(name, text, |char| !char.is_ascii_graphic())
}

/// Checks a text that is only hashed. It can contain any character except control characters, which
/// are mistakes, such as the end of a line.
pub(in crate::client) fn check_secret(name: &str, text: &str) -> Result<(), String> {
    check(name, text, char::is_control)
}

fn check(name: &str, text: &str, is_wrong: impl Fn(char) -> bool) -> Result<(), String> {
    match text.chars().find(|char| is_wrong(*char)) {
        Some(char) => Err(format!("{name} contains {}", kind(char))),
        None => Ok(()),
    }
}

fn kind(char: char) -> &'static str {
    match char {
        '\n' => "a line feed",
        '\r' => "a carriage return",
        '\t' => "a tab",
        ' ' => "a space",
        char if char.is_control() => "a control character",
        _ => "a character that is not ASCII",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_are_invalid_in_headers_are_found_at_every_position() {
        for char in (0..=0x2100).filter_map(char::from_u32) {
            for text in [
                format!("{char}KEY"),
                format!("K{char}EY"),
                format!("KEY{char}"),
            ] {
                let is_visible = ('!'..='~').contains(&char);
                assert_eq!(
                    check_header_text("it", &text).is_ok(),
                    is_visible,
                    "{char:?}"
                );
                assert_eq!(
                    check_secret("it", &text).is_ok(),
                    !char.is_control(),
                    "{char:?}"
                );
                // Accepted texts are valid header values.
                assert!(!is_visible || http::HeaderValue::from_str(&text).is_ok());
            }
        }
        assert_eq!(
            check_header_text("the access key ID", "AKID\r").unwrap_err(),
            "the access key ID contains a carriage return"
        );
    }
}
