//! Emitted Rust has the layout of `rustfmt` with its default settings. The generator does not run
//! rustfmt, but these tests do. They are ignored if rustfmt is not installed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod common;

use common::Case;
use smithy_codegen::{Generated, Options, generate};
use smithy_model::{Sources, load};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
#[cfg_attr(not(rustfmt), ignore = "rustfmt is not installed")]
fn fixtures_have_the_layout_of_rustfmt() {
    let crates = Case::all("fixtures").into_iter().map(|mut case| {
        case.options.protocol_tests = true;
        case.options.server = true;
        (case.name.clone(), case.generated())
    });
    let crates = Crates::write("fixtures", crates);
    assert_eq!(crates.different(), Vec::<PathBuf>::new());
}

/// The official protocol tests, and a service with every construct of emitted code. `.ci/run`
/// checks more services.
#[test]
#[cfg_attr(
    not(all(rustfmt, reference_data)),
    ignore = "rustfmt or the reference data is missing"
)]
fn official_models_are_laid_out_as_by_rustfmt() {
    let models = [
        "appfabric/smithy/appfabric-2023-05-19.json",
        "protocol-tests/aws.protocoltests.restjson.RestJson.json",
        "services/mq-2017-11-27.json",
    ];
    let crates = models.iter().map(|model| {
        let model = Path::new(env!("REFERENCE_DATA")).join(model);
        let mut sources = Sources::new();
        sources.add(
            model.display().to_string(),
            fs::read_to_string(&model).unwrap(),
        );
        let options = Options {
            protocol_tests: true,
            server: true,
            ..Options::default()
        };
        let generated = generate(&load(&sources).model, &options).unwrap();
        (
            model.file_stem().unwrap().to_str().unwrap().to_owned(),
            generated,
        )
    });
    let crates = Crates::write("official", crates);
    assert_eq!(crates.different(), Vec::<PathBuf>::new());
}

/// Crates in a folder.
struct Crates {
    roots: Vec<PathBuf>,
}

impl Crates {
    fn write(name: &str, crates: impl Iterator<Item = (String, Generated)>) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("layout")
            .join(name);
        let _ = fs::remove_dir_all(&folder);
        let mut roots = Vec::new();
        for (name, generated) in crates {
            for (path, text) in generated
                .files
                .iter()
                .filter(|(path, _)| path.ends_with(".rs"))
            {
                let file = folder.join(&name).join(path);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(&file, text).unwrap();
                // The files whose modules rustfmt follows.
                if path.ends_with("/lib.rs") || path.ends_with("/main.rs") {
                    roots.push(file);
                }
            }
        }
        Self { roots }
    }

    /// The files that rustfmt would change.
    fn different(&self) -> Vec<PathBuf> {
        let output = Command::new("rustfmt")
            .args(["--edition", "2024", "--check", "-l"])
            .args(&self.roots)
            .output()
            .unwrap();
        let files = String::from_utf8(output.stdout).unwrap();
        let files: Vec<PathBuf> = files.lines().map(PathBuf::from).collect();
        assert_eq!(files.is_empty(), output.status.success(), "rustfmt fails");
        files
    }
}
