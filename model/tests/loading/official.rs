//! AWS's models, and Smithy's own suite of invalid models, from the reference data.

use smithy_model::{Loaded, Severity, Sources, load};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Returns the folder of reference data.
pub(crate) fn data() -> &'static Path {
    Path::new(env!("REFERENCE_DATA"))
}

/// Returns every JSON file under a folder.
pub(crate) fn models(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(models(&path));
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn read(path: &Path) -> (Sources, Loaded) {
    let mut sources = Sources::new();
    sources.add(
        path.file_name().unwrap().to_string_lossy(),
        std::fs::read_to_string(path).unwrap(),
    );
    let loaded = load(&sources);
    (sources, loaded)
}

fn describe(sources: &Sources, loaded: &Loaded) -> String {
    let lines = loaded.diagnostics.iter().map(|d| {
        let place = d.span.map(|span| sources.place(span)).unwrap_or_default();
        format!(
            "  {}[{}] {place} {:?}: {}\n",
            d.severity, d.code, d.shape, d.message
        )
    });
    lines.collect()
}

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn official_models_load() {
    let data = data();
    let mut count = 0;
    for folder in ["services", "appfabric/smithy", "protocol-tests"] {
        for path in models(&data.join(folder)) {
            let (sources, loaded) = read(&path);
            assert!(
                loaded.is_ok(),
                "{}\n{}",
                path.display(),
                describe(&sources, &loaded)
            );
            assert!(loaded.model.services().count() == 1, "{}", path.display());
            count += 1;
        }
    }
    assert!(count >= 44, "only {count} models found");
}

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn the_prelude_itself_loads() {
    let data = data();
    let (sources, loaded) = read(&data.join("traits/prelude.json"));
    assert!(loaded.is_ok(), "{}", describe(&sources, &loaded));
}

/// The expected result for a case of Smithy's suite.
enum Verdict {
    /// Smithy and this crate reject it, with an error for each shape that Smithy reports.
    Rejected,
    /// Smithy rejects it, this crate accepts it, for this reason.
    Accepted(&'static str),
    /// Smithy and this crate accept it, with warnings at most.
    Valid,
}

use Verdict::{Accepted, Rejected, Valid};

const VERDICTS: &[(&str, Verdict)] = &[
    ("auth-trait-invalid-shape-id", Rejected),
    ("auth-trait-must-target-service-schemes", Rejected),
    ("deprecated-trait-validator", Valid),
    (
        "emit-each-invalid-selector",
        Accepted("linters that a model configures are not run"),
    ),
    (
        "emit-each-selector-validator",
        Accepted("linters that a model configures are not run"),
    ),
    ("enum-trait-validation", Rejected),
    ("event-payload-validation", Rejected),
    ("exclusive-structure-member-traits-validator", Rejected),
    ("external-documentation-no-entries", Rejected),
    ("finds-conflicting-traits", Rejected),
    ("http-api-key-scheme-trait-validator-test", Rejected),
    ("http-bindings-missing-validator", Rejected),
    ("http-header-tchar-validator", Rejected),
    ("http-response-code-semantics-validator", Rejected),
    ("http-uri-format-invalid", Rejected),
    ("input-output-must-not-have-error-trait", Rejected),
    ("invalid-string-reference-multiple-identifiers", Rejected),
    ("json-invalid-list-and-map-members", Rejected),
    ("json-invalid-set-members", Rejected),
    ("jsonName-conflict", Rejected),
    ("map-warns-additional-properties", Valid),
    ("mediatype-trait", Rejected),
    ("members-warn-additional-properties", Valid),
    ("metadata-must-be-object", Rejected),
    ("missing-identifier-reference", Rejected),
    ("mixins-detects-cycles1", Rejected),
    ("mixins-detects-cycles2", Rejected),
    ("mixins-detects-cycles3", Rejected),
    ("mixins-detects-invalid-mixin", Rejected),
    ("mixins-detects-missing-transitive", Rejected),
    ("operation-requires-reference-object-errors", Rejected),
    ("operation-requires-reference-object-input", Rejected),
    ("operation-requires-reference-object-output", Rejected),
    ("paginated-deeply-nested", Valid),
    (
        "paginated-map-tokens",
        Accepted("warned of: Smithy advises against such tokens, and services in use have them"),
    ),
    ("paginated-valid-merge", Valid),
    ("pattern-trait", Valid),
    ("range-trait", Rejected),
    ("reference-must-target-resource", Rejected),
    ("request-token", Rejected),
    ("requiresLength-validator", Rejected),
    ("resource-identifiers", Rejected),
    ("resource-operation-binding-validator", Rejected),
    ("sensitive-trait", Rejected),
    ("shape-defs-must-not-have-members", Rejected),
    ("shape-name-conflict", Valid),
    ("shape-recursion", Rejected),
    ("shapes-must-be-object", Rejected),
    ("shapes-must-contain-shape-id-keys", Rejected),
    ("shapes-warn-additional-properties", Valid),
    ("single-resource-binding", Rejected),
    ("streaming-trait", Rejected),
    ("structure-warns-additional-properties", Valid),
    ("target-validator-suggestions", Rejected),
    ("timestampFormat-trait", Rejected),
    ("trait-applied-to-non-existent-shape", Rejected),
    ("trait-duplicates", Rejected),
    ("traits-must-be-absolute-ids", Rejected),
    ("unique-structure-member", Rejected),
    ("unstable-trait-validator", Valid),
    ("unsupported-json-version", Rejected),
    ("valid-implicit-lifecycles", Valid),
    ("validates-instance-and-collection-operations", Rejected),
    ("validators-must-be-arrays", Rejected),
    ("version-simple-json", Valid),
    ("warns-invalid-top-level-properties", Valid),
    ("xml-name", Rejected),
];

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn smithys_invalid_models() {
    let data = data();
    let mut wrong = String::new();
    let cases = models(&data.join("invalid-models"));
    for path in &cases {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (sources, loaded) = read(path);
        let expected = rejected_shapes(&path.with_extension("events.tsv"));
        let verdict = VERDICTS
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, verdict)| verdict);
        let missing: Vec<_> = expected
            .iter()
            .filter(|shape| *shape != "-" && !is_rejected(shape, &loaded))
            .collect();
        let holds = match verdict.unwrap_or_else(|| panic!("no verdict on {name}")) {
            Rejected => !loaded.is_ok() && !expected.is_empty() && missing.is_empty(),
            Accepted(reason) => loaded.is_ok() && !expected.is_empty() && !reason.is_empty(),
            Valid => loaded.is_ok() && expected.is_empty(),
        };
        if !holds {
            let found = describe(&sources, &loaded);
            wrong += &format!("{name}: expected {expected:?}, missing {missing:?}\n{found}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert_eq!(cases.len(), VERDICTS.len());
}

/// Returns whether an error is reported for a shape.
fn is_rejected(shape: &str, loaded: &Loaded) -> bool {
    let mut errors = loaded
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error);
    errors.any(|d| d.shape.as_ref().is_some_and(|id| id.as_str() == shape))
}

/// Returns the shapes that Smithy reports as `ERROR` or `DANGER`. `-` is the model as a whole.
fn rejected_shapes(events: &Path) -> BTreeSet<String> {
    let text = std::fs::read_to_string(events).unwrap();
    let columns = text
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>());
    columns
        .filter(|c| matches!(c[0], "ERROR" | "DANGER"))
        .map(|c| c[2].to_owned())
        .collect()
}
