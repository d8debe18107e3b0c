//! The botocore and the Smithy model of AppFabric generate equal crates.
//!
//! Both are read from the reference data.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

use smithy_codegen::{Options, generate};
use smithy_model::import::{Format, import};
use smithy_model::{Model, Node, ShapeId, ShapeKind, Sources};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A difference, and the conversion of a line of the Smithy crate to the line of the botocore
/// crate. `None` if the botocore crate does not have the line.
type Difference = (&'static str, fn(&str) -> Option<String>);

/// Facts that botocore's files lack or add. They are the rows with a star in the table of
/// `ARCHITECTURE.md`.
const DIFFERENCES: &[Difference] = &[
    ("the name of the service shape", |line| {
        Some(line.replace("#FabricFrontEndService", "#AppFabric"))
    }),
    ("the names of enum values", |line| {
        Some(line.replace("Enduser", "EndUser"))
    }),
    ("that an operation only reads", |line| {
        (line.trim() != "const IDEMPOTENT: bool = true;").then(|| line.to_owned())
    }),
    (
        "`^` before a pattern and `$` behind it",
        |line| match line.split_once("Pattern: `") {
            Some((before, pattern)) => {
                let pattern = pattern.replacen('^', "", 1);
                let end = pattern.trim_end_matches(['`', '.']).len();
                let (pattern, end) = pattern.split_at(end);
                Some(format!(
                    "{before}Pattern: `{}{end}",
                    pattern.strip_suffix('$').unwrap_or(pattern)
                ))
            }
            None => Some(line.to_owned()),
        },
    ),
];

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn either_format_gives_the_same_crate() {
    let data = Path::new(env!("REFERENCE_DATA")).join("appfabric");
    let [smithy, botocore] = ["smithy", "botocore"].map(|format| model(&data.join(format)));
    // The files of one format can be older. Here, both have what botocore has.
    let imported = import(&smithy, &botocore, Format::Botocore);
    let smithy = documented(imported.interface, imported.documentation);
    let [smithy, botocore] = [smithy, botocore].map(|model| files(&model));
    assert_eq!(
        smithy.keys().collect::<Vec<_>>(),
        botocore.keys().collect::<Vec<_>>()
    );
    let mut met = vec![false; DIFFERENCES.len()];
    for (path, text) in &smithy {
        let ours = text.lines().filter_map(|line| {
            DIFFERENCES.iter().zip(&mut met).try_fold(
                line.to_owned(),
                |line, ((_, change), met)| {
                    let changed = change(&line);
                    *met |= changed.as_ref() != Some(&line);
                    changed
                },
            )
        });
        let ours: Vec<String> = ours.collect();
        let theirs: Vec<&str> = botocore[path].lines().collect();
        let first = ours
            .iter()
            .zip(&theirs)
            .find(|(ours, theirs)| ours != *theirs);
        assert!(ours == theirs, "{path}: {first:#?}");
    }
    for ((what, _), met) in DIFFERENCES.iter().zip(met) {
        assert!(met, "no such difference any more: {what}");
    }
}

/// The model with this documentation.
fn documented(mut model: Model, documentation: BTreeMap<ShapeId, String>) -> Model {
    let id = ShapeId::parse("smithy.api#documentation").unwrap();
    for (shape, text) in documentation {
        let mut sources = Sources::new();
        let source = sources.add("documentation", serde_json::Value::from(text).to_string());
        let node = Node::parse(&sources, source).unwrap();
        let of_shape = model.shapes.get_mut(&shape.container()).unwrap();
        let traits = match (shape.member(), &mut of_shape.kind) {
            (None, _) => &mut of_shape.traits,
            (
                Some(name),
                ShapeKind::Structure(members)
                | ShapeKind::Union(members)
                | ShapeKind::Enum(members)
                | ShapeKind::IntEnum(members),
            ) => &mut members.get_mut(name).unwrap().traits,
            (Some(_), _) => continue,
        };
        traits.0.insert(id.clone(), node);
    }
    model
}

/// The model in a folder.
fn model(folder: &Path) -> Model {
    let mut sources = Sources::new();
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        sources.add(
            path.display().to_string(),
            fs::read_to_string(&path).unwrap(),
        );
    }
    let loaded = smithy_model::load(&sources);
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
    loaded.model
}

/// The files that are generated from a model.
fn files(model: &Model) -> BTreeMap<String, String> {
    let generated =
        generate(model, &Options::default()).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert!(generated.warnings.is_empty(), "{:#?}", generated.warnings);
    generated
        .files
        .iter()
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect()
}
