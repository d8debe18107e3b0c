use super::malformed;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::syntax::node::{Entry, Node, Value};
use crate::syntax::source::{SourceId, Sources, Span};
use indexmap::IndexMap;
use indexmap::map::Entry as Slot;
use serde_json::value::RawValue;

/// The maximum nesting depth. Endpoint rule sets, the deepest values in AWS's models, stay below 40.
const MAX_DEPTH: usize = 200;

impl Node {
    /// Parses a file of [`Sources`] as one JSON value. A byte order mark at the start is skipped.
    pub fn parse(sources: &Sources, id: SourceId) -> Result<Node, Vec<Diagnostic>> {
        let text = sources.get(id).map_or("", |file| file.text.as_str());
        if u32::try_from(text.len()).is_err() {
            let start = Span {
                source: id,
                start: 0,
                end: 0,
            };
            let problem = Diagnostic::error(Code::MalformedJson, "the file has 4 GiB or more")
                .help("split the model into several files");
            return Err(vec![problem.at(start)]);
        }
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        let start = text.len() - body.len();
        // serde_json checks the grammar of the whole file, so the reader below only finds the
        // positions of values.
        if let Err(error) = serde_json::from_str::<&RawValue>(body) {
            return Err(vec![malformed::diagnose(id, body, start, &error)]);
        }
        let mut reader = Reader {
            sources,
            id,
            text,
            at: start,
            depth: 0,
            problems: Vec::new(),
        };
        let node = reader.value();
        if reader.problems.is_empty() {
            Ok(node)
        } else {
            Err(reader.problems)
        }
    }
}

/// Reads text that is known to be valid JSON.
struct Reader<'a> {
    sources: &'a Sources,
    id: SourceId,
    text: &'a str,
    at: usize,
    depth: usize,
    problems: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn value(&mut self) -> Node {
        let start = self.token_start();
        let value = match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => Value::String(self.string().0),
            _ => self.word(),
        };
        Node {
            value,
            span: self.span(start),
        }
    }

    /// Reads an object or array. If it is nested too deeply, reports that and stops reading.
    fn nested(&mut self, read: fn(&mut Self) -> Value) -> Value {
        if self.depth == MAX_DEPTH {
            let message = format!("values nest deeper than {MAX_DEPTH} levels");
            let help = "look for an unclosed `[` or `{`; no model needs this depth";
            let here = Span {
                end: self.offset() + 1,
                ..self.span(self.offset())
            };
            self.problems.push(
                Diagnostic::error(Code::TooDeep, message)
                    .at(here)
                    .help(help),
            );
            self.at = self.text.len();
            return Value::Null;
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn array(&mut self) -> Value {
        let mut items = Vec::new();
        while self.another(b']') {
            items.push(self.value());
        }
        Value::Array(items)
    }

    fn object(&mut self) -> Value {
        let mut members = IndexMap::new();
        while self.another(b'}') {
            self.token_start();
            let (name, key) = self.string();
            self.token_start();
            self.at += 1; // the colon
            let node = self.value();
            match members.entry(name) {
                Slot::Vacant(slot) => {
                    slot.insert(Entry { key, node });
                }
                Slot::Occupied(slot) => {
                    self.problems
                        .push(duplicate(self.sources, slot.key(), key, slot.get().key))
                }
            }
        }
        Value::Object(members)
    }

    /// Skips a comma, or the end of the array or object. Returns whether another item follows.
    fn another(&mut self, end: u8) -> bool {
        self.token_start();
        match self.peek() {
            None => false,
            Some(byte) if byte == end => {
                self.at += 1;
                false
            }
            Some(byte) => {
                self.at += usize::from(byte == b',');
                true
            }
        }
    }

    /// Reads the string that starts here, and returns it with its position.
    fn string(&mut self) -> (String, Span) {
        let start = self.offset();
        let rest = self.text.as_bytes().get(self.at + 1..).unwrap_or_default();
        let mut length = 0;
        let mut escaped = false;
        while let Some(byte) = rest.get(length) {
            match byte {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    length += 2;
                }
                _ => length += 1,
            }
        }
        let from = self.at;
        self.at = (from + length + 2).min(self.text.len());
        let span = self.span(start);
        let quoted = self.text.get(from..self.at).unwrap_or_default();
        if escaped {
            return (self.unescape(quoted, span), span);
        }
        (quoted.trim_matches('"').to_owned(), span)
    }

    /// Decodes escapes. Their grammar is checked before, but not that surrogates come in pairs.
    fn unescape(&mut self, quoted: &str, span: Span) -> String {
        serde_json::from_str(quoted).unwrap_or_else(|_| {
            let problem =
                Diagnostic::error(Code::MalformedJson, "unpaired surrogate in a string").at(span);
            self.problems.push(
                problem.help(
                    "write the character itself, or both `\\u` escapes of its surrogate pair",
                ),
            );
            String::new()
        })
    }

    /// Reads a number, `true`, `false` or `null`.
    fn word(&mut self) -> Value {
        let rest: &'a str = self.text.get(self.at..).unwrap_or_default();
        let end = rest
            .find([',', ']', '}', ' ', '\n', '\r', '\t'])
            .unwrap_or(rest.len());
        self.at += end;
        match rest.get(..end).unwrap_or_default() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" | "" => Value::Null,
            number => Value::Number(number.to_owned()),
        }
    }

    /// Skips white space and returns the start of the next token.
    fn token_start(&mut self) -> u32 {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
        self.offset()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn offset(&self) -> u32 {
        // `parse` rejects longer texts.
        u32::try_from(self.at).unwrap_or(u32::MAX)
    }

    fn span(&self, start: u32) -> Span {
        Span {
            source: self.id,
            start,
            end: self.offset(),
        }
    }
}

fn duplicate(sources: &Sources, name: &str, key: Span, first: Span) -> Diagnostic {
    Diagnostic::error(
        Code::DuplicateKey,
        format!("`{name}` appears twice in the same object"),
    )
    .at(key)
    .help(format!(
        "remove one of them; the other is at {}",
        sources.place(first)
    ))
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::code::Code;
    use crate::syntax::node::Node;
    use crate::syntax::source::Sources;

    fn parse(text: &str) -> Result<Node, Vec<(Code, String)>> {
        let mut sources = Sources::new();
        let id = sources.add("m", text);
        Node::parse(&sources, id).map_err(|problems| {
            let describe = |p: &crate::diagnostics::diagnostic::Diagnostic| {
                (p.code, sources.place(p.span.unwrap()))
            };
            problems.iter().map(describe).collect()
        })
    }

    #[test]
    fn round_trips() {
        for text in [
            r#"{"a":[1,2.50,-3e10,true,false,null,"x"],"b":{},"c":[],"":""}"#,
            r#""é \" \\ \n \r \t \u0001""#,
            "1234567890123456789012345",
            "null",
        ] {
            assert_eq!(parse(text).unwrap().to_json(), text);
        }
        assert_eq!(parse(" [ 1 ,\n2\t] ").unwrap().to_json(), "[1,2]");
        assert_eq!(parse("\u{feff}{}").unwrap().to_json(), "{}");
        assert_eq!(
            parse(r#""\ud83d\udc99\/""#).unwrap().as_str(),
            Some("\u{1f499}/")
        );
    }

    #[test]
    fn nodes_have_positions() {
        let mut sources = Sources::new();
        let text = "\u{feff}{ \"k\\n\" : [ -1.5 , \"é\" ] }";
        let id = sources.add("m", text);
        let node = Node::parse(&sources, id).unwrap();
        let entry = &node.as_object().unwrap()["k\n"];
        assert_eq!(sources.text(entry.key), "\"k\\n\"");
        let items = entry.node.as_array().unwrap();
        assert_eq!(sources.text(items[0].span), "-1.5");
        assert_eq!(sources.text(items[1].span), "\"é\"");
        assert_eq!(sources.text(entry.node.span), "[ -1.5 , \"é\" ]");
        assert_eq!(sources.text(node.span), text.trim_start_matches('\u{feff}'));
    }

    #[test]
    fn invalid_texts_are_rejected() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        for (text, code, place) in [
            ("", Code::MalformedJson, "m:1:1"),
            ("{\n \"a\": }", Code::MalformedJson, "m:2:7"),
            ("[1] 2", Code::MalformedJson, "m:1:5"),
            ("\"\\ud800\"", Code::MalformedJson, "m:1:1"),
            ("{\"a\":1,\n\"a\":2}", Code::DuplicateKey, "m:2:1"),
            ("{\"a\":1,\"\\u0061\":2}", Code::DuplicateKey, "m:1:8"),
            (&deep, Code::TooDeep, "m:1:201"),
        ] {
            let expected = (code, place.to_owned());
            assert_eq!(
                parse(text).unwrap_err().first(),
                Some(&expected),
                "{}",
                &text[..text.len().min(20)]
            );
        }
    }

    #[test]
    fn equality_is_structural() {
        let same = |a: &str, b: &str| parse(a).unwrap() == parse(b).unwrap();
        assert!(same(r#"{"a":1,"b":[2]}"#, r#" {"b": [2.0], "a": 1}"#));
        assert!(same("100", "1e2"));
        for (a, b) in [
            ("1", "2"),
            ("[1,2]", "[2,1]"),
            ("{}", "[]"),
            (r#"{"a":1}"#, r#"{"a":1,"b":1}"#),
        ] {
            assert!(!same(a, b), "{a} {b}");
        }
        assert!(!same("9007199254740993", "9007199254740992"));
    }

    #[test]
    fn whole_numbers_are_integers() {
        let number = |text: &str| parse(text).unwrap().as_i64();
        assert_eq!(
            ["7", "-7", "7.0", "7e1", "7.5", "\"7\"", "1e99"].map(number),
            [Some(7), Some(-7), Some(7), Some(70), None, None, None]
        );
    }
}
