//! The writer.

use crate::json::depth::Depth;
use crate::json::encode::Encode;
use crate::json::scan;
use crate::types::document::UnknownMember;
use crate::types::text::scalar::Text;
use crate::types::timestamp::instant::Timestamp;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::Write as _;

/// Writes a JSON document. Its methods cannot fail. The document is compact, and valid if each
/// closure writes one value. Values that are nested too deeply are left empty, and the request is
/// an error.
#[derive(Debug, Default)]
pub struct Writer {
    out: Vec<u8>,
    depth: Depth,
    /// The name of the member that was started last.
    member: &'static str,
    fault: Option<Fault>,
}

/// The reason why a document cannot be sent, and the name of the member.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    pub(crate) kind: FaultKind,
    pub(crate) member: &'static str,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum FaultKind {
    TimestampOutOfRange,
    TooDeep,
}

impl Writer {
    /// Creates a writer.
    pub fn new() -> Self {
        Self::default()
    }

    /// The document.
    pub fn into_vec(self) -> Vec<u8> {
        self.out
    }

    /// The reason why the document cannot be sent, if there is one.
    pub(crate) fn fault(&self) -> Option<Fault> {
        self.fault
    }

    /// Writes an object; `members` writes its members.
    #[inline]
    pub fn object(&mut self, members: impl FnOnce(&mut Self)) {
        self.nested([b'{', b'}'], members);
    }

    #[inline]
    fn nested(&mut self, [open, close]: [u8; 2], items: impl FnOnce(&mut Self)) {
        self.out.push(open);
        if self.depth.enter() {
            items(self);
            self.depth.leave();
        } else {
            self.fail(FaultKind::TooDeep);
        }
        self.out.push(close);
    }

    /// Records a reason why the document cannot be sent. Only the first one is kept.
    #[cold]
    #[inline(never)]
    fn fail(&mut self, kind: FaultKind) {
        self.fault.get_or_insert(Fault {
            kind,
            member: self.member,
        });
    }

    /// Writes a member unless its value is `None`.
    #[inline]
    pub fn member<T: Encode + ?Sized>(&mut self, name: &'static str, value: &T) {
        if !value.is_absent() {
            self.member = name;
            self.key(name);
            value.encode(self);
        }
    }

    /// Like [`Writer::member`], with a given function.
    pub fn member_as<'t, T: ?Sized>(
        &mut self,
        name: &'static str,
        value: &'t T,
        encode: impl FnOnce(&mut Self, &'t T),
    ) {
        self.member = name;
        self.key(name);
        encode(self, value);
    }

    /// Like [`Writer::member_as`], for an optional member, which is omitted if it is `None`.
    pub fn optional_as<'t, T>(
        &mut self,
        name: &'static str,
        value: &'t Option<T>,
        encode: impl FnOnce(&mut Self, &'t T),
    ) {
        if let Some(value) = value {
            self.member_as(name, value, encode);
        }
    }

    /// Writes a union member that the model does not define, as it was read.
    pub fn unknown(&mut self, member: &UnknownMember) {
        // The default has no name and is omitted.
        if !member.name.is_empty() {
            self.key(&member.name);
            member.value.encode(self);
        }
    }

    /// Writes an array.
    pub fn list<'t, T: 't>(
        &mut self,
        items: impl IntoIterator<Item = &'t T>,
        mut item: impl FnMut(&mut Self, &'t T),
    ) {
        self.nested([b'[', b']'], |json| {
            for value in items {
                json.comma_after(b'[');
                item(json, value);
            }
        });
    }

    /// Writes an array with nulls for `None`.
    pub fn sparse_list<'t, T: 't>(
        &mut self,
        items: impl IntoIterator<Item = &'t Option<T>>,
        mut item: impl FnMut(&mut Self, &'t T),
    ) {
        self.list(items, |json, value| match value {
            Some(value) => item(json, value),
            None => json.null(),
        });
    }

    /// Writes a map as an object.
    pub fn map<'t, K: Text + 't, V: 't>(
        &mut self,
        entries: impl IntoIterator<Item = (&'t K, &'t V)>,
        mut value: impl FnMut(&mut Self, &'t V),
    ) {
        self.object(|json| {
            for (name, entry) in entries {
                json.key(&name.text());
                value(json, entry);
            }
        });
    }

    /// Writes a map with nulls for `None`.
    pub fn sparse_map<'t, K: Text + 't, V: 't>(
        &mut self,
        entries: &'t BTreeMap<K, Option<V>>,
        mut value: impl FnMut(&mut Self, &'t V),
    ) {
        self.map(entries, |json, entry| match entry {
            Some(entry) => value(json, entry),
            None => json.null(),
        });
    }

    /// Writes a null.
    pub fn null(&mut self) {
        self.raw("null");
    }

    /// Writes a string.
    pub fn string(&mut self, text: &str) {
        self.out.push(b'"');
        let mut rest = text.as_bytes();
        loop {
            let (plain, special) = rest.split_at(scan::plain_prefix(rest));
            self.out.extend_from_slice(plain);
            let Some((&byte, after)) = special.split_first() else {
                break;
            };
            self.escape(byte);
            rest = after;
        }
        self.out.push(b'"');
    }

    /// Writes bytes as a base64 string.
    pub fn base64(&mut self, bytes: &[u8]) {
        self.string_of(base64::display::Base64Display::new(bytes, &STANDARD));
    }

    /// Writes a timestamp as a number of seconds since 1970.
    pub fn epoch_seconds(&mut self, timestamp: &Timestamp) {
        self.check_range(timestamp);
        self.display(timestamp.epoch_seconds());
    }

    /// Writes a timestamp as a string such as `2019-12-16T23:48:18Z`.
    pub fn date_time(&mut self, timestamp: &Timestamp) {
        self.check_range(timestamp);
        self.string_of(timestamp.date_time());
    }

    /// Writes a timestamp as a string such as `Mon, 16 Dec 2019 23:48:18 GMT`.
    pub fn http_date(&mut self, timestamp: &Timestamp) {
        self.check_range(timestamp);
        self.string_of(timestamp.http_date());
    }

    fn check_range(&mut self, timestamp: &Timestamp) {
        if !timestamp.is_in_formats() {
            self.fail(FaultKind::TimestampOutOfRange);
        }
    }

    /// Writes a string that needs no escape sequences.
    fn string_of(&mut self, text: impl Display) {
        self.out.push(b'"');
        self.display(text);
        self.out.push(b'"');
    }

    fn display(&mut self, text: impl Display) {
        // Writing to a Vec cannot fail.
        let _ = write!(self.out, "{text}");
    }

    /// Writes JSON text.
    pub(super) fn raw(&mut self, json: &str) {
        self.out.extend_from_slice(json.as_bytes());
    }

    fn key(&mut self, name: &str) {
        self.comma_after(b'{');
        self.string(name);
        self.out.push(b':');
    }

    /// Writes a comma unless the opening bracket was written last. No value ends with an opening
    /// bracket, so that identifies the first item.
    fn comma_after(&mut self, bracket: u8) {
        if self.out.last() != Some(&bracket) {
            self.out.push(b',');
        }
    }

    #[cold]
    fn escape(&mut self, byte: u8) {
        let letter = match byte {
            b'"' | b'\\' => byte,
            0x08 => b'b',
            0x0c => b'f',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            _ => {
                let _ = write!(self.out, "\\u{byte:04x}");
                return;
            }
        };
        self.out.extend_from_slice(&[b'\\', letter]);
    }
}
