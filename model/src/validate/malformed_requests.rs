use super::service_closure::operations;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::draft::loading::Loading;
use crate::shapes::model::Model;
use crate::traits::registry::compliance_tests::HTTP_MALFORMED_REQUEST_TESTS;
use crate::traits::values::malformed_requests::MalformedRequestTest;

/// The most bytes of all expanded tests of a model. Smithy's own tests have less than 1 MiB.
const MOST_BYTES: usize = 16 << 20;

/// Checks the parameters of malformed request tests (Smithy specification, "HTTP protocol compliance
/// tests").
pub(super) fn check(model: &Model, loading: &mut Loading) {
    let mut left = MOST_BYTES;
    for (shape, _) in operations(model) {
        let tests = HTTP_MALFORMED_REQUEST_TESTS.of(&shape.traits);
        for test in tests.into_iter().flatten() {
            let flaw = match size(&test, left) {
                Ok(size) => match left.checked_sub(size) {
                    Some(rest) => {
                        left = rest;
                        continue;
                    }
                    None => (
                        format!("makes the malformed request tests larger than {MOST_BYTES} bytes"),
                        "reduce the number of cases, or the lengths of their parameters",
                    ),
                },
                Err(flaw) => flaw,
            };
            let (message, help) = flaw;
            let message = format!("the malformed request test `{}` {message}", test.id);
            let problem = Diagnostic::error(Code::BadTraitValue, message)
                .at(test.span)
                .shape(&shape.id);
            loading.report(problem.help(help));
        }
    }
}

/// The size of the expanded test, or what is wrong with it and how to mend it.
fn size(test: &MalformedRequestTest<'_>, most: usize) -> Result<usize, (String, &'static str)> {
    let cases = test.cases();
    for (name, values) in &test.parameters {
        if values.len() != cases {
            let message = format!(
                "has parameters of different lengths: {cases} and, for `{name}`, {}",
                values.len()
            );
            return Err((message, "give each parameter the same number of values"));
        }
    }
    if test.parameters.is_empty() {
        return Ok(0);
    }
    let help =
        "write `$name:L`, `$name:S` with a name in `testParameters`, or `$$` for a dollar sign";
    test.size(most)
        .map_err(|error| (format!("has an invalid template: {error}"), help))
}
