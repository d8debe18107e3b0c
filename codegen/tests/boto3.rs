//! The documentation of an operation has every fact of its page in the documentation of boto3, both
//! in the emitted code and as Markdown.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy.toml allows it in `#[test]` functions, not in what they share"
)]

mod common;

use common::{Case, repository};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The facts of the page.
#[derive(Default)]
struct Facts {
    /// The members of the request, at any depth, and whether each is required.
    request: Vec<(String, bool)>,
    /// The members of the response, at any depth.
    response: Vec<String>,
    /// The values of enums, and values that only the text names.
    values: BTreeSet<String>,
    /// The values that have a description in the response.
    described: BTreeSet<String>,
    errors: BTreeSet<String>,
    link: String,
}

#[test]
#[cfg_attr(
    not(reference_data),
    ignore = "needs the reference data, see CONTRIBUTING.md"
)]
fn operations_have_the_facts_of_boto3() {
    let path = Path::new(env!("REFERENCE_DATA")).join("appfabric/create_app_authorization.rst");
    let facts = Facts::read(&fs::read_to_string(path).unwrap());
    assert_eq!(facts.request.len(), 16);
    assert_eq!(facts.response.len(), 13);
    assert_eq!((facts.values.len(), facts.errors.len()), (20, 7));
    assert_eq!(facts.described.len(), 4);

    let case = Case::read(repository().join("model/appfabric"));
    let files = case.generated().files;
    let page = files
        .get("docs/operations/create_app_authorization.md")
        .unwrap();
    let (request, response) = page.split_once("\n## Response\n").unwrap();
    facts.check(request, response);

    let documentation = |name: &str| -> String {
        let source = files.get(&format!("src/operations/{name}.rs")).unwrap();
        let lines = source.lines().map(str::trim_start);
        let is_shown = |line: &&str| line.starts_with("///") || line.starts_with("pub ");
        let shown = lines.take_while(|line| !line.starts_with("rt::builder!"));
        shown
            .filter(is_shown)
            .map(|line| format!("{line}\n"))
            .collect()
    };
    let request = documentation("create_app_authorization");
    let response = documentation("create_app_authorization_output");
    // The type of a field is an `Option` unless the member is required.
    facts.check(&request, &format!("{request}{response}"));
}

impl Facts {
    fn read(page: &str) -> Self {
        let mut facts = Self::default();
        let (request, response) = page.split_once("**Response Syntax**").unwrap();
        for line in page.lines().map(str::trim) {
            if let Some(at) = line.find("docs.aws.amazon.com/goto") {
                facts.link = line[at..].split('>').next().unwrap().to_owned();
            }
            if let Some((_, error)) = line.split_once("exceptions.") {
                facts.errors.insert(error.trim_end_matches('`').to_owned());
            }
            if let Some(value) = line.strip_prefix("* ``") {
                let (value, description) = value.split_once("``").unwrap();
                facts.values.insert(value.to_owned());
                if description.len() > 1 {
                    facts.described.insert(value.to_owned());
                }
            }
            // 'oauth2'|'apiKey' in the syntax.
            if line.contains("'|'") {
                let values = line
                    .trim_end_matches(',')
                    .rsplit(['=', ' '])
                    .next()
                    .unwrap();
                let values = values.split('|').map(|value| value.trim_matches('\''));
                facts.values.extend(values.map(str::to_owned));
            }
        }
        for line in request.lines().map(str::trim) {
            if let Some((name, rest)) = member(line) {
                facts.request.push((name, rest.contains("[REQUIRED]")));
            }
        }
        let members = response.lines().map(str::trim).filter_map(member);
        facts.response = members.map(|(name, _)| name).collect();
        facts
    }

    fn check(&self, request: &str, response: &str) {
        for (name, required) in &self.request {
            let name = snake_case(name);
            let line = describing(&name, request);
            let line = line.unwrap_or_else(|| unreachable!("no {name} in\n{request}"));
            let is_field = line.starts_with("pub ");
            let is_required = line.contains("required") || is_field && !line.contains("Option<");
            assert!(is_required || !required, "{line}");
        }
        for name in &self.response {
            let name = snake_case(name);
            assert!(
                describing(&name, response).is_some(),
                "no {name} in\n{response}"
            );
        }
        let all = format!("{request}{response}");
        for value in &self.values {
            assert!(all.contains(&format!("`{value}`")), "no value {value}");
        }
        for value in &self.described {
            assert!(
                response.contains(&format!("- `{value}`:")),
                "no description of {value}"
            );
        }
        for error in &self.errors {
            let (_, errors) = all.split_once("# Errors").unwrap();
            let (_, rest) = errors.split_once(&format!("`{error}`")).unwrap();
            let status: String = rest
                .chars()
                .skip_while(|c| !c.is_ascii_digit())
                .take(3)
                .collect();
            assert!(
                status.parse::<u16>().is_ok_and(|it| it >= 400),
                "{error}: {status}"
            );
        }
        assert!(all.contains(&self.link), "{}", self.link);
        // Further sentences of the page.
        for fact in [
            "xactly one of",
            "random UUID",
            "IdempotentParameterMismatch",
            "OAuth2",
        ] {
            assert!(all.contains(fact), "no {fact}");
        }
        // What the page of boto3 lacks.
        for fact in [
            "POST /appbundles/{appBundleIdentifier}/appauthorizations",
            "201",
            "Length: 1 to 255 characters",
            "Pattern: ",
        ] {
            assert!(all.contains(fact), "no {fact}");
        }
    }
}

/// The name and the rest of a line about a member: `:param NAME:` or `- **NAME** *(type)`.
fn member(line: &str) -> Option<(String, &str)> {
    let parameter = line
        .strip_prefix(":param ")
        .and_then(|rest| rest.split_once(':'));
    let nested = || line.strip_prefix("- **")?.split_once("** *(");
    let (name, rest) = parameter.or_else(nested)?;
    Some((name.to_owned(), rest))
}

/// The line that describes a member: a field, a block of a page, or a list item. Union members are
/// variants.
fn describing<'t>(name: &str, text: &'t str) -> Option<&'t str> {
    let variant: String = name
        .split('_')
        .map(|word| word[..1].to_uppercase() + &word[1..])
        .collect();
    let blocks: Vec<&str> = text.lines().collect();
    let place = blocks.iter().position(|line| {
        let line = line.trim_start_matches("///").trim_start();
        line.starts_with(&format!("pub {name}: "))
            || line == format!("### `{name}`")
            || line.starts_with(&format!("- `{name}`: "))
            || line.starts_with("- `") && line.contains(&format!("::{variant}`:"))
    })?;
    // The type of a block of a page follows its title.
    let line = blocks.get(place)?;
    let follows = if line.starts_with("###") { 2 } else { 0 };
    blocks.get(place + follows).copied()
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}
