//! Members: a block for each, with a line for each member one level below.

use crate::emit::docs::comments::{filled_in, limits};
use crate::emit::docs::pages::page::Page;
use crate::emit::docs::pages::ty::default;
use crate::graph::member::{Constraints, Member, Named, Presence, Type};
use crate::graph::shape::{EnumValue, Shape, Structure, Union};
use crate::graph::wire::Location;
use crate::text::Text;
use crate::text::markdown::{Markdown, code, markdown, name, pieces};

/// The maximum number of values of an enum that is listed where it is used.
const VALUES: usize = 20;

/// The sentences about streams: in a request, and elsewhere.
const GIVEN: &str = "A stream of bytes, from memory, a file (`Body::from_path`) or another stream (`Body::from_stream`).";
const READ: &str = "A stream of bytes: `next` reads a part, `bytes` reads all.";

/// The owner of the members. The text about location and presence depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Request,
    /// A response or an error.
    Response,
    /// A type that can be nested in either.
    Nested,
}

impl Page<'_> {
    /// Adds a block for each member, with the contents of their types if `below` is set.
    pub(super) fn members(&mut self, structure: &Structure, side: Side, below: bool) {
        for member in &structure.members {
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
            if below {
                self.below(&member.ty, side);
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

    /// Adds the contents of the shapes in a type: values, variants or members.
    fn below(&mut self, ty: &Type, side: Side) {
        let service = self.site.service;
        ty.each_named(&mut |named: &Named| match service.shapes.get(&named.id) {
            Some(Shape::Enum(shape)) => self.values(&shape.values, Text::code),
            Some(Shape::IntEnum(shape)) => self.values(&shape.values, in_code),
            Some(Shape::Union(union)) => self.variant_lines(union),
            Some(Shape::Structure(structure)) => self.member_lines(structure, side),
            Some(Shape::Error(error)) => self.member_lines(&error.structure, side),
            None => {}
        });
    }

    fn values<T>(&mut self, values: &[EnumValue<T>], in_code: fn(&T) -> Markdown) {
        if values.is_empty() || values.len() > VALUES {
            return;
        }
        for (i, value) in values.iter().enumerate() {
            self.add(pieces!(
                "{}{}",
                if i == 0 { "Values: " } else { " | " },
                in_code(&value.value)
            ));
        }
        self.add(pieces!("\n\n"));
    }

    fn variant_lines(&mut self, union: &Union) {
        self.add(pieces!("A tagged union, exactly one of:\n\n"));
        for variant in &union.variants {
            self.add(pieces!(
                "- `{}::{}`: ",
                name(&union.name.rust),
                name(&variant.rust)
            ));
            self.ty(&variant.ty, variant.form);
            self.add(pieces!(
                "{}",
                if variant.deprecated.is_some() {
                    ", deprecated\n"
                } else {
                    "\n"
                }
            ));
        }
        self.end_block();
    }

    fn member_lines(&mut self, structure: &Structure, side: Side) {
        if structure.members.is_empty() {
            return;
        }
        self.add(pieces!("Members of `{}`:\n\n", name(&structure.name.rust)));
        for member in &structure.members {
            self.add(pieces!("- `{}`: ", name(&member.name.rust)));
            self.type_and_presence(member, side);
            self.add(pieces!(
                "{}",
                if member.deprecated.is_some() {
                    ", deprecated\n"
                } else {
                    "\n"
                }
            ));
        }
        self.end_block();
    }
}

/// The value of an integer enum.
pub(super) fn in_code(value: &i32) -> Markdown {
    markdown!("`{}`", value)
}
