//! Writing a request (Smithy, *HTTP bindings*).

#[cfg(any(
    feature = "checksums",
    feature = "md5",
    feature = "tree-hash",
    feature = "client"
))]
mod checksum;
mod error;
#[cfg(feature = "gzip")]
mod gzip;
mod host;
mod maps;
mod settings;
#[cfg(feature = "stream")]
mod stream;

#[cfg(feature = "tree-hash")]
pub use checksum::tree_hash;
#[cfg(feature = "client")]
pub(crate) use checksum::{Checksum, summed};
pub use error::{RequestError, RequestErrorKind};
pub use maps::{PrefixHeaders, QueryMap};
pub(crate) use settings::Settings;
#[cfg(feature = "client")]
pub(crate) use stream::Sums;

#[cfg(feature = "stream")]
use crate::Body;
use crate::json::FaultKind;
use crate::text::{Text, Texts};
use crate::token::TokenSource;
use crate::{Blob, Endpoint, header_list, json};
use bytes::Bytes;
use http::Method;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

/// Everything but the unreserved characters of RFC 3986 section 2.3.
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// The same for a greedy label, which spans path segments.
pub(crate) const RESERVED_BUT_SLASH: &AsciiSet = &RESERVED.remove(b'/');

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// What an operation writes its request to.
///
/// Path, query and headers may come in any order; parts of the path among themselves come in
/// theirs.
pub struct RequestWriter<'a> {
    endpoint: &'a Endpoint,
    tokens: TokenSource<'a>,
    settings: Settings,
    method: Method,
    /// What goes before the endpoint's host.
    host: String,
    path: String,
    /// Pairs of members with a name of their own, encoded.
    query: String,
    /// Pairs of `httpQueryParams` maps, encoded: they give way to the ones above.
    query_params: String,
    headers: HeaderMap,
    content_type: Option<&'static str>,
    body: Bytes,
    /// The body instead, if it is a stream, and the member that it is.
    #[cfg(feature = "stream")]
    stream: Option<(&'static str, Body)>,
    /// What is to be made of the stream before it is sent.
    #[cfg(feature = "client")]
    checksums: Vec<Box<dyn Checksum>>,
    /// The stream's member, if there is such a thing.
    #[cfg(feature = "stream")]
    unsummed: Option<&'static str>,
    /// What is wrong with a member that was written where nothing can fail: told at the end.
    fault: Cell<Option<RequestError>>,
    /// Whether it has an idempotency token.
    has_token: Cell<bool>,
}

impl<'a> RequestWriter<'a> {
    pub(crate) fn new(
        method: Method,
        endpoint: &'a Endpoint,
        tokens: TokenSource<'a>,
        settings: Settings,
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

    /// Appends a literal part of the path, which is encoded already.
    pub fn path(&mut self, literal: &str) -> &mut Self {
        self.path.push_str(literal);
        self
    }

    /// Appends a label: everything but unreserved characters is percent-encoded.
    ///
    /// # Errors
    /// [`RequestErrorKind::EmptyLabel`] when there is no text, [`RequestErrorKind::DotSegment`] for `.` and `..`: the
    /// path would be another operation's.
    pub fn label(
        &mut self,
        member: &'static str,
        value: &impl Texts,
    ) -> Result<&mut Self, RequestError> {
        // Slashes within it are encoded, so that it stays one segment.
        self.encoded_label(member, value, RESERVED, is_dots)
    }

    /// Appends a greedy label: like [`RequestWriter::label`], but slashes stay.
    ///
    /// # Errors
    /// [`RequestErrorKind::EmptyLabel`] when there is no text, [`RequestErrorKind::DotSegment`] for a segment `.` or `..`.
    pub fn greedy_label(
        &mut self,
        member: &'static str,
        value: &impl Texts,
    ) -> Result<&mut Self, RequestError> {
        self.encoded_label(member, value, RESERVED_BUT_SLASH, |text| {
            text.split('/').any(is_dots)
        })
    }

    fn encoded_label(
        &mut self,
        member: &'static str,
        value: &impl Texts,
        reserved: &'static AsciiSet,
        leads_elsewhere: impl Fn(&str) -> bool,
    ) -> Result<&mut Self, RequestError> {
        self.check_range(member, value);
        let text = value
            .texts()
            .and_then(|mut texts| texts.next())
            .unwrap_or_default();
        if text.is_empty() {
            return Err(RequestError::new(RequestErrorKind::EmptyLabel, member));
        }
        if leads_elsewhere(&text) {
            return Err(RequestError::new(RequestErrorKind::DotSegment, member));
        }
        self.path.extend(utf8_percent_encode(&text, reserved));
        Ok(self)
    }

    /// Appends a query string from the operation's URI pattern, which is encoded already, such as
    /// `mode=fast`.
    pub fn query_literal(&mut self, literal: &str) -> &mut Self {
        separate(&mut self.query, '&');
        self.query.push_str(literal);
        self
    }

    /// Appends a query parameter: once per item of a list, not at all for `None`.
    pub fn query(&mut self, name: &'static str, value: &impl Texts) -> &mut Self {
        self.check_range(name, value);
        push_pairs(&mut self.query, name, value);
        self
    }

    /// Appends the entries of a map (`httpQueryParams`), a list once per item. A parameter that
    /// [`RequestWriter::query`] or the URI pattern sets, before or after this, wins over an entry of that name.
    pub fn query_map(&mut self, map: &impl QueryMap) -> &mut Self {
        map.push_pairs(&mut self.query_params);
        self
    }

    /// Sets a header: a list becomes one value, its items quoted where they need it; nothing for
    /// `None`. Spaces and tabs around a value are no part of it (RFC 9110 section 5.5).
    ///
    /// # Errors
    /// [`RequestErrorKind::InvalidHeader`] for a value that HTTP does not allow, [`RequestErrorKind::ProtocolHeader`] for
    /// the name of a header that members cannot set.
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

    /// Sets a header for each entry of a map (`httpPrefixHeaders`), named by the prefix and the
    /// key. A header that
    /// [`RequestWriter::header`] sets, before or after this, wins over an entry of that name.
    ///
    /// # Errors
    /// [`RequestErrorKind::InvalidHeader`] for a key or value that HTTP does not allow; names the prefix, not the key.
    /// [`RequestErrorKind::ProtocolHeader`] for the name of a header that members cannot set.
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

    /// The idempotency token: the member's value, or a fresh one.
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

    /// Whether it has an idempotency token.
    #[cfg(feature = "client")]
    pub(crate) fn has_token(&self) -> bool {
        self.has_token.get()
    }

    /// Sets a JSON body, and `application/json` unless a header member says otherwise.
    pub fn json(&mut self, write: impl FnOnce(&mut json::Writer)) -> &mut Self {
        let mut json = json::Writer::new();
        write(&mut json);
        if let Some(json::Fault { kind, member }) = json.fault() {
            let kind = match kind {
                FaultKind::TimestampOutOfRange => RequestErrorKind::TimestampOutOfRange,
                FaultKind::TooDeep => RequestErrorKind::TooDeep,
            };
            self.fail(RequestError::new(kind, member));
        }
        self.body(JSON, json.into_vec().into())
    }

    /// Sets a JSON object with these members as the body.
    pub fn object(&mut self, members: impl FnOnce(&mut json::Writer)) -> &mut Self {
        self.json(|json| json.object(members))
    }

    /// Sets a union or document as the body (`httpPayload`); nothing for `None`.
    pub fn json_payload<T: json::Encode>(&mut self, value: &T) -> &mut Self {
        if value.is_absent() {
            self
        } else {
            self.json(|json| value.encode(json))
        }
    }

    /// Sets a structure as the body (`httpPayload`); an empty object for `None`, since the service
    /// expects JSON (protocol test `RestJsonHttpWithEmptyStructurePayload`).
    pub fn structure_payload<T: json::Encode>(&mut self, value: &T) -> &mut Self {
        if value.is_absent() {
            self.json(|json| json.object(|_| {}))
        } else {
            self.json_payload(value)
        }
    }

    /// Sets a string or enum as the body (`httpPayload`), of the shape's media type or else
    /// `text/plain`; nothing for `None`.
    pub fn text_payload(&mut self, media_type: &'static str, value: &impl Texts) -> &mut Self {
        match value.texts().and_then(|mut texts| texts.next()) {
            Some(text) => self.body(media_type, Bytes::copy_from_slice(text.as_bytes())),
            None => self,
        }
    }

    /// Sets a blob as the body (`httpPayload`), of the shape's media type or else
    /// `application/octet-stream`; nothing for `None`.
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

    /// Makes the query the body, as in an HTML form, for what may be too long for a URI. To be
    /// called when the query is written.
    pub fn form(&mut self) -> &mut Self {
        self.merge_query_params();
        let query = std::mem::take(&mut self.query);
        self.body(FORM, query.into())
    }

    /// Replaces the media type of a body that was set before. Without a body it does nothing.
    pub fn content_type(&mut self, media_type: &'static str) -> &mut Self {
        if let Some(content_type) = &mut self.content_type {
            *content_type = media_type;
        }
        self
    }

    fn body(&mut self, content_type: &'static str, body: Bytes) -> &mut Self {
        self.content_type = Some(content_type);
        self.body = body;
        self
    }

    /// Notes what is wrong, unless something else was before.
    fn fail(&self, error: RequestError) {
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

    pub(crate) fn finish(self) -> Result<http::Request<Bytes>, RequestError> {
        #[cfg(feature = "stream")]
        if let Some((member, _)) = self.stream {
            return Err(RequestError::new(RequestErrorKind::Stream, member));
        }
        let mut request = self.assemble()?;
        // Without a length, some servers refuse the request with status 411. The methods are those
        // that give content a meaning (RFC 9110 section 8.6).
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

    /// The request with the body that is in memory.
    fn assemble(mut self) -> Result<http::Request<Bytes>, RequestError> {
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
                .map(name);
            if !set.any(|set| set == name(pair)) {
                separate(&mut self.query, '&');
                self.query.push_str(pair);
            }
        }
    }
}

/// Tells what is set, not to which values: those may be secrets.
impl fmt::Debug for RequestWriter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestWriter")
            .field("endpoint", &self.endpoint)
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

fn separate(list: &mut String, separator: char) {
    if !list.is_empty() {
        list.push(separator);
    }
}

fn push_pairs(query: &mut String, name: &str, value: &impl Texts) {
    for text in value.texts().into_iter().flatten() {
        separate(query, '&');
        query.extend(utf8_percent_encode(name, RESERVED));
        query.push('=');
        query.extend(utf8_percent_encode(&text, RESERVED));
    }
}

fn header_text<T: Texts>(value: &T) -> Option<Cow<'_, str>> {
    let mut texts = value.texts()?;
    // An empty list is sent as an empty value (protocol test `RestJsonNullAndEmptyHeaders`).
    let Some(first) = texts.next() else {
        return Some(Cow::Borrowed(""));
    };
    let mut list = header_list::item(first, T::QUOTED);
    for text in texts {
        let list = list.to_mut();
        list.push_str(", ");
        list.push_str(&header_list::item(text, T::QUOTED));
    }
    Some(list)
}

/// Whether a segment of a path stands for another one (RFC 3986 section 5.2.4): whoever normalises
/// the path would make it another operation's.
fn is_dots(segment: &str) -> bool {
    matches!(segment, "." | "..")
}

/// Headers that no member may set. They decide how the message is framed, where it goes, and who
/// sends it, and are set by the transport and the client: a value of a member would be replaced, or
/// send another body than was signed.
///
/// Smithy, *HTTP bindings*, Restricted HTTP headers, without those that have no effect on a
/// request; hop-by-hop headers of RFC 9110 section 7.6.1; the headers of a signature.
/// `x-amz-content-sha256` is not one of them: CodeArtifact has a member for it.
const PROTOCOL_HEADERS: [&str; 17] = [
    "authorization",
    "connection",
    "content-length",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-amz-date",
    "x-amz-region-set",
    "x-amz-security-token",
];

/// The name of a header that a member sets.
fn header_name(told: &'static str, name: &str) -> Result<HeaderName, RequestError> {
    let name = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| RequestError::new(RequestErrorKind::InvalidHeader, told))?;
    match PROTOCOL_HEADERS.iter().find(|reserved| name == **reserved) {
        Some(reserved) => Err(RequestError::new(
            RequestErrorKind::ProtocolHeader,
            reserved,
        )),
        None => Ok(name),
    }
}

fn header_value(told: &'static str, value: Cow<'_, str>) -> Result<HeaderValue, RequestError> {
    // The `http` crate lets any byte above 0x7f pass, which servers read as they like.
    Some(&*value)
        .filter(|value| value.is_ascii())
        .and_then(|value| HeaderValue::from_str(value.trim_matches([' ', '\t'])).ok())
        .ok_or(RequestError::new(RequestErrorKind::InvalidHeader, told))
}
