//! What to generate, and what to print.

/// What to generate.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The service shape's id or name, where the model holds several.
    pub service: Option<String>,
    /// The crate's name; by default the service's SDK id in kebab case.
    pub crate_name: Option<String>,
    /// Operation names to emit, with what they reach; empty means all.
    pub operations: Vec<String>,
    /// Whether to emit a test for each protocol test of the model, under `tests/protocol` (Smithy,
    /// "HTTP protocol compliance tests").
    pub protocol_tests: bool,
    /// What `Cargo.toml` of a stand-alone crate says about the runtime, such as `path =
    /// "../runtime"`; `None` emits no `Cargo.toml`.
    pub runtime: Option<String>,
}

/// A stage of the pipeline that can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The shape graph.
    Graph,
    /// Every Rust name with the shape id it stands for.
    Names,
    /// Every documentation text as Markdown.
    Docs,
}
