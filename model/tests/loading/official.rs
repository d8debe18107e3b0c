//! AWS's models, and Smithy's own suite of invalid ones. They lie beside the project; without them the tests say that
//! they skip.

use smithy_model::{Code, Loaded, Severity, Sources, load};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The folder of reference data, if it is there.
pub(crate) fn data() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    if !folder.is_dir() {
        eprintln!("skipped: {} is not there", folder.display());
        return None;
    }
    Some(folder)
}

/// Every JSON file under a folder.
pub(crate) fn models(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(models(&path));
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn read(path: &Path) -> (Sources, Loaded) {
    let mut sources = Sources::new();
    sources.add(path.file_name().unwrap().to_string_lossy(), std::fs::read_to_string(path).unwrap());
    let loaded = load(&sources);
    (sources, loaded)
}

fn describe(sources: &Sources, loaded: &Loaded) -> String {
    let lines = loaded.diagnostics.iter().map(|d| {
        let place = d.span.map(|span| sources.place(span)).unwrap_or_default();
        format!("  {}[{}] {place} {:?}: {}\n", d.severity, d.code, d.shape, d.message)
    });
    lines.collect()
}

#[test]
fn official_models_load() {
    let Some(data) = data() else { return };
    let mut count = 0;
    for folder in ["services", "appfabric/smithy", "protocol-tests"] {
        for path in models(&data.join(folder)) {
            let (sources, loaded) = read(&path);
            assert!(loaded.is_ok(), "{}\n{}", path.display(), describe(&sources, &loaded));
            assert!(loaded.model.services().count() == 1, "{}", path.display());
            count += 1;
        }
    }
    assert!(count >= 44, "only {count} models found");
}

#[test]
fn the_prelude_itself_loads() {
    let Some(data) = data() else { return };
    let (sources, loaded) = read(&data.join("traits/prelude.json"));
    assert!(loaded.is_ok(), "{}", describe(&sources, &loaded));
}

/// Cases of Smithy's suite that are about things that are not checked here, and why not.
const NOT_CHECKED: &[(&str, &str)] = &[
    ("auth-trait-must-target-service-schemes", "how schemes of authentication fit together"),
    ("http-api-key-scheme-trait-validator-test", "how schemes of authentication fit together"),
    ("emit-each-invalid-selector", "linters that a model configures are not run"),
    ("emit-each-selector-validator", "linters that a model configures are not run"),
    ("invalid-string-reference-multiple-identifiers", "references between resources"),
    ("missing-identifier-reference", "references between resources"),
    ("reference-must-target-resource", "references between resources"),
    ("resource-operation-binding-validator", "how operations bind the identifiers of resources"),
    ("validates-instance-and-collection-operations", "how operations bind the identifiers of resources"),
    (
        "paginated-map-tokens",
        "a warning here: Smithy advises against such tokens, and services in use have them",
    ),
];

/// What Smithy rejects is rejected here, with an error about the same shapes; nothing else is.
#[test]
fn smithys_invalid_models() {
    let Some(data) = data() else { return };
    let mut wrong = String::new();
    let mut count = 0;
    for path in models(&data.join("invalid-models")) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (sources, loaded) = read(&path);
        count += 1;
        if NOT_CHECKED.iter().any(|(skipped, _)| *skipped == name) {
            continue; // loading did not panic, and that is all there is to see
        }
        let expected = rejected_shapes(&path.with_extension("events.tsv"));
        let errors = loaded.diagnostics.iter().filter(|d| d.severity == Severity::Error);
        let found: BTreeSet<String> =
            errors.map(|d| d.shape.as_ref().map_or("-".to_owned(), ToString::to_string)).collect();
        // Shapes in conflict have one diagnostic here, which names them all; in Smithy each has its own.
        let is_named = |shape: &str| {
            let name = format!("`{}`", shape.rsplit('$').next().unwrap());
            loaded
                .diagnostics
                .iter()
                .any(|d| d.code == Code::ConflictingMemberNames && d.message.contains(&name))
        };
        let missing: Vec<_> =
            expected.difference(&found).filter(|shape| *shape != "-" && !is_named(shape)).collect();
        if expected.is_empty() != loaded.is_ok() || !missing.is_empty() {
            wrong += &format!(
                "{name}: expected {expected:?}, missing {missing:?}\n{}",
                describe(&sources, &loaded)
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count >= 67, "only {count} cases found");
}

/// The shapes that Smithy reports as `ERROR` or `DANGER`; `-` stands for the model as a whole.
fn rejected_shapes(events: &Path) -> BTreeSet<String> {
    let text = std::fs::read_to_string(events).unwrap();
    let columns = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    columns.filter(|c| matches!(c[0], "ERROR" | "DANGER")).map(|c| c[2].to_owned()).collect()
}
