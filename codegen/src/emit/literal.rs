//! Literals of Rust.

use crate::graph::timestamp::Timestamp;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A timestamp of the runtime, where `ty` is the path of its type.
pub(crate) fn timestamp(ty: &TokenStream, Timestamp { seconds, nanos }: Timestamp) -> TokenStream {
    let seconds = grouped(seconds);
    if nanos == 0 {
        return quote!(#ty::from_epoch_seconds(#seconds));
    }
    let nanos = grouped(nanos.into());
    quote!(#ty::new(#seconds, #nanos))
}

/// An integer with groups of three digits, such as `1_700_000_000`.
fn grouped(number: i64) -> Literal {
    let mut text = number.to_string();
    let first_digit = usize::from(number < 0);
    let mut end = text.len();
    while end > first_digit + 3 {
        end -= 3;
        text.insert(end, '_');
    }
    text.parse()
        .unwrap_or_else(|_| Literal::i64_unsuffixed(number))
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn digits_in_groups() {
        let cases = [
            (0, "0"),
            (-999, "-999"),
            (1_000, "1_000"),
            (-123_456, "-123_456"),
            (1_700_000_000, "1_700_000_000"),
            (i64::MIN, "-9_223_372_036_854_775_808"),
        ];
        for (number, text) in cases {
            assert_eq!(grouped(number).to_string(), text);
        }
    }
}
