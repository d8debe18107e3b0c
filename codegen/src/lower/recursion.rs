//! What recursion asks for: members that hold a `Box`, and structures that are read into one.
//!
//! A structure cannot contain itself by value. Every by-value edge inside a strongly connected
//! component of the graph of by-value edges is boxed, so that which members are boxed depends on
//! the cycle alone and not on where a walk happened to start: a member added elsewhere never moves
//! a `Box`.
//!
//! A structure that contains itself in whatever way is read level by level. So that no level has
//! one on the stack, it is read into a `Box`, also where it is then moved into a list or map.

use crate::select::closure::Closure;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use smithy_model::{Member, Shape, ShapeId, ShapeKind};
use std::collections::{BTreeMap, BTreeSet};

/// What is recursive.
pub(crate) struct Recursion<'m> {
    /// The members whose value is boxed.
    pub(crate) boxes: BTreeSet<&'m ShapeId>,
    /// The structures that may contain themselves, lists and maps being no obstacle.
    pub(crate) structures: BTreeSet<&'m ShapeId>,
}

impl<'m> Recursion<'m> {
    pub(crate) fn of(closure: &Closure<'m>) -> Self {
        let by_value = edges_in_cycles(closure, |shape| {
            matches!(shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_))
        });
        let all = edges_in_cycles(closure, |_| true);
        let is_structure = |shape: &&Shape| matches!(shape.kind, ShapeKind::Structure(_));
        Self {
            boxes: by_value.into_iter().map(|(_, member)| &member.id).collect(),
            structures: all
                .into_iter()
                .map(|(shape, _)| shape)
                .filter(is_structure)
                .map(|shape| &shape.id)
                .collect(),
        }
    }
}

/// The members, each with its shape, through which shapes of this kind contain themselves.
fn edges_in_cycles<'m>(
    closure: &Closure<'m>,
    is_node: impl Fn(&Shape) -> bool,
) -> Vec<(&'m Shape, &'m Member)> {
    let mut graph: DiGraph<&Shape, &Member> = DiGraph::new();
    let nodes: BTreeMap<&ShapeId, NodeIndex> = closure
        .data
        .values()
        .filter(|shape| is_node(shape))
        .map(|shape| (&shape.id, graph.add_node(shape)))
        .collect();
    for (id, from) in &nodes {
        let Some(shape) = closure.data.get(id) else {
            continue;
        };
        for member in shape.members() {
            if let Some(to) = nodes.get(&member.target) {
                graph.add_edge(*from, *to, member);
            }
        }
    }
    let mut component = vec![0_usize; graph.node_count()];
    // Kosaraju's algorithm goes round in loops; Tarjan's would call itself once for each shape of a
    // long chain.
    for (number, nodes) in kosaraju_scc(&graph).iter().enumerate() {
        for node in nodes {
            if let Some(slot) = component.get_mut(node.index()) {
                *slot = number;
            }
        }
    }
    graph
        .edge_indices()
        .filter_map(|edge| {
            let (from, to) = graph.edge_endpoints(edge)?;
            let inside = component.get(from.index()) == component.get(to.index());
            inside
                .then(|| Some((*graph.node_weight(from)?, *graph.edge_weight(edge)?)))
                .flatten()
        })
        .collect()
}
