//! The registry against the official trait definitions.

mod definitions;
mod places;
mod prelude;
mod readers;
mod selector;

use crate::load;
use crate::shapes::model::Model;
use crate::syntax::source::Sources;
use std::path::Path;

/// The official trait definitions.
fn definitions() -> Model {
    let mut sources = Sources::new();
    for name in ["prelude.json", "trait-definitions.json"] {
        let path = Path::new(env!("REFERENCE_DATA")).join("traits").join(name);
        sources.add(name, std::fs::read_to_string(path).unwrap());
    }
    let loaded = load(&sources);
    assert!(loaded.is_ok(), "{:#?}", loaded.diagnostics);
    loaded.model
}
