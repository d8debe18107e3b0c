//! Calls of the runtime's macros with arguments that are not expressions, which rustfmt does not
//! format.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The maximum width of a line.
const WIDTH: usize = 100;

/// `rt::builder!(…);` or `rt::string_enum!(…);` on one line if it fits. Otherwise, brackets fill
/// lines, and each entry in braces has a line.
pub(crate) fn call(item: &syn::ItemMacro) -> String {
    let path: Vec<String> = item
        .mac
        .path
        .segments
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect();
    let path = path.join("::");
    if matches!(item.mac.delimiter, syn::MacroDelimiter::Brace(_)) {
        let entries = table(item.mac.tokens.clone());
        let line = if entries.is_empty() { "" } else { "\n" };
        return format!("{path}! {{{line}{entries}}}");
    }
    let line = format!("{path}!({});", flat(item.mac.tokens.clone()));
    if line.len() <= WIDTH {
        line
    } else {
        format!("{path}!({});", broken(item.mac.tokens.clone()))
    }
}

/// The tokens on one line.
pub(crate) fn flat(tokens: TokenStream) -> String {
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
        let brackets =
            matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket);
        let negative = text.ends_with('-');
        if !text.is_empty() && !comma && !brackets && !negative {
            text.push(' ');
        }
        match token {
            TokenTree::Group(inner) => text.push_str(&group(inner.delimiter(), inner.stream())),
            token => text.push_str(&token.to_string()),
        }
    }
    text
}

/// The entries of a macro with braces, `A { a: "b", .. } -> B { .. }`, on one line if it fits.
/// Otherwise, each side has a line, or each pair of a side that is too long.
fn table(tokens: TokenStream) -> String {
    let mut sides: Vec<(String, Vec<String>)> = Vec::new();
    let mut head = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                sides.push((tight(std::mem::take(&mut head)), pairs(group.stream())));
            }
            token => head.extend([token]),
        }
    }
    // What follows the last group.
    let rest = tight(head);
    let mut lines = String::new();
    for entry in sides.chunk_by(|_, (head, _)| head.starts_with("->")) {
        let whole: Vec<String> = entry.iter().map(side).collect();
        if whole.iter().map(|side| side.len() + 1).sum::<usize>() + 3 <= WIDTH {
            lines.push_str(&format!("    {}\n", whole.join(" ")));
            continue;
        }
        let mut indent = "    ";
        let mut line = String::from(indent);
        for ((head, pairs), whole) in entry.iter().zip(&whole) {
            if line.len() + whole.len() <= WIDTH {
                lines.push_str(&format!("{line}{whole}\n"));
                indent = "        ";
                line = String::from(indent);
            } else {
                lines.push_str(&format!("{line}{head} {{\n"));
                for pair in pairs {
                    lines.push_str(&format!("{indent}    {pair},\n"));
                }
                line = format!("{indent}}} ");
            }
        }
        if !line.trim().is_empty() {
            lines.push_str(&format!("{}\n", line.trim_end()));
        }
    }
    if !rest.is_empty() {
        lines.push_str(&format!("    {rest}\n"));
    }
    lines
}

/// One side of an entry on one line.
fn side((head, pairs): &(String, Vec<String>)) -> String {
    match pairs.as_slice() {
        [] => format!("{head} {{}}"),
        pairs => format!("{head} {{ {} }}", pairs.join(", ")),
    }
}

/// The parts between the commas.
fn pairs(tokens: TokenStream) -> Vec<String> {
    let mut pairs = Vec::new();
    let mut pair = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' && !in_closure(&pair) => {
                pairs.push(tight(std::mem::take(&mut pair)));
            }
            token => pair.extend([token]),
        }
    }
    if !pair.is_empty() {
        pairs.push(tight(pair));
    }
    pairs
}

/// Whether the tokens end among the parameters of a closure.
fn in_closure(tokens: &TokenStream) -> bool {
    let bars = tokens
        .clone()
        .into_iter()
        .filter(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '|'));
    bars.count() % 2 == 1
}

/// Tokens with a space after a comma, after a colon that is not part of a path, around an equals
/// sign, around parameters of a closure, and between words.
fn tight(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut bars = 0;
    for token in tokens {
        let is_word = matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_));
        let after_word = text.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '"');
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == '|' => {
                bars += 1;
                text.push_str(if bars % 2 == 1 { " |" } else { "| " });
                continue;
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
                text.push_str(&format!("({})", tight(group.stream())));
                continue;
            }
            TokenTree::Punct(punct) if punct.as_char() == '=' => {
                text.push_str(" = ");
                continue;
            }
            _ if is_word && (after_word || text.ends_with(',')) => text.push(' '),
            _ if is_word && text.ends_with(':') && !text.ends_with("::") => text.push(' '),
            _ if is_word && text.ends_with("->") => text.push(' '),
            _ => {}
        }
        text.push_str(&token.to_string());
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

/// A line for each pair. A comma in a string is not followed by a name and an equals sign.
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

/// The position of the comma after the first pair. Commas in string literals do not count.
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
        call(&syn::parse_str(call_text).unwrap()) + "\n"
    }

    #[test]
    fn a_short_call_is_one_line() {
        assert_eq!(
            laid_out("rt::builder!(Tenant, requires[a, b]);"),
            "rt::builder!(Tenant, requires[a, b]);\n"
        );
        assert_eq!(
            laid_out("rt::int_enum!(Level{Low=-1, High=2});"),
            "rt::int_enum!(Level { Low = -1, High = 2 });\n"
        );
    }

    #[test]
    fn braces_hold_a_table() {
        let text = laid_out(&format!(
            "rt::by_name! {{ A {{}} -> AOutput {{ one:\"one\", at: \"at\" optional_as |json,items| json.list(items,json::Writer::date_time) }}
             B {{ one: \"one\" required, {long}: \"{long}\" }} -> BOutput {{ one: \"one\" }} }}",
            long = "x".repeat(40)
        ));
        let long = "x".repeat(40);
        assert_eq!(
            text,
            format!(
                "rt::by_name! {{
    A {{}}
        -> AOutput {{
            one: \"one\",
            at: \"at\" optional_as |json, items| json.list(items, json::Writer::date_time),
        }}
    B {{
        one: \"one\" required,
        {long}: \"{long}\",
    }} -> BOutput {{ one: \"one\" }}
}}
"
            )
        );
    }

    #[test]
    fn a_table_can_hold_paths_and_values() {
        let text =
            laid_out("rt::service_error! { Error reads rt::a::b { A:types::A=\"A\" retryable } }");
        assert_eq!(
            text,
            "rt::service_error! {\n    Error reads rt::a::b { A: types::A = \"A\" retryable }\n}\n"
        );
    }

    #[test]
    fn brackets_fill_lines_and_braces_list_pairs() {
        let names: Vec<String> = (0..20).map(|number| format!("member_{number}")).collect();
        let text = laid_out(&format!(
            "rt::builder!(Tenant, requires[{}], returns Output);",
            names.join(",")
        ));
        assert!(
            text.starts_with("rt::builder!(Tenant, requires[\n    member_0, member_1,"),
            "{text}"
        );
        assert!(text.ends_with("member_19\n], returns Output);\n"), "{text}");
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
