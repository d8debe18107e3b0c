//! `constructs.rs` has each construct as rustfmt lays it out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

use crate::print::rust::printer::item_text;
use std::process::Command;

const CONSTRUCTS: &str = include_str!("constructs.rs");

/// The texts of the items: a line that is not indented and follows the end of an item starts one.
fn items(text: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    let mut ended = true;
    for line in text.lines().filter(|line| !line.is_empty()) {
        if ended {
            items.push(String::new());
        }
        let item = items.last_mut().unwrap();
        item.push_str(line);
        item.push('\n');
        ended = !line.starts_with(' ') && line.ends_with(['}', ';']);
    }
    items
}

#[test]
fn constructs_are_laid_out() {
    for expected in items(CONSTRUCTS) {
        let item: syn::Item = syn::parse_str(&expected).unwrap();
        let text = item_text(&item, &|_| None);
        assert_eq!(text.replace("\n\n", "\n"), expected);
    }
}

#[test]
#[cfg_attr(not(rustfmt), ignore = "rustfmt is not installed")]
fn constructs_are_as_rustfmt_lays_them_out() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/src/print/rust/tests/constructs.rs"
    );
    let output = Command::new("rustfmt")
        .args(["--edition", "2024", "--check", path])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}
