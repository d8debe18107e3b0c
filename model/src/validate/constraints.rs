use super::pattern;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::shapes::shape::Shape;
use crate::syntax::source::Span;
use crate::traits::reader::Spanned;
use crate::traits::registry::constraints::{LENGTH, PATTERN, RANGE};
use crate::traits::subject::{Subject, is_integer};
use crate::traits::values::constraints::{Length, Range};

/// Checks that `length` and `range` allow some value, and that `pattern` is a regular expression
/// (Smithy specification, "Constraint traits").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    for subject in Subject::all(model) {
        if let Some(length) = LENGTH.spanned(subject.traits()) {
            check_length(length, subject, loading);
        }
        if let Some(pattern) = PATTERN.spanned(subject.traits())
            && let Some(problem) = pattern::problem(pattern.value)
        {
            let help = "write a regular expression in the syntax of ECMA 262";
            report(
                format!("the pattern is not a regular expression: {problem}"),
                help,
                pattern.span,
                subject,
                loading,
            );
        }
        if let Some(range) = RANGE.spanned(subject.traits()) {
            check_range(range, subject, subject.data(model), loading);
        }
    }
}

const ADD: &str = "add `\"min\": …` or `\"max\": …`, or remove the trait";
const NOT_NEGATIVE: &str = "write a length of 0 or more";
const SWAP: &str = "swap `min` and `max`, or remove one of them";
const WHOLE: &str =
    "write a whole number, or target a type with fractions, such as `smithy.api#Double`";

fn check_length(length: Spanned<Length>, subject: Subject<'_>, loading: &mut Loading) {
    let (message, help) = match (length.value.min, length.value.max) {
        (None, None) => ("the length has neither `min` nor `max`".to_owned(), ADD),
        (Some(min), _) if min < 0 => (format!("the minimum length is {min}"), NOT_NEGATIVE),
        (_, Some(max)) if max < 0 => (format!("the maximum length is {max}"), NOT_NEGATIVE),
        (Some(min), Some(max)) if min > max => (
            format!("the minimum length {min} is greater than the maximum {max}"),
            SWAP,
        ),
        _ => return,
    };
    report(message, help, length.span, subject, loading);
}

fn check_range(
    range: Spanned<Range<'_>>,
    subject: Subject<'_>,
    data: Option<&Shape>,
    loading: &mut Loading,
) {
    let Range { min, max } = range.value;
    for (key, bound) in [("min", min), ("max", max)] {
        let fraction = bound.filter(|text| text.contains('.') && !is_whole(text));
        if let Some(text) = fraction.filter(|_| data.is_some_and(is_integer)) {
            let message = format!("`{key}` is {text}, but the values are whole numbers");
            report(message, WHOLE, range.span, subject, loading);
        }
    }
    let number = |bound: Option<&str>| bound?.parse::<f64>().ok();
    let (message, help) = match (number(min), number(max)) {
        (None, None) => ("the range has neither `min` nor `max`".to_owned(), ADD),
        (Some(min), Some(max)) if min > max => (
            format!("the minimum {min} is greater than the maximum {max}"),
            SWAP,
        ),
        _ => return,
    };
    report(message, help, range.span, subject, loading);
}

fn is_whole(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(|value| value.fract() == 0.0)
}

fn report(message: String, help: &str, span: Span, subject: Subject<'_>, loading: &mut Loading) {
    loading.report(
        Diagnostic::error(Code::InvalidConstraint, message)
            .at(span)
            .shape(subject.id())
            .help(help),
    );
}
