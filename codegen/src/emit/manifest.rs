//! `Cargo.toml` of a stand-alone crate.

use crate::graph::body::BodyStep;
use crate::graph::service::Service;
use crate::print::source::header;
use crate::text::toml::toml_string;
use std::collections::BTreeSet;

/// The features of the crate, with those of the runtime that the client of the service needs.
fn features(service: &Service) -> String {
    let mut client = String::from("\"smithy-rt/client\"");
    // A stream can be created from a file.
    for (needed, feature) in [
        (service.streams(), "fs"),
        (service.wants_sigv4a(), "sigv4a"),
    ] {
        if needed {
            client.push_str(&format!(", \"smithy-rt/{feature}\""));
        }
    }
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
# Operations by name with JSON in and out: `by_name`, `Client::call`.
call = [\"client\"]
"
    )
}

/// The manifest. `runtime` is the source of the runtime crate, such as `path = "../runtime"`.
pub(crate) fn manifest(service: &Service, runtime: &str) -> String {
    let tests = service.tested().next().map(|_| {
        format!(
            "[dev-dependencies]\n\
             smithy-rt = {{ {runtime}, default-features = false, features = [\"protocol-tests\"] }}\n\n"
        )
    });
    let (features, needs) = (features(service), needs(service));
    format!(
        "# {}\n\n[package]\nname = {}\ndescription = {}\n\
         version = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.88\"\npublish = false\n\n\
         {features}\n[dependencies]\nsmithy-rt = {{ {runtime}, default-features = false{needs} }}\n\n{}\
         # A workspace of its own, in whatever folder it is.\n[workspace]\n",
        header("codegen/src/emit/manifest.rs", &service.id),
        toml_string(&service.crate_name),
        toml_string(&format!(
            "A client for {}, generated from its Smithy model",
            service.title.shown()
        )),
        tests.unwrap_or_default(),
    )
}

/// The features of the runtime that the service needs, as the end of a dependency. Empty for most
/// services.
fn needs(service: &Service) -> String {
    let steps = service
        .operations
        .values()
        .flat_map(|operation| &operation.request.body_steps)
        .filter_map(BodyStep::feature);
    let features: BTreeSet<&str> = steps.chain(service.streams().then_some("stream")).collect();
    let list: Vec<String> = features.into_iter().map(toml_string).collect();
    if list.is_empty() {
        String::new()
    } else {
        format!(", features = [{}]", list.join(", "))
    }
}
