//! `Cargo.toml` of a stand-alone crate, and what keeps rustfmt off emitted files.

use super::source::header;
use crate::graph::Service;

const FEATURES: &str = "\
[features]
default = [\"client\", \"https\"]
# `Client` and `send`; without it the crate is types, codecs and the sans-IO pair of `Operation`.
client = [\"smithy-rt/client\"]
# The transport that a client has unless it is given another: hyper over rustls.
https = [\"client\", \"smithy-rt/https\"]
http2 = [\"https\", \"smithy-rt/http2\"]
# `Client` from what `aws_config` loads.
aws-config = [\"client\", \"smithy-rt/aws-config\"]
# Operations by name with JSON in and out: `by_name`, `Client::call`.
call = [\"client\"]
";

/// The manifest; `runtime` is what it says about the runtime crate.
pub(crate) fn manifest(service: &Service, runtime: &str) -> String {
    let tests = service.tested().next().map(|_| {
        format!(
            "[dev-dependencies]\n\
             smithy-rt = {{ {runtime}, default-features = false, features = [\"protocol-tests\"] }}\n\n"
        )
    });
    format!(
        "# {}\n\n[package]\nname = {}\ndescription = {}\n\
         version = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.88\"\npublish = false\n\n\
         {FEATURES}\n[dependencies]\nsmithy-rt = {{ {runtime}, default-features = false }}\n\n{}\
         # A workspace of its own, wherever it lies.\n[workspace]\n",
        header("codegen/src/render/manifest.rs", &service.id),
        toml_string(&service.crate_name),
        toml_string(&format!("A client for {}, generated from its Smithy model", service.title)),
        tests.unwrap_or_default(),
    )
}

/// `rustfmt.toml` of each folder of emitted files: they are formatted already, and compared byte by byte.
pub(crate) fn rustfmt(service: &Service) -> Vec<(String, String)> {
    let folders = ["src"].into_iter().chain(service.tested().next().map(|_| "tests/protocol"));
    let head = header("codegen/src/render/manifest.rs", &service.id);
    let text = format!("# {head}\n\ndisable_all_formatting = true\n");
    folders.map(|folder| (format!("{folder}/rustfmt.toml"), text.clone())).collect()
}

/// A basic string of TOML.
pub fn toml_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    #[test]
    fn strings_of_toml_escape_what_toml_wants_escaped() {
        assert_eq!(super::toml_string("a \"b\" \\ \n é"), r#""a \"b\" \\ \u000A é""#);
    }
}
