/// The remaining effort for suggestions.
#[derive(Debug)]
pub(crate) struct Search {
    /// How many suggestions may still be searched for.
    times: usize,
    /// How many pairs of bytes may still be compared.
    pairs: usize,
}

impl Default for Search {
    /// The effort for all suggestions of one model.
    fn default() -> Self {
        Self {
            times: 100,
            pairs: 5_000_000,
        }
    }
}

impl Search {
    /// The effort for a single suggestion.
    const ONCE: Self = Self {
        times: 1,
        pairs: 500_000,
    };
}

/// Returns the help "did you mean" if a candidate is close to what was written, or is a shape of
/// that name in another namespace.
pub(crate) fn did_you_mean<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    within(&mut { Search::ONCE }, written, candidates)
}

/// Does the same as [`did_you_mean`] within the remaining effort of `search`.
pub(crate) fn within<'a>(
    search: &mut Search,
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    search.times = search.times.checked_sub(1)?;
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let name = written.split_once('#').map(|(_, name)| name);
    let of_that_name =
        |id: &&str| name.is_some() && id.split_once('#').map(|(_, candidate)| candidate) == name;
    find(search, written, candidates.iter().copied())
        .or_else(|| candidates.iter().copied().find(of_that_name))
        .map(|candidate| format!("did you mean `{candidate}`?"))
}

/// Returns the candidate that is closest to a misspelled name, by edit distance and ignoring case.
///
/// Returns `None` if no candidate is within a third of the length of the name. If a shape id and a
/// candidate share the namespace, or two member ids the shape, only the rest is compared. Of
/// candidates at the same distance the first by name is returned. Of very many candidates only the
/// first are compared.
///
/// ```
/// assert_eq!(smithy_model::nearest("ListFies", ["ListFiles", "GetFile"]), Some("ListFiles"));
/// assert_eq!(smithy_model::nearest("Delete", ["ListFiles", "GetFile"]), None);
/// ```
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    find(&mut { Search::ONCE }, name, candidates)
}

fn find<'a>(
    search: &mut Search,
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let mut near = |candidate: &'a str| {
        let shared = name
            .bytes()
            .zip(candidate.bytes())
            .take_while(|(a, b)| a == b)
            .count();
        let (same, _) = name.split_at_checked(shared)?;
        let own = same.rfind(['#', '$']).map_or(0, |at| at + 1);
        let (written, meant) = (name.get(own..)?, candidate.get(own..)?);
        let limit = (written.len() / 3).max(1);
        if meant.len().abs_diff(written.len()) > limit {
            return None;
        }
        search.pairs = search
            .pairs
            .checked_sub(written.len().saturating_mul(meant.len()))?;
        let distance = distance(written, meant);
        (distance <= limit).then_some((distance, candidate))
    };
    candidates
        .into_iter()
        .filter_map(&mut near)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Returns the edit distance of two texts in bytes: the number of removals, insertions,
/// replacements and swaps of neighbours. Case is ignored.
fn distance(a: &str, b: &str) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut previous = None;
    for (i, x) in a.bytes().map(|byte| byte.to_ascii_lowercase()).enumerate() {
        let mut row = vec![i + 1];
        let mut last = None;
        for (j, y) in b.bytes().map(|byte| byte.to_ascii_lowercase()).enumerate() {
            let at =
                |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
            let mut edits = at(&above, j) + usize::from(x != y);
            edits = edits.min(at(&above, j + 1) + 1).min(at(&row, j) + 1);
            if previous == Some(y) && last == Some(x) && j > 0 {
                edits = edits.min(at(&before, j - 1) + 1);
            }
            row.push(edits);
            last = Some(y);
        }
        before = std::mem::replace(&mut above, row);
        previous = Some(x);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{did_you_mean, distance, nearest};

    #[test]
    fn distances() {
        for (a, b, expected) in [
            ("", "", 0),
            ("a", "", 1),
            ("kitten", "sitting", 3),
            ("Abc", "aBC", 0),
            ("ab", "ba", 1),
            ("Nmae", "name", 1),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn only_close_candidates_are_suggested() {
        let names = ["structure", "string", "service"];
        assert_eq!(nearest("strings", names), Some("string"));
        assert_eq!(nearest("timestamp", names), None);
        assert_eq!(nearest("", names), None);
    }

    #[test]
    fn a_shared_namespace_is_not_compared() {
        let ids = ["com.example#Get", "com.example#Name", "com.example#S$name"];
        assert_eq!(nearest("com.example#Text", ids), None);
        assert_eq!(nearest("com.example#Nmae", ids), Some("com.example#Name"));
        assert_eq!(
            nearest("com.example#S$nam", ids),
            Some("com.example#S$name")
        );
        assert_eq!(nearest("com.exmaple#Get", ids), Some("com.example#Get"));
    }

    #[test]
    fn the_same_name_in_another_namespace_is_suggested() {
        let ids = ["example#Name", "smithy.api#String"];
        assert_eq!(
            did_you_mean("elsewhere#Name", ids).as_deref(),
            Some("did you mean `example#Name`?")
        );
        assert_eq!(
            did_you_mean("example#String", ids).as_deref(),
            Some("did you mean `smithy.api#String`?")
        );
        assert_eq!(did_you_mean("example#S$m", ids), None);
    }
}
