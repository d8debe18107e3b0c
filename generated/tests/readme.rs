//! The program in README.md.

/// README.md shows the example `first_call`, which is compiled with the tests.
#[test]
fn the_program_in_the_readme_is_an_example() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(folder.join(path)).unwrap();
    let example = read("examples/first_call.rs");
    let (_, program) = example.split_once("```\n\n").unwrap();
    assert!(program.contains("fn main()"), "{program}");
    let readme = read("../README.md");
    assert!(
        readme.contains(&format!("```rust\n{program}```\n")),
        "{program}"
    );
}
