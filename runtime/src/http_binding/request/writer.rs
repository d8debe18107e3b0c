//! Writing a request (Smithy, *HTTP bindings*).

use crate::endpoint::url::Endpoint;
#[cfg(feature = "stream")]
use crate::http_binding::body::body_type::Body;
#[cfg(any(
    feature = "checksums",
    feature = "md5",
    feature = "tree-hash",
    feature = "client"
))]
use crate::http_binding::request::checksum::sum::Checksum;
#[cfg(any(feature = "checksums", feature = "md5", feature = "tree-hash"))]
use crate::http_binding::request::checksum::sum::set_headers;
use crate::http_binding::request::encoding::{
    RESERVED, RESERVED_EXCEPT_SLASH, is_dot_segment, push_pairs, separate,
};
use crate::http_binding::request::error::{RequestError, RequestErrorKind};
use crate::http_binding::request::headers::{header_name, header_text, header_value};
use crate::http_binding::request::maps::{PrefixHeaders, QueryMap};
use crate::http_binding::request::settings::RequestSettings;
use crate::http_binding::token::TokenSource;
use crate::types::blob::Blob;
use crate::types::text::scalar::Text;
use crate::types::text::texts::Texts;
use bytes::Bytes;
use http::Method;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue};
use percent_encoding::{AsciiSet, utf8_percent_encode};
use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

const FORM: &str = "application/x-www-form-urlencoded";

/// Builds the request of an operation.
///
/// Path, query string, headers and body can be written in any order. The parts of the path have to
/// be written in their order in the path.
pub struct RequestWriter<'a> {
    pub(super) endpoint: &'a Endpoint,
    tokens: TokenSource<'a>,
    pub(super) settings: RequestSettings,
    method: Method,
    /// The host prefix of the operation.
    pub(super) host: String,
    path: String,
    /// The encoded pairs of `httpQuery` members and of the URI pattern.
    query: String,
    /// The encoded pairs of `httpQueryParams` maps. Pairs in `query` take precedence.
    query_params: String,
    pub(super) headers: HeaderMap,
    pub(super) content_type: Option<&'static str>,
    pub(super) body: Bytes,
    /// The name and value of the body's member if it is a stream. `body` is empty then.
    #[cfg(feature = "stream")]
    pub(super) stream: Option<(&'static str, Body)>,
    /// The checksums of the stream, which are calculated before the request is sent.
    #[cfg(feature = "client")]
    pub(super) checksums: Vec<Box<dyn Checksum>>,
    /// The name of the stream's member if a checksum of it is missing.
    #[cfg(feature = "stream")]
    pub(super) unsummed: Option<&'static str>,
    /// The first error of a method that does not return a `Result`. `finish` returns it.
    fault: Cell<Option<RequestError>>,
    /// Whether the request has an idempotency token.
    has_token: Cell<bool>,
}

impl<'a> RequestWriter<'a> {
    pub(crate) fn new(
        method: Method,
        endpoint: &'a Endpoint,
        tokens: TokenSource<'a>,
        settings: RequestSettings,
    ) -> Self {
        Self {
            endpoint,
            tokens,
            settings,
            method,
            host: String::new(),
            path: endpoint.path().to_owned(),
            query: String::new(),
            query_params: String::new(),
            headers: HeaderMap::new(),
            content_type: None,
            body: Bytes::new(),
            #[cfg(feature = "stream")]
            stream: None,
            #[cfg(feature = "client")]
            checksums: Vec::new(),
            #[cfg(feature = "stream")]
            unsummed: None,
            fault: Cell::new(None),
            has_token: Cell::new(false),
        }
    }

    /// Appends a literal part of the path, which is already encoded.
    pub fn path(&mut self, literal: &str) -> &mut Self {
        self.path.push_str(literal);
        self
    }

    /// Appends a label. All characters except unreserved ones are percent-encoded.
    ///
    /// # Errors
    /// [`RequestErrorKind::EmptyLabel`] if the text is empty; [`RequestErrorKind::DotSegment`] if
    /// it is `.` or `..`, since the path could become that of another operation.
    pub fn label(
        &mut self,
        member: &'static str,
        value: &impl Texts,
    ) -> Result<&mut Self, RequestError> {
        // Slashes are encoded, so the label is a single segment.
        self.encoded_label(member, value, RESERVED, is_dot_segment)
    }

    /// Appends a greedy label. Like [`RequestWriter::label`], but slashes are not encoded.
    ///
    /// # Errors
    /// [`RequestErrorKind::EmptyLabel`] if the text is empty; [`RequestErrorKind::DotSegment`] if
    /// one of its segments is `.` or `..`.
    pub fn greedy_label(
        &mut self,
        member: &'static str,
        value: &impl Texts,
    ) -> Result<&mut Self, RequestError> {
        self.encoded_label(member, value, RESERVED_EXCEPT_SLASH, |text| {
            text.split('/').any(is_dot_segment)
        })
    }

    fn encoded_label(
        &mut self,
        member: &'static str,
        value: &impl Texts,
        reserved: &'static AsciiSet,
        has_dot_segment: impl Fn(&str) -> bool,
    ) -> Result<&mut Self, RequestError> {
        self.check_range(member, value);
        let text = value
            .texts()
            .and_then(|mut texts| texts.next())
            .unwrap_or_default();
        if text.is_empty() {
            return Err(RequestError::new(RequestErrorKind::EmptyLabel, member));
        }
        if has_dot_segment(&text) {
            return Err(RequestError::new(RequestErrorKind::DotSegment, member));
        }
        self.path.extend(utf8_percent_encode(&text, reserved));
        Ok(self)
    }

    /// Appends a literal of the operation's URI pattern, which is already encoded, such as
    /// `mode=fast`.
    pub fn query_literal(&mut self, literal: &str) -> &mut Self {
        separate(&mut self.query, '&');
        self.query.push_str(literal);
        self
    }

    /// Appends a query parameter: one for each item of a list, none for `None`.
    pub fn query(&mut self, name: &'static str, value: &impl Texts) -> &mut Self {
        self.check_range(name, value);
        push_pairs(&mut self.query, name, value);
        self
    }

    /// Appends the entries of a map (`httpQueryParams`), one parameter for each item of a list.
    /// Parameters of [`RequestWriter::query`] and of the URI pattern take precedence over entries
    /// with the same name, whichever is written first.
    pub fn query_map(&mut self, map: &impl QueryMap) -> &mut Self {
        map.push_pairs(&mut self.query_params);
        self
    }

    /// Sets a header, unless the value is `None`. A list becomes one value, with quoted items where
    /// necessary. Spaces and tabs around the value are removed (RFC 9110 section 5.5).
    ///
    /// # Errors
    /// [`RequestErrorKind::InvalidHeader`] for a value that HTTP does not allow;
    /// [`RequestErrorKind::ProtocolHeader`] for a header that a member cannot set.
    pub fn header(
        &mut self,
        name: &'static str,
        value: &impl Texts,
    ) -> Result<&mut Self, RequestError> {
        self.check_range(name, value);
        if let Some(value) = header_text(value) {
            self.headers
                .insert(header_name(name, name)?, header_value(name, value)?);
        }
        Ok(self)
    }

    /// Sets a header for each entry of a map (`httpPrefixHeaders`). Its name consists of the prefix
    /// and the key. Headers of [`RequestWriter::header`] take precedence over entries with the same
    /// name, whichever is written first.
    ///
    /// # Errors
    /// [`RequestErrorKind::InvalidHeader`] for a key or value that HTTP does not allow; it contains
    /// the prefix, not the key. [`RequestErrorKind::ProtocolHeader`] for a header that a member
    /// cannot set.
    pub fn prefix_headers(
        &mut self,
        prefix: &'static str,
        map: &impl PrefixHeaders,
    ) -> Result<&mut Self, RequestError> {
        for (key, value) in map.entries() {
            let name = header_name(prefix, &format!("{prefix}{}", key.text()))?;
            let value = header_value(prefix, value.text())?;
            self.headers.entry(name).or_insert(value);
        }
        Ok(self)
    }

    /// The idempotency token: the value of the member, or a new one.
    pub fn token<'t>(&self, member: &'t Option<String>) -> Cow<'t, str> {
        self.has_token.set(true);
        if let Some(token) = member {
            return Cow::Borrowed(token);
        }
        (self.tokens)().map_or_else(
            |error| {
                self.fail(error);
                Cow::Borrowed("")
            },
            Cow::Owned,
        )
    }

    /// Whether the request has an idempotency token.
    #[cfg(feature = "client")]
    pub(crate) fn has_token(&self) -> bool {
        self.has_token.get()
    }

    /// Sets a string or enum as the body (`httpPayload`), unless it is `None`. The media type is
    /// that of the shape, or `text/plain`.
    pub fn text_payload(&mut self, media_type: &'static str, value: &impl Texts) -> &mut Self {
        match value.texts().and_then(|mut texts| texts.next()) {
            Some(text) => self.body(media_type, Bytes::copy_from_slice(text.as_bytes())),
            None => self,
        }
    }

    /// Sets a blob as the body (`httpPayload`), unless it is `None`. The media type is that of the
    /// shape, or `application/octet-stream`.
    pub fn blob_payload<'b>(
        &mut self,
        media_type: &'static str,
        value: impl Into<Option<&'b Blob>>,
    ) -> &mut Self {
        match value.into() {
            Some(blob) => self.body(media_type, blob.clone().into_bytes()),
            None => self,
        }
    }

    /// Moves the query string to the body, as in an HTML form, since it may be too long for a URI.
    /// Call it after the query string is complete.
    pub fn form(&mut self) -> &mut Self {
        self.merge_query_params();
        let query = std::mem::take(&mut self.query);
        self.body(FORM, query.into())
    }

    /// Replaces the media type of the body. Has no effect without a body.
    pub fn content_type(&mut self, media_type: &'static str) -> &mut Self {
        if let Some(content_type) = &mut self.content_type {
            *content_type = media_type;
        }
        self
    }

    /// Sets the body and its default content type.
    pub(crate) fn body(&mut self, content_type: &'static str, body: Bytes) -> &mut Self {
        self.content_type = Some(content_type);
        self.body = body;
        self
    }

    /// Records an error, which `finish` returns. Only the first error is kept.
    pub(crate) fn fail(&self, error: RequestError) {
        self.fault.set(self.fault.take().or(Some(error)));
    }

    fn check_range(&self, name: &'static str, value: &impl Texts) {
        if !value.are_in_range() {
            self.fail(RequestError::new(
                RequestErrorKind::TimestampOutOfRange,
                name,
            ));
        }
    }

    /// Builds the request.
    ///
    /// # Errors
    /// The first recorded error, or the body is a stream.
    pub(crate) fn finish(self) -> Result<http::Request<Bytes>, RequestError> {
        #[cfg(feature = "stream")]
        if let Some((member, _)) = self.stream {
            return Err(RequestError::new(RequestErrorKind::Stream, member));
        }
        let mut request = self.assemble()?;
        // Some servers reject requests without a length with status 411. These are the methods that
        // define a meaning for content (RFC 9110 section 8.6).
        if request.body().is_empty()
            && matches!(
                *request.method(),
                Method::POST | Method::PUT | Method::PATCH
            )
        {
            request
                .headers_mut()
                .insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        Ok(request)
    }

    /// Builds the request with a body in memory.
    pub(super) fn assemble(mut self) -> Result<http::Request<Bytes>, RequestError> {
        if let Some(error) = self.fault.take() {
            return Err(error);
        }
        self.merge_query_params();
        if !self.query.is_empty() {
            self.path.push('?');
            self.path.push_str(&self.query);
        }
        if self.path.is_empty() {
            self.path.push('/');
        }
        let uri = self.prefixed_endpoint()?.uri(self.path);
        let uri = uri.map_err(|_| RequestError::new(RequestErrorKind::InvalidUri, "path"))?;
        let mut request = http::Request::new(self.body);
        *request.method_mut() = self.method;
        *request.uri_mut() = uri;
        if let Some(content_type) = self.content_type {
            self.headers
                .entry(CONTENT_TYPE)
                .or_insert(HeaderValue::from_static(content_type));
        }
        *request.headers_mut() = self.headers;
        Ok(request)
    }

    fn merge_query_params(&mut self) {
        fn name(pair: &str) -> &str {
            pair.split('=').next().unwrap_or_default()
        }
        let explicit = self.query.len();
        for pair in std::mem::take(&mut self.query_params)
            .split('&')
            .filter(|pair| !pair.is_empty())
        {
            let mut set = self
                .query
                .get(..explicit)
                .unwrap_or_default()
                .split('&')
                .filter(|pair| !pair.is_empty())
                .map(name);
            if !set.any(|set| set == name(pair)) {
                separate(&mut self.query, '&');
                self.query.push_str(pair);
            }
        }
    }
}

#[cfg(any(feature = "checksums", feature = "md5", feature = "tree-hash"))]
impl RequestWriter<'_> {
    /// Adds the headers of a checksum of the body. The client does it later if the body is a
    /// stream.
    pub(super) fn add_checksum(&mut self, mut checksum: Box<dyn Checksum>) -> &mut Self {
        #[cfg(feature = "stream")]
        if let Some((member, _)) = self.stream {
            #[cfg(feature = "client")]
            self.checksums.push(checksum);
            self.unsummed = Some(member);
            return self;
        }
        checksum.update(&self.body);
        set_headers(&mut self.headers, checksum);
        self
    }
}

/// Prints only the endpoint and the method, since the rest may contain secrets.
impl fmt::Debug for RequestWriter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestWriter")
            .field("endpoint", &self.endpoint)
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}
