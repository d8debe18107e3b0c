//! What to generate.

use crate::protocol::list::ProtocolEntry;

/// What to generate.
#[derive(Clone, Debug)]
pub struct Options {
    /// The command that every emitted file names on its first line. Characters other than letters,
    /// digits, spaces and `-_./` are left out. The default is `cargo smithy codegen`.
    pub command: String,
    /// The service shape's id or name, where the model holds several.
    pub service: Option<String>,
    /// The crate's name; by default the service's SDK id in kebab case.
    pub crate_name: Option<String>,
    /// Operation names to emit, with what they reach; empty means all.
    pub operations: Vec<String>,
    /// Protocols in addition to [`PROTOCOLS`](crate::protocol::PROTOCOLS), which they precede.
    pub protocols: Vec<ProtocolEntry>,
    /// Whether to emit a test for each protocol test of the model, under `tests/protocol` (Smithy,
    /// "HTTP protocol compliance tests"): those for clients, and with `server` those for servers.
    pub protocol_tests: bool,
    /// Whether the types implement `Serialize` and `Deserialize` of serde, by the names of members in
    /// the model. A crate has the implementations behind its feature `serde`, and a module has them
    /// in any case.
    pub serde: bool,
    /// Whether to emit a server: a trait with a method for each operation. A crate has it behind its
    /// feature `server`, and a module has it in any case.
    pub server: bool,
    /// The `Cargo.toml` of a stand-alone crate. `None` emits no `Cargo.toml`.
    pub manifest: Option<NewManifest>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            command: "cargo smithy codegen".to_owned(),
            service: None,
            crate_name: None,
            operations: Vec::new(),
            protocols: Vec::new(),
            protocol_tests: false,
            serde: false,
            server: false,
            manifest: None,
        }
    }
}

/// The properties of a new `Cargo.toml` that do not depend on the model.
#[derive(Clone, Debug, Default)]
pub struct NewManifest {
    /// The source of the runtime in TOML, such as `path = "../runtime"` or `version = "0.1"`.
    pub runtime: String,
    /// Whether the crate is a member of a workspace. Otherwise, its manifest is a workspace of its
    /// own.
    pub is_workspace_member: bool,
}
