//! Recursive shapes: members whose value is boxed, and structures that are read into a `Box`.
//!
//! A structure cannot contain itself by value. Every by-value edge inside a strongly connected
//! component of the graph of by-value edges is boxed. Boxes then depend on the cycle alone, and a
//! member that is added elsewhere never moves one.
//!
//! Reading a recursive structure is a recursive call for each level. The structure is read into a
//! `Box`, even if it is then moved into a list or map, so that no level has one on the stack.

use crate::select::closure::Closure;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use smithy_model::{Member, Shape, ShapeId, ShapeKind};
use std::collections::{BTreeMap, BTreeSet};

/// The recursive members and structures of a closure.
pub(crate) struct Recursion<'m> {
    /// The members whose value is boxed.
    pub(crate) boxes: BTreeSet<&'m ShapeId>,
    /// The structures that may contain themselves, directly or in lists and maps.
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

/// The members inside cycles of the shapes that are nodes, each with its shape.
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
    // Kosaraju's algorithm is iterative here; Tarjan's recurses once for each shape of a chain.
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
