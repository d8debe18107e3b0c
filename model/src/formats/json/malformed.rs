use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::syntax::source::{SourceId, Span};

/// Returns the diagnostic for text that is not JSON, from the first error that `serde_json` finds
/// in `body`, which begins at byte `start` of the file.
pub(super) fn diagnose(
    id: SourceId,
    body: &str,
    start: usize,
    error: &serde_json::Error,
) -> Diagnostic {
    let line_start: usize = body
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    // serde_json counts columns in bytes, and points past the byte with the error.
    let at = (line_start + error.column().saturating_sub(1)).min(body.len());
    // The span covers a whole character, or is empty at the end of the file.
    let at = (0..=at)
        .rev()
        .find(|at| body.is_char_boundary(*at))
        .unwrap_or_default();
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or_default();
    let (before, found) = body.split_at_checked(at).unwrap_or((body, ""));
    let (message, help) = explain(message, before.trim_end(), found);
    let length = found.chars().next().map_or(0, char::len_utf8);
    let byte = |at| u32::try_from(start + at).unwrap_or(u32::MAX);
    let span = Span {
        source: id,
        start: byte(at),
        end: byte(at + length),
    };
    Diagnostic::error(Code::MalformedJson, message)
        .at(span)
        .help(help)
}

/// Returns the message and the help, from the text before and after the position of the error.
fn explain<'a>(message: &'a str, before: &str, found: &str) -> (&'a str, String) {
    let help = match (message, found.chars().next()) {
        _ if before.is_empty() && found.trim().is_empty() => {
            "the file is empty; write `{\"smithy\": \"2.0\"}`"
        }
        (_, Some(first)) if before.is_empty() && !"{[/'\"".contains(first) => {
            let help = "name a file in Smithy's JSON AST or of botocore; `smithy ast` converts `.smithy` files";
            return ("the file is not JSON", help.to_owned());
        }
        (_, Some(end @ ('}' | ']'))) if before.ends_with(',') => {
            return ("trailing comma", format!("remove the comma before `{end}`"));
        }
        (_, Some('/' | '#')) => "remove the comment; JSON has no comments",
        (_, Some('\'')) => "write strings and keys in double quotes",
        ("key must be a string", _) => "write the key in double quotes",
        ("trailing characters", _) => {
            "remove the text after the first value; a file holds one value"
        }
        ("expected `:`", _) => "put a colon between key and value",
        ("expected `,` or `}`", Some(':')) => "start the next member with a key in double quotes",
        ("expected `,` or `}`" | "expected `,` or `]`", _) => {
            "put a comma before it, or close the open `[` or `{`"
        }
        ("expected value", Some('}' | ']' | ',')) => "write a value before it",
        ("invalid escape", _) => "write a backslash as `\\\\`",
        _ if message.starts_with("control character") => {
            "write it as an escape, `\\n` or `\\u0009`"
        }
        _ if message.starts_with("EOF") => "the file ends too early; close every `\"`, `{` and `[`",
        _ => "write a string in double quotes, a number, `true`, `false`, `null`, `[…]` or `{…}`",
    };
    (message, help.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::syntax::node::Node;
    use crate::syntax::source::Sources;

    #[test]
    fn spans_cover_whole_characters() {
        for (text, place) in [
            ("{\"a\"é 1}", "é"),
            ("\u{feff}[日]", "日"),
            ("[1", "1"),
            ("", ""),
            ("{\"a\u{1}\"}", "a"),
        ] {
            let mut sources = Sources::new();
            let id = sources.add("a.json", text);
            let span = Node::parse(&sources, id)
                .unwrap_err()
                .remove(0)
                .span
                .unwrap();
            assert_eq!(
                text.get(span.start as usize..span.end as usize),
                Some(place),
                "{text}"
            );
        }
    }

    #[test]
    fn help_fits_the_mistake() {
        for (text, help) in [
            ("", "the file is empty; write `{\"smithy\": \"2.0\"}`"),
            ("{\"a\": 1, }", "remove the comma before `}`"),
            ("[1,\n]", "remove the comma before `]`"),
            ("{a: 1}", "write the key in double quotes"),
            ("{\"a\": 'b'}", "write strings and keys in double quotes"),
            ("// x\n{}", "remove the comment; JSON has no comments"),
            (
                "$version: \"2\"\n",
                "name a file in Smithy's JSON AST or of botocore; `smithy ast` converts `.smithy` files",
            ),
            ("{\"a\" 1}", "put a colon between key and value"),
            (
                "{\"a\": 1 \"b\": 2}",
                "put a comma before it, or close the open `[` or `{`",
            ),
            ("{\"a\": }", "write a value before it"),
            ("{\"a\": \"\\d\"}", "write a backslash as `\\\\`"),
            ("\"a\tb\"", "write it as an escape, `\\n` or `\\u0009`"),
            (
                "{\"a\": {}",
                "the file ends too early; close every `\"`, `{` and `[`",
            ),
            (
                "{}}",
                "remove the text after the first value; a file holds one value",
            ),
            (
                "[é]",
                "write a string in double quotes, a number, `true`, `false`, `null`, `[…]` or `{…}`",
            ),
        ] {
            let mut sources = Sources::new();
            let id = sources.add("m", text);
            assert_eq!(
                Node::parse(&sources, id).unwrap_err()[0].help.as_deref(),
                Some(help),
                "{text}"
            );
        }
    }
}
