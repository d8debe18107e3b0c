//! Wording of diagnostics.

/// The items in backticks, with commas between; the first of them if there are many.
pub(crate) fn ticked<T: std::fmt::Display>(items: impl IntoIterator<Item = T>) -> String {
    const MOST: usize = 30;
    let mut items = items.into_iter();
    let mut listed = items
        .by_ref()
        .take(MOST)
        .map(|item| format!("`{item}`"))
        .collect::<Vec<_>>()
        .join(", ");
    let more = items.count();
    if more > 0 {
        listed.push_str(&format!(" and {more} more"));
    }
    listed
}

/// The beginning of a text, of so many bytes at most.
pub(crate) fn head(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or_default()).unwrap_or_default()
}

/// The name of a kind of shape with its article: `a union`, `an enum`.
pub(crate) fn a(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {kind}")
}

#[cfg(test)]
mod tests {
    use super::{a, head, ticked};

    #[test]
    fn wording() {
        assert_eq!(
            [a("union"), a("intEnum"), a("operation")],
            ["a union", "an intEnum", "an operation"]
        );
        assert_eq!(ticked(["x", "y"]), "`x`, `y`");
        assert!(ticked(0..32).ends_with(", `29` and 2 more"));
        assert_eq!(
            [head("aé", 1), head("aé", 2), head("aé", 3), head("aé", 9)],
            ["a", "a", "aé", "aé"]
        );
    }
}
