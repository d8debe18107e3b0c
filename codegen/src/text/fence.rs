//! Fenced blocks of code.

use super::markdown::{Markdown, pieces};
use crate::text::Text;
use crate::text::invisible::is_invisible;
use proc_macro2::{Group, Literal, TokenStream, TokenTree};

/// The lines of a block with its fences. `info` is the language, or controls rustdoc.
pub(crate) fn block<'c>(
    info: &'static str,
    code: impl IntoIterator<Item = &'c str>,
) -> Vec<Markdown> {
    let fence = |info| Markdown::from(pieces!("```{}", info));
    let code = code.into_iter().map(|line| Markdown::new(line.to_owned()));
    std::iter::once(fence(info))
        .chain(code)
        .chain([fence("")])
        .collect()
}

/// The lines of a block of JSON, fences included.
pub(crate) fn json(json: &Text) -> Vec<Markdown> {
    block("json", escape_json(&json.0).lines())
}

/// Escapes the invisible characters of a JSON text, without changing its value. Outside of strings,
/// JSON has no invisible characters except line ends, which remain.
pub fn escape_json(json: &str) -> String {
    let mut units = [0; 2];
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && is_invisible(c) {
            out.extend(
                c.encode_utf16(&mut units)
                    .iter()
                    .map(|unit| format!("\\u{unit:04x}")),
            );
        } else {
            out.push(c);
        }
    }
    out
}

/// The same tokens with each literal on one line, so that no text ends a block or is laid out.
pub(crate) fn on_one_line(tokens: TokenStream) -> TokenStream {
    let one_line = |token| match token {
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), on_one_line(group.stream()));
            inner.set_span(group.span());
            TokenTree::Group(inner)
        }
        TokenTree::Literal(literal) if literal.to_string().contains('\n') => {
            match syn::parse2::<syn::LitStr>(TokenTree::Literal(literal.clone()).into()) {
                Ok(text) => TokenTree::Literal(Literal::string(&text.value())),
                Err(_) => TokenTree::Literal(literal),
            }
        }
        token => token,
    };
    tokens.into_iter().map(one_line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_cannot_end_its_block() {
        let tokens: TokenStream = "f([r#\"a\n```\nb\"#, \"c\"])".parse().unwrap();
        let expected: TokenStream = r#"f(["a\n```\nb", "c"])"#.parse().unwrap();
        assert_eq!(on_one_line(tokens).to_string(), expected.to_string());
    }

    #[test]
    fn escaped_json_is_the_same_value() {
        let lines = json(&Text::new("{\n  \"a\u{202e}\u{e0041}\": 1\n}"));
        let lines: Vec<&str> = lines.iter().map(Markdown::as_str).collect();
        assert_eq!(
            lines,
            [
                "```json",
                "{",
                "  \"a\\u202e\\udb40\\udc41\": 1",
                "}",
                "```"
            ]
        );
        let text = escape_json("{\n\"a\": \"\u{202e}\u{e0041}é\"\n}");
        assert_eq!(text.chars().find(|&c| c != '\n' && is_invisible(c)), None);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["a"], "\u{202e}\u{e0041}é");
    }
}
