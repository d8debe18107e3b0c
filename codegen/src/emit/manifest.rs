//! `Cargo.toml` of a stand-alone crate.

use crate::graph::body::BodyStep;
use crate::graph::service::Service;
use crate::options::NewManifest;
use crate::text::toml::toml_string;
use std::collections::BTreeSet;

/// The text of a new manifest. Of an existing one, only the features and the runtime dependency
/// have to agree with it.
pub(crate) fn manifest(service: &Service, new: &NewManifest) -> String {
    let name = toml_string(&service.crate_name);
    let description = toml_string(&format!(
        "A client for {}, generated from its Smithy model",
        service.title.shown()
    ));
    format!(
        "\
# This file is yours, except for what `codegen` needs: the entries of the features `client`, `https`,
# `http2`, `aws-config`, `blocking`, `chrono`, `jiff`, `time`{list_end}, and the dependency `smithy-rt` with
# its features.

[package]
name = {name}
description = {description}
version = \"0.1.0\"
edition = \"2024\"
rust-version = \"1.88\"

[package.metadata.docs.rs]
all-features = true
rustdoc-args = [\"--cfg\", \"docsrs\"]

{features}
{dependencies}{workspace}",
        list_end = list_end(service),
        features = features(service),
        dependencies = dependencies(service, &new.runtime),
        workspace = if new.is_workspace_member { "" } else { WORKSPACE },
    )
}

const WORKSPACE: &str = "
# Remove this table to make the crate a member of a workspace.
[workspace]
";

const SERDE: &str = "\
# `Serialize` and `Deserialize` of serde for all types. Sensitive members are written as they are.
serde = [\"smithy-rt/serde\"]
";

const SERVER: &str = "\
# `server`: a trait with a method for each operation, and a `tower_service::Service` that calls it.
server = [\"smithy-rt/server\"]
";

/// The end of the list of features that `codegen` needs.
fn list_end(service: &Service) -> &'static str {
    match (service.serde, service.server) {
        (false, false) => ", `call` and `test-util`",
        (true, false) => ", `call`, `test-util` and `serde`",
        (false, true) => ", `call`, `test-util` and `server`",
        (true, true) => ", `call`, `test-util`, `serde` and `server`",
    }
}

/// The features of the crate, with those of the runtime that the client of the service needs.
fn features(service: &Service) -> String {
    let client: Vec<String> = of_client(service)
        .map(|feature| format!("\"smithy-rt/{feature}\""))
        .collect();
    let client = client.join(", ");
    format!(
        "\
[features]
default = [\"client\", \"https\"]
# `Client` and `send`. Without it, the crate has types, codecs and the sans-IO trait `Operation`.
client = [{client}]
# The default transport: hyper over rustls.
https = [\"client\", \"smithy-rt/https\"]
http2 = [\"https\", \"smithy-rt/http2\"]
# `Client` from the `SdkConfig` that `aws_config` loads.
aws-config = [\"client\", \"smithy-rt/aws-config\"]
# Calls that block the thread, for programs without an async runtime: `rt::blocking`.
blocking = [\"client\", \"smithy-rt/blocking\"]
# Conversions of timestamps to and from the types of these crates.
chrono = [\"smithy-rt/chrono\"]
jiff = [\"smithy-rt/jiff\"]
time = [\"smithy-rt/time\"]
# Operations by name with JSON in and out: `by_name`, `Client::call`.
call = [\"client\"]
# A transport with scripted answers, for tests of code that calls the client: `rt::test_util`.
test-util = [\"client\", \"smithy-rt/test-util\"]
{serde}{server}",
        serde = if service.serde { SERDE } else { "" },
        server = if service.server { SERVER } else { "" },
    )
}

/// The dependencies. `runtime` is the source of the runtime, such as `path = "../runtime"`.
fn dependencies(service: &Service, runtime: &str) -> String {
    let needs = needs(service);
    let mut text =
        format!("[dependencies]\nsmithy-rt = {{ {runtime}, default-features = false{needs} }}\n");
    if service.is_tested() {
        text.push_str(&format!(
            "\n[dev-dependencies]\n\
             smithy-rt = {{ {runtime}, default-features = false, features = [\"protocol-tests\"] }}\n"
        ));
    }
    text
}

/// The features of the runtime that a module needs, which has these features of the crate.
pub(crate) fn runtime_features(service: &Service, features: &[&str]) -> BTreeSet<&'static str> {
    let client = features.iter().any(|feature| *feature != "https");
    let aws_config = features.contains(&"aws-config").then_some("aws-config");
    of_types(service)
        .chain(of_client(service).filter(|_| client))
        .chain(aws_config)
        .chain(service.serde.then_some("serde"))
        .chain(service.server.then_some("server"))
        .collect()
}

/// The features of the runtime that the client of the service needs.
fn of_client(service: &Service) -> impl Iterator<Item = &'static str> {
    // A stream can be created from a file.
    let fs = service.streams().then_some("fs");
    let sigv4a = service.wants_sigv4a().then_some("sigv4a");
    ["client"].into_iter().chain(fs).chain(sigv4a)
}

/// The features of the runtime that the types and operations of the service need.
fn of_types(service: &Service) -> impl Iterator<Item = &'static str> {
    let steps = service
        .operations
        .values()
        .flat_map(|operation| &operation.request.body_steps)
        .filter_map(BodyStep::feature);
    steps.chain(service.streams().then_some("stream"))
}

/// The features of [`of_types`] as the end of a dependency. Empty for most services.
fn needs(service: &Service) -> String {
    let features: BTreeSet<&str> = of_types(service).collect();
    let list: Vec<String> = features.into_iter().map(toml_string).collect();
    if list.is_empty() {
        String::new()
    } else {
        format!(", features = [{}]", list.join(", "))
    }
}
