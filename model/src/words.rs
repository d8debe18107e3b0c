//! Wording of diagnostics.

/// The items in backticks, with commas between.
pub(crate) fn ticked<T: std::fmt::Display>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| format!("`{item}`")).collect::<Vec<_>>().join(", ")
}

/// The name of a kind of shape with its article: `a union`, `an enum`.
pub(crate) fn a(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {kind}")
}

#[cfg(test)]
mod tests {
    use super::{a, ticked};

    #[test]
    fn wording() {
        assert_eq!([a("union"), a("intEnum"), a("operation")], ["a union", "an intEnum", "an operation"]);
        assert_eq!(ticked(["x", "y"]), "`x`, `y`");
    }
}
