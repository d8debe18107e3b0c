//! What temporary files are called: the one place that knows how those of a killed run are told
//! apart.

use std::ffi::OsStr;

const START: &str = ".codegen-";
const END: &str = ".tmp";

/// The file that a run holds a lock on while it writes into the folder that it lies in.
pub(crate) const LOCK: &str = ".codegen-lock.tmp";

/// The name of the temporary folder number `number` of this process.
pub(crate) fn name(number: usize) -> String {
    format!("{START}{}-{number}{END}", std::process::id())
}

/// Whether a file or folder of that name was staged, by whatever process.
pub(crate) fn is_name(name: &OsStr) -> bool {
    name != LOCK
        && name
            .to_str()
            .and_then(|name| name.strip_prefix(START))
            .is_some_and(|rest| rest.ends_with(END))
}

#[cfg(test)]
mod tests {
    use super::{is_name, name};

    #[test]
    fn names_are_told_apart() {
        assert!(is_name(name(0).as_ref()) && is_name(name(12).as_ref()));
        for other in [
            super::LOCK,
            ".codegen-1-0",
            "codegen-1-0.tmp",
            ".codegen.tmp",
            ".x.tmp",
            ".codegen-",
        ] {
            assert!(!is_name(other.as_ref()), "{other}");
        }
    }
}
