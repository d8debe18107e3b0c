use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::{Member, Shape, ShapeKind};
use crate::syntax::node::Node;
use crate::traits::grammar::is_token;
use crate::traits::subject::Subject;
use indexmap::IndexMap;

const HEADER: &str = "smithy.api#httpHeader";
const PREFIX: &str = "smithy.api#httpPrefixHeaders";

/// Checks the HTTP bindings of members: labels are required, headers have valid and distinct names,
/// and errors have matching status codes (Smithy specification, "HTTP bindings").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for subject in Subject::all(model) {
        match subject.member {
            Some(member) if member.traits.has("smithy.api#httpLabel") => {
                check_label(member, loading)
            }
            Some(member) => {
                for id in [HEADER, PREFIX] {
                    if let Some(node) = member.traits.get(id) {
                        check_header_name(member, node, loading);
                    }
                }
            }
            None => {
                check_error_code(subject.shape, loading);
                if matches!(subject.shape.kind, ShapeKind::Structure(_)) {
                    check_headers(subject.shape, loading);
                    check_queries(subject.shape, loading);
                }
            }
        }
    }
}

fn check_label(member: &Member, loading: &mut Loading) {
    if !member.traits.has("smithy.api#required") {
        let message = format!("the label member `{}` is not required", member.id);
        let problem = Diagnostic::error(Code::InvalidLabel, message)
            .at(member.span)
            .shape(&member.id);
        loading.report(problem.help("add `\"smithy.api#required\": {}` to its traits"));
    }
}

fn check_header_name(member: &Member, node: &Node, loading: &mut Loading) {
    if let Some(name) = node
        .as_str()
        .filter(|name| !name.is_empty() && !is_token(name))
    {
        let message = format!("`{name}` is not a valid header name");
        let problem = Diagnostic::error(Code::InvalidHeader, message)
            .at(node.span)
            .shape(&member.id);
        loading.report(problem.help("use letters, digits and hyphens, without spaces and colons"));
    }
}

/// Checks that headers of one message differ in more than case, and do not start with a prefix of
/// `httpPrefixHeaders`.
fn check_headers(shape: &Shape, loading: &mut Loading) {
    let mut headers: IndexMap<String, (&str, &Member, &Node)> = IndexMap::new();
    for member in shape.members() {
        let Some(node) = member.traits.get(HEADER) else {
            continue;
        };
        let Some(name) = node.as_str() else { continue };
        if let Some((_, other, first)) =
            headers.insert(name.to_ascii_lowercase(), (name, member, node))
        {
            let (other, first) = (&other.name, loading.whereabouts(first.span));
            let message = format!(
                "`{other}`{first} and `{}` are both bound to the header `{name}`",
                member.name
            );
            let problem = Diagnostic::error(Code::InvalidHeader, message)
                .at(node.span)
                .shape(&shape.id);
            loading.report(
                problem.help("bind one of them to another header; header names ignore case"),
            );
        }
    }
    for holder in shape.members() {
        let Some(own) = holder.traits.get(PREFIX) else {
            continue;
        };
        let prefix = own.as_str().unwrap_or_default();
        for (name, member, node) in headers.values().filter(|_| !prefix.is_empty()) {
            if name
                .get(..prefix.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
            {
                let place = loading.whereabouts(own.span);
                let message = format!(
                    "the header `{name}` of `{}` starts with the prefix `{prefix}` of `{}`{place}",
                    member.name, holder.name
                );
                let problem = Diagnostic::error(Code::InvalidHeader, message)
                    .at(node.span)
                    .shape(&member.id);
                loading.report(problem.help("rename the header, or change the prefix"));
            }
        }
    }
}

/// Query parameters of one message have different names; here case counts.
fn check_queries(shape: &Shape, loading: &mut Loading) {
    let mut queries: IndexMap<&str, (&Member, &Node)> = IndexMap::new();
    for member in shape.members() {
        let Some(node) = member.traits.get("smithy.api#httpQuery") else {
            continue;
        };
        let Some(name) = node.as_str() else { continue };
        if let Some((other, first)) = queries.insert(name, (member, node)) {
            let (other, first) = (&other.name, loading.whereabouts(first.span));
            let message = format!(
                "`{other}`{first} and `{}` are both bound to the query parameter `{name}`",
                member.name
            );
            let problem = Diagnostic::error(Code::InvalidQuery, message)
                .at(node.span)
                .shape(&shape.id);
            loading.report(problem.help("bind one of them to another parameter"));
        }
    }
}

/// Checks that client errors have a status 4xx and server errors 5xx. A client error with a status
/// 3xx is only a warning: clients handle it as an error anyway, and AWS License Manager has one.
fn check_error_code(shape: &Shape, loading: &mut Loading) {
    let Some(node) = shape.traits.get("smithy.api#httpError") else {
        return;
    };
    let range = match shape.traits.get("smithy.api#error").and_then(Node::as_str) {
        Some("client") => 400..500,
        Some("server") => 500..600,
        _ => 100..1000,
    };
    if let Some(code) = node.as_i64().filter(|code| !range.contains(code)) {
        let message = format!("the error `{}` has the status code {code}", shape.id);
        let redirects = range.start == 400 && (300..400).contains(&code);
        let problem = if redirects {
            Diagnostic::warning
        } else {
            Diagnostic::error
        };
        let problem = problem(Code::InvalidStatusCode, message)
            .at(node.span)
            .shape(&shape.id);
        loading.report(
            problem.help("use 400 to 499 for client errors, and 500 to 599 for server errors"),
        );
    }
}
