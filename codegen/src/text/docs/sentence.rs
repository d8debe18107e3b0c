//! The first sentence of a documentation text.

use super::tree::{Block, Prose};

/// Abbreviations after which a sentence goes on, in lower case. Those with a full stop after each
/// letter, such as `e.g.`, are recognised by their form.
const ABBREVIATIONS: [&str; 18] = [
    "approx.", "ca.", "cf.", "co.", "corp.", "dr.", "ex.", "fig.", "inc.", "incl.", "ltd.", "max.",
    "min.", "mr.", "mrs.", "no.", "resp.", "vs.",
];

/// The first sentence of the first paragraph that is not a title.
pub(super) fn first(blocks: &[Block]) -> Option<Prose> {
    let top = || {
        blocks.iter().filter_map(|block| match block {
            Block::Prose(prose) => Some(prose),
            _ => None,
        })
    };
    let prose = top()
        .find(|prose| !prose.is_title())
        .or_else(|| top().next())
        .or_else(|| first_prose(blocks))?;
    Some(prose.head(length(prose)))
}

fn first_prose(blocks: &[Block]) -> Option<&Prose> {
    blocks.iter().find_map(|block| match block {
        Block::Prose(prose) => Some(prose),
        Block::Code(_) => None,
        Block::Node(_, inner) => first_prose(inner),
    })
}

/// The length of the first sentence in bytes.
fn length(prose: &Prose) -> usize {
    let mut start = 0;
    for (piece, style) in prose.pieces() {
        let stops = piece
            .bytes()
            .enumerate()
            .filter(|(_, b)| !style.code && matches!(b, b'.' | b'!' | b'?'));
        for (at, _) in stops {
            if let Some(end) = end(prose.text(), start + at + 1) {
                return end;
            }
        }
        start += piece.len();
    }
    prose.text().len()
}

/// Where a sentence ends whose last stop is before the byte `at`: after the quotation marks and
/// brackets that it closes. `None` if the sentence goes on after the stop.
fn end(text: &str, at: usize) -> Option<usize> {
    let (head, tail) = text.split_at_checked(at)?;
    let rest = tail.trim_start_matches([')', ']', '"', '\'', '”', '’']);
    let next = rest.strip_prefix([' ', '\n'])?;
    let goes_on = next.starts_with(char::is_lowercase) || is_abbreviated(head);
    (!goes_on).then(|| text.len() - rest.len())
}

/// Whether a text ends with an abbreviation.
fn is_abbreviated(text: &str) -> bool {
    let word = text
        .rsplit([' ', '\n', '(', '[', '"'])
        .next()
        .unwrap_or(text);
    let word = word.to_lowercase();
    let letters: Vec<&str> = word.split_terminator('.').collect();
    let is_letter =
        |letter: &&str| letter.chars().count() == 1 && letter.starts_with(char::is_alphabetic);
    ABBREVIATIONS.contains(&&*word) || letters.len() > 1 && letters.iter().all(is_letter)
}
