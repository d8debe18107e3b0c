use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use crate::traits::change::EventSeverity;

/// A change from one model to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The severity of the change.
    pub severity: EventSeverity,
    /// The kind of change, in dotted parts from general to specific, such as
    /// `ModifiedTrait.Add.smithy.api#tags`.
    pub id: String,
    /// The shape or member that changed; `None` for metadata.
    pub shape: Option<ShapeId>,
    /// What changed.
    pub message: String,
    /// The position of the change and its model, if it is known.
    pub place: Option<(Side, Span)>,
}

/// One of the two models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The older one.
    Old,
    /// The newer one.
    New,
}

impl EventSeverity {
    /// An event about this shape of the new model.
    pub(super) fn event(
        self,
        id: impl Into<String>,
        shape: &ShapeId,
        message: impl Into<String>,
    ) -> Event {
        let (id, message) = (id.into(), message.into());
        Event {
            severity: self,
            id,
            shape: Some(shape.clone()),
            message,
            place: None,
        }
    }
}

impl Event {
    /// Sets the position in the old model, if it is known.
    pub(super) fn in_old(mut self, span: impl Into<Option<Span>>) -> Self {
        self.place = span.into().map(|span| (Side::Old, span));
        self
    }

    /// Sets the position in the new model, if it is known.
    pub(super) fn in_new(mut self, span: impl Into<Option<Span>>) -> Self {
        self.place = span.into().map(|span| (Side::New, span));
        self
    }
}
