//! The pull reader: arrays, objects and literals.

use crate::json::decode::Decode;
use crate::json::depth::Depth;
use crate::json::error::{Error, ErrorKind, Result};
use crate::json::scan;
use crate::types::document::{Document, UnknownMember};
use crate::types::text::scalar::FromText;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Reads a JSON document.
///
/// Each method reads one value. The reader cannot be used after an error.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The document, up to the first byte that is not UTF-8.
    pub(super) text: &'a str,
    pub(super) at: usize,
    depth: Depth,
    /// The error at the end of the text: an incomplete document, or a byte that is not UTF-8.
    end: ErrorKind,
    pub(super) source: Source,
    /// The required members of the next structure, if the document is not a response.
    required: &'static [&'static str],
    /// The required members that a request lacks, with the offsets of their structures.
    missing: Vec<(usize, &'static str)>,
}

/// The origin of a document, which decides how strictly it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A service, which may be newer than the model and deviate from it.
    Response,
    /// The caller of an operation: see [`Reader::of_input`].
    Input,
    /// A client: see `Reader::of_request`.
    Request,
}

/// The number of missing members of a request that are recorded.
const MAX_MISSING: usize = 100;

impl<'a> Reader<'a> {
    /// Creates a reader. It checks once that the document is UTF-8, so that strings need no check.
    /// An invalid byte is reported with its path when the reader reaches it.
    pub fn new(document: &'a [u8]) -> Self {
        let (text, end) = match std::str::from_utf8(document) {
            Ok(text) => (text, ErrorKind::UnexpectedEnd),
            Err(fault) => {
                let valid = document.get(..fault.valid_up_to()).unwrap_or_default();
                (
                    std::str::from_utf8(valid).unwrap_or_default(),
                    ErrorKind::InvalidUtf8,
                )
            }
        };
        Self {
            text,
            at: 0,
            depth: Depth::default(),
            end,
            source: Source::Response,
            required: &[],
            missing: Vec::new(),
        }
    }

    /// Creates a reader for the input of an operation, instead of a response of the service.
    /// Unknown members and missing required members are errors. Timestamps can have any of Smithy's
    /// formats.
    pub fn of_input(document: &'a str) -> Self {
        Self {
            source: Source::Input,
            ..Self::new(document.as_bytes())
        }
    }

    /// Creates a reader for a request that a server received. Members that the model does not
    /// define are ignored, except those of unions. Each value must have the type and the form of the
    /// model. Missing required members are recorded, for [`Reader::take_missing`].
    #[cfg(feature = "server")]
    pub(crate) fn of_request(document: &'a [u8]) -> Self {
        Self {
            source: Source::Request,
            ..Self::new(document)
        }
    }

    /// The required members that the structures read so far lack, at most 100, with the offsets of
    /// the structures. The offsets are in ascending order.
    #[cfg(feature = "server")]
    pub(crate) fn take_missing(&mut self) -> Vec<(usize, &'static str)> {
        let mut missing = std::mem::take(&mut self.missing);
        missing.sort_by_key(|(offset, _)| *offset);
        missing
    }

    /// Checks that only white space follows.
    ///
    /// # Errors
    /// [`ErrorKind::TrailingText`] or [`ErrorKind::InvalidUtf8`].
    pub fn finish(mut self) -> Result<()> {
        match self.peek() {
            Some(_) => Err(self.error(ErrorKind::TrailingText)),
            None if self.end == ErrorKind::InvalidUtf8 => Err(self.error(self.end)),
            None => Ok(()),
        }
    }

    /// Reads an object. Calls `member` with the name of each member, and `member` reads its value.
    ///
    /// # Errors
    /// The value is not an object, or `member` fails.
    #[inline]
    pub fn structure(
        &mut self,
        mut member: impl FnMut(&mut Self, &str) -> Result<()>,
    ) -> Result<()> {
        let required = std::mem::take(&mut self.required);
        let mut absent = Vec::new();
        if !required.is_empty() {
            self.peek();
            absent.extend_from_slice(required);
        }
        let start = self.at;
        let mut more = self.open(b'{')?;
        while more {
            let key = self.key()?;
            if !absent.is_empty() {
                self.found(&key, &mut absent);
            }
            member(self, &key).map_err(|error| error.in_member(&key))?;
            more = self.another(b'}')?;
        }
        if absent.is_empty() {
            Ok(())
        } else {
            self.lacks(absent, start)
        }
    }

    /// Like [`Reader::structure`], but reads into a boxed structure that `blank` creates, so that
    /// the structures of nested levels are not on the stack. `member` is not a closure, since a
    /// closure would capture each member separately.
    ///
    /// # Errors
    /// Those of [`Reader::structure`].
    pub fn boxed<T>(
        &mut self,
        blank: fn() -> T,
        member: fn(&mut T, &mut Self, &str) -> Result<()>,
    ) -> Result<Box<T>> {
        let mut value = new_box(blank);
        self.structure(|json, key| member(&mut value, json, key))?;
        Ok(value)
    }

    /// Declares the members that the next structure requires, with values other than null. It has
    /// no effect for a response, since client error correction fills in members that a service
    /// omits.
    #[inline]
    pub fn requires(&mut self, members: &'static [&'static str]) {
        if self.source != Source::Response {
            self.required = members;
        }
    }

    /// Removes a member whose value follows from the absent ones, unless the value is null.
    #[cold]
    #[inline(never)]
    fn found(&mut self, key: &str, absent: &mut Vec<&'static str>) {
        if self.peek() != Some(b'n') {
            absent.retain(|name| *name != key);
        }
    }

    /// Reports that the structure at an offset lacks members: as an error for an input, recorded for
    /// a request.
    #[cold]
    #[inline(never)]
    fn lacks(&mut self, absent: Vec<&'static str>, start: usize) -> Result<()> {
        if self.source == Source::Input {
            return Err(Error::missing(absent, start));
        }
        let room = MAX_MISSING.saturating_sub(self.missing.len());
        self.missing
            .extend(absent.into_iter().take(room).map(|name| (start, name)));
        Ok(())
    }

    /// Skips a member that the model does not define, since services may add members. In an input
    /// it is an error.
    ///
    /// # Errors
    /// The value is not JSON; [`ErrorKind::UnknownMember`] in an input.
    pub fn other(&mut self) -> Result<()> {
        if self.source == Source::Input {
            Err(self.unknown_member())
        } else {
            self.skip()
        }
    }

    #[cold]
    fn unknown_member(&mut self) -> Error {
        // The offset of the error is that of the value, not of the white space before it.
        self.peek();
        self.error(ErrorKind::UnknownMember)
    }

    /// Reads a structure without members. A response can have any value. An input has to be an empty
    /// object, and a request an object.
    ///
    /// # Errors
    /// The value is not JSON, or not such an object.
    pub fn empty(&mut self) -> Result<()> {
        if self.source == Source::Response {
            self.skip()
        } else {
            self.structure(|json, _| json.other())
        }
    }

    /// Reads a union: an object in which exactly one member is not null. `__type` is ignored.
    ///
    /// # Errors
    /// [`ErrorKind::EmptyUnion`], [`ErrorKind::CrowdedUnion`], or `member` fails.
    pub fn union<T>(&mut self, mut member: impl FnMut(&mut Self, &str) -> Result<T>) -> Result<T> {
        let start = self.at;
        let mut value = None;
        self.structure(|json, key| {
            if key == "__type" {
                return json.skip();
            }
            if json.null()? {
                return Ok(());
            }
            if value.is_some() {
                return Err(json.error(ErrorKind::CrowdedUnion));
            }
            value = Some(member(json, key)?);
            Ok(())
        })?;
        value.ok_or_else(|| Error::new(ErrorKind::EmptyUnion, start))
    }

    /// Reads a union member that the model does not define. In an input or a request it is an error.
    ///
    /// # Errors
    /// The value is not JSON; [`ErrorKind::UnknownMember`] in an input or a request.
    pub fn unknown(&mut self, name: &str) -> Result<UnknownMember> {
        if self.source != Source::Response {
            return Err(self.unknown_member());
        }
        let value = Document::decode(self)?;
        Ok(UnknownMember {
            name: name.to_owned(),
            value,
        })
    }

    /// Deserializes the value of a member into a slot, a `T` or an `Option<T>`. The slot is
    /// unchanged if the value is null.
    ///
    /// # Errors
    /// The value does not match the type.
    #[inline]
    pub fn member<T: Decode>(&mut self, slot: &mut T) -> Result<()> {
        if self.null()? {
            Ok(())
        } else {
            T::decode_into(self, slot)
        }
    }

    /// Like [`Reader::member`], with a given function.
    ///
    /// # Errors
    /// The function fails.
    pub fn member_as<T, S: From<T>>(
        &mut self,
        slot: &mut S,
        decode: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<()> {
        if !self.null()? {
            *slot = decode(self)?.into();
        }
        Ok(())
    }

    /// Reads a list. A null is an error unless
    /// `item` accepts it: clients have to reject nulls in lists and maps that are not `@sparse`
    /// (smithy-lang/smithy#2972), as the AWS SDKs do.
    ///
    /// # Errors
    /// The value is not an array, or `item` fails.
    // No `?` after `item`, see `Decode::decode_into`.
    #[inline]
    pub fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        let mut items = Vec::new();
        let mut more = self.open(b'[')?;
        while more {
            match item(self) {
                Ok(item) => items.push(item),
                Err(error) => return Err(error.in_item(items.len())),
            }
            more = self.another(b']')?;
        }
        Ok(items)
    }

    pub(super) fn list_of_boxed<T: Decode>(&mut self) -> Result<Vec<T>> {
        let mut items = Vec::new();
        let mut more = self.open(b'[')?;
        while more {
            let item = T::decode_box(self).map_err(|error| error.in_item(items.len()))?;
            push(&mut items, item);
            more = self.another(b']')?;
        }
        Ok(items)
    }

    /// Reads a `@sparse` list, which can contain nulls.
    ///
    /// # Errors
    /// The value is not an array, or `item` fails.
    pub fn sparse_list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T>,
    ) -> Result<Vec<Option<T>>> {
        self.list(|json| json.nullable(&mut item))
    }

    /// Reads a map. A null is an error unless `value` accepts it, as in [`Reader::list`].
    ///
    /// # Errors
    /// The value is not an object, a key does not match its type, or `value` fails.
    #[inline]
    pub fn map<K: FromText + Ord, V>(
        &mut self,
        mut value: impl FnMut(&mut Self) -> Result<V>,
    ) -> Result<BTreeMap<K, V>> {
        let mut entries = BTreeMap::new();
        let mut more = self.open(b'{')?;
        while more {
            let key = self.map_key()?;
            match value(self) {
                Ok(value) => drop(entries.insert(key, value)),
                Err(error) => return Err(error.in_entry()),
            }
            more = self.another(b'}')?;
        }
        Ok(entries)
    }

    pub(super) fn map_of_boxed<K: FromText + Ord, V: Decode>(&mut self) -> Result<BTreeMap<K, V>> {
        let mut entries = BTreeMap::new();
        let mut more = self.open(b'{')?;
        while more {
            let key = self.map_key()?;
            insert(
                &mut entries,
                key,
                V::decode_box(self).map_err(Error::in_entry)?,
            );
            more = self.another(b'}')?;
        }
        Ok(entries)
    }

    fn map_key<K: FromText>(&mut self) -> Result<K> {
        let start = self.at;
        let key = self.key()?;
        K::from_text(&key)
            .map_err(|error| Error::new(ErrorKind::InvalidText(error.expected()), start).in_entry())
    }

    /// Reads a `@sparse` map, which can contain nulls.
    ///
    /// # Errors
    /// The value is not an object, a key does not match its type, or `value` fails.
    pub fn sparse_map<K: FromText + Ord, V>(
        &mut self,
        mut value: impl FnMut(&mut Self) -> Result<V>,
    ) -> Result<BTreeMap<K, Option<V>>> {
        self.map(|json| json.nullable(&mut value))
    }

    #[inline]
    pub(super) fn nullable<T>(
        &mut self,
        value: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<Option<T>> {
        if self.null()? {
            Ok(None)
        } else {
            value(self).map(Some)
        }
    }

    /// Skips and validates a value.
    ///
    /// # Errors
    /// The value is not JSON.
    pub fn skip(&mut self) -> Result<()> {
        match self.peek() {
            Some(b'"') => self.skip_string(),
            Some(b'{') => {
                let mut more = self.open(b'{')?;
                while more {
                    self.key()?;
                    self.skip().map_err(Error::in_entry)?;
                    more = self.another(b'}')?;
                }
                Ok(())
            }
            Some(b'[') => self.list(Self::skip).map(|_| ()),
            Some(b't' | b'f') => self.boolean().map(|_| ()),
            Some(b'n') => self.literal("null", "`null`"),
            Some(b'-' | b'0'..=b'9') => self.number_text().map(|_| ()),
            _ => Err(self.expected("a value")),
        }
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    /// The value is not a boolean.
    pub fn boolean(&mut self) -> Result<bool> {
        match self.peek() {
            Some(b't') => self.literal("true", "`true`").map(|()| true),
            Some(b'f') => self.literal("false", "`false`").map(|()| false),
            _ => Err(self.expected("a boolean")),
        }
    }

    /// Whether the next value is a string.
    pub(crate) fn is_string(&mut self) -> bool {
        self.peek() == Some(b'"')
    }

    /// Whether the next value is an object.
    pub(crate) fn is_object(&mut self) -> bool {
        self.peek() == Some(b'{')
    }

    /// Reads a null if it is the next value. Returns whether it was.
    ///
    /// # Errors
    /// The next value starts with `n` but is not null.
    #[inline]
    pub fn null(&mut self) -> Result<bool> {
        if self.peek() == Some(b'n') {
            self.literal("null", "`null`")?;
            return Ok(true);
        }
        Ok(false)
    }

    fn literal(&mut self, literal: &'static str, expected: &'static str) -> Result<()> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(literal.as_bytes()) {
            self.at += literal.len();
            return Ok(());
        }
        let matching = rest
            .iter()
            .zip(literal.bytes())
            .take_while(|(a, b)| **a == *b)
            .count();
        if matching == rest.len() {
            return Err(self.ended());
        }
        Err(self.error(ErrorKind::Expected {
            expected,
            found: "something else",
        }))
    }

    /// The next byte that is not white space. It is not read.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        // Services usually send compact JSON.
        match self.byte() {
            Some(byte) if byte > b' ' => Some(byte),
            _ => self.peek_after_space(),
        }
    }

    #[inline(never)]
    fn peek_after_space(&mut self) -> Option<u8> {
        loop {
            match self.byte() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                byte => return byte,
            }
        }
    }

    /// The next byte, which can be white space.
    #[inline]
    pub(super) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Enters an array or object. If it is empty, leaves it again and returns false.
    #[inline(always)] // Without inlining, a list of small structures takes 1 % more instructions.
    pub(super) fn open(&mut self, bracket: u8) -> Result<bool> {
        let object = bracket == b'{';
        if self.peek() != Some(bracket) {
            return Err(self.expected(if object { "an object" } else { "an array" }));
        }
        if !self.depth.enter() {
            return Err(self.error(ErrorKind::TooDeep));
        }
        self.at += 1;
        if self.peek() == Some(if object { b'}' } else { b']' }) {
            self.at += 1;
            self.depth.leave();
            return Ok(false);
        }
        Ok(true)
    }

    /// Reads the comma before the next item, or the closing bracket and returns false.
    #[inline]
    pub(super) fn another(&mut self, bracket: u8) -> Result<bool> {
        let next = self.peek();
        if next == Some(b',') {
            self.at += 1;
            return Ok(true);
        }
        if next == Some(bracket) {
            self.at += 1;
            self.depth.leave();
            return Ok(false);
        }
        Err(self.expected(if bracket == b'}' {
            "`,` or `}`"
        } else {
            "`,` or `]`"
        }))
    }

    /// Reads a key and its colon.
    #[inline]
    pub(super) fn key(&mut self) -> Result<Cow<'a, str>> {
        let key = match self.plain_string() {
            Some(key) => Cow::Borrowed(key),
            None => Cow::Owned(self.escaped_string("a key")?),
        };
        if self.peek() != Some(b':') {
            return Err(self.expected("`:`"));
        }
        self.at += 1;
        Ok(key)
    }

    #[cold]
    #[inline(never)]
    pub(super) fn error(&self, kind: ErrorKind) -> Error {
        Error::new(kind, self.at)
    }

    /// The error for an unexpected token.
    #[cold]
    #[inline(never)]
    pub(super) fn expected(&mut self, expected: &'static str) -> Error {
        let found = match self.peek() {
            None => return self.error(self.end),
            Some(b'"') => "a string",
            Some(b'{') => "an object",
            Some(b'[') => "an array",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            Some(b'-' | b'0'..=b'9') => "a number",
            Some(b',' | b':' | b'}' | b']') => "punctuation",
            Some(_) => "something else",
        };
        self.error(ErrorKind::Expected { expected, found })
    }

    /// The end of the bytes of a string that need no escape.
    #[inline]
    pub(super) fn plain_end(&self, from: usize) -> usize {
        from + scan::plain_prefix(self.text.as_bytes().get(from..).unwrap_or_default())
    }

    /// The error for a text that ends within a value.
    #[cold]
    pub(super) fn ended(&mut self) -> Error {
        self.at = self.text.len();
        self.error(self.end)
    }
}

// These functions have a value on the stack and return before the next level of the document
// starts. If they were inlined, the value would stay on the stack.

#[inline(never)]
fn new_box<T>(blank: fn() -> T) -> Box<T> {
    Box::new(blank())
}

#[inline(never)]
#[allow(clippy::boxed_local, reason = "the caller has the value in a box")]
fn push<T>(items: &mut Vec<T>, item: Box<T>) {
    items.push(*item);
}

#[inline(never)]
#[allow(clippy::boxed_local, reason = "the caller has the value in a box")]
fn insert<K: Ord, V>(entries: &mut BTreeMap<K, V>, key: K, value: Box<V>) {
    entries.insert(key, *value);
}
