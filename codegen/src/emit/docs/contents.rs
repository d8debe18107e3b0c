//! The contents of types: a list item for each member, variant or value, with the contents of their
//! types below.

use crate::emit::docs::comments::{WIDTH, append, closed, filled_in, limits};
use crate::emit::docs::ty::{default, simple};
use crate::graph::member::{Deprecated, Kind, Member, Named, Presence, Type};
use crate::graph::service::Service;
use crate::graph::shape::{EnumValue, Shape, Structure, Union};
use crate::graph::wire::Form;
use crate::text::Text;
use crate::text::docs::Docs;
use crate::text::markdown::{Markdown, markdown, name};
use smithy_model::ShapeId;

/// The maximum number of values of an enum that is listed where it is used.
const VALUES: usize = 20;
/// The maximum depth of members within members.
const DEPTH: usize = 4;

/// The owner of the members. The text about presence depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Request,
    /// A response or an error.
    Response,
    /// A type that can be nested in either.
    Nested,
}

/// Writes the contents of types.
pub(crate) struct Contents<'s> {
    service: &'s Service,
    /// The target of a link to a type, before and after its name; `None` for no links.
    link: Option<[&'static str; 2]>,
    /// The name in a link is that of the module, as in the path of a page, and not that of the type.
    by_module: bool,
    /// Whether members have their limits, and values their documentation. In code, setters have the
    /// limits.
    detailed: bool,
    /// The maximum depth of members within members.
    depth: usize,
    /// The maximum number of lines below the members of a message.
    limit: usize,
}

/// Lines, unless there are too many.
struct Lines<'s> {
    lines: Vec<Markdown>,
    limit: usize,
    /// The structures and unions around the line, which are not repeated.
    around: Vec<&'s ShapeId>,
}

impl<'s> Contents<'s> {
    /// For documentation comments of operations.
    pub(crate) fn of_operations(service: &'s Service) -> Self {
        Self {
            service,
            link: Some(["crate::types::", ""]),
            by_module: false,
            detailed: false,
            depth: DEPTH,
            limit: 48,
        }
    }

    /// For documentation comments of outputs.
    pub(crate) fn of_outputs(service: &'s Service) -> Self {
        Self {
            detailed: true,
            ..Self::of_operations(service)
        }
    }

    /// For documentation comments of structures: only the values of enums.
    pub(crate) fn of_types(service: &'s Service) -> Self {
        Self {
            depth: 0,
            ..Self::of_operations(service)
        }
    }

    /// For pages. `folder` is the path to the pages of types, and `limit` the maximum number of lines
    /// below the members of a message.
    pub(crate) fn of_pages(service: &'s Service, folder: &'static str, limit: usize) -> Self {
        Self {
            service,
            link: Some([folder, ".md"]),
            by_module: true,
            detailed: true,
            depth: DEPTH,
            limit,
        }
    }

    /// A type in Markdown, with links. `form` is the form of the member.
    pub(crate) fn ty(&self, ty: &Type, form: Form) -> Markdown {
        let element = |ty: &Type, sparse: bool| {
            let nullable = if sparse { "nullable " } else { "" };
            markdown!("{}{}", nullable, self.ty(ty, form))
        };
        match ty {
            Type::Named(named) => self.link(named),
            Type::List { item, sparse } => markdown!("list of {}", element(item, *sparse)),
            Type::Map { key, value, sparse } => markdown!(
                "map from {} to {}",
                self.ty(key, form),
                element(value, *sparse)
            ),
            Type::Boxed(inner) => markdown!("boxed {}", self.ty(inner, form)),
            ty => simple(ty, form).into(),
        }
    }

    fn link(&self, named: &Named) -> Markdown {
        let Some(shape) = self.service.shapes.get(&named.id) else {
            return markdown!("`{}`", name(&named.rust));
        };
        let names = shape.name();
        let target = if self.by_module {
            &names.module
        } else {
            &names.rust
        };
        let Some([before, after]) = self.link else {
            return markdown!("`{}`", name(&names.rust));
        };
        markdown!(
            "[`{}`]({}{}{})",
            name(&names.rust),
            before,
            name(target),
            after
        )
    }

    /// A list item for each member of a response, without links and contents.
    pub(crate) fn items(service: &'s Service, members: &'s [Member]) -> Vec<Markdown> {
        let contents = Self {
            link: None,
            ..Self::of_operations(service)
        };
        let mut lines = Lines {
            lines: Vec::new(),
            limit: usize::MAX,
            around: Vec::new(),
        };
        for member in members {
            let title = contents.title(member, Side::Response);
            let deprecated = member.deprecated.as_ref();
            // There is no limit.
            let _ = lines.item(0, title, ".", &member.docs, deprecated, [None, None]);
        }
        lines.lines
    }

    /// The lines below each member of a message: as deep as the limit allows.
    pub(crate) fn below(&self, members: &[Member], side: Side) -> Vec<Vec<Markdown>> {
        let at_depth = |depth: usize| -> Option<Vec<Vec<Markdown>>> {
            let mut limit = self.limit;
            let mut all = Vec::with_capacity(members.len());
            for member in members {
                let mut lines = Lines {
                    lines: Vec::new(),
                    limit,
                    around: Vec::new(),
                };
                self.contents(&member.ty, side, 0, depth, &mut lines)?;
                limit = limit.saturating_sub(lines.lines.len());
                all.push(lines.lines);
            }
            Some(all)
        };
        let deepest = (0..=self.depth).rev().find_map(at_depth);
        deepest.unwrap_or_else(|| vec![Vec::new(); members.len()])
    }

    /// Adds the contents of the shapes in a type. `None` if there are more lines than the limit.
    fn contents(
        &self,
        ty: &'s Type,
        side: Side,
        indent: usize,
        depth: usize,
        lines: &mut Lines<'s>,
    ) -> Option<()> {
        let mut named = Vec::new();
        ty.each_named(&mut |it| named.push(it));
        for named in named {
            match self.service.shapes.get(&named.id) {
                Some(Shape::Enum(shape)) => {
                    self.values(&shape.values, Text::code, indent, lines)?;
                }
                Some(Shape::IntEnum(shape)) => {
                    self.values(&shape.values, number, indent, lines)?;
                }
                Some(_) if depth == 0 || lines.around.contains(&&named.id) => {}
                Some(shape) => {
                    lines.around.push(&named.id);
                    match shape {
                        Shape::Union(union) => self.union(union, side, indent, depth, lines)?,
                        Shape::Structure(structure) => {
                            self.structure(structure, side, indent, depth, lines)?;
                        }
                        Shape::Error(error) => {
                            self.structure(&error.structure, side, indent, depth, lines)?;
                        }
                        Shape::Enum(_) | Shape::IntEnum(_) => {}
                    }
                    lines.around.pop();
                }
                None => {}
            }
        }
        Some(())
    }

    fn structure(
        &self,
        structure: &'s Structure,
        side: Side,
        indent: usize,
        depth: usize,
        lines: &mut Lines<'s>,
    ) -> Option<()> {
        if indent == 0 && !structure.members.is_empty() {
            match self.detailed {
                true => lines.block(markdown!("Members of `{}`:", name(&structure.name.rust)))?,
                false => lines.push(Markdown::default())?,
            }
        }
        for member in &structure.members {
            let title = self.title(member, side);
            let details = match self.detailed {
                true => [limits(&member.ty, &member.constraints), filled_in(member)],
                false => [None, None],
            };
            lines.item(
                indent,
                title,
                ".",
                &member.docs,
                member.deprecated.as_ref(),
                details,
            )?;
            self.contents(&member.ty, side, indent + 2, depth - 1, lines)?;
        }
        Some(())
    }

    /// The values of an enum: in one paragraph, or a list item for each if they have documentation.
    fn values<T>(
        &self,
        values: &[EnumValue<T>],
        in_code: fn(&T) -> Markdown,
        indent: usize,
        lines: &mut Lines<'_>,
    ) -> Option<()> {
        if values.is_empty() || values.len() > VALUES {
            return Some(());
        }
        if !self.detailed || values.iter().all(|value| value.docs.is_empty()) {
            return lines.values(indent, values.iter().map(|value| in_code(&value.value)));
        }
        if indent == 0 {
            lines.block("Values:".into())?;
        }
        for value in values {
            let deprecated = value.deprecated.as_ref();
            lines.item(
                indent,
                in_code(&value.value),
                ":",
                &value.docs,
                deprecated,
                [None, None],
            )?;
        }
        Some(())
    }

    fn title(&self, member: &Member, side: Side) -> Markdown {
        let is_union =
            matches!(member.ty.unboxed(), Type::Named(named) if named.kind == Kind::Union);
        markdown!(
            "`{}`: {}{}{}",
            name(&member.name.rust),
            self.ty(&member.ty, member.form),
            presence(member, side),
            if is_union { ", a tagged union" } else { "" }
        )
    }

    fn union(
        &self,
        union: &'s Union,
        side: Side,
        indent: usize,
        depth: usize,
        lines: &mut Lines<'s>,
    ) -> Option<()> {
        match (indent, self.detailed) {
            (0, true) => lines.block("A tagged union, exactly one of:".into())?,
            (0, false) => {
                lines.push("Exactly one of:".into())?;
                lines.push(Markdown::default())?;
            }
            _ => {}
        }
        for variant in &union.variants {
            let path = markdown!("`{}::{}`", name(&union.name.rust), name(&variant.rust));
            // The type has the same name.
            let is_clear =
                matches!(variant.ty.unboxed(), Type::Named(named) if named.rust == variant.rust);
            let title = match is_clear && !self.detailed {
                true => path,
                false => markdown!("{}: {}", path, self.ty(&variant.ty, variant.form)),
            };
            let limits = limits(&variant.ty, &variant.constraints);
            let details = [limits.filter(|_| self.detailed), None];
            lines.item(
                indent,
                title,
                if is_clear && !self.detailed { ":" } else { "." },
                &variant.docs,
                variant.deprecated.as_ref(),
                details,
            )?;
            self.contents(&variant.ty, side, indent + 2, depth - 1, lines)?;
        }
        Some(())
    }
}

/// The values of an enum as a paragraph, for the documentation of a setter.
pub(crate) fn values_of(ty: &Type, service: &Service) -> Vec<Markdown> {
    let mut lines = Lines {
        lines: Vec::new(),
        limit: usize::MAX,
        around: Vec::new(),
    };
    let Type::Named(named) = ty.unboxed() else {
        return Vec::new();
    };
    match service.shapes.get(&named.id) {
        Some(Shape::Enum(shape)) if shape.values.len() <= VALUES => {
            lines.values(0, shape.values.iter().map(|value| value.value.code()));
        }
        Some(Shape::IntEnum(shape)) if shape.values.len() <= VALUES => {
            lines.values(0, shape.values.iter().map(|value| number(&value.value)));
        }
        _ => {}
    }
    lines.lines
}

impl Lines<'_> {
    fn push(&mut self, line: Markdown) -> Option<()> {
        self.lines.push(line);
        (self.lines.len() <= self.limit).then_some(())
    }

    /// Adds a paragraph that introduces a list.
    fn block(&mut self, text: Markdown) -> Option<()> {
        self.push(Markdown::default())?;
        self.push(text)?;
        self.push(Markdown::default())
    }

    /// Adds an item: the title, the first sentence of the documentation, the details.
    fn item(
        &mut self,
        indent: usize,
        title: Markdown,
        after_title: &'static str,
        docs: &Docs,
        deprecated: Option<&Deprecated>,
        details: [Option<Markdown>; 2],
    ) -> Option<()> {
        let deprecated = if deprecated.is_some() {
            ", deprecated"
        } else {
            ""
        };
        let spaces = indentation(indent);
        let title = markdown!("{}- {}{}", spaces, title, deprecated);
        let mut parts = docs.sentence().to_vec();
        append(&mut parts, details.into_iter().flatten());
        let inner = indentation(indent + 2);
        let mut line = match parts.is_empty() {
            true => title,
            false => markdown!("{}{}", title, after_title),
        };
        for part in parts {
            let longer = markdown!("{} {}", line, part);
            if longer.as_str().len() <= WIDTH {
                line = longer;
            } else {
                self.push(line)?;
                line = markdown!("{}{}", inner, part);
            }
        }
        self.push(line)
    }

    /// Adds values, `Values: a | b.`, to the paragraph or item before them.
    fn values(&mut self, indent: usize, values: impl Iterator<Item = Markdown>) -> Option<()> {
        let spaces = indentation(indent);
        let mut text = vec![Markdown::from("Values:")];
        for (index, value) in values.enumerate() {
            let separator = if index == 0 { "" } else { " |" };
            let Some(last) = text.last_mut() else {
                continue;
            };
            let longer = markdown!("{}{} {}", *last, separator, value);
            if indent + longer.as_str().len() < WIDTH {
                *last = longer;
            } else {
                let whole = markdown!("{}{}", *last, separator);
                *last = whole;
                text.push(value);
            }
        }
        if let Some(last) = text.last_mut() {
            *last = closed(last);
        }
        let before = self.lines.last_mut().filter(|_| indent > 0);
        if let ([text], Some(before)) = (text.as_slice(), before) {
            let longer = markdown!("{} {}", closed(before), *text);
            if longer.as_str().len() <= WIDTH {
                *before = longer;
                return Some(());
            }
        }
        let lines = text.into_iter();
        lines
            .map(|line| markdown!("{}{}", spaces, line))
            .try_for_each(|line| self.push(line))
    }
}

/// Whether the member is required, or its default.
fn presence(member: &Member, side: Side) -> Markdown {
    match &member.presence {
        Presence::Required if side == Side::Response => Markdown::default(),
        Presence::Required => ", **required**".into(),
        Presence::Optional if side == Side::Response => ", optional".into(),
        Presence::Optional => Markdown::default(),
        Presence::Default(value) => markdown!(", default {}", default(&member.ty, value)),
    }
}

fn indentation(indent: usize) -> Markdown {
    const SPACES: &str = "                                ";
    SPACES.get(..indent).unwrap_or(SPACES).into()
}

/// The value of an integer enum.
pub(crate) fn number(value: &i32) -> Markdown {
    markdown!("`{}`", value)
}
