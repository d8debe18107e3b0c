//! Members: a block each, and what lies one level below as lines.

use super::page::Page;
use super::ty::{default, each_named};
use crate::emit::{code, filled_in, limits};
use crate::graph::{
    Constraints, EnumValue, Location, Member, Named, Presence, Shape, Structure, Type, Union,
};
use std::fmt::Display;

/// How many values an enum may have to be listed where it is used.
const VALUES: usize = 20;

/// What is said of streams, on the side where they are made and on the side where they are read.
const GIVEN: &str = "A stream: bytes, a file (`Body::from_path`), or another stream (`Body::from_stream`).";
const READ: &str = "A stream: read it in pieces (`next`) or as a whole (`bytes`).";

/// What the members belong to, which the words for place and presence depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Request,
    /// A response, an error included.
    Response,
    /// A type that may be nested in either.
    Nested,
}

impl Page<'_> {
    /// Adds a block per member; with `below` also what their types hold.
    pub(super) fn members(&mut self, structure: &Structure, side: Side, below: bool) {
        for member in &structure.members {
            self.add(["### `", &member.name.rust, "`\n\n"]);
            self.type_and_presence(member, side);
            self.location(member, side);
            if let Some(media_type) = &member.media_type {
                self.add([", media type ", &code(media_type)]);
            }
            self.add([if member.sensitive { ", sensitive\n\n" } else { "\n\n" }]);
            self.docs(&member.docs, member.deprecated.as_ref());
            self.limits(&member.ty, &member.constraints);
            if let Some(text) = filled_in(member) {
                self.paragraph(&text);
            }
            if member.is_stream() {
                self.paragraph(if side == Side::Request { GIVEN } else { READ });
            }
            if below {
                self.below(&member.ty, side);
            }
        }
    }

    /// Adds a block per variant.
    pub(super) fn variants(&mut self, union: &Union) {
        for variant in &union.variants {
            self.add(["### `", &variant.rust, "`\n\n"]);
            self.ty(&variant.ty);
            self.add([", JSON ", &code(&variant.wire)]);
            self.add([if variant.sensitive { ", sensitive\n\n" } else { "\n\n" }]);
            self.docs(&variant.docs, variant.deprecated.as_ref());
            self.limits(&variant.ty, &variant.constraints);
        }
    }

    fn type_and_presence(&mut self, member: &Member, side: Side) {
        self.ty(&member.ty);
        match &member.presence {
            Presence::Required if side == Side::Response => self.add([", always there"]),
            Presence::Required => self.add([", **required**"]),
            Presence::Optional => self.add([", optional"]),
            Presence::Default(value) => self.add([", default ", &default(&member.ty, value)]),
        }
    }

    fn location(&mut self, member: &Member, side: Side) {
        let (place, name) = match &member.location {
            Location::Body if side == Side::Nested => (", JSON ", &member.name.wire),
            Location::Body => (", body ", &member.name.wire),
            Location::Label { greedy: false } => (", path ", &member.name.model),
            Location::Label { greedy: true } => (", path with slashes ", &member.name.model),
            Location::Query(name) => (", query ", name),
            Location::Header(name) => (", header ", name),
            Location::PrefixHeaders(prefix) if !prefix.is_empty() => (", headers that start with ", prefix),
            Location::PrefixHeaders(_) => return self.add([", all other headers"]),
            Location::QueryParams => return self.add([", all other query parameters"]),
            Location::StatusCode => return self.add([", the HTTP status"]),
            Location::Payload => return self.add([", the whole body"]),
        };
        self.add([place, &code(name)]);
    }

    fn limits(&mut self, ty: &Type, constraints: &Constraints) {
        if let Some(limits) = limits(ty, constraints) {
            self.paragraph(&limits);
        }
    }

    /// Adds what the shapes in a type hold: values, variants or members.
    fn below(&mut self, ty: &Type, side: Side) {
        let service = self.site.service;
        each_named(ty, &mut |named: &Named| match service.shapes.get(&named.id) {
            Some(Shape::Enum(shape)) => self.values(&shape.values),
            Some(Shape::IntEnum(shape)) => self.values(&shape.values),
            Some(Shape::Union(union)) => self.variant_lines(union),
            Some(Shape::Structure(structure)) => self.member_lines(structure, side),
            Some(Shape::Error(error)) => self.member_lines(&error.structure, side),
            None => {}
        });
    }

    fn values<T: Display>(&mut self, values: &[EnumValue<T>]) {
        if values.is_empty() || values.len() > VALUES {
            return;
        }
        for (i, value) in values.iter().enumerate() {
            self.add([if i == 0 { "Values: " } else { " | " }, &code(&value.value.to_string())]);
        }
        self.add(["\n\n"]);
    }

    fn variant_lines(&mut self, union: &Union) {
        self.add(["A tagged union, exactly one of:\n\n"]);
        for variant in &union.variants {
            self.add(["- `", &union.name.rust, "::", &variant.rust, "`: "]);
            self.ty(&variant.ty);
            self.add([if variant.deprecated.is_some() { ", deprecated\n" } else { "\n" }]);
        }
        self.end_block();
    }

    fn member_lines(&mut self, structure: &Structure, side: Side) {
        if structure.members.is_empty() {
            return;
        }
        self.add(["Members of `", &structure.name.rust, "`:\n\n"]);
        for member in &structure.members {
            self.add(["- `", &member.name.rust, "`: "]);
            self.type_and_presence(member, side);
            self.add([if member.deprecated.is_some() { ", deprecated\n" } else { "\n" }]);
        }
        self.end_block();
    }
}
