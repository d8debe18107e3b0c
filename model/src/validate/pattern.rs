//! The syntax of regular expressions, as ECMA 262 (with its annex B, as browsers read them) or Java
//! have it.
//!
//! Smithy wants patterns of ECMA 262 and reads them with Java's engine, so AWS's models have both.
//! A pattern is refused only if neither engine takes it. No library has both languages:
//! `regex-syntax` has no look-around, and `regress` no Java.

/// How a class is read.
#[derive(Clone, Copy, PartialEq)]
enum Classes {
    /// It ends at the first `]`.
    Flat,
    /// A class can hold classes, and a `]` at its start stands for itself.
    Nested,
}

/// What is wrong with a pattern.
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
    /// Reads the whole pattern. Groups are counted, so that none of any depth takes stack.
    fn pattern(mut self) -> Read {
        let mut open = 0_usize;
        // Whether there is something that a quantifier can repeat.
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
                            return Err("a quantifier has its numbers in the wrong order");
                        }
                        // Without something to repeat it is text for Java.
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

    /// What follows a quantifier: `?` makes it lazy, `+` possessive.
    fn quantifier(&mut self, repeatable: bool) -> Read {
        self.skip(&['?', '+']);
        if repeatable {
            Ok(())
        } else {
            Err("a quantifier has nothing to repeat")
        }
    }

    /// The rest of `{2}`, `{2,}` or `{2,3}`; anything else is text.
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

    /// The start of a group. Flags without a group, such as `(?i)`, open none.
    fn group(&mut self) -> Result<bool, &'static str> {
        const UNKNOWN: &str = "a group starts with `(?` and what no engine knows";
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
            None => Err("a `\\` stands at the end"),
            // Java's quotation.
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
        Err("a class in brackets is not closed")
    }

    /// A range of two characters that stand for themselves.
    fn range(&mut self, low: char) -> Read {
        match self.rest {
            ['-', high, ..] if !matches!(high, ']' | '[' | '\\' | '-') => {
                let ordered = low <= *high;
                self.next();
                self.next();
                if ordered {
                    Ok(())
                } else {
                    Err("a range in brackets is in the wrong order")
                }
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::problem;

    /// Engines agree: `new RegExp(text)` of Node or `Pattern.compile` of Java takes each of the
    /// first, and both refuse each of the second.
    #[test]
    fn a_pattern_that_one_engine_takes_is_fine() {
        let fine = [
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
        for pattern in fine {
            assert_eq!(problem(pattern), None, "{pattern}");
        }
        let wrong = [
            "(", ")", "a)", "(a", "[", "[a", "[^", "*", "+a", "?", "a**", "(*a)", "|*", "a{3,2}",
            "[z-a]", "\\", "(?", "(?a)", "(?<a", "(?<>a)", "(?P<a>b)", "[a\\]",
        ];
        for pattern in wrong {
            assert!(problem(pattern).is_some(), "{pattern}");
        }
    }

    #[test]
    fn deep_groups_take_no_stack() {
        assert_eq!(problem(&("(".repeat(100_000) + &")".repeat(100_000))), None);
        assert_eq!(problem(&("[".repeat(100_000) + &"]".repeat(100_000))), None);
    }
}
