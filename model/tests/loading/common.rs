//! Helpers of the tests of loading.

use smithy_model::{Loaded, Sources, load};

/// Loads files of version 2.0 with these `shapes`, which are given without braces.
pub(crate) fn load_shapes(files: &[&str]) -> (Sources, Loaded) {
    let texts: Vec<String> = files
        .iter()
        .map(|shapes| format!(r#"{{"smithy": "2.0", "shapes": {{{shapes}}}}}"#))
        .collect();
    load_texts(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Loads files with these texts.
pub(crate) fn load_texts(texts: &[&str]) -> (Sources, Loaded) {
    let mut sources = Sources::new();
    for (index, text) in texts.iter().enumerate() {
        sources.add(format!("{index}.json"), *text);
    }
    let loaded = load(&sources);
    (sources, loaded)
}

/// Returns the diagnostics, a line each: code, position, shape, message.
pub(crate) fn summary(sources: &Sources, loaded: &Loaded) -> Vec<String> {
    let lines = loaded.diagnostics.iter().map(|d| {
        let place = d.span.map(|span| sources.place(span)).unwrap_or_default();
        let shape = d
            .shape
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        format!("{} {place} {shape}: {}", d.code, d.message)
    });
    lines.collect()
}
