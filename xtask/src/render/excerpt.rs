//! The part of a source line that a diagnostic shows.

use crate::printable::clean;
use unicode_width::UnicodeWidthStr;

/// Characters of a line that are shown, at most.
const WIDTH: usize = 120;
/// Of those, characters before the place if the line is longer.
const BEFORE: usize = 40;
const CUT: &str = "...";

/// A source line, or the part of it around a place, and where the place is in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// What is shown of the line.
    pub(super) text: String,
    /// Columns before the place.
    pub(super) indent: usize,
    /// Columns to underline, at least one.
    pub(super) carets: usize,
}

impl Excerpt {
    /// The line of `text` in which `start..end` (in bytes) starts. A place that goes on in the next
    /// line ends with its first; models are often one line of a megabyte, so a long line is cut to
    /// what is around the place.
    pub(super) fn of(text: &str, start: usize, end: usize) -> Self {
        let start = boundary_before(text, start);
        let (before, rest) = text.split_at_checked(start).unwrap_or((text, ""));
        let before = near_end(before).rsplit('\n').next().unwrap_or_default();
        let rest = near_start(rest).split('\n').next().unwrap_or_default();
        let rest = rest.strip_suffix('\r').unwrap_or(rest);
        let length = boundary_before(rest, end.saturating_sub(start));
        let (place, after) = rest.split_at_checked(length).unwrap_or((rest, ""));

        let whole = [before, place, after]
            .iter()
            .map(|part| part.chars().count())
            .sum::<usize>()
            <= WIDTH;
        let room = if whole { WIDTH } else { BEFORE };
        let shown_before = last(before, room);
        let room = WIDTH - shown_before.chars().count();
        let shown_place = first(place, room);
        let shown_after = first(after, room - shown_place.chars().count());

        let cut = |cut: bool| if cut { CUT } else { "" };
        let cut_before = cut(shown_before.len() < before.len());
        let cut_after = cut(shown_place.len() < place.len() || shown_after.len() < after.len());
        let (head, marked) = (
            format!("{cut_before}{}", clean(shown_before)),
            clean(shown_place),
        );
        Self {
            indent: head.width(),
            carets: marked.width().max(1),
            text: format!("{head}{marked}{}{cut_after}", clean(shown_after)),
        }
    }
}

/// Bytes on either side of a place that are looked at: more than is shown.
const NEAR: usize = 8 * WIDTH;

fn near_start(text: &str) -> &str {
    text.get(..boundary_before(text, NEAR)).unwrap_or_default()
}

fn near_end(text: &str) -> &str {
    text.get(boundary_before(text, text.len().saturating_sub(NEAR))..)
        .unwrap_or_default()
}

fn boundary_before(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// The first characters of a text.
fn first(text: &str, count: usize) -> &str {
    let end = text
        .char_indices()
        .nth(count)
        .map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

/// The last characters of a text.
fn last(text: &str, count: usize) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take(count)
        .last()
        .map_or(text.len(), |(at, _)| at);
    text.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Excerpt;

    fn excerpt(text: &str, part: &str) -> (String, usize, usize) {
        let start = text.find(part).unwrap();
        let found = Excerpt::of(text, start, start + part.len());
        (found.text, found.indent, found.carets)
    }

    #[test]
    fn a_line_of_a_file() {
        assert_eq!(excerpt("a\n  bad x\nc", "bad"), ("  bad x".into(), 2, 3));
        assert_eq!(excerpt("a\r\nbad\r\n", "bad"), ("bad".into(), 0, 3));
    }

    #[test]
    fn multi_line_spans_end_with_their_first_line() {
        assert_eq!(
            excerpt("x: {\r\n  y\n}", "{\r\n  y\n}"),
            ("x: {".into(), 3, 1)
        );
        assert_eq!(excerpt("x: [1,\n2]", "[1,\n2]"), ("x: [1,".into(), 3, 3));
    }

    #[test]
    fn tabs_and_wide_characters_move_the_carets() {
        assert_eq!(excerpt("\t\tbad", "bad"), ("        bad".into(), 8, 3));
        assert_eq!(
            excerpt("é\u{301} bad", "bad"),
            ("é\u{301} bad".into(), 2, 3)
        );
        assert_eq!(excerpt("日本 語bad", "語b"), ("日本 語bad".into(), 5, 3));
    }

    #[test]
    fn empty_spans_and_spans_outside_the_file() {
        let at = |text, start, end| {
            let found = Excerpt::of(text, start, end);
            (found.text, found.indent, found.carets)
        };
        assert_eq!(at("ab", 2, 2), ("ab".into(), 2, 1));
        assert_eq!(at("ab\n", 3, 3), (String::new(), 0, 1));
        assert_eq!(at("ab", 99, 100), ("ab".into(), 2, 1));
        assert_eq!(at("ab", 1, 0), ("ab".into(), 1, 1));
        // Inside a character.
        assert_eq!(at("aéb", 2, 3), ("aéb".into(), 1, 1));
        assert_eq!(at("", 0, 0), (String::new(), 0, 1));
    }

    #[test]
    fn long_lines_are_truncated_around_the_span() {
        let far = format!("{}bad{}", "x".repeat(1_000_000), "y".repeat(1000));
        let text = format!("...{}bad{}...", "x".repeat(40), "y".repeat(77));
        assert_eq!(excerpt(&far, "bad"), (text, 43, 3));

        let near = format!("ab bad{}", "y".repeat(1000));
        assert_eq!(
            excerpt(&near, "bad"),
            (format!("ab bad{}...", "y".repeat(114)), 3, 3)
        );

        let at_the_end = format!("{}bad", "x".repeat(1000));
        assert_eq!(
            excerpt(&at_the_end, "bad"),
            (format!("...{}bad", "x".repeat(40)), 43, 3)
        );
    }

    #[test]
    fn long_spans_are_underlined_up_to_the_truncation() {
        let long = format!("é {}", "b".repeat(1000));
        assert_eq!(
            excerpt(&long, &"b".repeat(1000)),
            (format!("é {}...", "b".repeat(118)), 2, 118)
        );
    }

    #[test]
    fn lines_of_the_full_width_are_not_truncated() {
        let full = format!("{}bad", "x".repeat(117));
        assert_eq!(excerpt(&full, "bad"), (full.clone(), 117, 3));
    }
}
