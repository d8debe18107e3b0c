//! The length of the code at the start of Markdown, which is not searched for HTML.

/// Longest run of backticks that delimits a code span. It bounds the searches for a second such run.
const MAX_FENCE: usize = 16;

/// The length of a code span. If the text only has the run of backticks that would open one, the
/// length of the run.
pub(super) fn span_len(text: &str) -> usize {
    let fence = run(text, b'`');
    let mut end = fence;
    while fence <= MAX_FENCE
        && let Some(found) = text.get(end..).and_then(|rest| rest.find(['`', '\n']))
    {
        end += found;
        let after = text.get(end..).unwrap_or_default();
        if let Some(line) = after.strip_prefix('\n') {
            // A span does not continue in the next paragraph.
            if line.trim_start_matches([' ', '\t', '\r']).starts_with('\n') {
                break;
            }
            end += 1;
            continue;
        }
        let len = run(after, b'`');
        end += len;
        if len == fence {
            return end;
        }
    }
    fence
}

/// The length of a fenced code block with its fences, which can be in an item or a quotation.
pub(super) fn block_len(text: &str) -> Option<usize> {
    let marks = |c: char| c.is_ascii_digit() || " \t>-*+.)".contains(c);
    let first = text.trim_start_matches(marks);
    let byte = *first
        .as_bytes()
        .first()
        .filter(|b| matches!(b, b'`' | b'~'))?;
    let width = run(first, byte);
    let info = first.get(width..)?.lines().next().unwrap_or_default();
    if width < 3 || (byte == b'`' && info.contains('`')) {
        return None;
    }
    let mut len = 0;
    for (i, line) in text.split_inclusive('\n').enumerate() {
        len += line.len();
        let line = line.trim_start_matches([' ', '\t', '>']).trim_ascii_end();
        if i > 0 && line.len() >= width && line.bytes().all(|b| b == byte) {
            break;
        }
    }
    Some(len)
}

fn run(text: &str, byte: u8) -> usize {
    text.bytes().take_while(|&b| b == byte).count()
}
