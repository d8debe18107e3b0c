//! Tells the tests where the reference data is, and to ignore the tests that need it if it is absent.
//!
//! The folder is `SMITHY_TEST_DATA` or `../shared/data`. `CONTRIBUTING.md` describes its content.

use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-env-changed=SMITHY_TEST_DATA");
    println!("cargo::rustc-check-cfg=cfg(reference_data)");
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let folder = std::env::var_os("SMITHY_TEST_DATA").map_or_else(default, PathBuf::from);
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rustc-env=REFERENCE_DATA={}", folder.display());
    if folder.is_dir() {
        println!("cargo::rustc-cfg=reference_data");
    }
}
