use crate::shapes::model::Model;
use crate::shapes::shape::{Member, Shape, ShapeKind, Simple, Traits};
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;

/// What a trait can stand on: a shape, or a member of it.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) shape: &'a Shape,
    pub(crate) member: Option<&'a Member>,
}

impl<'a> Subject<'a> {
    /// Everything in the model that can have traits.
    pub(crate) fn all(model: &'a Model) -> impl Iterator<Item = Subject<'a>> {
        model.shapes.values().flat_map(|shape| {
            let members = shape.members().map(move |member| Subject {
                shape,
                member: Some(member),
            });
            std::iter::once(Subject {
                shape,
                member: None,
            })
            .chain(members)
        })
    }

    pub(crate) fn id(self) -> &'a ShapeId {
        self.member.map_or(&self.shape.id, |member| &member.id)
    }

    pub(crate) fn traits(self) -> &'a Traits {
        self.member
            .map_or(&self.shape.traits, |member| &member.traits)
    }

    pub(crate) fn span(self) -> Option<Span> {
        self.member.map_or(self.shape.span, |member| member.span)
    }

    /// The shape itself, or the one that the member targets.
    pub(crate) fn data(self, model: &'a Model) -> Option<&'a Shape> {
        match self.member {
            Some(member) => model.target(member),
            None => Some(self.shape),
        }
    }
}

/// Whether values of the shape are text: a string or an enum.
pub(crate) fn is_string(shape: &Shape) -> bool {
    matches!(
        shape.kind,
        ShapeKind::Simple(Simple::String) | ShapeKind::Enum(_)
    )
}

/// Whether values of the shape are numbers of any kind.
pub(crate) fn is_number(shape: &Shape) -> bool {
    match shape.kind {
        ShapeKind::IntEnum(_) => true,
        ShapeKind::Simple(simple) => !matches!(
            simple,
            Simple::Blob | Simple::Boolean | Simple::String | Simple::Timestamp | Simple::Document
        ),
        _ => false,
    }
}

/// Whether values of the shape are whole numbers.
pub(crate) fn is_integer(shape: &Shape) -> bool {
    is_number(shape)
        && !matches!(
            shape.kind,
            ShapeKind::Simple(Simple::Float | Simple::Double | Simple::BigDecimal)
        )
}

/// Whether the shape is of this simple kind.
pub(crate) fn is(shape: &Shape, simple: Simple) -> bool {
    matches!(shape.kind, ShapeKind::Simple(kind) if kind == simple)
}

/// Whether values of the shape can be written into a header, a label or a query parameter.
pub(crate) fn is_header_value(shape: &Shape) -> bool {
    is_string(shape)
        || is_number(shape)
        || is(shape, Simple::Boolean)
        || is(shape, Simple::Timestamp)
}
