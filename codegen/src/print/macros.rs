//! Calls of the runtime's macros, which prettyplease lays out as mere tokens.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The line length that prettyplease keeps, too.
const WIDTH: usize = 89;

/// `rt::builder!(…);` or `rt::string_enum!(…);` on one line if it fits; else what stands in
/// brackets fills lines of its own, and what stands in braces has a line each.
pub(crate) fn call(item: &syn::ItemMacro) -> String {
    let path: Vec<String> = item
        .mac
        .path
        .segments
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect();
    let path = path.join("::");
    let line = format!("{path}!({});\n", flat(item.mac.tokens.clone()));
    if line.len() <= WIDTH {
        line
    } else {
        format!("{path}!({});\n", broken(item.mac.tokens.clone()))
    }
}

/// The tokens on one line.
fn flat(tokens: TokenStream) -> String {
    text(tokens, |delimiter, inner| match delimiter {
        Delimiter::Bracket => format!("[{}]", flat(inner)),
        _ => format!("{{ {} }}", flat(inner)),
    })
}

/// The tokens with groups on lines of their own.
fn broken(tokens: TokenStream) -> String {
    text(tokens, |delimiter, inner| match delimiter {
        Delimiter::Bracket => format!("[\n{}]", filled(&flat(inner))),
        _ => format!("{{\n{}}}", listed(&flat(inner))),
    })
}

fn text(tokens: TokenStream, group: impl Fn(Delimiter, TokenStream) -> String) -> String {
    let mut text = String::new();
    for token in tokens {
        let comma = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',');
        let negative = text.ends_with('-');
        if !text.is_empty() && !comma && !negative {
            text.push(' ');
        }
        match token {
            TokenTree::Group(inner) => text.push_str(&group(inner.delimiter(), inner.stream())),
            token => text.push_str(&token.to_string()),
        }
    }
    text
}

/// Words in as few lines as possible.
fn filled(list: &str) -> String {
    let mut lines = String::new();
    let mut line = String::from("   ");
    for word in list.split(' ') {
        if line.len() + 1 + word.len() > WIDTH {
            lines.push_str(&line);
            lines.push('\n');
            line = String::from("   ");
        }
        line.push(' ');
        line.push_str(word);
    }
    format!("{lines}{line}\n")
}

/// A line for each pair; a comma within a string is followed by something else than a name and an
/// equals sign.
fn listed(list: &str) -> String {
    let mut lines = String::new();
    let mut rest = list;
    while let Some(end) = pair_end(rest) {
        let (pair, after) = rest.split_at(end);
        lines.push_str(&format!("    {pair},\n"));
        rest = after.trim_start_matches([',', ' ']);
    }
    if !rest.is_empty() {
        lines.push_str(&format!("    {rest},\n"));
    }
    lines
}

/// Where the comma after the first pair is; commas within string literals do not count.
fn pair_end(list: &str) -> Option<usize> {
    let mut quoted = false;
    let mut escaped = false;
    for (index, character) in list.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = quoted,
            '"' => quoted = !quoted,
            ',' if !quoted => return Some(index),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid_out(call_text: &str) -> String {
        call(&syn::parse_str(call_text).unwrap())
    }

    #[test]
    fn a_short_call_is_one_line() {
        assert_eq!(
            laid_out("rt::builder!(Tenant from blank, requires[a, b]);"),
            "rt::builder!(Tenant from blank, requires [a, b]);\n"
        );
        assert_eq!(
            laid_out("rt::int_enum!(Level{Low=-1, High=2});"),
            "rt::int_enum!(Level { Low = -1, High = 2 });\n"
        );
    }

    #[test]
    fn brackets_fill_lines_and_braces_list_pairs() {
        let names: Vec<String> = (0..20).map(|number| format!("member_{number}")).collect();
        let text = laid_out(&format!(
            "rt::builder!(Tenant from blank, requires[{}], answers Output);",
            names.join(",")
        ));
        assert!(
            text.starts_with("rt::builder!(Tenant from blank, requires [\n    member_0, member_1,"),
            "{text}"
        );
        assert!(text.ends_with("member_19\n], answers Output);\n"), "{text}");
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
        let long = "x".repeat(80);
        let text = laid_out(&format!(
            "rt::string_enum!(Kind {{ A = \"a, \\\"b\", Long = \"{long}\" }});"
        ));
        assert_eq!(
            text,
            format!(
                "rt::string_enum!(Kind {{\n    A = \"a, \\\"b\",\n    Long = \"{long}\",\n}});\n"
            )
        );
    }
}
