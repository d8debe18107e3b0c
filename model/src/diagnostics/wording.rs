//! Wording that diagnostics share.

/// Returns the items in backticks, separated by commas; only the first 30 if there are more.
pub(crate) fn code_list<T: std::fmt::Display>(items: impl IntoIterator<Item = T>) -> String {
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

/// Returns the name of a kind of shape with its article, such as `a union` or `an enum`.
pub(crate) fn with_article(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {kind}")
}

#[cfg(test)]
mod tests {
    use super::{code_list, with_article};

    #[test]
    fn wording() {
        assert_eq!(
            [
                with_article("union"),
                with_article("intEnum"),
                with_article("operation")
            ],
            ["a union", "an intEnum", "an operation"]
        );
        assert_eq!(code_list(["x", "y"]), "`x`, `y`");
        assert!(code_list(0..32).ends_with(", `29` and 2 more"));
    }
}
