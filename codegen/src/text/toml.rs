//! Strings of TOML.

use crate::text::invisible::is_invisible;

/// A basic string of TOML.
pub fn toml_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            hidden if is_invisible(hidden) => quoted.push_str(&match u32::from(hidden) {
                code @ 0..=0xffff => format!("\\u{code:04X}"),
                code => format!("\\U{code:08X}"),
            }),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    #[test]
    fn toml_strings_escape_the_required_characters() {
        assert_eq!(
            super::toml_string("a \"b\" \\ \n é\u{2028}\u{e0041}"),
            r#""a \"b\" \\ \u000A é\u2028\U000E0041""#
        );
    }
}
