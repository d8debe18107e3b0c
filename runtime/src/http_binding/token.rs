//! Idempotency tokens.

use crate::http_binding::request::error::{RequestError, RequestErrorKind};
use std::fmt::Write as _;

/// Generates idempotency tokens. It is called once for each token member without a value.
pub type TokenSource<'a> = &'a dyn Fn() -> Result<String, RequestError>;

/// Generates a token: a random UUID (version 4) in lower case.
///
/// # Errors
/// [`RequestErrorKind::NoRandomness`] if the system has no random numbers, as on the target
/// `wasm32-unknown-unknown`. [`Operation::request`](crate::Operation::request) accepts another
/// [`TokenSource`].
pub fn random_token() -> Result<String, RequestError> {
    random_bytes()
        .map(|bytes| uuid_v4(u128::from_be_bytes(bytes)))
        .ok_or_else(|| RequestError::new(RequestErrorKind::NoRandomness, "idempotency token"))
}

/// Random bytes of the operating system; `None` if it has none.
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub(crate) fn random_bytes<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).ok().map(|()| bytes)
}

/// `None`: WebAssembly without an operating system has no random numbers. A program that has a
/// source gives it to [`Operation::request`](crate::Operation::request) or to its client's
/// `System`.
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub(crate) fn random_bytes<const N: usize>() -> Option<[u8; N]> {
    None
}

/// RFC 9562 section 5.4: the version in bits 48 to 51, the variant in bits 64 and 65.
fn uuid_v4(random: u128) -> String {
    const VERSION_AND_VARIANT: u128 = 0xf << 76 | 0x3 << 62;
    let bits = random & !VERSION_AND_VARIANT | 0x4 << 76 | 0x2 << 62;
    let mut text = String::with_capacity(36);
    for (from, digits) in [(96, 8), (80, 4), (64, 4), (48, 4), (0, 12)] {
        if !text.is_empty() {
            text.push('-');
        }
        let part = bits >> from & ((1 << (digits * 4)) - 1);
        // Writing to a String cannot fail.
        let _ = write!(text, "{part:0digits$x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_and_variant_are_set() {
        assert_eq!(uuid_v4(0), "00000000-0000-4000-8000-000000000000");
        assert_eq!(uuid_v4(u128::MAX), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(
            uuid_v4(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef),
            "01234567-89ab-4def-8123-456789abcdef"
        );
    }

    #[test]
    fn two_tokens_differ() {
        assert_ne!(random_token().unwrap(), random_token().unwrap());
    }
}
