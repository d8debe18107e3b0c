//! The registry against the official trait definitions.

mod definitions;
mod places;
mod prelude;
mod readers;
mod selector;

use crate::load;
use crate::shapes::model::Model;
use crate::syntax::source::Sources;
use std::path::PathBuf;

/// The official trait definitions. `None` if the reference data is missing.
fn definitions() -> Option<Model> {
    let data = std::env::var_os("SMITHY_TEST_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data")),
        PathBuf::from,
    );
    let mut sources = Sources::new();
    for name in ["prelude.json", "trait-definitions.json"] {
        let path = data.join("traits").join(name);
        let Ok(text) = std::fs::read_to_string(&path) else {
            eprintln!("skipped: {} is missing", path.display());
            return None;
        };
        sources.add(name, text);
    }
    let loaded = load(&sources);
    assert!(loaded.is_ok(), "{:#?}", loaded.diagnostics);
    Some(loaded.model)
}
