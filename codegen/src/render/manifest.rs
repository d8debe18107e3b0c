//! `Cargo.toml` of a stand-alone crate.

use super::source::header;
use crate::graph::Service;

/// The manifest; `runtime` is what it says about the runtime crate.
pub(crate) fn manifest(service: &Service, runtime: &str) -> String {
    format!(
        "# {}\n\n[package]\nname = \"{}\"\ndescription = \"A client for {}, generated from its Smithy model\"\n\
         version = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.88\"\npublish = false\n\n\
         [features]\ndefault = [\"client\"]\n\
         # `Client` and `send`; without it the crate is types, codecs and the sans-IO pair of `Operation`.\n\
         client = [\"smithy-rt/client\"]\n\n[dependencies]\nsmithy-rt = {{ {runtime}, default-features = false }}\n\n\
         # A workspace of its own, wherever it lies.\n[workspace]\n",
        header("codegen/src/render/manifest.rs", &service.id),
        service.crate_name,
        service.title.replace(['"', '\\'], ""),
    )
}
