//! Steps that need all shapes of the service.

use super::common::put;
use super::lowering::Lowering;
use super::nodes::{annotation, text};
use crate::draft::definition::{Body, Draft, ShapeType};
use crate::shapes::shape::{Member, Simple, Traits};
use crate::syntax::shape_id::ShapeId;
use crate::syntax::source::Span;
use crate::traits::registry::serialization::MEDIA_TYPE;
use crate::traits::registry::streaming::STREAMING;
use crate::traits::registry::type_refinement::{DEFAULT, INPUT, OUTPUT, REQUIRED};
use std::collections::{HashMap, HashSet};

const SENSITIVE: &str = crate::traits::registry::documentation::SENSITIVE.id();

impl Lowering<'_, '_> {
    /// Adds the string shapes that hold JSON. They are sensitive if the shapes that the JSON describes
    /// are.
    pub(super) fn add_json_strings(&mut self) {
        for (id, (target, span)) in std::mem::take(&mut self.json_strings) {
            let mut traits = Traits::default();
            put(
                &mut traits,
                MEDIA_TYPE.id(),
                Some(text("application/json", span)),
            );
            let sensitive = self
                .drafts
                .get(&target)
                .and_then(|draft| draft.traits.get(SENSITIVE))
                .cloned();
            put(&mut traits, SENSITIVE, sensitive);
            let draft = Draft::new(id.clone(), ShapeType::Simple(Simple::String), traits, span);
            self.drafts.insert(id, draft);
        }
    }

    /// Adds `input` and `output` to structures with no other use, as in AWS's Smithy models.
    pub(super) fn mark_inputs_and_outputs(&mut self) {
        let mut uses: HashMap<ShapeId, usize> = HashMap::new();
        let mut marks: Vec<(ShapeId, &'static str, Span)> = Vec::new();
        for draft in self.drafts.values() {
            let members = draft.members.values().map(|member| &member.target);
            members.for_each(|id| *uses.entry(id.clone()).or_default() += 1);
            let Body::Operation {
                input,
                output,
                errors,
            } = &draft.body
            else {
                continue;
            };
            for id in input.iter().chain(output).chain(errors) {
                *uses.entry(id.clone()).or_default() += 1;
            }
            let mark = |id: &Option<ShapeId>, mark| id.clone().map(|id| (id, mark, draft.span));
            marks.extend(
                [mark(input, INPUT.id()), mark(output, OUTPUT.id())]
                    .into_iter()
                    .flatten(),
            );
        }
        for (id, mark, span) in marks {
            if uses.get(&id) == Some(&1)
                && let Some(draft) = self.drafts.get_mut(&id)
            {
                put(&mut draft.traits, mark, Some(annotation(span)));
            }
        }
    }

    /// Adds an empty default to streaming blobs that are not required (Smithy specification, "streaming
    /// trait").
    pub(super) fn default_streams_to_empty(&mut self) {
        let streams: HashSet<ShapeId> = self
            .drafts
            .values()
            .filter(|draft| {
                draft.ty == ShapeType::Simple(Simple::Blob) && draft.traits.has(STREAMING.id())
            })
            .map(|draft| draft.id.clone())
            .collect();
        let members = self
            .drafts
            .values_mut()
            .flat_map(|draft| draft.members.values_mut());
        let can_be_absent = |member: &&mut Member| {
            streams.contains(&member.target) && !member.traits.has(REQUIRED.id())
        };
        for member in members.filter(can_be_absent) {
            let empty = member.span.map(|span| text("", span));
            put(&mut member.traits, DEFAULT.id(), empty);
        }
    }
}
