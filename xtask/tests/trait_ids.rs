//! Trait IDs are only in the registry of the model. Other code names traits by the constants of the
//! registry, so a misspelled ID does not compile, and values are read as types.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

use std::path::Path;

/// The files with IDs in strings outside of tests, with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    (
        "model/src/formats/botocore/operations.rs",
        "`smithy.api#noAuth` is not a trait",
    ),
    ("model/src/shapes/prelude.rs", "below the registry"),
    ("model/src/traits/place.rs", "below the registry"),
];

#[test]
fn trait_ids_are_only_in_the_registry() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    for folder in ["model/src", "codegen/src"] {
        visit(root, &root.join(folder), &mut found);
    }
    found.retain(|file| !file.starts_with("model/src/traits/registry"));
    let listed: Vec<&str> = EXCEPTIONS.iter().map(|(file, _)| *file).collect();
    found.sort_unstable();
    assert_eq!(
        found, listed,
        "use the constants of `traits`, or shorten the list"
    );
}

fn visit(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "tests" {
            visit(root, &path, found);
        } else if name.ends_with(".rs") && name != "tests.rs" {
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod").next().unwrap_or_default();
            if code.lines().any(has_trait_id) {
                let file = path.strip_prefix(root).unwrap().to_string_lossy();
                found.push(file.replace('\\', "/"));
            }
        }
    }
}

/// Whether a line has a string that is an ID of Smithy or AWS and not a shape of the prelude.
fn has_trait_id(line: &str) -> bool {
    let is_id = |text: &str| {
        let Some((namespace, name)) = text.split_once('#') else {
            return false;
        };
        let is_published = ["smithy.", "aws.", "alloy."]
            .iter()
            .any(|first| namespace.starts_with(first));
        // Data shapes of the prelude start with a capital letter.
        is_published
            && name.starts_with(|c: char| c.is_ascii_lowercase())
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "._#".contains(c))
    };
    !line.trim_start().starts_with("//") && line.split('"').skip(1).step_by(2).any(is_id)
}
