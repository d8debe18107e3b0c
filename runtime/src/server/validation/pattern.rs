//! Regular expressions.

use fancy_regex::{Regex, RegexBuilder};
use std::sync::OnceLock;

/// The steps that an expression with look-around or backreferences can take. Other expressions take
/// time that is linear in the length of the text.
const MAX_STEPS: usize = 100_000;

/// A pattern of the model, which is compiled when it is used for the first time.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    regex: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern that means the same in the syntax of the crate `fancy-regex`.
    pub const fn new(source: &'static str) -> Self {
        Self::translated(source, source)
    }

    /// A pattern, and the same expression in the syntax of the crate `fancy-regex`.
    pub const fn translated(source: &'static str, regex: &'static str) -> Self {
        Self {
            source,
            regex,
            compiled: OnceLock::new(),
        }
    }

    /// The pattern in the model.
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// Whether it matches a part of the text. It does not match if it takes too many steps.
    pub fn matches(&self, text: &str) -> bool {
        let compile = || {
            let mut builder = RegexBuilder::new(self.regex);
            builder.backtrack_limit(MAX_STEPS).build().ok()
        };
        // The generator emits only patterns that compile.
        let compiled = self.compiled.get_or_init(compile);
        compiled
            .as_ref()
            .is_some_and(|regex| regex.is_match(text).unwrap_or(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Smithy's protocol test `RestJsonMalformedPatternReDOSString`, and the same with look-around,
    /// which backtracks: both end.
    #[test]
    fn exponential_patterns_end() {
        let text = format!("{}!", "0".repeat(10_000));
        for source in ["^([0-9]+)+$", "^(?=0)([0-9]+)+(?<!1)$"] {
            let pattern = Pattern::new(source);
            assert!(!pattern.matches(&text), "{source}");
            assert!(pattern.matches("007"), "{source}");
        }
    }

    #[test]
    fn a_pattern_matches_any_part_unless_it_is_anchored() {
        assert!(Pattern::new("[a-m]+").matches("XaX"));
        assert!(!Pattern::new("^[a-m]+$").matches("XaX"));
        assert!(!Pattern::new("^[a-m]+$").matches("a\n"));
    }
}
