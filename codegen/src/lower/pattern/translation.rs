//! The translation of one pattern.
//!
//! The syntax is that of ECMA 262 with annex B. What only Java has is refused where it means something
//! else in ECMA 262, such as `\A`.

use fancy_regex::RegexBuilder;
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

/// The escapes for sets of characters.
const SETS: &str = "dDsSwWpP";
/// The maximum length of the shortest text that a pattern matches, in characters. `fancy-regex`
/// multiplies the numbers of nested quantifiers without a check for overflow.
const MAX_SIZE: usize = 1 << 20;
/// The maximum size of a compiled pattern, in bytes. The default of the crate, which servers have, is
/// 10 MiB, and a class of Unicode that is repeated 127 times takes more than one.
const MAX_COMPILED: usize = 8 << 20;

/// The pattern in the syntax of `fancy-regex`; `None` if it is not supported or too large.
pub(super) fn translate(pattern: &str) -> Option<String> {
    let mut translation = Translation {
        rest: pattern.chars().peekable(),
        regex: String::new(),
        groups: vec![Group::default()],
        last: 0,
    };
    translation.expression()?;
    let regex = translation.regex;
    let compiled = RegexBuilder::new(&regex)
        .delegate_size_limit(MAX_COMPILED)
        .build();
    compiled.ok().map(|_| regex)
}

struct Translation<'p> {
    rest: Peekable<Chars<'p>>,
    regex: String,
    /// The whole pattern, and the groups that are open.
    groups: Vec<Group>,
    /// The size of what a quantifier here would repeat.
    last: usize,
}

#[derive(Default)]
struct Group {
    /// At least the length of the shortest text that matches what is read so far.
    size: usize,
    is_look_ahead: bool,
}

impl Translation<'_> {
    fn expression(&mut self) -> Option<()> {
        while let Some(character) = self.rest.next() {
            match character {
                '(' => {
                    self.group()?;
                    continue;
                }
                ')' => {
                    self.regex.push(')');
                    let group = self.groups.pop()?;
                    self.add(group.size)?;
                    // To repeat a look-ahead changes nothing, and the crate refuses it.
                    if group.is_look_ahead && self.rest.next_if_eq(&'+').is_some() {
                        self.rest.next_if_eq(&'?');
                    }
                    continue;
                }
                '*' | '+' | '?' => {
                    self.regex.push(character);
                    continue;
                }
                '{' => {
                    if let Some(quantifier) = self.quantifier() {
                        self.repeat(&quantifier)?;
                        continue;
                    }
                    self.regex.push_str(r"\{");
                }
                '\\' => self.escape(false)?,
                '[' => self.class()?,
                // Line terminators of ECMA 262.
                '.' => self.regex.push_str(r"[^\n\r\u{2028}\u{2029}]"),
                '}' | ']' => self.regex.extend(['\\', character]),
                character => self.regex.push(character),
            }
            self.add(1)?;
        }
        Some(())
    }

    /// Counts what a quantifier can repeat.
    fn add(&mut self, size: usize) -> Option<()> {
        let group = self.groups.last_mut()?;
        group.size = group.size.checked_add(size).filter(|it| *it <= MAX_SIZE)?;
        self.last = size;
        Some(())
    }

    /// A group after its opening parenthesis. Flags that change the meaning of the translation are
    /// refused.
    fn group(&mut self) -> Option<()> {
        self.regex.push('(');
        let mut group = Group::default();
        if self.rest.next_if_eq(&'?').is_some() {
            self.regex.push('?');
            let mut letters = self.rest.clone().take_while(char::is_ascii_alphabetic);
            if letters.any(|it| !matches!(it, 'i' | 'm')) {
                return None;
            }
            group.is_look_ahead = matches!(self.rest.peek(), Some('=' | '!'));
        }
        self.groups.push(group);
        Some(())
    }

    /// The rest of a quantifier in braces, such as `{2,8}`.
    fn quantifier(&mut self) -> Option<String> {
        let is_inside = |it: &char| it.is_ascii_digit() || *it == ',';
        let inside: String = self.rest.clone().take_while(is_inside).collect();
        let (min, max) = inside.split_once(',').unwrap_or((&inside, ""));
        let mut after = self.rest.clone().skip(inside.len());
        if min.is_empty() || max.contains(',') || after.next() != Some('}') {
            return None;
        }
        self.rest.nth(inside.len());
        Some(inside)
    }

    fn repeat(&mut self, quantifier: &str) -> Option<()> {
        self.regex.extend(["{", quantifier, "}"]);
        let (min, _) = quantifier.split_once(',').unwrap_or((quantifier, ""));
        let (last, min) = (self.last, min.parse::<usize>().ok()?);
        self.add(last.checked_mul(min.saturating_sub(1))?)?;
        self.last = last.checked_mul(min)?;
        Some(())
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
        while self.rest.next_if_eq(&']').is_none() {
            let low = self.class_atom()?;
            let mut after = self.rest.clone();
            if after.next() != Some('-') || after.next() == Some(']') {
                continue;
            }
            self.rest.next();
            let hyphen = self.regex.len();
            let high = self.class_atom()?;
            // A hyphen beside a set is a character.
            let text = if low && high { "-" } else { r"\-" };
            self.regex.insert_str(hyphen, text);
        }
        self.regex.push(']');
        Some(())
    }

    /// A part of a class. Returns whether it is one character rather than a set.
    fn class_atom(&mut self) -> Option<bool> {
        match self.rest.next()? {
            '\\' => {
                let is_set = SETS.contains(*self.rest.peek()?);
                self.escape(true)?;
                return Some(!is_set);
            }
            character @ ('-' | '[') => self.regex.extend(['\\', character]),
            // Two of them are an operator in the syntax of the crate.
            character @ ('&' | '~') if self.rest.peek() == Some(&character) => {
                self.regex.extend(['\\', character]);
            }
            character => self.regex.push(character),
        }
        Some(true)
    }

    /// An escape after its backslash.
    fn escape(&mut self, in_class: bool) -> Option<()> {
        let character = self.rest.next()?;
        let text = match (character, in_class) {
            ('d', false) => "[0-9]",
            ('d', true) => "0-9",
            ('D', _) => "[^0-9]",
            ('w', false) => "[A-Za-z0-9_]",
            ('w', true) => "A-Za-z0-9_",
            ('W', _) => "[^A-Za-z0-9_]",
            // White space of ECMA 262 has U+FEFF, and that of Unicode has U+0085.
            ('s', _) => r"[\s\x{feff}--\x{85}]",
            ('S', _) => r"[\S\x{85}--\x{feff}]",
            ('b', true) => r"\x{8}",
            ('0', _) if !self.rest.peek().is_some_and(char::is_ascii_digit) => r"\x{0}",
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
            ('n' | 'r' | 't' | 'f' | 'v', _) | ('b' | 'B' | 'k' | '1'..='9', false) => {
                self.regex.extend(['\\', character]);
                return Some(());
            }
            // An identity escape in ECMA 262, or nothing that it knows.
            (letter, _) if letter.is_alphanumeric() => return None,
            (other, _) => {
                // Those left out need no escape, or have a meaning with one.
                if other.is_ascii_punctuation() && !matches!(other, '/' | '<' | '>') {
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
        let low = self.hex(4)?.checked_sub(0xdc00).filter(|it| *it < 0x400)?;
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
