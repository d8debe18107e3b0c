//! The syntax of regular expressions in ECMA 262, including annex B, and in Java.
//!
//! Smithy specifies ECMA 262, but its implementation uses Java's engine, so AWS's models have patterns
//! of both. A pattern is invalid only if both engines reject it. No library supports both languages:
//! `regex-syntax` has no look-around, and `regress` no Java syntax.

/// The syntax of character classes.
#[derive(Clone, Copy, PartialEq)]
enum Classes {
    /// A class ends at the first `]`.
    Flat,
    /// A class can contain classes, and a `]` at its start is a literal.
    Nested,
}

/// Returns why a pattern is invalid.
pub(super) fn problem(pattern: &str) -> Option<&'static str> {
    let characters: Vec<char> = pattern.chars().collect();
    let read = |classes| {
        Reader {
            rest: &characters,
            classes,
        }
        .pattern()
    };
    read(Classes::Flat)
        .err()
        .filter(|_| read(Classes::Nested).is_err())
}

struct Reader<'p> {
    rest: &'p [char],
    classes: Classes,
}

type Read = Result<(), &'static str>;

impl Reader<'_> {
    /// Reads the whole pattern. Open groups are counted, so their depth does not use the stack.
    fn pattern(mut self) -> Read {
        let mut open = 0_usize;
        // Whether a quantifier can follow.
        let mut repeatable = false;
        while let Some(character) = self.next() {
            let after = match character {
                '(' => {
                    open += usize::from(self.group()?);
                    false
                }
                ')' => {
                    open = open.checked_sub(1).ok_or("a `)` closes no group")?;
                    true
                }
                '|' => false,
                '[' => {
                    self.class()?;
                    true
                }
                '\\' => {
                    self.escape()?;
                    true
                }
                '*' | '+' | '?' => {
                    self.quantifier(repeatable)?;
                    false
                }
                '{' => match self.bounds() {
                    Some((min, max)) => {
                        if max.is_some_and(|max| max < min) {
                            return Err("the numbers of a quantifier are in the wrong order");
                        }
                        // Java accepts it without something to repeat.
                        self.quantifier(true)?;
                        false
                    }
                    None => true,
                },
                _ => true,
            };
            repeatable = after;
        }
        if open > 0 {
            Err("a group is not closed")
        } else {
            Ok(())
        }
    }

    fn next(&mut self) -> Option<char> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn skip(&mut self, wanted: &[char]) -> bool {
        let found = self
            .rest
            .first()
            .is_some_and(|first| wanted.contains(first));
        if found {
            self.next();
        }
        found
    }

    /// Reads the end of a quantifier: `?` makes it lazy, `+` possessive.
    fn quantifier(&mut self, repeatable: bool) -> Read {
        self.skip(&['?', '+']);
        if repeatable {
            Ok(())
        } else {
            Err("a quantifier has nothing to repeat")
        }
    }

    /// Reads the rest of `{2}`, `{2,}` or `{2,3}`. Anything else is literal text.
    fn bounds(&mut self) -> Option<(u64, Option<u64>)> {
        let end = self.rest.iter().position(|c| *c == '}')?;
        let (inside, rest) = self.rest.split_at_checked(end)?;
        let inside: String = inside.iter().collect();
        let (min, max) = inside
            .split_once(',')
            .map_or((&*inside, None), |(min, max)| (min, Some(max)));
        let number = |text: &str| {
            text.bytes()
                .all(|b| b.is_ascii_digit())
                .then(|| text.parse().ok())
                .flatten()
        };
        let max = match max {
            None | Some("") => None,
            Some(max) => Some(number(max)?),
        };
        let bounds = (number(min)?, max);
        self.rest = rest.get(1..)?;
        Some(bounds)
    }

    /// Reads the start of a group. Returns `false` for flags without a group, such as `(?i)`.
    fn group(&mut self) -> Result<bool, &'static str> {
        const UNKNOWN: &str = "a group starts with `(?` and an unknown character";
        if !self.skip(&['?']) {
            return Ok(true);
        }
        if self.skip(&[':', '=', '!', '>']) {
            return Ok(true);
        }
        if self.skip(&['<']) {
            if self.skip(&['=', '!']) {
                return Ok(true);
            }
            let end = self
                .rest
                .iter()
                .position(|c| *c == '>')
                .filter(|end| *end > 0)
                .ok_or(UNKNOWN)?;
            let (name, rest) = self.rest.split_at_checked(end).ok_or(UNKNOWN)?;
            self.rest = rest;
            self.next();
            return if name
                .iter()
                .all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'))
            {
                Ok(true)
            } else {
                Err(UNKNOWN)
            };
        }
        while self.skip(&['i', 'd', 'm', 's', 'u', 'x', 'U', '-']) {}
        match self.next() {
            Some(':') => Ok(true),
            Some(')') => Ok(false),
            _ => Err(UNKNOWN),
        }
    }

    fn escape(&mut self) -> Read {
        match self.next() {
            None => Err("the pattern ends with a `\\`"),
            // A quotation in Java.
            Some('Q') if self.classes == Classes::Nested => {
                while !(self.rest.is_empty() || self.rest.starts_with(&['\\', 'E'])) {
                    self.next();
                }
                Ok(())
            }
            Some(_) => Ok(()),
        }
    }

    fn class(&mut self) -> Read {
        let mut open = 1_usize;
        let nested = self.classes == Classes::Nested;
        self.skip(&['^']);
        if nested {
            self.skip(&[']']);
        }
        while let Some(character) = self.next() {
            match character {
                '\\' => self.escape()?,
                '[' if nested => {
                    open += 1;
                    self.skip(&['^']);
                }
                ']' => {
                    open -= 1;
                    if open == 0 {
                        return Ok(());
                    }
                }
                low => self.range(low)?,
            }
        }
        Err("a character class is not closed")
    }

    /// Reads a range of two literal characters.
    fn range(&mut self, low: char) -> Read {
        match self.rest {
            ['-', high, ..] if !matches!(high, ']' | '[' | '\\' | '-') => {
                let ordered = low <= *high;
                self.next();
                self.next();
                if ordered {
                    Ok(())
                } else {
                    Err("a range in a character class is in the wrong order")
                }
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::problem;

    /// Checked with the engines: `new RegExp(text)` in Node or `Pattern.compile` in Java accepts each
    /// of the first list, and both reject each of the second.
    #[test]
    fn a_pattern_that_one_engine_accepts_is_valid() {
        let valid = [
            "",
            "^a+$",
            "a{2,3}",
            "a{2}",
            "a{2,}",
            "a{,3}",
            "{",
            "}",
            "]",
            "a*?",
            "a*+",
            "(?:a|b)",
            "(?=a)",
            "(?!a)b",
            "(?<=a)b",
            "(?<!a)b",
            "(?<name>a)",
            "(?i)a",
            "(?i:a)",
            "(?>a)",
            "[]",
            "[]a]",
            "[^]]",
            "[a[b]]",
            "[[]",
            "[a-]",
            "[-a]",
            r"[\w-.]",
            r"\p{L}",
            r"[\p{L}\p{Z}]",
            r"\Q(\E",
            r"\u00e9",
            "a|",
            "|",
            "()",
            "(|a)",
            "a{2}{3}",
            r"[\[\]]",
            r"[+--]",
            "[a-z&&[^b]]",
        ];
        for pattern in valid {
            assert_eq!(problem(pattern), None, "{pattern}");
        }
        let invalid = [
            "(", ")", "a)", "(a", "[", "[a", "[^", "*", "+a", "?", "a**", "(*a)", "|*", "a{3,2}",
            "[z-a]", "\\", "(?", "(?a)", "(?<a", "(?<>a)", "(?P<a>b)", "[a\\]",
        ];
        for pattern in invalid {
            assert!(problem(pattern).is_some(), "{pattern}");
        }
    }

    #[test]
    fn deep_groups_do_not_use_the_stack() {
        assert_eq!(problem(&("(".repeat(100_000) + &")".repeat(100_000))), None);
        assert_eq!(problem(&("[".repeat(100_000) + &"]".repeat(100_000))), None);
    }
}
