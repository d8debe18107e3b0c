//! Values of the `httpMalformedRequestTests` trait ("HTTP protocol compliance tests").

use super::compliance_tests::headers;
use super::fields::{list, optional, required, strings};
use crate::syntax::node::Node;
use crate::syntax::source::Span;
use crate::traits::reader::TraitValue;
use crate::traits::values::template::{Template, Values};

pub use crate::traits::values::template::BadTemplate;

/// A test of a request that a server rejects: one case, or several with different parameters.
#[derive(Clone, Debug)]
pub struct MalformedRequestTest<'a> {
    /// Its id.
    pub id: &'a str,
    /// The id of the protocol.
    pub protocol: &'a str,
    /// Its documentation, in CommonMark.
    pub documentation: Option<&'a str>,
    /// The request, whose texts can be templates.
    pub request: MalformedRequest<&'a str>,
    /// The response, whose texts can be templates.
    pub response: MalformedResponse<&'a str>,
    /// The values of each parameter, one for each case.
    pub parameters: Vec<(&'a str, Vec<&'a str>)>,
    /// Where it stands.
    pub span: Span,
}

/// A case of a [`MalformedRequestTest`], with its parameters in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MalformedRequestCase {
    /// Its documentation, in CommonMark.
    pub documentation: Option<String>,
    /// The request.
    pub request: MalformedRequest<String>,
    /// The response.
    pub response: MalformedResponse<String>,
}

/// The request of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MalformedRequest<T> {
    /// The method.
    pub method: T,
    /// The path.
    pub uri: T,
    /// Pairs of the query, percent-encoded.
    pub query_params: Vec<T>,
    /// The headers, in the order written.
    pub headers: Vec<(T, T)>,
    /// The body.
    pub body: Option<T>,
}

/// The response of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MalformedResponse<T> {
    /// The status.
    pub code: i64,
    /// The headers that the response has, in the order written.
    pub headers: Vec<(T, T)>,
    /// The body, with its media type. Without one any body will do.
    pub body: Option<(BodyAssertion<T>, T)>,
}

/// What a body is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyAssertion<T> {
    /// The whole body, compared as its media type requires.
    Contents(T),
    /// A regular expression that matches the message of the error.
    MessageRegex(T),
}

/// The value of the `httpMalformedRequestTests` trait, which reads as [`MalformedRequestTest`]s.
#[derive(Debug)]
pub enum MalformedRequestTests {}

impl TraitValue for MalformedRequestTests {
    type Read<'a> = Vec<MalformedRequestTest<'a>>;

    fn read(node: &Node) -> Option<Vec<MalformedRequestTest<'_>>> {
        list(node, |node| {
            Some(MalformedRequestTest {
                id: required(node, "id", Node::as_str)?,
                protocol: required(node, "protocol", Node::as_str)?,
                documentation: optional(node, "documentation", Node::as_str)?,
                request: required(node, "request", request)?,
                response: required(node, "response", response)?,
                parameters: optional(node, "testParameters", parameters)?.unwrap_or_default(),
                span: node.span,
            })
        })
    }
}

fn request(node: &Node) -> Option<MalformedRequest<&str>> {
    Some(MalformedRequest {
        method: required(node, "method", Node::as_str)?,
        uri: required(node, "uri", Node::as_str)?,
        query_params: strings(node, "queryParams")?,
        headers: optional(node, "headers", headers)?.unwrap_or_default(),
        body: optional(node, "body", Node::as_str)?,
    })
}

fn response(node: &Node) -> Option<MalformedResponse<&str>> {
    Some(MalformedResponse {
        code: required(node, "code", Node::as_i64)?,
        headers: optional(node, "headers", headers)?.unwrap_or_default(),
        body: optional(node, "body", |body| {
            let assertion = body.get("assertion")?;
            let contents = optional(assertion, "contents", Node::as_str)?;
            let message = optional(assertion, "messageRegex", Node::as_str)?;
            let assertion = match contents {
                Some(contents) => BodyAssertion::Contents(contents),
                None => BodyAssertion::MessageRegex(message?),
            };
            Some((assertion, required(body, "mediaType", Node::as_str)?))
        })?,
    })
}

fn parameters(node: &Node) -> Option<Vec<(&str, Vec<&str>)>> {
    let entries = node.as_object()?.iter();
    entries
        .map(|(name, entry)| Some((name.as_str(), list(&entry.node, Node::as_str)?)))
        .collect()
}

impl<'a> MalformedRequestTest<'a> {
    /// The number of cases.
    pub fn cases(&self) -> usize {
        self.parameters
            .first()
            .map_or(1, |(_, values)| values.len())
    }

    /// The id of a case: that of the test, with the number of the case if it has parameters.
    pub fn case_id(&self, case: usize) -> String {
        match self.parameters.is_empty() {
            true => self.id.to_owned(),
            false => format!("{}_case{case}", self.id),
        }
    }

    /// A case, by its number. The texts of a test without parameters are no templates, and are
    /// returned as they are.
    ///
    /// # Errors
    /// A template has no valid form, or names a parameter that has no value in this case.
    pub fn case(&self, case: usize) -> Result<MalformedRequestCase, BadTemplate> {
        let (mut documentation, mut request, mut response) =
            (None, self.request.copied(), self.response.copied());
        documentation.clone_from(&self.documentation.map(str::to_owned));
        if !self.parameters.is_empty() {
            let values = self.values(case);
            let all = documentation
                .iter_mut()
                .chain(request.texts())
                .chain(response.texts());
            for text in all {
                *text = Template::parse(text)?.expand(&values)?;
            }
        }
        Ok(MalformedRequestCase {
            documentation,
            request,
            response,
        })
    }

    /// An upper bound of the number of bytes of all cases. Counting stops when it exceeds `most`.
    ///
    /// # Errors
    /// Those of [`MalformedRequestTest::case`].
    pub fn size(&self, most: usize) -> Result<usize, BadTemplate> {
        let (mut request, mut response) = (self.request.copied(), self.response.copied());
        let documentation = self.documentation.map(str::to_owned);
        let mut templates = Vec::new();
        let texts = request.texts().chain(response.texts()).map(|text| &*text);
        for text in texts.chain(&documentation) {
            templates.push(Template::parse(text)?);
        }
        let mut total = 0_usize;
        for case in 0..self.cases() {
            let values = self.values(case);
            for template in &templates {
                total = total.saturating_add(template.size(&values)?);
            }
            if total > most {
                break;
            }
        }
        Ok(total)
    }

    /// The parameters of a case. Those without a value are left out.
    fn values(&self, case: usize) -> Values<'a> {
        let parameters = self.parameters.iter();
        parameters
            .filter_map(|(name, values)| Some((*name, *values.get(case)?)))
            .collect()
    }
}

impl MalformedRequest<&str> {
    fn copied(&self) -> MalformedRequest<String> {
        MalformedRequest {
            method: self.method.to_owned(),
            uri: self.uri.to_owned(),
            query_params: self.query_params.iter().map(|&it| it.to_owned()).collect(),
            headers: copied(&self.headers),
            body: self.body.map(str::to_owned),
        }
    }
}

impl MalformedRequest<String> {
    fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        [&mut self.method, &mut self.uri]
            .into_iter()
            .chain(&mut self.query_params)
            .chain(pairs(&mut self.headers))
            .chain(&mut self.body)
    }
}

impl MalformedResponse<&str> {
    fn copied(&self) -> MalformedResponse<String> {
        let owned = |(assertion, media_type): &(BodyAssertion<&str>, &str)| {
            let assertion = match assertion {
                BodyAssertion::Contents(text) => BodyAssertion::Contents((*text).to_owned()),
                BodyAssertion::MessageRegex(text) => {
                    BodyAssertion::MessageRegex((*text).to_owned())
                }
            };
            (assertion, (*media_type).to_owned())
        };
        MalformedResponse {
            code: self.code,
            headers: copied(&self.headers),
            body: self.body.as_ref().map(owned),
        }
    }
}

impl MalformedResponse<String> {
    fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let body = self.body.iter_mut().flat_map(|(assertion, media_type)| {
            let (BodyAssertion::Contents(text) | BodyAssertion::MessageRegex(text)) = assertion;
            [text, media_type]
        });
        pairs(&mut self.headers).chain(body)
    }
}

fn copied(headers: &[(&str, &str)]) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|&(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn pairs(headers: &mut [(String, String)]) -> impl Iterator<Item = &mut String> {
    headers.iter_mut().flat_map(|(name, value)| [name, value])
}
