//! The crates of the fixtures as modules, and a program whose build script generates one.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod common;
mod workspace;

use common::{Case, repository};
use proc_macro2::{TokenStream, TokenTree};
use smithy_codegen::{Options, module};
use smithy_model::{Sources, load};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use workspace::Files;

const FEATURES: [&str; 2] = ["client", "call"];

/// Modules compile at any depth of a crate that has no feature of the emitted crates, with its
/// warnings denied, with client and serde and without both. Links in their documentation lead somewhere.
#[test]
fn modules_compile() {
    for (workspace, features) in [("modules", &FEATURES[..]), ("modules-without-client", &[])] {
        let mut files = Files::of(workspace, &["modules"]);
        let mut library = String::from(
            "#![recursion_limit = \"512\"]\n\n//! Modules.\n\n/// In a module.\npub mod inner {\n",
        );
        let mut of_runtime = BTreeSet::new();
        for mut case in Case::all("fixtures") {
            case.options.serde = !features.is_empty();
            let loaded = load(&case.sources);
            let module = module(&loaded.model, &case.options, features).unwrap();
            assert_paths_are_relative(&module.text);
            of_runtime.extend(module.runtime_features);
            let name = case.name.replace('-', "_");
            files.put(&format!("modules/src/{name}.rs"), &module.text);
            library.push_str(&format!(
                "    /// {name}\n    pub mod {name} {{\n        include!(\"{name}.rs\");\n    }}\n\n"
            ));
        }
        library.push_str("}\n");
        files.put("modules/src/lib.rs", &library);
        let of_runtime: Vec<&str> = of_runtime.into_iter().collect();
        let runtime = repository().join("runtime");
        files.put(
            "modules/Cargo.toml",
            &format!(
                "[package]\nname = \"modules\"\nedition = \"2024\"\n\n[dependencies]\n\
                 smithy-rt = {{ path = {runtime:?}, default-features = false, features = {of_runtime:?} }}\n\n[lints]\nworkspace = true\n"
            ),
        );
        let workspace = files.finish();
        workspace.cargo(&["check", "--quiet"], "RUSTFLAGS");
        if features == FEATURES {
            workspace.cargo(&["doc", "--quiet", "--no-deps"], "RUSTDOCFLAGS");
        }
    }
}

/// No path starts with `crate`, which is the crate of the user.
fn assert_paths_are_relative(text: &str) {
    fn walk(tokens: TokenStream, text: &str) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            let is_path =
                matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == ':');
            match token {
                TokenTree::Ident(word) => assert!(word != "crate" || !is_path, "{text}"),
                TokenTree::Group(group) => walk(group.stream(), text),
                _ => {}
            }
        }
    }
    walk(text.parse().unwrap(), text);
    assert!(!text.contains("](crate::"), "{text}");
    assert!(!text.contains("feature = "), "{text}");
}

/// The program in `examples/build-script` builds without a network, writes nothing to its source
/// folder, and gets what `module` returns.
#[test]
fn a_build_script_generates_a_module() {
    let example = repository().join("codegen/examples/build-script");
    let mut files = Files::of("build-script", &["program"]);
    for path in ["build.rs", "src/main.rs", "models/stock.json"] {
        let text = fs::read_to_string(example.join(path)).unwrap();
        files.put(&format!("program/{path}"), &text);
    }
    let manifest = fs::read_to_string(example.join("Cargo.toml")).unwrap();
    let absolute = |path: &str| repository().join(path).display().to_string();
    let manifest = manifest
        .replace("../../../", &absolute(""))
        .replace("../..", &absolute("codegen"));
    files.put("program/Cargo.toml", &manifest);
    let workspace = files.finish();
    let before = names(&workspace.path("program"));
    let printed = workspace.cargo(&["run", "--quiet"], "RUSTFLAGS");
    assert_eq!(
        printed,
        "https://stock.example.com/shelves/A/items?size=large\n[Item { name: \"nail\", parts: None }]\n"
    );
    assert_eq!(names(&workspace.path("program")), before);

    let mut sources = Sources::new();
    let model = fs::read_to_string(example.join("models/stock.json")).unwrap();
    sources.add("models/stock.json", model);
    let module = module(&load(&sources).model, &Options::default(), &["client"]).unwrap();
    let written = workspace.build_outputs("build-script", "stock.rs");
    assert!(!written.is_empty());
    assert!(written.contains(&module.text));

    // An error in the model is an error of the build, with its place.
    let broken = fs::read_to_string(workspace.path("program/models/stock.json")).unwrap();
    let model = workspace.path("program/models/stock.json");
    fs::write(
        &model,
        broken.replace("stock#Size\", \"traits", "stock#Sizes\", \"traits"),
    )
    .unwrap();
    let output = workspace.output(&["build"], &[]);
    fs::write(&model, broken).unwrap();
    let messages = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    let expected = "error[E0101] example.stock#ListItemsInput$size: ";
    assert!(
        messages.contains(expected) && messages.contains("(models/stock.json:"),
        "{messages}"
    );
}

/// The paths below a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        found.push(path.display().to_string());
        if path.is_dir() {
            found.extend(names(&path));
        }
    }
    found.sort();
    found
}
