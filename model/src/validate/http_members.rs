use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::{Member, Shape, ShapeKind};
use crate::syntax::source::Span;
use crate::traits::grammar::is_token;
use crate::traits::reader::Spanned;
use crate::traits::registry::http_bindings::{
    HTTP_ERROR, HTTP_HEADER, HTTP_LABEL, HTTP_PREFIX_HEADERS, HTTP_QUERY,
};
use crate::traits::registry::type_refinement::{ERROR, REQUIRED};
use crate::traits::subject::Subject;
use crate::traits::values::type_refinement::Fault;
use indexmap::IndexMap;

/// Checks the HTTP bindings of members: labels are required, headers have valid and distinct names,
/// and errors have matching status codes (Smithy specification, "HTTP bindings").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for subject in Subject::all(model) {
        match subject.member {
            Some(member) if HTTP_LABEL.is_on(&member.traits) => check_label(member, loading),
            Some(member) => {
                for name in [HTTP_HEADER, HTTP_PREFIX_HEADERS] {
                    if let Some(name) = name.spanned(&member.traits) {
                        check_header_name(member, name, loading);
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
    if !REQUIRED.is_on(&member.traits) {
        let message = format!("the label member `{}` is not required", member.id);
        let problem = Diagnostic::error(Code::InvalidLabel, message)
            .at(member.span)
            .shape(&member.id);
        loading.report(problem.help("add `\"smithy.api#required\": {}` to its traits"));
    }
}

fn check_header_name(member: &Member, name: Spanned<&str>, loading: &mut Loading) {
    if !name.value.is_empty() && !is_token(name.value) {
        let message = format!("`{}` is not a valid header name", name.value);
        let problem = Diagnostic::error(Code::InvalidHeader, message)
            .at(name.span)
            .shape(&member.id);
        loading.report(problem.help("use letters, digits and hyphens, without spaces and colons"));
    }
}

/// Checks that headers of one message differ in more than case, and do not start with a prefix of
/// `httpPrefixHeaders`.
fn check_headers(shape: &Shape, loading: &mut Loading) {
    let mut headers: IndexMap<String, (&Member, Spanned<&str>)> = IndexMap::new();
    for member in shape.members() {
        let Some(header) = HTTP_HEADER.spanned(&member.traits) else {
            continue;
        };
        let name = header.value;
        if let Some((other, first)) = headers.insert(name.to_ascii_lowercase(), (member, header)) {
            let (other, first) = (&other.name, loading.position_suffix(first.span));
            let message = format!(
                "`{other}`{first} and `{}` are both bound to the header `{name}`",
                member.name
            );
            let problem = Diagnostic::error(Code::InvalidHeader, message)
                .at(header.span)
                .shape(&shape.id);
            loading.report(
                problem.help("bind one of them to another header; header names ignore case"),
            );
        }
    }
    for holder in shape.members() {
        let Some(Spanned {
            value: prefix,
            span,
        }) = HTTP_PREFIX_HEADERS.spanned(&holder.traits)
        else {
            continue;
        };
        for (member, header) in headers.values().filter(|_| !prefix.is_empty()) {
            let name = header.value;
            if name
                .get(..prefix.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
            {
                let place = loading.position_suffix(span);
                let message = format!(
                    "the header `{name}` of `{}` starts with the prefix `{prefix}` of `{}`{place}",
                    member.name, holder.name
                );
                let problem = Diagnostic::error(Code::InvalidHeader, message)
                    .at(header.span)
                    .shape(&member.id);
                loading.report(problem.help("rename the header, or change the prefix"));
            }
        }
    }
}

/// Query parameters of one message have different names; here case counts.
fn check_queries(shape: &Shape, loading: &mut Loading) {
    let mut queries: IndexMap<&str, (&Member, Span)> = IndexMap::new();
    for member in shape.members() {
        let Some(query) = HTTP_QUERY.spanned(&member.traits) else {
            continue;
        };
        let name = query.value;
        if let Some((other, first)) = queries.insert(name, (member, query.span)) {
            let (other, first) = (&other.name, loading.position_suffix(first));
            let message = format!(
                "`{other}`{first} and `{}` are both bound to the query parameter `{name}`",
                member.name
            );
            let problem = Diagnostic::error(Code::InvalidQuery, message)
                .at(query.span)
                .shape(&shape.id);
            loading.report(problem.help("bind one of them to another parameter"));
        }
    }
}

/// Checks that client errors have a status 4xx and server errors 5xx. A client error with a status
/// 3xx is only a warning: clients handle it as an error anyway, and AWS License Manager has one.
fn check_error_code(shape: &Shape, loading: &mut Loading) {
    let Some(Spanned { value: code, span }) = HTTP_ERROR.spanned(&shape.traits) else {
        return;
    };
    let range = match ERROR.of(&shape.traits) {
        Some(Fault::Client) => 400..500,
        Some(Fault::Server) => 500..600,
        None => 100..1000,
    };
    if !range.contains(&code) {
        let message = format!("the error `{}` has the status code {code}", shape.id);
        let redirects = range.start == 400 && (300..400).contains(&code);
        let problem = if redirects {
            Diagnostic::warning
        } else {
            Diagnostic::error
        };
        let problem = problem(Code::InvalidStatusCode, message)
            .at(span)
            .shape(&shape.id);
        loading.report(
            problem.help("use 400 to 499 for client errors, and 500 to 599 for server errors"),
        );
    }
}
