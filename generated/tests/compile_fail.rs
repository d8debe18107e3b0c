//! A forgotten required member does not compile, and the message names it.
//!
//! The `.stderr` files are rustc 1.95's words around those of `smithy_rt::build::IsSet`. They quote
//! the runtime's and the emitted code, too, so that a change of either may ask for
//! `TRYBUILD=overwrite cargo test -p appfabric --test compile_fail` and a look at the diff. Other
//! versions of rustc put things differently: there the comparison is left out, which leaves
//! `compiler_messages_name_the_missing_members`.

#![cfg(feature = "client")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

const RECORDED_BY: &str = "rustc 1.95.";

#[test]
fn builders() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/compile_pass/*.rs");
    let version = String::from_utf8(
        Command::new("rustc")
            .arg("--version")
            .output()
            .unwrap()
            .stdout,
    )
    .unwrap();
    if version.starts_with(RECORDED_BY) {
        cases.compile_fail("tests/compile_fail/*.rs");
    } else {
        eprintln!(
            "skipped: tests/compile_fail has the messages of {RECORDED_BY}x, this is {version}"
        );
    }
}

#[test]
fn compiler_messages_name_the_missing_members() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compile_fail");
    for (case, members) in [
        ("structure", &["tenant_display_name"][..]),
        ("operation_by_client", &["tenant"]),
        ("two_members", &["auth_type", "credential"]),
    ] {
        let text = std::fs::read_to_string(folder.join(case).with_extension("stderr")).unwrap();
        let errors = text
            .lines()
            .filter_map(|line| line.strip_prefix("error[E0277]: the required member `"));
        let paths = errors.map(|line| line.strip_suffix("` is not set").unwrap());
        let named: BTreeSet<_> = paths
            .map(|path| path.rsplit("::").next().unwrap())
            .collect();
        assert_eq!(named, members.iter().copied().collect(), "{case}: {text}");
    }
}
