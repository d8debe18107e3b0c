//! The search for special bytes in strings, which the reader and the writer share.

const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
const HIGHS: u64 = u64::from_ne_bytes([0x80; 8]);

/// The number of bytes before the first quote, backslash or control character.
///
/// It processes eight bytes at a time. A table lookup for each byte is four times slower on typical
/// strings of services.
#[inline]
pub(super) fn plain_prefix(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut length = 0;
    for word in words {
        let special = special(u64::from_le_bytes(*word));
        if special != 0 {
            return length + (special.trailing_zeros() / 8) as usize;
        }
        length += 8;
    }
    length + plain_prefix_of_rest(rest)
}

/// Not inlined, since it is only needed for the last string of a document.
#[inline(never)]
fn plain_prefix_of_rest(rest: &[u8]) -> usize {
    rest.iter()
        .position(|&byte| is_special(byte))
        .unwrap_or(rest.len())
}

fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// A word whose lowest set bit is the top bit of the first special byte. Higher bits can be wrong,
/// since subtractions borrow from higher bytes, but only if a lower byte is special.
fn special(word: u64) -> u64 {
    // The subtraction sets the top bit of a byte that is less than the subtrahend, or at least
    // 0x80.
    let quote = (word ^ (ONES * b'"' as u64)).wrapping_sub(ONES);
    let backslash = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    let control = word.wrapping_sub(ONES * 0x20);
    (quote | backslash | control) & !word & HIGHS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_bytes_are_found_at_every_position() {
        for byte in 0..=u8::MAX {
            for at in 0..20 {
                for fill in [
                    b'a', b'!', b'#', b'[', b']', 0x20, 0x7f, 0x80, 0xff, 0xa2, 0xdc,
                ] {
                    let mut bytes = [fill; 20];
                    bytes[at] = byte;
                    let expected = if is_special(byte) { at } else { 20 };
                    assert_eq!(
                        plain_prefix(&bytes),
                        expected,
                        "{byte:#x} at {at} in {fill:#x}"
                    );
                }
            }
        }
    }
}
