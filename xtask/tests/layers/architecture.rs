//! ARCHITECTURE.md shows the folders of a crate in a fenced block with the info string
//! `layers <crate>`, in the format of `<crate>/folders.txt`. Descriptions may differ.

use crate::folders::Folders;
use crate::read;
use std::collections::BTreeMap;
use std::path::Path;

/// The crates whose folders ARCHITECTURE.md shows.
const SHOWN: &[&str] = &["codegen", "model", "runtime", "xtask"];

#[test]
fn architecture_shows_the_folders_in_their_order() {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    let blocks = blocks(&read(&xtask.parent().unwrap().join("ARCHITECTURE.md")));
    assert_eq!(
        blocks.keys().collect::<Vec<_>>(),
        SHOWN,
        "the blocks `layers <crate>` in ARCHITECTURE.md"
    );
    for (name, block) in blocks {
        let list = read(&xtask.join("tests/layers").join(&name).join("folders.txt"));
        assert_eq!(
            Folders::parse(&block),
            Folders::parse(&list),
            "the block `layers {name}` in ARCHITECTURE.md, and xtask/tests/layers/{name}/folders.txt"
        );
    }
}

/// The content of the blocks `layers <crate>`, by crate.
fn blocks(markdown: &str) -> BTreeMap<String, String> {
    let mut blocks = BTreeMap::new();
    let mut open: Option<(String, String)> = None;
    for line in markdown.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => {
                let name = info.strip_prefix("layers ").unwrap_or_default();
                open = Some((name.to_owned(), String::new()));
            }
            (Some((_, content)), None) => {
                content.push_str(line);
                content.push('\n');
            }
            (Some(_), Some(_)) => blocks.extend(open.take().filter(|(name, _)| !name.is_empty())),
            (None, None) => {}
        }
    }
    blocks
}

#[test]
fn blocks_are_found_by_their_info_string() {
    let markdown = "```sh\nls\n```\n```layers model\na/  what it is\n b.rs\n```\n";
    let found = blocks(markdown);
    assert_eq!(found.keys().collect::<Vec<_>>(), ["model"]);
    assert_eq!(
        Folders::parse(&found["model"]),
        Folders::parse("a/\n b.rs\n")
    );
    assert_ne!(
        Folders::parse(&found["model"]),
        Folders::parse("a/\nb.rs\n")
    );
}
