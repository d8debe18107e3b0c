//! Texts for samples that satisfy the `pattern` and `length` traits of their members.

use crate::graph::member::Constraints;
use crate::text::Text;
use regex_syntax::ast::{
    AssertionKind, Ast, ClassBracketed, ClassPerl, ClassPerlKind, ClassSet, ClassSetItem,
    ClassUnicode, ClassUnicodeKind, RepetitionKind, RepetitionRange,
};
use std::cell::Cell;

/// The maximum length of a text that is made longer for a limit, in characters.
const LONGEST: usize = 64;
/// The maximum number of steps.
const STEPS: usize = 10_000;
/// The preferred characters: of a name, then of an ID.
const PREFERRED: &str = "a1b2c3d4e5f6";

/// Characters for classes without ASCII characters.
const OTHERS: &str = "\u{e9}\u{100}\u{3042}\u{1f600}";

/// A text that satisfies the constraints: `readable` itself if it does. If none is found, for
/// example because the pattern has a look-around, it is `readable` as well.
pub(crate) fn of(readable: &str, constraints: &Constraints) -> Text {
    let bound = |bound: &Option<Text>| bound.as_ref().and_then(|it| it.number::<usize>());
    let length = constraints.length.as_ref();
    let min = length.and_then(|it| bound(&it.min)).unwrap_or(0);
    let max = length.and_then(|it| bound(&it.max)).unwrap_or(usize::MAX);
    let text = match &constraints.pattern {
        None => of_length(readable, min, max),
        Some(pattern) => pattern
            .pattern()
            .and_then(|pattern| of_pattern(&pattern, readable, min, max)),
    };
    Text::new(text.as_deref().unwrap_or(readable))
}

/// The text, repeated or cut to the length.
fn of_length(text: &str, min: usize, max: usize) -> Option<String> {
    if min > LONGEST {
        return None;
    }
    let endless = text.chars().chain("-".chars()).cycle();
    let count = text.chars().count().clamp(min, max.max(min));
    Some(endless.take(count).collect())
}

/// A text that a pattern matches, with a length within the bounds.
fn of_pattern(pattern: &Ast, readable: &str, min: usize, max: usize) -> Option<String> {
    let fits = |text: &String| (min..=max).contains(&text.chars().count());
    // First with the readable text in repetitions, then with as few repetitions as possible, and
    // as many more as the length requires.
    let short = Writer::new(None, 0).text(pattern)?;
    let more = min.saturating_sub(short.chars().count());
    let readable = Writer::new(Some(readable), 0).text(pattern);
    let longer = || Writer::new(None, more).text(pattern);
    readable
        .filter(fits)
        .or_else(|| Some(short).filter(fits))
        .or_else(|| longer().filter(fits))
}

/// Writes a text that a pattern matches.
struct Writer<'t> {
    /// The text for repetitions, if all of its characters are in their class.
    readable: Option<&'t str>,
    /// The number of repetitions beyond the minimum.
    more: usize,
    /// The number of steps that are left. Alternatives within repetitions can take many.
    left: Cell<usize>,
}

impl<'t> Writer<'t> {
    fn new(readable: Option<&'t str>, more: usize) -> Self {
        let left = Cell::new(STEPS);
        Self {
            readable,
            more,
            left,
        }
    }

    fn text(&self, pattern: &Ast) -> Option<String> {
        let mut text = String::new();
        self.write(pattern, &mut text)?;
        Some(text)
    }

    /// `None` if the pattern is not supported, or the text would be too long.
    fn write(&self, pattern: &Ast, text: &mut String) -> Option<()> {
        self.step()?;
        if text.len() > 8 * LONGEST {
            return None;
        }
        match pattern {
            Ast::Empty(_) => {}
            Ast::Literal(literal) => text.push(literal.c),
            // Anchors are where they belong in patterns of whole texts. Other assertions hold or
            // not, depending on what is around them.
            Ast::Assertion(it) => match it.kind {
                AssertionKind::StartLine
                | AssertionKind::EndLine
                | AssertionKind::StartText
                | AssertionKind::EndText => {}
                _ => return None,
            },
            Ast::Dot(_) | Ast::ClassUnicode(_) | Ast::ClassPerl(_) | Ast::ClassBracketed(_) => {
                text.push(self.preferred(pattern, text.chars().count())?);
            }
            Ast::Repetition(it) => self.repetition(&it.op.kind, &it.ast, text)?,
            Ast::Group(group) => self.write(&group.ast, text)?,
            Ast::Concat(concat) => concat
                .asts
                .iter()
                .try_for_each(|part| self.write(part, text))?,
            Ast::Alternation(alternation) => {
                let start = text.len();
                let is_written = |part: &Ast| {
                    text.truncate(start);
                    self.write(part, text).is_some()
                };
                alternation.asts.iter().any(is_written).then_some(())?;
            }
            Ast::Flags(_) => return None,
        }
        Some(())
    }

    fn step(&self) -> Option<()> {
        self.left.set(self.left.get().checked_sub(1)?);
        Some(())
    }

    fn repetition(&self, kind: &RepetitionKind, inner: &Ast, text: &mut String) -> Option<()> {
        let (min, max) = match kind {
            RepetitionKind::ZeroOrOne => (0, 1),
            RepetitionKind::ZeroOrMore => (0, u32::MAX),
            RepetitionKind::OneOrMore => (1, u32::MAX),
            RepetitionKind::Range(RepetitionRange::Exactly(count)) => (*count, *count),
            RepetitionKind::Range(RepetitionRange::AtLeast(min)) => (*min, u32::MAX),
            RepetitionKind::Range(RepetitionRange::Bounded(min, max)) => (*min, *max),
        };
        let [min, max] = [min, max].map(|it| usize::try_from(it).unwrap_or(usize::MAX));
        if let Some(readable) = self.readable {
            let fits = (min..=max).contains(&readable.chars().count());
            if fits && readable.chars().all(|c| self.is_in(inner, c)) {
                text.push_str(readable);
                return Some(());
            }
        }
        let count = min.saturating_add(self.more).min(max);
        if count > LONGEST {
            return None;
        }
        (0..count).try_for_each(|_| self.write(inner, text))
    }

    /// A preferred character of a class for this place in the text, or else its first printable
    /// one.
    fn preferred(&self, class: &Ast, place: usize) -> Option<char> {
        let known = PREFERRED.chars().cycle().skip(place % PREFERRED.len());
        let mut all = known
            .take(PREFERRED.len())
            .chain('A'..='Z')
            .chain(' '..='~')
            .chain(OTHERS.chars());
        all.find(|c| self.is_in(class, *c))
    }

    /// Whether the pattern is a class with a character. `false` if this is not known.
    fn is_in(&self, class: &Ast, c: char) -> bool {
        match class {
            Ast::Dot(_) => c != '\n',
            Ast::ClassUnicode(class) => of_category(class, c) == Some(true),
            Ast::ClassPerl(class) => of_perl(class, c),
            Ast::ClassBracketed(class) => self.bracketed(class, c) == Some(true),
            Ast::Group(group) => self.is_in(&group.ast, c),
            _ => false,
        }
    }

    fn bracketed(&self, class: &ClassBracketed, c: char) -> Option<bool> {
        match &class.kind {
            ClassSet::Item(item) => Some(self.item(item, c)? != class.negated),
            // Patterns of ECMAScript have no such operations.
            ClassSet::BinaryOp(_) => None,
        }
    }

    fn item(&self, item: &ClassSetItem, c: char) -> Option<bool> {
        self.step()?;
        Some(match item {
            ClassSetItem::Empty(_) => false,
            ClassSetItem::Literal(literal) => literal.c == c,
            ClassSetItem::Range(range) => (range.start.c..=range.end.c).contains(&c),
            ClassSetItem::Ascii(_) => return None,
            ClassSetItem::Unicode(class) => of_category(class, c)?,
            ClassSetItem::Perl(class) => of_perl(class, c),
            ClassSetItem::Bracketed(class) => self.bracketed(class, c)?,
            ClassSetItem::Union(union) => {
                let mut found = false;
                for item in &union.items {
                    found |= self.item(item, c)?;
                }
                found
            }
        })
    }
}

/// Whether an ASCII character is in a class such as `\d`.
fn of_perl(class: &ClassPerl, c: char) -> bool {
    let is_in = match class.kind {
        ClassPerlKind::Digit => c.is_ascii_digit(),
        ClassPerlKind::Space => c.is_ascii_whitespace(),
        ClassPerlKind::Word => c.is_ascii_alphanumeric() || c == '_',
    };
    is_in != class.negated
}

/// Whether an ASCII character has a general category, such as `L` for letters. `None` if the
/// category is not known.
fn of_category(class: &ClassUnicode, c: char) -> Option<bool> {
    if !c.is_ascii() {
        return None;
    }
    let name = match &class.kind {
        ClassUnicodeKind::OneLetter(letter) => letter.to_string(),
        ClassUnicodeKind::Named(name) => name.clone(),
        ClassUnicodeKind::NamedValue { .. } => return None,
    };
    let is_in = match name.as_str() {
        "L" | "Letter" | "Alphabetic" | "Alpha" => c.is_ascii_alphabetic(),
        "Lu" | "Upper" => c.is_ascii_uppercase(),
        "Ll" | "Lower" => c.is_ascii_lowercase(),
        "N" | "Nd" | "Digit" => c.is_ascii_digit(),
        "Z" | "Zs" => c == ' ',
        "M" | "S" | "P" | "C" | "Cc" => return Some(false),
        _ => return None,
    };
    Some(is_in != class.is_negated())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::member::Bounds;
    use regex::Regex;

    fn sample(
        readable: &str,
        pattern: Option<&str>,
        min: Option<&str>,
        max: Option<&str>,
    ) -> String {
        let constraints = Constraints {
            pattern: pattern.map(Text::new),
            length: Some(Bounds {
                min: min.map(Text::new),
                max: max.map(Text::new),
            }),
            ..Constraints::default()
        };
        let mut text = String::new();
        of(readable, &constraints).is(|it| {
            text = it.to_owned();
            true
        });
        text
    }

    #[test]
    fn texts_stay_readable_where_the_constraints_allow_it() {
        for (pattern, min, max, expected) in [
            (None, None, None, "key-id"),
            (None, Some("8"), None, "key-id-k"),
            (None, None, Some("3"), "key"),
            (None, Some("0"), Some("0"), ""),
            (Some("^[a-z-]+$"), Some("1"), Some("9"), "key-id"),
            (Some("^arn:.+$|^[0-9]{12}$"), None, None, "arn:key-id"),
            (Some("^[a-z-]{1,4}$"), None, None, "a"),
            (Some(r"^\d{12}$"), None, None, "112233445566"),
            (Some("^[A-Z0-9]+$"), None, None, "1"),
            (Some("^x*$"), Some("3"), Some("3"), "xxx"),
            (Some("^(a|b)(-c)?$"), None, None, "a"),
            (Some(r"^(\ba|b)$"), None, None, "b"),
            // What cannot be satisfied stays readable.
            (Some("^(?!x)y$"), None, None, "key-id"),
            (Some(r"\bx"), None, None, "key-id"),
            (Some("("), None, None, "key-id"),
            (Some("^a{9}$"), None, Some("3"), "key-id"),
            (
                Some(r"^(((a{9}\b|b){64}|c){64}|d){64}e$"),
                None,
                Some("3"),
                "key-id",
            ),
            (Some("^a{1000000}$"), None, None, "key-id"),
            (Some("^((a{1000}){1000}){1000}$"), None, None, "key-id"),
            (None, Some("1000000"), None, "key-id"),
            (None, Some("9"), Some("3"), "key-id-ke"),
        ] {
            assert_eq!(
                sample("key-id", pattern, min, max),
                expected,
                "{pattern:?} {min:?} {max:?}"
            );
        }
    }

    /// The patterns of all models of the reference data, by another library than the one that
    /// writes the texts. It does not support look-arounds either.
    #[test]
    #[cfg_attr(
        not(reference_data),
        ignore = "needs the reference data, see CONTRIBUTING.md"
    )]
    fn texts_match_the_patterns_of_services() {
        let folder = std::path::Path::new(env!("REFERENCE_DATA")).join("services");
        let (mut matching, mut unsupported) = (0, 0);
        for entry in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            for rest in text.split("\"smithy.api#pattern\": ").skip(1) {
                let literal = serde_json::Deserializer::from_str(rest)
                    .into_iter::<String>()
                    .next();
                let pattern = literal.unwrap().unwrap();
                let Ok(regex) = Regex::new(&pattern) else {
                    unsupported += 1;
                    continue;
                };
                let text = sample("key-id", Some(&pattern), None, None);
                assert!(regex.is_match(&text), "{pattern}: {text}");
                matching += 1;
            }
        }
        assert!(
            matching > 500 && unsupported < 50,
            "{matching} {unsupported}"
        );
    }
}
