//! The pull reader: structure of a document, one value at a time.

use crate::json::decode::Decode;
use crate::json::depth::Depth;
use crate::json::error::{Error, ErrorKind, Result};
use crate::json::scan;
use crate::types::document::{Document, UnknownMember};
use crate::types::text::scalar::FromText;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Reads one JSON document from the front to the back.
///
/// Every method reads one value and leaves the reader behind it. After an error the reader is of no
/// more use.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The document, or as much of it as is UTF-8.
    pub(super) text: &'a str,
    pub(super) at: usize,
    depth: Depth,
    /// What it means when the text ends: an end that comes too early, or the first byte that is not
    /// UTF-8.
    end: ErrorKind,
    /// Whether a person wrote the document: see [`Reader::of_input`].
    pub(super) input: bool,
    /// Members that the next structure has to have, if it is input.
    required: &'static [&'static str],
}

impl<'a> Reader<'a> {
    /// A reader at the start of a document. That the document is UTF-8 is checked here, at once, so
    /// that strings need no check of their own; a fault is reported when the reader gets to it, and
    /// so with its path.
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
            input: false,
            required: &[],
        }
    }

    /// A reader of what a person wrote to be sent, rather than of what a service answered. Nothing
    /// is passed over or filled in silently: a structure has the members that the model names, all
    /// required ones among them. Timestamps may be in any of Smithy's formats.
    pub fn of_input(document: &'a str) -> Self {
        Self {
            input: true,
            ..Self::new(document.as_bytes())
        }
    }

    /// Checks that nothing but white space follows.
    ///
    /// # Errors
    /// [`ErrorKind::TrailingText`], or [`ErrorKind::InvalidUtf8`] for bytes that are no text.
    pub fn finish(mut self) -> Result<()> {
        match self.peek() {
            Some(_) => Err(self.error(ErrorKind::TrailingText)),
            None if self.end == ErrorKind::InvalidUtf8 => Err(self.error(self.end)),
            None => Ok(()),
        }
    }

    /// Reads an object, handing each member's name to `member`, which reads its value.
    ///
    /// # Errors
    /// When the value is no object, or `member` fails; the member's name is added to the path.
    #[inline]
    pub fn structure(
        &mut self,
        mut member: impl FnMut(&mut Self, &str) -> Result<()>,
    ) -> Result<()> {
        let required = std::mem::take(&mut self.required);
        let start = self.at;
        let mut more = self.open(b'{')?;
        while more {
            let key = self.key()?;
            member(self, &key).map_err(|error| error.in_member(&key))?;
            more = self.another(b'}')?;
        }
        if required.is_empty() {
            Ok(())
        } else {
            self.demand(required, start)
        }
    }

    /// Like [`Reader::structure`], into a structure in a box, which `blank` makes: no level of a
    /// document has its structure on the stack. `member` is no closure, since that would capture
    /// each member by itself.
    ///
    /// # Errors
    /// As there.
    pub fn boxed<T>(
        &mut self,
        blank: fn() -> T,
        member: fn(&mut T, &mut Self, &str) -> Result<()>,
    ) -> Result<Box<T>> {
        let mut value = new_box(blank);
        self.structure(|json, key| member(&mut value, json, key))?;
        Ok(value)
    }

    /// Names the members that the structure read next has to have, with another value than null.
    /// Only input is held to it ([`Reader::of_input`]): what a service leaves out is filled in by
    /// whoever reads the structure.
    #[inline]
    pub fn requires(&mut self, members: &'static [&'static str]) {
        if self.input {
            self.required = members;
        }
    }

    /// Checks that the structure which starts there, and was just read, has these members.
    #[cold]
    #[inline(never)]
    fn demand(&self, members: &[&'static str], start: usize) -> Result<()> {
        let mut missing = members.to_vec();
        Reader { at: start, ..*self }.structure(|json, key| {
            if json.null()? {
                return Ok(());
            }
            missing.retain(|name| *name != key);
            json.skip()
        })?;
        if missing.is_empty() {
            Ok(())
        } else {
            Err(Error::missing(missing, start))
        }
    }

    /// Passes over a member that the model does not name: services may add members. In input it is
    /// a mistake.
    ///
    /// # Errors
    /// When the value is not JSON; [`ErrorKind::UnknownMember`] in input.
    pub fn other(&mut self) -> Result<()> {
        if self.input {
            Err(self.unknown_member())
        } else {
            self.skip()
        }
    }

    #[cold]
    fn unknown_member(&mut self) -> Error {
        // The error points at the value, not at the space before it.
        self.peek();
        self.error(ErrorKind::UnknownMember)
    }

    /// Reads a structure that the model gives no members, whatever the service made of it. Input
    /// has to be an object without members.
    ///
    /// # Errors
    /// When the value is not JSON; in input, when it is something else than `{}`.
    pub fn empty(&mut self) -> Result<()> {
        if self.input {
            self.structure(|json, _| json.other())
        } else {
            self.skip()
        }
    }

    /// Reads a union: an object in which exactly one member is not null. `__type` is passed over.
    ///
    /// # Errors
    /// [`ErrorKind::EmptyUnion`], [`ErrorKind::CrowdedUnion`], or what `member` fails with.
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

    /// Reads a union member that the model does not name. In input it is a mistake.
    ///
    /// # Errors
    /// When the value is not JSON; [`ErrorKind::UnknownMember`] in input.
    pub fn unknown(&mut self, name: &str) -> Result<UnknownMember> {
        if self.input {
            return Err(self.unknown_member());
        }
        let value = Document::decode(self)?;
        Ok(UnknownMember {
            name: name.to_owned(),
            value,
        })
    }

    /// Reads a member's value into its slot, a `T` or an `Option<T>`. A null leaves the slot as it
    /// is.
    ///
    /// # Errors
    /// When the value does not fit.
    #[inline]
    pub fn member<T: Decode>(&mut self, slot: &mut T) -> Result<()> {
        if self.null()? {
            Ok(())
        } else {
            T::decode_into(self, slot)
        }
    }

    /// Like [`Reader::member`], with a way of reading other than the type's own.
    ///
    /// # Errors
    /// When the value does not fit.
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

    /// Reads a list. A null is an error unless `item` takes it: clients are to refuse one in a list
    /// or map that is not `@sparse`, as smithy-lang/smithy#2972 decided and the AWS SDKs do.
    ///
    /// # Errors
    /// When the value is no array or an item does not fit.
    // No `?` after `item`, as in `Decode::decode_into`.
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

    /// Reads a list that is `@sparse`: a null is an item, too.
    ///
    /// # Errors
    /// When the value is no array or an item does not fit.
    pub fn sparse_list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T>,
    ) -> Result<Vec<Option<T>>> {
        self.list(|json| json.nullable(&mut item))
    }

    /// Reads a map. A null as a value is an error unless `value` takes it, as in [`Reader::list`].
    ///
    /// # Errors
    /// When the value is no object, or a key or value does not fit.
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

    /// Reads a map that is `@sparse`: a null is a value, too.
    ///
    /// # Errors
    /// When the value is no object, or a key or value does not fit.
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

    /// Passes over a value, whatever it is, and validates it.
    ///
    /// # Errors
    /// When the value is not JSON.
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
    /// When the value is neither.
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

    /// Reads a null if there is one, and tells whether there was.
    ///
    /// # Errors
    /// When something starts like a null and is none.
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

    /// The next byte that is not white space, which stays unread.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        // Services send compact JSON.
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

    /// The byte the reader stands at, white space or not.
    #[inline]
    pub(super) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Steps into an array or object; false if it is empty, and then steps out of it again.
    #[inline(always)] // Out of line, reading a list of small structures takes 1 % more instructions.
    fn open(&mut self, bracket: u8) -> Result<bool> {
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

    /// Reads the comma before another item, or the closing bracket: then false.
    #[inline]
    fn another(&mut self, bracket: u8) -> Result<bool> {
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

    /// Reads a key and the colon after it.
    #[inline]
    fn key(&mut self) -> Result<Cow<'a, str>> {
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

    /// The error that something else stands here.
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

    /// The bytes from here on that need no attention inside a string.
    #[inline]
    pub(super) fn plain_end(&self, from: usize) -> usize {
        from + scan::plain_prefix(self.text.as_bytes().get(from..).unwrap_or_default())
    }

    /// The error for a text that ends inside a value.
    #[cold]
    pub(super) fn ended(&mut self) -> Error {
        self.at = self.text.len();
        self.error(self.end)
    }
}

// What follows has a value on the stack, and ends before another level of the document begins.
// Inlined, it would not.

#[inline(never)]
fn new_box<T>(blank: fn() -> T) -> Box<T> {
    Box::new(blank())
}

#[inline(never)]
#[allow(
    clippy::boxed_local,
    reason = "the caller is to have the value in a box"
)]
fn push<T>(items: &mut Vec<T>, item: Box<T>) {
    items.push(*item);
}

#[inline(never)]
#[allow(
    clippy::boxed_local,
    reason = "the caller is to have the value in a box"
)]
fn insert<K: Ord, V>(entries: &mut BTreeMap<K, V>, key: K, value: Box<V>) {
    entries.insert(key, *value);
}
