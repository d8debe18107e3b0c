//! The documentation of the crate: a first call, guides, features, and operations by task.

use crate::emit::docs::comments::WIDTH;
use crate::emit::examples::calls::ExampleTexts;
use crate::graph::service::{Operation, Service};
use crate::text::Text;
use crate::text::fence;
use crate::text::markdown::{Markdown, markdown, name};
use std::collections::BTreeMap;

/// The most operations that are listed by task. More are listed in their module only.
const MOST_OPERATIONS: usize = 60;

/// The guides of the runtime, which are the same for all services.
const GUIDES: [&str; 11] = [
    "",
    "# Guides",
    "",
    "- [Configuration](rt::guide::configuration): Region, credentials, endpoint, time limits, single calls;",
    "  [endpoints](rt::guide::endpoints), [proxies and TLS](rt::guide::tls_and_proxies), [HTTP/2](rt::guide::http2)",
    "- [Errors, retries and request IDs](rt::guide::errors), [troubleshooting](rt::guide::troubleshooting),",
    "  [logging](rt::guide::logging)",
    "- [Pages and waiters](rt::guide::pagination), [calls without async](rt::guide::blocking),",
    "  [messages without a client](rt::guide::sans_io), [servers](rt::guide::server)",
    "- [Tests of a program](rt::guide::testing)",
    "- [Moving from the AWS SDK for Rust](rt::guide::migrating)",
];

/// The features of every crate.
const FEATURES: [&str; 15] = [
    "",
    "# Features",
    "",
    "| feature | |",
    "|---|---|",
    "| `client` (default) | [`Client`] and `send`; without it, the crate has types, codecs and [`rt::Operation`] |",
    "| `https` (default) | the default transport, hyper over rustls |",
    "| `http2` | HTTP/2 in the default transport |",
    "| `aws-config` | a client from the `SdkConfig` that `aws_config` loads: profiles, roles, single sign-on |",
    "| `blocking` | calls that block the thread |",
    "| `call` | operations by name, with JSON in and out |",
    "| `test-util` | a transport with scripted answers |",
    "| `chrono`, `jiff`, `time` | conversions of timestamps |",
    "",
    "# Operations",
];

/// The feature of crates with the traits of serde.
const SERDE: &str = "| `serde` | `Serialize` and `Deserialize` for all types, see `rt::serde`; sensitive members are serialized |";

/// The feature of crates with a server.
const SERVER: &str =
    "| `server` | [`server`]: the other side, a trait with a method for each operation |";

/// The lines after the documentation of the model.
pub(crate) fn lines(service: &Service, examples: &ExampleTexts) -> Vec<Markdown> {
    let mut lines = vec![Markdown::default()];
    lines.extend(first_call(service, examples));
    lines.extend(GUIDES.map(Markdown::from));
    let (features, operations) = FEATURES.split_at(FEATURES.len() - 2);
    lines.extend(features.iter().map(|line| Markdown::from(*line)));
    lines.extend(service.serde.then(|| SERDE.into()));
    lines.extend(service.server.then(|| SERVER.into()));
    lines.extend(operations.iter().map(|line| Markdown::from(*line)));
    lines.push(Markdown::default());
    lines.extend(by_task(service));
    lines
}

/// The dependencies, and a call that needs few members.
fn first_call(service: &Service, examples: &ExampleTexts) -> Vec<Markdown> {
    let add = format!("cargo add {}", service.crate_name);
    let tokio = "cargo add tokio --features macros,rt-multi-thread";
    let mut lines = fence::block("console", [add.as_str(), tokio]);
    if let Some(call) = examples.first_call() {
        lines.extend(
            [
                "",
                "In `#[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>>`, with Region and",
                "credentials of the environment:",
                "",
            ]
            .map(Markdown::from),
        );
        lines.extend_from_slice(call);
    }
    lines
}

/// The operations, in groups with the same noun: `create`, `get` and `list` of an app bundle.
fn by_task(service: &Service) -> Vec<Markdown> {
    let count = service.operations.len();
    if count > MOST_OPERATIONS {
        return vec![markdown!("[`operations`] lists the {} operations.", count)];
    }
    let mut groups: BTreeMap<String, Vec<(String, &Operation)>> = BTreeMap::new();
    for operation in service.operations.values() {
        let (verb, noun) = verb_and_noun(&operation.name.module);
        groups.entry(noun).or_default().push((verb, operation));
    }
    let mut lines = Vec::new();
    let mut others = Vec::new();
    for (noun, all) in groups {
        match all.as_slice() {
            [(_, operation)] => others.push((words(&operation.name.module), *operation)),
            _ => item(&mut lines, &noun, &all),
        }
    }
    if !others.is_empty() {
        item(&mut lines, "other", &others);
    }
    lines
}

/// The verb and the noun in the name of an operation: `batch get` and `user access task`.
fn verb_and_noun(module: &str) -> (String, String) {
    if ["tag_resource", "untag_resource", "list_tags_for_resource"].contains(&module) {
        return (words(module), "tag".to_owned());
    }
    let mut parts = module.split('_');
    let mut verb = parts.next().unwrap_or_default().to_owned();
    if verb == "batch" {
        verb.extend(parts.next().map(|next| format!(" {next}")));
    }
    let noun = parts.collect::<Vec<_>>().join(" ");
    (verb, singular(noun))
}

fn singular(noun: String) -> String {
    match (noun.strip_suffix("ies"), noun.strip_suffix('s')) {
        (Some(start), _) => format!("{start}y"),
        (_, Some(start)) if !start.ends_with(['s', 'u']) => start.to_owned(),
        _ => noun,
    }
}

fn words(module: &str) -> String {
    module.trim_start_matches("r#").replace('_', " ")
}

/// Adds a list item with links to operations, in as few lines as possible.
fn item(lines: &mut Vec<Markdown>, title: &str, operations: &[(String, &Operation)]) {
    let mut title = title.to_owned();
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let mut line = markdown!("- {}:", Text::new(&title).plain());
    let last = operations.len().saturating_sub(1);
    for (index, (verb, operation)) in operations.iter().enumerate() {
        let end = if index == last { "" } else { "," };
        let link = markdown!(
            "[{}](operations::{}){}",
            Text::new(verb).plain(),
            name(&operation.name.rust),
            end
        );
        let longer = markdown!("{} {}", line, link);
        if longer.as_str().len() <= WIDTH {
            line = longer;
        } else {
            lines.push(line);
            line = markdown!("  {}", link);
        }
    }
    lines.push(line);
}
