//! Reading requests.

use crate::http_binding::body::body_type::Body;
use crate::http_binding::response::{FromHeader, FromPrefixHeaders, Response};
use crate::json::decode::Decode;
use crate::json::error::Result as JsonResult;
use crate::json::pointer;
use crate::json::reader::Reader;
use crate::server::media_type;
use crate::server::rejection::{Rejection, RejectionKind};
use crate::server::uri::Labels;
use crate::server::values::{FromQueryMap, FromValues, decode, pairs, single};
use crate::types::blob::Blob;
use crate::types::text::error::TextError;
use crate::types::text::scalar::FromText;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap};
use std::cell::Cell;

/// A request that an input is read from. Its body is in memory, unless a member of the input is the
/// body as a stream.
///
/// Values must have the type and the form of the model. Required members that are missing are
/// recorded, so that the response can list all of them.
pub struct RequestReader<'a> {
    /// The headers and the body, which are read as those of a response.
    message: Response<'a>,
    labels: Labels<'a>,
    query: Vec<(String, String)>,
    missing: Vec<String>,
}

/// An input that is read from a request.
pub trait FromRequest: Sized {
    /// The URI pattern (Smithy, *HTTP bindings*, http trait), such as `/bundles/{id}?mode=fast`.
    const URI: &'static str;
    /// The pattern of the host's start (Smithy, *Endpoint traits*, endpoint trait), such as
    /// `{account}.data.`; empty if the operation has none.
    const HOST_PREFIX: &'static str = "";
    /// Whether a member of the input is the body as a stream.
    const STREAMS: bool = false;

    /// Reads the members from the path, query string, headers and body that the model binds them
    /// to.
    ///
    /// # Errors
    /// The request does not match the types of the members.
    fn from_request(req: &mut RequestReader<'_>) -> Read<Self>;

    /// Fills in the defaults of absent members. Clients do not send them.
    fn fill_in(&mut self) {}
}

/// The result of reading a request.
pub type Read<T> = Result<T, Rejection>;

impl<'a> RequestReader<'a> {
    pub(super) fn new(
        message: &'a http::Response<Bytes>,
        stream: &'a Cell<Body>,
        labels: Labels<'a>,
        query: &str,
    ) -> Result<Self, Rejection> {
        Ok(Self {
            message: Response::streaming(message, stream),
            labels,
            query: pairs(query).map_err(|error| Rejection::malformed("the query string", error))?,
            missing: Vec::new(),
        })
    }

    /// The JSON pointers of the required members that the request lacks.
    pub(super) fn into_missing(self) -> Vec<String> {
        self.missing
    }

    fn headers(&self) -> &'a HeaderMap {
        self.message.headers()
    }

    fn body(&self) -> &'a Bytes {
        self.message.body()
    }

    /// Checks that the body, if there is one, has this media type.
    ///
    /// # Errors
    /// [`RejectionKind::UnsupportedMediaType`].
    pub fn expect(&mut self, media_type: &str) -> Result<(), Rejection> {
        let given = self
            .headers()
            .get(CONTENT_TYPE)
            .map(|value| value.to_str().unwrap_or_default());
        match given {
            Some(given) if !media_type::is(given, media_type) => Err(unsupported(media_type)),
            None if !self.body().is_empty() => Err(unsupported(media_type)),
            _ => Ok(()),
        }
    }

    /// Checks that the request has no body with a `content-type`, since the operation has no body.
    ///
    /// # Errors
    /// [`RejectionKind::UnsupportedMediaType`].
    pub fn expect_no_body(&mut self) -> Result<(), Rejection> {
        if self.headers().contains_key(CONTENT_TYPE) && !self.body().is_empty() {
            return Err(Rejection::new(
                RejectionKind::UnsupportedMediaType,
                "the operation has no body: remove the header `content-type`",
            ));
        }
        Ok(())
    }

    /// Records that a required member, named as in the model, is missing.
    pub fn missing(&mut self, member: &'static str) {
        let mut path = String::new();
        pointer::push(&mut path, member);
        self.missing.push(path);
    }

    /// Reads a label of the path into a slot: a scalar or an `Option` of one.
    ///
    /// # Errors
    /// The label does not match the type.
    pub fn label<T: FromValues>(
        &mut self,
        member: &'static str,
        slot: &mut T,
    ) -> Result<(), Rejection> {
        self.label_as(member, slot, |text| T::from_values(&[text]))
    }

    /// Like [`RequestReader::label`], with a given parser.
    ///
    /// # Errors
    /// The parser fails.
    pub fn label_as<T, S: From<T>>(
        &mut self,
        member: &'static str,
        slot: &mut S,
        parse: impl FnOnce(&str) -> Result<T, TextError>,
    ) -> Result<(), Rejection> {
        let label = self.labels.iter().find(|(name, _)| *name == member);
        let text = label.map_or("", |(_, text)| text);
        let value = decode(text).and_then(|text| parse(&text));
        let place = || format!("the label `{member}`");
        *slot = value
            .map_err(|error| Rejection::malformed(&place(), error))?
            .into();
        Ok(())
    }

    /// Reads the query parameters with a name into a slot: a scalar, a list of scalars, or an
    /// `Option` of either. Returns whether there is one.
    ///
    /// # Errors
    /// A value does not match the type, or there are several values for a scalar.
    pub fn query<T: FromValues>(
        &mut self,
        name: &'static str,
        slot: &mut T,
    ) -> Result<bool, Rejection> {
        self.values(name, slot, T::from_values)
    }

    /// Like [`RequestReader::query`], with a given parser for a scalar.
    ///
    /// # Errors
    /// The parser fails, or there are several values.
    pub fn query_as<T, S: From<T>>(
        &mut self,
        name: &'static str,
        slot: &mut S,
        parse: impl FnOnce(&str) -> Result<T, TextError>,
    ) -> Result<bool, Rejection> {
        self.values(name, slot, |values| parse(single(values)?).map(S::from))
    }

    /// Like [`RequestReader::query`], with a given parser for the items of a list.
    ///
    /// # Errors
    /// The parser fails.
    pub fn query_items_as<T, S: From<Vec<T>>>(
        &mut self,
        name: &'static str,
        slot: &mut S,
        parse: impl Fn(&str) -> Result<T, TextError>,
    ) -> Result<bool, Rejection> {
        self.values(name, slot, |values| {
            let items: Result<Vec<T>, TextError> =
                values.iter().map(|value| parse(value)).collect();
            items.map(S::from)
        })
    }

    fn values<S>(
        &self,
        name: &'static str,
        slot: &mut S,
        parse: impl FnOnce(&[&str]) -> Result<S, TextError>,
    ) -> Result<bool, Rejection> {
        let values = self.query.iter().filter(|(key, _)| key == name);
        let values: Vec<&str> = values.map(|(_, value)| value.as_str()).collect();
        if values.is_empty() {
            return Ok(false);
        }
        let place = || format!("the query parameter `{name}`");
        *slot = parse(&values).map_err(|error| Rejection::malformed(&place(), error))?;
        Ok(true)
    }

    /// Reads all query parameters into a map (`httpQueryParams`), also those that other members are
    /// bound to (protocol test `RestJsonServersPutAllQueryParamsInMap`). Returns whether there is
    /// one.
    ///
    /// # Errors
    /// A name or value does not match its type.
    pub fn query_map<T: FromQueryMap>(&mut self, slot: &mut T) -> Result<bool, Rejection> {
        if self.query.is_empty() {
            return Ok(false);
        }
        *slot = T::from_pairs(&self.query)
            .map_err(|error| Rejection::malformed("the query string", error))?;
        Ok(true)
    }

    /// Reads a header into a slot: a scalar, a list of scalars, or an `Option` of either. Returns
    /// whether there is one.
    ///
    /// # Errors
    /// The value does not match the type.
    pub fn header<T: FromHeader>(
        &mut self,
        name: &'static str,
        slot: &mut T,
    ) -> Result<bool, Rejection> {
        self.message.header(name, slot)?;
        Ok(self.headers().contains_key(name))
    }

    /// Like [`RequestReader::header`], with a given parser for a scalar.
    ///
    /// # Errors
    /// The parser fails.
    pub fn header_as<T, S: From<T>>(
        &mut self,
        name: &'static str,
        slot: &mut S,
        parse: impl FnOnce(&str) -> Result<T, TextError>,
    ) -> Result<bool, Rejection> {
        self.message.header_as(name, slot, parse)?;
        Ok(self.headers().contains_key(name))
    }

    /// Like [`RequestReader::header`], with a given parser for the items of a list of timestamps.
    ///
    /// # Errors
    /// The parser fails.
    pub fn header_items_as<T: FromText, S: From<Vec<T>>>(
        &mut self,
        name: &'static str,
        slot: &mut S,
        parse: impl Fn(&str) -> Result<T, TextError>,
    ) -> Result<bool, Rejection> {
        self.header_as(name, slot, |text| {
            let items = T::items(text)?;
            items
                .iter()
                .map(|item| parse(item))
                .collect::<Result<Vec<T>, TextError>>()
        })
    }

    /// Reads all headers whose names start with a prefix into a map (`httpPrefixHeaders`). Returns
    /// whether there is one.
    ///
    /// # Errors
    /// A key or value does not match its type.
    pub fn prefix_headers<S: FromPrefixHeaders>(
        &mut self,
        prefix: &'static str,
        slot: &mut S,
    ) -> Result<bool, Rejection> {
        self.message.prefix_headers(prefix, slot)?;
        let mut names = self.headers().keys().map(|name| name.as_str().as_bytes());
        Ok(names.any(|name| {
            name.get(..prefix.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
        }))
    }

    /// Reads the members of a JSON body, as [`Reader::structure`] does. An empty body has no
    /// members. `required` are the members that must be in it.
    ///
    /// # Errors
    /// The body is not a JSON object, or `member` fails.
    pub fn object(
        &mut self,
        required: &'static [&'static str],
        member: impl FnMut(&mut Reader<'_>, &str) -> JsonResult<()>,
    ) -> Result<(), Rejection> {
        let body = match self.body().as_ref() {
            [] => b"{}",
            body => body,
        };
        let mut json = Reader::of_request(body);
        json.requires(required);
        json.structure(member)?;
        let missing = json.take_missing();
        json.finish()?;
        self.missing.extend(pointer::pointers(body, missing));
        Ok(())
    }

    /// Reads the body as an optional structure (`httpPayload`). Clients send an empty object for one
    /// that is absent (protocol test `RestJsonHttpWithEmptyStructurePayload`). Returns whether there
    /// is another body that is not null.
    ///
    /// # Errors
    /// Those of [`RequestReader::json_payload`].
    pub fn structure_payload<T: Decode>(
        &mut self,
        member: &'static str,
        slot: &mut T,
    ) -> Result<bool, Rejection> {
        if self.body().trim_ascii() == b"{}" {
            return Ok(false);
        }
        self.json_payload(member, slot)
    }

    /// Reads the body as JSON (`httpPayload`). Returns whether there is one that is not null. An
    /// empty object counts as absent if it lacks required members.
    ///
    /// # Errors
    /// The body is not JSON or does not match the type.
    pub fn json_payload<T: Decode>(
        &mut self,
        member: &'static str,
        slot: &mut T,
    ) -> Result<bool, Rejection> {
        let body = self.body();
        if body.is_empty() {
            return Ok(false);
        }
        let mut json = Reader::of_request(body);
        if json.null()? {
            json.finish()?;
            return Ok(false);
        }
        let value = T::decode(&mut json)?;
        let missing = json.take_missing();
        json.finish()?;
        if !missing.is_empty() {
            if body.trim_ascii() == b"{}" {
                return Ok(false);
            }
            let mut payload = String::new();
            pointer::push(&mut payload, member);
            let nested = pointer::pointers(body, missing).into_iter();
            self.missing
                .extend(nested.map(|path| format!("{payload}{path}")));
        }
        *slot = value;
        Ok(true)
    }

    /// Reads the body as a string or enum (`httpPayload`). Returns whether there is one. An empty
    /// body with a media type is an empty text.
    ///
    /// # Errors
    /// The body is not UTF-8.
    pub fn text_payload<T: FromHeader>(&mut self, slot: &mut T) -> Result<bool, Rejection> {
        let present = self.has_payload();
        if present {
            let text = std::str::from_utf8(self.body())
                .map_err(|_| TextError::new("UTF-8 text"))
                .and_then(T::from_header);
            *slot = text.map_err(|error| Rejection::malformed("the body", error))?;
        }
        Ok(present)
    }

    /// Stores the body in a slot (`httpPayload`). Returns whether there is one. An empty body with a
    /// media type is an empty blob.
    pub fn blob_payload<S: From<Blob>>(&mut self, slot: &mut S) -> bool {
        let present = self.has_payload();
        if present {
            *slot = Blob::from(self.body().clone()).into();
        }
        present
    }

    fn has_payload(&self) -> bool {
        !self.body().is_empty() || self.headers().contains_key(CONTENT_TYPE)
    }

    /// Takes the body as a stream (`httpPayload` of a blob with `streaming`).
    pub fn stream_payload(&mut self, slot: &mut Body) {
        self.message.stream_payload(slot);
    }
}

fn unsupported(media_type: &str) -> Rejection {
    Rejection::new(
        RejectionKind::UnsupportedMediaType,
        format!("the body must have the media type `{media_type}`"),
    )
}
