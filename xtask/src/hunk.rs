//! The first difference between two texts, in the format of a unified diff.

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices, group_diff_ops};
use std::fmt::Write;

/// The number of equal lines before and after a difference.
const CONTEXT: usize = 3;
/// The maximum number of lines to print of each side of a change.
const SHOWN: usize = 12;
/// The maximum number of lines to compare from the first difference on. The work grows with the
/// square of it.
const REACH: usize = 600;
/// The maximum number of characters to print of a line.
const WIDTH: usize = 400;

/// Returns the first hunk of the difference between two texts, or an empty string if they are equal.
pub(crate) fn first(old: &[u8], new: &[u8]) -> String {
    let (old, new) = (lines(old), lines(new));
    let equal = old
        .iter()
        .zip(&new)
        .take_while(|(old, new)| old == new)
        .count();
    let start = equal.saturating_sub(CONTEXT);
    let old = old.get(start..).unwrap_or_default();
    let new = new.get(start..).unwrap_or_default();
    let ops = capture_diff_slices(Algorithm::Myers, near(old), near(new));
    match group_diff_ops(ops, CONTEXT).first() {
        Some(hunk) => print(start, hunk, old, new),
        None => String::new(),
    }
}

type Line<'t> = &'t [u8];

fn lines(text: &[u8]) -> Vec<Line<'_>> {
    text.split_inclusive(|byte| *byte == b'\n').collect()
}

/// Returns the lines to compare.
fn near<'l, 't>(lines: &'l [Line<'t>]) -> &'l [Line<'t>] {
    lines.get(..REACH).unwrap_or(lines)
}

/// Prints a hunk. A change that reaches the last compared line extends to the end of both texts.
fn print(start: usize, hunk: &[DiffOp], old: &[Line<'_>], new: &[Line<'_>]) -> String {
    let (mut out, mut counts) = (String::new(), (0, 0));
    for op in hunk {
        let (mut of_old, mut of_new) = (op.old_range(), op.new_range());
        let reaches_end = of_old.end.max(of_new.end) == REACH;
        if reaches_end && op.tag() != DiffTag::Equal {
            (of_old.end, of_new.end) = (old.len(), new.len());
        }
        counts.0 += of_old.len();
        counts.1 += of_new.len();
        let removed = old.get(of_old).unwrap_or_default();
        if op.tag() == DiffTag::Equal {
            side(&mut out, ' ', removed);
        } else {
            side(&mut out, '-', removed);
            side(&mut out, '+', new.get(of_new).unwrap_or_default());
        }
    }
    let first = |op: &DiffOp| (op.old_range().start + start, op.new_range().start + start);
    let (old_start, new_start) = hunk.first().map_or((start, start), first);
    format!(
        "@@ -{},{} +{},{} @@\n{out}",
        line_number(old_start, counts.0),
        counts.0,
        line_number(new_start, counts.1),
        counts.1
    )
}

/// Returns the number of the first line of a side. A side without lines has the number of the line
/// before it, as in the output of `diff -u`.
fn line_number(start: usize, count: usize) -> usize {
    start + usize::from(count > 0)
}

fn side(out: &mut String, sign: char, lines: &[Line<'_>]) {
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

/// Returns a line as text. It replaces bytes that are not UTF-8, escapes control characters and cuts
/// long lines.
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
    fn equal_texts_have_no_hunk() {
        assert_eq!(first(b"a\nb\n", b"a\nb\n"), "");
        assert_eq!(first(b"", b""), "");
    }

    #[test]
    fn a_change_in_the_middle_is_one_hunk() {
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
    fn invisible_differences_are_escaped() {
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
