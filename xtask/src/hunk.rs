//! The first difference between two texts, as a unified diff shows it.

use std::fmt::Write;

/// Lines that are shown before and after a difference, and that must agree for it to end.
const CONTEXT: usize = 3;
/// Lines shown of each side.
const SHOWN: usize = 12;
/// How far the end of a difference is searched, in lines of both sides together.
const REACH: usize = 600;
/// Characters shown of a line.
const WIDTH: usize = 400;

/// The first stretch in which `old` and `new` differ, with line numbers and context; empty if they
/// are equal.
pub(crate) fn first(old: &[u8], new: &[u8]) -> String {
    let (old, new) = (lines(old), lines(new));
    let same = old
        .iter()
        .zip(&new)
        .take_while(|(old, new)| old == new)
        .count();
    let (before, old) = old.split_at(same);
    let (_, new) = new.split_at(same);
    if old.is_empty() && new.is_empty() {
        return String::new();
    }
    let (removed, added) = end(old, new);
    let (removed, after) = old.split_at(removed);
    let (added, _) = new.split_at(added);
    let before = before
        .get(same.saturating_sub(CONTEXT)..)
        .unwrap_or_default();
    let after = after.get(..CONTEXT.min(after.len())).unwrap_or_default();

    let start = same - before.len();
    let around = before.len() + after.len();
    let mut out = header(start, around + removed.len(), around + added.len());
    side(&mut out, ' ', before);
    side(&mut out, '-', removed);
    side(&mut out, '+', added);
    side(&mut out, ' ', after);
    out
}

fn lines(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|byte| *byte == b'\n').collect()
}

/// How many lines of each side belong to the difference: the fewest after which both sides agree
/// again.
fn end(old: &[&[u8]], new: &[&[u8]]) -> (usize, usize) {
    let agree = |removed: usize, added: usize| {
        let (Some(old), Some(new)) = (old.get(removed..), new.get(added..)) else {
            return false;
        };
        let (old, new) = (old.iter().take(CONTEXT), new.iter().take(CONTEXT));
        old.eq(new)
    };
    (1..=REACH.min(old.len() + new.len()))
        .flat_map(|total| (0..=total).map(move |removed| (removed, total - removed)))
        .find(|(removed, added)| agree(*removed, *added))
        .unwrap_or((old.len(), new.len()))
}

/// `@@ -12,4 +12,5 @@`; a side without lines is numbered by the line before it, as diff does.
fn header(start: usize, old: usize, new: usize) -> String {
    let line = |count: usize| if count == 0 { start } else { start + 1 };
    format!("@@ -{},{old} +{},{new} @@\n", line(old), line(new))
}

fn side(out: &mut String, sign: char, lines: &[&[u8]]) {
    for line in lines.iter().take(SHOWN) {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{sign}{}", visible(text));
        if text.len() == line.len() {
            out.push_str("\\ no line break at the end of the file\n");
        }
    }
    if lines.len() > SHOWN {
        let _ = writeln!(out, "{sign}... {} more lines", lines.len() - SHOWN);
    }
}

/// A line as text: bytes that are not UTF-8 replaced, control characters escaped, long lines cut.
fn visible(line: &[u8]) -> String {
    let mut out = String::new();
    for (index, c) in String::from_utf8_lossy(line).chars().enumerate() {
        match c {
            _ if index == WIDTH => {
                out.push_str("...");
                break;
            }
            '\t' => out.push(c),
            _ if c.is_control() => out.extend(c.escape_default()),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::first;

    fn numbered(count: usize) -> Vec<String> {
        (1..=count).map(|line| format!("line {line}\n")).collect()
    }

    #[test]
    fn equal_texts_have_none() {
        assert_eq!(first(b"a\nb\n", b"a\nb\n"), "");
        assert_eq!(first(b"", b""), "");
    }

    #[test]
    fn a_changed_line_in_the_middle() {
        let old = numbered(20);
        let mut new = old.clone();
        new[9] = "changed\n".to_owned();
        new[17] = "later, in another hunk\n".to_owned();
        assert_eq!(
            first(old.concat().as_bytes(), new.concat().as_bytes()),
            "@@ -7,7 +7,7 @@\n line 7\n line 8\n line 9\n-line 10\n+changed\n line 11\n line 12\n line 13\n"
        );
    }

    #[test]
    fn insertion_and_removal() {
        assert_eq!(
            first(b"a\nb\n", b"a\nx\nb\n"),
            "@@ -1,2 +1,3 @@\n a\n+x\n b\n"
        );
        assert_eq!(
            first(b"a\nx\nb\n", b"a\nb\n"),
            "@@ -1,3 +1,2 @@\n a\n-x\n b\n"
        );
        assert_eq!(first(b"", b"a\n"), "@@ -0,0 +1,1 @@\n+a\n");
        assert_eq!(first(b"a\n", b""), "@@ -1,1 +0,0 @@\n-a\n");
    }

    #[test]
    fn differences_that_cannot_be_seen() {
        assert_eq!(
            first(b"a", b"a\n"),
            "@@ -1,1 +1,1 @@\n-a\n\\ no line break at the end of the file\n+a\n"
        );
        assert_eq!(first(b"a\r\n", b"a\n"), "@@ -1,1 +1,1 @@\n-a\\r\n+a\n");
        assert_eq!(first(b"\xff\n", b"a\n"), "@@ -1,1 +1,1 @@\n-\u{fffd}\n+a\n");
        assert_eq!(
            first(b"\x1b[31m\n", b"a\n"),
            "@@ -1,1 +1,1 @@\n-\\u{1b}[31m\n+a\n"
        );
    }

    #[test]
    fn long_differences_and_long_lines_are_cut() {
        let hunk = first(numbered(2000).concat().as_bytes(), b"");
        assert!(hunk.starts_with("@@ -1,2000 +0,0 @@\n-line 1\n"), "{hunk}");
        assert!(hunk.ends_with("-line 12\n-... 1988 more lines\n"), "{hunk}");
        assert_eq!(
            first("x".repeat(1000).as_bytes(), b"")
                .lines()
                .nth(1)
                .map(str::len),
            Some(1 + 400 + 3)
        );
    }
}
