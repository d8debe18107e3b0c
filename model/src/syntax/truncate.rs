/// Returns the beginning of a text, at most `most` bytes, cut between characters.
pub(crate) fn truncate(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::truncate;

    #[test]
    fn cuts_between_characters() {
        assert_eq!(
            [1, 2, 3, 9].map(|most| truncate("aé", most)),
            ["a", "a", "aé", "aé"]
        );
    }
}
