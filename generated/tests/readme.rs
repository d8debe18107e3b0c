//! The program and the test in README.md.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

/// README.md shows a file that is compiled with the tests, from the line after its documentation.
#[track_caller]
fn shows(path: &str, start: &str) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(folder.join(path)).unwrap();
    let example = read(path);
    let (_, program) = example.split_once("```\n\n").unwrap();
    assert!(program.contains(start), "{program}");
    let readme = read("../README.md");
    assert!(
        readme.contains(&format!("```rust\n{program}```\n")),
        "{program}"
    );
}

#[test]
fn the_program_in_the_readme_is_an_example() {
    shows("examples/first_call.rs", "fn main()");
}

#[test]
fn the_test_in_the_readme_is_a_test() {
    shows("tests/test_your_code.rs", "#[tokio::test]");
}
