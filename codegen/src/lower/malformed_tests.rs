//! The requests that servers reject (Smithy, "HTTP protocol compliance tests",
//! `httpMalformedRequestTests`).

use crate::graph::protocol_tests::{MalformedBody, MalformedTest, RequestTest};
use crate::lower::test_messages::{body, headers};
use crate::text::Text;
use smithy_model::traits::{
    BodyAssertion, MalformedRequest, MalformedRequestTest, MalformedResponse,
};

/// The cases of a test, with their ids and documentation. Loading the model has checked the
/// templates.
pub(super) fn cases(
    test: &MalformedRequestTest<'_>,
) -> impl Iterator<Item = (String, Option<String>, MalformedTest)> {
    (0..test.cases()).filter_map(|number| {
        let case = test.case(number).ok()?;
        let lowered = lower(&case.request, &case.response);
        Some((test.case_id(number), case.documentation, lowered))
    })
}

fn lower(
    request: &MalformedRequest<String>,
    response: &MalformedResponse<String>,
) -> MalformedTest {
    MalformedTest {
        request: RequestTest {
            method: Text::new(&request.method),
            uri: Text::new(&request.uri),
            query: request
                .query_params
                .iter()
                .map(|it| Text::new(it))
                .collect(),
            headers: headers(&request.headers),
            body: request.body.as_deref().map(|text| body(text, None)),
            ..RequestTest::default()
        },
        code: response.code.try_into().unwrap_or_default(),
        headers: headers(&response.headers),
        body: response
            .body
            .as_ref()
            .map(|(assertion, media_type)| match assertion {
                BodyAssertion::Contents(text) => MalformedBody::Is(body(text, Some(media_type))),
                BodyAssertion::MessageRegex(regex) => MalformedBody::MessageRegex(Text::new(regex)),
            }),
    }
}
