use super::service_closure::operations;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::Shape;
use crate::syntax::shape_id::{ShapeId, is_identifier};
use crate::syntax::source::Span;
use crate::traits::registry::endpoints::{ENDPOINT, HOST_LABEL};

/// Checks host prefixes, and that each label has a `hostLabel` member and each such member a label
/// (Smithy specification, "endpoint trait").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for (shape, operation) in operations(model) {
        let Some(input) = model.shape(&operation.input) else {
            continue;
        };
        let labels = match ENDPOINT.of(&shape.traits) {
            Some(prefix) => match labels(prefix.value) {
                Ok(labels) => {
                    check_labels(shape, input, prefix.span, &labels, loading);
                    labels
                }
                Err((message, help)) => {
                    loading.report(problem(message, prefix.span, &shape.id).help(help));
                    continue;
                }
            },
            None => Vec::new(),
        };
        for member in input
            .members()
            .filter(|member| HOST_LABEL.is_on(&member.traits))
        {
            if !labels.contains(&member.name.as_str()) {
                let message = format!(
                    "`{}` is a host label, but the host prefix of `{}` has no `{{{}}}`",
                    member.id, shape.id, member.name
                );
                let problem = Diagnostic::error(Code::InvalidHostPrefix, message)
                    .at(member.span)
                    .shape(&shape.id);
                loading.report(problem.help(format!(
                    "add `{{{}}}` to the host prefix, or remove the trait",
                    member.name
                )));
            }
        }
    }
}

fn check_labels(shape: &Shape, input: &Shape, span: Span, labels: &[&str], loading: &mut Loading) {
    for label in labels {
        if !input
            .member(label)
            .is_some_and(|member| HOST_LABEL.is_on(&member.traits))
        {
            let message = format!(
                "the label `{label}` of the host prefix has no member in `{}`",
                input.id
            );
            let help = format!(
                "add a member `{label}` with the traits `{HOST_LABEL}` and `smithy.api#required`"
            );
            loading.report(problem(message, span, &shape.id).help(help));
        }
    }
}

/// A message and its help.
type Flaw = (String, &'static str);

/// Returns the names of the labels of a host prefix.
fn labels(text: &str) -> Result<Vec<&str>, Flaw> {
    let mut labels = Vec::new();
    let mut rest = text;
    while let Some((literal, after)) = rest.split_once('{') {
        check_literal(literal)?;
        let not_closed = || {
            (
                format!("the label `{{{after}` is not closed"),
                "close the label with `}`",
            )
        };
        let (label, after) = after.split_once('}').ok_or_else(not_closed)?;
        if !is_identifier(label) {
            let message = format!("the label `{{{label}}}` has an invalid name");
            return Err((
                message,
                "write the name of an input member between the braces",
            ));
        }
        if labels.contains(&label) {
            return Err((
                format!("the label `{label}` appears twice"),
                "rename one of them",
            ));
        }
        labels.push(label);
        rest = after;
    }
    check_literal(rest)?;
    check_host(text, &labels)?;
    Ok(labels)
}

/// Checks that a host starts with a letter or digit, and that its labels have 1 to 63 characters (RFC
/// 3986, RFC 1123).
fn check_host(text: &str, labels: &[&str]) -> Result<(), Flaw> {
    // The check is done with a valid value for each label.
    let host = labels.iter().fold(text.to_owned(), |host, label| {
        host.replace(&format!("{{{label}}}"), "x")
    });
    let parts = host.strip_suffix('.').unwrap_or(&host);
    let starts_well = parts.starts_with(|c: char| c.is_ascii_alphanumeric());
    if starts_well && parts.split('.').all(|part| (1..=63).contains(&part.len())) {
        return Ok(());
    }
    let help = "start with a letter or digit, and write 1 to 63 characters between dots";
    Err((format!("`{text}` cannot start a host name"), help))
}

fn check_literal(text: &str) -> Result<(), Flaw> {
    let fine = text
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
    let help = "write letters, digits, hyphens and dots, and labels in braces";
    if fine {
        Ok(())
    } else {
        Err((format!("`{text}` cannot be part of a host name"), help))
    }
}

fn problem(message: String, span: Span, shape: &ShapeId) -> Diagnostic {
    Diagnostic::error(Code::InvalidHostPrefix, message)
        .at(span)
        .shape(shape)
}
