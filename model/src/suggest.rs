use crate::Diagnostic;

/// Adds "did you mean" to a diagnostic if one of the candidates is close to what was written.
pub(crate) fn did_you_mean<'a>(
    problem: Diagnostic,
    written: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    match nearest(written, candidates) {
        Some(candidate) => problem.help(format!("did you mean `{candidate}`?")),
        None => problem,
    }
}

/// The candidate with the fewest edits, at most a third of what was written; the first one by name among equals.
fn nearest<'a>(written: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (written.len() / 3).max(1);
    candidates
        .filter(|candidate| candidate.len().abs_diff(written.len()) <= limit)
        .map(|candidate| (distance(written, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's distance, in bytes, case counting as half of nothing: `string` is as good as `String`.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(b.bytes()) {
            let substituted = diagonal + usize::from(!x.eq_ignore_ascii_case(&y));
            diagonal = *cell;
            left = substituted.min(left + 1).min(*cell + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn distances() {
        for (a, b, expected) in
            [("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("Abc", "aBC", 0), ("ab", "ba", 2)]
        {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn only_what_is_near() {
        let names = ["structure", "string", "service"];
        assert_eq!(nearest("strings", names.into_iter()), Some("string"));
        assert_eq!(nearest("timestamp", names.into_iter()), None);
    }
}
