//! The pull reader: strings and numbers.

use crate::json::error::{ErrorKind, Result};
use crate::json::reader::{Reader, Source};
use crate::types::integer;
use crate::types::integer::NotInteger;
use std::borrow::Cow;
use std::str::FromStr;

impl<'a> Reader<'a> {
    /// Reads a string. It is borrowed from the document unless it contains an escape sequence.
    ///
    /// # Errors
    /// The value is not a valid string.
    #[inline]
    pub fn string(&mut self) -> Result<Cow<'a, str>> {
        match self.plain_string() {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.escaped_string("a string").map(Cow::Owned),
        }
    }

    /// Reads a string without escape sequences, which is the common case. Otherwise reads nothing.
    #[inline]
    pub(super) fn plain_string(&mut self) -> Option<&'a str> {
        if self.peek() != Some(b'"') {
            return None;
        }
        let start = self.at + 1;
        let end = self.plain_end(start);
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return None;
        }
        self.at = end + 1;
        Some(self.slice(start, end))
    }

    /// Both ends are next to an ASCII byte, so they are always character boundaries.
    #[inline]
    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Reads a string that [`Reader::plain_string`] did not read.
    #[cold]
    #[inline(never)]
    pub(super) fn escaped_string(&mut self, expected: &'static str) -> Result<String> {
        if self.peek() != Some(b'"') {
            return Err(self.expected(expected));
        }
        let start = self.at + 1;
        self.at = self.plain_end(start);
        let mut text = String::from(self.slice(start, self.at));
        while !self.string_ends()? {
            text.push(self.escape()?);
            let plain = self.at;
            self.at = self.plain_end(plain);
            text.push_str(self.slice(plain, self.at));
        }
        Ok(text)
    }

    /// Reads a string that [`Reader::plain_string`] did not read, or the text of a number in a
    /// response.
    #[cold]
    #[inline(never)]
    pub(super) fn string_or_number(&mut self) -> Result<String> {
        match self.peek() {
            Some(b'-' | b'0'..=b'9') if self.source == Source::Response => {
                self.number_text().map(str::to_owned)
            }
            _ => self.escaped_string("a string"),
        }
    }

    pub(super) fn skip_string(&mut self) -> Result<()> {
        self.at = self.plain_end(self.at + 1);
        while !self.string_ends()? {
            self.escape()?;
            self.at = self.plain_end(self.at);
        }
        Ok(())
    }

    /// Reads the end of the string. Returns false at an escape sequence.
    fn string_ends(&mut self) -> Result<bool> {
        match self.byte() {
            Some(b'"') => {
                self.at += 1;
                Ok(true)
            }
            Some(b'\\') => Ok(false),
            Some(_) => Err(self.error(ErrorKind::ControlCharacter)),
            None => Err(self.ended()),
        }
    }

    /// Reads an escape sequence.
    fn escape(&mut self) -> Result<char> {
        let start = self.at;
        self.at += 1;
        let Some(letter) = self.byte() else {
            return Err(self.ended());
        };
        self.at += 1;
        Ok(match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.escaped_unit(start),
            _ => {
                self.at = start;
                return Err(self.error(ErrorKind::InvalidEscape));
            }
        })
    }

    /// Reads a `\u` escape sequence that starts at `start`, or two that are a surrogate pair. An
    /// unpaired surrogate becomes the replacement character, since services truncate UTF-16 texts
    /// (RFC 8259 section 8.2). In an input or a request it is an
    /// error.
    fn escaped_unit(&mut self, start: usize) -> Result<char> {
        let first = self.hex(start)?;
        if !(0xd800..0xe000).contains(&first) {
            return char::from_u32(first).ok_or_else(|| self.error(ErrorKind::InvalidEscape));
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        if first < 0xdc00 && rest.starts_with("\\u") {
            let low = self.at;
            self.at += 2;
            let second = self.hex(low)?;
            if (0xdc00..0xe000).contains(&second) {
                let point = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return char::from_u32(point).ok_or_else(|| self.error(ErrorKind::InvalidEscape));
            }
            self.at = low;
        }
        if self.source != Source::Response {
            self.at = start;
            return Err(self.error(ErrorKind::LoneSurrogate));
        }
        Ok(char::REPLACEMENT_CHARACTER)
    }

    /// Reads the four hexadecimal digits of the escape sequence that starts at `start`.
    fn hex(&mut self, start: usize) -> Result<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            let Some(byte) = self.byte() else {
                return Err(self.ended());
            };
            let Some(digit) = char::from(byte).to_digit(16) else {
                self.at = start;
                return Err(self.error(ErrorKind::InvalidEscape));
            };
            unit = unit * 16 + digit;
            self.at += 1;
        }
        Ok(unit)
    }

    /// Reads a number and returns its text.
    ///
    /// # Errors
    /// The value is not a valid number.
    pub fn number_text(&mut self) -> Result<&'a str> {
        let Some(b'-' | b'0'..=b'9') = self.peek() else {
            return Err(self.expected("a number"));
        };
        let start = self.at;
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        if self.byte() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            self.digits()?;
        }
        if let Some(b'0'..=b'9') = self.byte() {
            return Err(self.error(ErrorKind::InvalidNumber));
        }
        Ok(self.slice(start, self.at))
    }

    /// Reads one or more digits.
    fn digits(&mut self) -> Result<()> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        match (self.at > start, self.byte()) {
            (true, _) => Ok(()),
            (false, None) => Err(self.ended()),
            (false, Some(_)) => Err(self.error(ErrorKind::InvalidNumber)),
        }
    }

    /// Reads an integer. It can have a fraction of zeros or an exponent, since services that use
    /// doubles write `1.0`.
    pub(super) fn integer<T: FromStr>(&mut self, what: &'static str) -> Result<T> {
        let number = self.number_text()?;
        integer::parse(number).map_err(|error| {
            self.at -= number.len();
            self.error(match error {
                NotInteger::OutOfRange => ErrorKind::OutOfRange(what),
                NotInteger::Fraction => ErrorKind::Expected {
                    expected: what,
                    found: "a number with a fraction",
                },
            })
        })
    }

    /// Reads a number or one of the strings `NaN`, `Infinity` and `-Infinity`, and returns its text
    /// (Smithy, *AWS restJson1 protocol*, Non-numeric float and double serialization).
    pub(super) fn float_text(&mut self) -> Result<&'a str> {
        if self.peek() != Some(b'"') {
            return self.number_text();
        }
        let start = self.at;
        match &*self.string()? {
            "NaN" => Ok("NaN"),
            "Infinity" => Ok("Infinity"),
            "-Infinity" => Ok("-Infinity"),
            _ => {
                self.at = start;
                Err(self.error(ErrorKind::InvalidText("number")))
            }
        }
    }
}
