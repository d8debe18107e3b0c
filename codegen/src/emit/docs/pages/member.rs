//! Members: a block for each, with the contents of its type.

use crate::emit::docs::comments::{filled_in, limits};
use crate::emit::docs::contents::Side;
use crate::emit::docs::pages::page::Page;
use crate::emit::docs::ty::default;
use crate::graph::member::{Constraints, Member, Presence, Type};
use crate::graph::shape::{Structure, Union};
use crate::graph::wire::{Form, Location};
use crate::text::markdown::{code, name, pieces};

/// The sentences about streams: in a request, and elsewhere.
const GIVEN: &str = "A stream of bytes, from memory, a file (`Body::from_path`) or another stream (`Body::from_stream`).";
const READ: &str = "A stream of bytes: `next` reads a part, `bytes` reads all.";

impl Page<'_> {
    /// Adds a block for each member.
    pub(super) fn members(&mut self, structure: &Structure, side: Side) {
        let below = self.contents().below(&structure.members, side);
        for (member, below) in structure.members.iter().zip(below) {
            self.add(pieces!("### `{}`\n\n", name(&member.name.rust)));
            self.type_and_presence(member, side);
            self.location(member, side);
            if let Some(media_type) = &member.media_type {
                self.add(pieces!(", media type {}", media_type.code()));
            }
            self.add(pieces!(
                "{}",
                if member.sensitive {
                    ", sensitive\n\n"
                } else {
                    "\n\n"
                }
            ));
            self.docs(&member.docs, member.deprecated.as_ref());
            self.limits(&member.ty, &member.constraints);
            if let Some(text) = filled_in(member) {
                self.paragraph(text);
            }
            if member.is_stream() {
                self.paragraph(if side == Side::Request { GIVEN } else { READ });
            }
            if let [first, rest @ ..] = below.as_slice() {
                // The page ends with an empty line already, and contents start with one.
                self.lines(if first.is_empty() { rest } else { &below });
                self.end_block();
            }
        }
    }

    /// Adds a block per variant.
    pub(super) fn variants(&mut self, union: &Union) {
        for variant in &union.variants {
            self.add(pieces!("### `{}`\n\n", name(&variant.rust)));
            self.ty(&variant.ty, variant.form);
            let sensitive = if variant.sensitive { ", sensitive" } else { "" };
            self.add(pieces!(", JSON {}{}\n\n", variant.wire.code(), sensitive));
            self.docs(&variant.docs, variant.deprecated.as_ref());
            self.limits(&variant.ty, &variant.constraints);
        }
    }

    /// Adds a type. `form` is the form of the member.
    fn ty(&mut self, ty: &Type, form: Form) {
        let ty = self.contents().ty(ty, form);
        self.add(pieces!("{}", ty));
    }

    fn type_and_presence(&mut self, member: &Member, side: Side) {
        self.ty(&member.ty, member.form);
        match &member.presence {
            Presence::Required if side == Side::Response => self.add(pieces!(", always present")),
            Presence::Required => self.add(pieces!(", **required**")),
            Presence::Optional => self.add(pieces!(", optional")),
            Presence::Default(value) => {
                self.add(pieces!(", default {}", default(&member.ty, value)))
            }
        }
    }

    fn location(&mut self, member: &Member, side: Side) {
        let model = || code(&member.name.model);
        let (place, name) = match &member.location {
            Location::Body if side == Side::Nested => (", JSON ", member.name.wire.code()),
            Location::Body => (", body ", member.name.wire.code()),
            Location::Label { greedy: false } => (", path ", model()),
            Location::Label { greedy: true } => (", path with slashes ", model()),
            Location::Query(name) => (", query ", name.code()),
            Location::Header(name) => (", header ", name.code()),
            Location::PrefixHeaders(prefix) if !prefix.is_empty() => {
                (", headers that start with ", prefix.code())
            }
            Location::PrefixHeaders(_) => return self.add(pieces!(", all other headers")),
            Location::QueryParams => return self.add(pieces!(", all other query parameters")),
            Location::StatusCode => return self.add(pieces!(", the HTTP status")),
            Location::Payload(_) => return self.add(pieces!(", the whole body")),
        };
        self.add(pieces!("{}{}", place, name));
    }

    fn limits(&mut self, ty: &Type, constraints: &Constraints) {
        if let Some(limits) = limits(ty, constraints) {
            self.paragraph(limits);
        }
    }
}
