//! Patterns of the model, which are in the syntax of ECMA 262 or Java, in the syntax of the crate
//! `fancy-regex`.

use crate::graph::service::Patterns;
use crate::select::closure::Closure;
use crate::text::Text;
use fancy_regex::RegexBuilder;
use smithy_model::traits::PATTERN;
use smithy_model::{Code, Diagnostic, Log, Shape, Span, Traits};
use std::iter::Peekable;
use std::str::Chars;

/// The classes of Java with a name, and their names in brackets.
const JAVA_CLASSES: [(&str, &str); 13] = [
    ("ASCII", "ascii"),
    ("Alnum", "alnum"),
    ("Alpha", "alpha"),
    ("Blank", "blank"),
    ("Cntrl", "cntrl"),
    ("Digit", "digit"),
    ("Graph", "graph"),
    ("Lower", "lower"),
    ("Print", "print"),
    ("Punct", "punct"),
    ("Space", "space"),
    ("Upper", "upper"),
    ("XDigit", "xdigit"),
];

/// The patterns of inputs. Those that servers cannot check are reported.
pub(crate) fn lower(closure: &Closure<'_>, log: &mut Log) -> Patterns {
    let mut patterns = Patterns::new();
    let model = closure.model;
    let inputs = closure
        .operations
        .values()
        .filter_map(|(_, operation)| model.shape(&operation.input));
    let nested = closure.inputs.iter().filter_map(|id| model.shape(id));
    for shape in inputs.chain(nested) {
        add(&mut patterns, &shape.traits, shape, shape.span, log);
        for member in shape.members() {
            add(&mut patterns, &member.traits, shape, member.span, log);
        }
    }
    patterns
}

fn add(patterns: &mut Patterns, traits: &Traits, shape: &Shape, span: Option<Span>, log: &mut Log) {
    let Some(source) = PATTERN.of(traits).map(Text::new) else {
        return;
    };
    if patterns.contains_key(&source) {
        return;
    }
    let regex = source.convert(translate);
    if regex.is_none() {
        let message = format!("servers do not check the pattern `{}`", source.shown());
        let help = "use the syntax of ECMA 262, with at most some thousand repetitions";
        log.push(
            Diagnostic::warning(Code::UncheckedPattern, message)
                .at(span)
                .shape(&shape.id)
                .help(help),
        );
    }
    patterns.insert(source, regex);
}

/// The pattern in the syntax of `fancy-regex`; `None` if it is not supported or too large.
pub(crate) fn translate(pattern: &str) -> Option<String> {
    let mut translation = Translation {
        rest: pattern.chars().peekable(),
        regex: String::new(),
    };
    translation.expression()?;
    let regex = translation.regex;
    let compiled = RegexBuilder::new(&regex)
        .delegate_size_limit(1 << 20)
        .build();
    compiled.ok().map(|_| regex)
}

struct Translation<'p> {
    rest: Peekable<Chars<'p>>,
    regex: String,
}

impl Translation<'_> {
    fn expression(&mut self) -> Option<()> {
        while let Some(character) = self.rest.next() {
            match character {
                '\\' => self.escape(false)?,
                '[' => self.class()?,
                // Line terminators of ECMA 262.
                '.' => self.regex.push_str(r"[^\n\r\u{2028}\u{2029}]"),
                '{' if !self.is_quantifier() => self.regex.push_str(r"\{"),
                '{' => {
                    self.regex.push('{');
                    while let Some(character) = self.rest.next_if(|it| *it != '}') {
                        self.regex.push(character);
                    }
                    self.regex.extend(self.rest.next());
                }
                '}' | ']' => self.regex.extend(['\\', character]),
                character => self.regex.push(character),
            }
        }
        Some(())
    }

    /// Whether an opening brace starts a quantifier, such as `{2,8}`.
    fn is_quantifier(&self) -> bool {
        let text: String = self.rest.clone().take_while(|it| *it != '}').collect();
        let closed = self.rest.clone().any(|it| it == '}');
        let (min, max) = text.split_once(',').unwrap_or((&text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        closed && !min.is_empty() && digits(min) && digits(max)
    }

    /// A class after its opening bracket.
    fn class(&mut self) -> Option<()> {
        let negated = self.rest.next_if_eq(&'^').is_some();
        if self.rest.next_if_eq(&']').is_some() {
            // `[]` matches nothing, and `[^]` everything.
            self.regex
                .push_str(if negated { r"[\s\S]" } else { r"[^\s\S]" });
            return Some(());
        }
        self.regex.push_str(if negated { "[^" } else { "[" });
        // Whether a hyphen would be between two characters of a range.
        let mut after_set = true;
        loop {
            match self.rest.next()? {
                ']' => {
                    self.regex.push(']');
                    return Some(());
                }
                '\\' => {
                    let next = *self.rest.peek()?;
                    self.escape(true)?;
                    after_set = "dDsSwWpP".contains(next);
                }
                '-' if after_set || self.set_follows() => {
                    self.regex.push_str(r"\-");
                    after_set = false;
                }
                '-' => {
                    self.regex.push('-');
                    after_set = false;
                }
                '[' => {
                    self.regex.push_str(r"\[");
                    after_set = false;
                }
                // Two of them are an operator in the syntax of the crate.
                character @ ('&' | '~') if self.rest.peek() == Some(&character) => {
                    self.regex.extend(['\\', character]);
                    after_set = false;
                }
                character => {
                    self.regex.push(character);
                    after_set = false;
                }
            }
        }
    }

    /// Whether the end of the class or an escape for several characters follows.
    fn set_follows(&self) -> bool {
        let mut rest = self.rest.clone();
        match rest.next() {
            Some(']') => true,
            Some('\\') => rest.next().is_some_and(|next| "dDsSwWpP".contains(next)),
            _ => false,
        }
    }

    /// An escape after its backslash.
    fn escape(&mut self, in_class: bool) -> Option<()> {
        let character = self.rest.next()?;
        let text = match (character, in_class) {
            ('d', false) => "[0-9]",
            ('d', true) => "0-9",
            ('D', false) => "[^0-9]",
            ('w', false) => "[A-Za-z0-9_]",
            ('w', true) => "A-Za-z0-9_",
            ('W', false) => "[^A-Za-z0-9_]",
            ('0', _) => r"\x{0}",
            ('/', _) => "/",
            ('p' | 'P', _) => return self.property(character == 'P', in_class),
            ('u', _) => return self.unicode(),
            ('x', _) => {
                let code = self.hex(2)?;
                return self.code_point(code);
            }
            ('c', _) => {
                let control = self.rest.next().filter(char::is_ascii_alphabetic)?;
                return self.code_point(u32::from(control) % 32);
            }
            (
                's' | 'S' | 'b' | 'B' | 'n' | 'r' | 't' | 'f' | 'v' | 'D' | 'W' | 'k' | '1'..='9',
                _,
            ) => {
                self.regex.extend(['\\', character]);
                return Some(());
            }
            // An identity escape.
            (letter, _) if letter.is_alphanumeric() => {
                self.regex.push(letter);
                return Some(());
            }
            (other, _) => {
                if other.is_ascii_punctuation() {
                    self.regex.push('\\');
                }
                self.regex.push(other);
                return Some(());
            }
        };
        self.regex.push_str(text);
        Some(())
    }

    /// `\u` and four digits, or digits in braces. A pair of surrogates is one character.
    fn unicode(&mut self) -> Option<()> {
        if self.rest.next_if_eq(&'{').is_some() {
            let mut code = String::new();
            while let Some(digit) = self.rest.next_if(char::is_ascii_hexdigit) {
                code.push(digit);
            }
            self.rest.next_if_eq(&'}')?;
            return self.code_point(u32::from_str_radix(&code, 16).ok()?);
        }
        let high = self.hex(4)?;
        if !(0xd800..0xdc00).contains(&high) {
            return self.code_point(high);
        }
        self.rest.next_if_eq(&'\\')?;
        self.rest.next_if_eq(&'u')?;
        let low = self.hex(4)?.checked_sub(0xdc00)?;
        self.code_point(0x10000 + ((high - 0xd800) << 10) + low)
    }

    fn hex(&mut self, digits: usize) -> Option<u32> {
        let mut code = 0;
        for _ in 0..digits {
            code = code * 16 + self.rest.next()?.to_digit(16)?;
        }
        Some(code)
    }

    fn code_point(&mut self, code: u32) -> Option<()> {
        char::from_u32(code)?;
        self.regex.push_str(&format!(r"\x{{{code:x}}}"));
        Some(())
    }

    /// A property in braces: one of Unicode, or a class of Java.
    fn property(&mut self, negated: bool, in_class: bool) -> Option<()> {
        self.rest.next_if_eq(&'{')?;
        let mut name = String::new();
        while let Some(character) = self.rest.next_if(|it| *it != '}') {
            name.push(character);
        }
        self.rest.next_if_eq(&'}')?;
        let java = JAVA_CLASSES.iter().find(|(class, _)| *class == name);
        let text = match (java, in_class) {
            (None, _) => format!(r"\{}{{{name}}}", if negated { 'P' } else { 'p' }),
            (Some((_, class)), true) => format!("[:{}{class}:]", if negated { "^" } else { "" }),
            (Some((_, class)), false) => format!("[[:{}{class}:]]", if negated { "^" } else { "" }),
        };
        self.regex.push_str(&text);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_translated() {
        for (pattern, regex) in [
            ("^arn:[a-z]+$", "^arn:[a-z]+$"),
            (r"^[\w-_]*$", r"^[A-Za-z0-9_\-_]*$"),
            (r"\d{2,8}\/\-", r"[0-9]{2,8}/\-"),
            ("a{b}c", r"a\{b\}c"),
            ("[[a&&b~-]", r"[\[a\&&b~\-]"),
            ("[^][]", r"[\s\S][^\s\S]"),
            (r"[\p{Graph}\x20]\P{Lu}", r"[[:graph:]\x{20}]\P{Lu}"),
            (
                r"[\u0020-\uD7FF\uD800\uDC00-\uDBFF\uDFFF]",
                r"[\x{20}-\x{d7ff}\x{10000}-\x{10ffff}]",
            ),
            (r"(?=a)\cJ", r"(?=a)\x{a}"),
        ] {
            assert_eq!(translate(pattern).as_deref(), Some(regex), "{pattern}");
        }
    }

    #[test]
    fn what_cannot_be_checked_is_refused() {
        for pattern in ["(", r"\uD800", "(a{1000}){1000}", "(?!a)+", "["] {
            assert_eq!(translate(pattern), None, "{pattern}");
        }
    }
}
