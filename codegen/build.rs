//! Tells the tests where the reference data is, and to ignore the tests that need it if it is absent.
//! The tests that need `rustfmt` are ignored if it is not installed.
//!
//! The folder is `SMITHY_TEST_DATA` or `../shared/data`. `CONTRIBUTING.md` describes its content.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn main() {
    println!("cargo::rerun-if-env-changed=SMITHY_TEST_DATA");
    println!("cargo::rustc-check-cfg=cfg(reference_data, rustfmt)");
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let folder = std::env::var_os("SMITHY_TEST_DATA").map_or_else(default, PathBuf::from);
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rustc-env=REFERENCE_DATA={}", folder.display());
    if folder.is_dir() {
        println!("cargo::rustc-cfg=reference_data");
    }
    if has_rustfmt() {
        println!("cargo::rustc-cfg=rustfmt");
    }
}

fn has_rustfmt() -> bool {
    let version = Command::new("rustfmt")
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    version.is_ok_and(|status| status.success())
}
