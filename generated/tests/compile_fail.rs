//! A forgotten required member is a compile error that names the member, and a wrong argument is one
//! that names what is accepted.
//!
//! The `.stderr` files contain the messages of rustc 1.95, which quote code of the runtime and of
//! the emitted crate. After a change of this code, run
//! `TRYBUILD=overwrite cargo test -p appfabric --test compile_fail` and review the diff. With other
//! versions of rustc, the test compiles the same files and compares only the text that does not
//! depend on the version.

#![cfg(feature = "client")]
#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

const RECORDED_BY: &str = "rustc 1.95.";

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/compile_fail");

/// The files in `compile_fail` that forget members, with these members.
const FORGOTTEN: [(&str, &[&str]); 5] = [
    ("forgotten_in_structure", &["tenant_display_name"]),
    ("forgotten_in_operation", &["tenant"]),
    ("forgotten_in_pages", &["app_bundle_identifier"]),
    ("forgotten_in_function", &["tags"]),
    ("forgotten_two_members", &["auth_type", "credential"]),
];

/// The files with a wrong argument, with what the message says about it.
const WRONG: [(&str, &str); 6] = [
    (
        "wrong_text",
        "expected a value that converts into `std::string::String`, or an `Option` of one",
    ),
    (
        "wrong_number",
        "expected `i32`, `&i32`, or an `Option` of one",
    ),
    (
        "wrong_enum",
        "expected `ResultStatus`, `&ResultStatus`, or an `Option` of one",
    ),
    (
        "wrong_union",
        "expected a value that converts into `Credential`, or an `Option` of one",
    ),
    (
        "wrong_list",
        "expected an array, a `Vec` or another iterator of values that convert into `Tag`",
    ),
    ("wrong_required_enum", "expected `AuthType`, found `&str`"),
];

/// The most lines of a message about one mistake.
const SHORT: usize = 25;

#[test]
fn complete_builders_compile_and_incomplete_builders_do_not() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/compile_pass/*.rs");
    if rustc_version().starts_with(RECORDED_BY) {
        cases.compile_fail("tests/compile_fail/*.rs");
    } else {
        for (case, members) in FORGOTTEN {
            assert_eq!(named_members(&messages(case)), set(members), "{case}");
        }
        for (case, expected) in WRONG {
            let text = messages(case);
            assert!(text.contains(expected), "{case}: {text}");
        }
    }
}

#[test]
fn recorded_messages_name_the_mistake_in_few_lines() {
    for (case, members) in FORGOTTEN {
        let text = recorded(case);
        assert_eq!(named_members(&text), set(members), "{case}: {text}");
        assert_short(&text, members.len());
    }
    for (case, expected) in WRONG {
        let text = recorded(case);
        assert!(text.contains(expected), "{case}: {text}");
        assert_short(&text, 1);
    }
    let files = std::fs::read_dir(FOLDER).unwrap();
    let cases = FORGOTTEN.len() + WRONG.len();
    assert_eq!(files.count(), 2 * cases, "each file is in a list");
}

/// Each mistake is one error, without a list of types that implement a trait.
#[track_caller]
fn assert_short(text: &str, mistakes: usize) {
    assert_eq!(text.matches("error[").count(), mistakes, "{text}");
    assert!(text.lines().count() <= SHORT * mistakes, "{text}");
    assert!(!text.contains("other types implement"), "{text}");
}

fn recorded(case: &str) -> String {
    std::fs::read_to_string(source(case).with_extension("stderr")).unwrap()
}

fn rustc_version() -> String {
    let output = Command::new("rustc").arg("--version").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn source(case: &str) -> PathBuf {
    Path::new(FOLDER).join(case).with_extension("rs")
}

fn set<'a>(members: &[&'a str]) -> BTreeSet<&'a str> {
    members.iter().copied().collect()
}

/// The members that the errors for incomplete builders name.
fn named_members(text: &str) -> BTreeSet<&str> {
    let errors = text
        .lines()
        .filter_map(|line| line.strip_prefix("error[E0277]: the required member `"));
    let paths = errors.map(|line| line.strip_suffix("` is not set").unwrap());
    paths
        .map(|path| path.rsplit("::").next().unwrap())
        .collect()
}

/// What the compiler prints for a file, which must not compile.
fn messages(case: &str) -> String {
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile_fail");
    std::fs::create_dir_all(package.join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"compile_fail\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         appfabric = {{ path = {:?}, default-features = false, features = [\"client\"] }}\n",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::write(package.join("Cargo.toml"), manifest).unwrap();
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    std::fs::copy(lock, package.join("Cargo.lock")).unwrap();
    std::fs::copy(source(case), package.join("src/main.rs")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--color", "never"])
        .current_dir(&package)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{case} compiles");
    assert!(
        text.contains("error[E0") && text.contains("main.rs"),
        "{case}: {text}"
    );
    text
}
