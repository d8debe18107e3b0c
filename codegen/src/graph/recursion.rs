//! Which members hold a `Box`.
//!
//! A structure cannot contain itself by value. Every by-value edge inside a strongly connected component of the graph
//! of by-value edges is boxed, so that which members are boxed depends on the cycle alone and not on where a walk
//! happened to start: a member added elsewhere never moves a `Box`.

use super::closure::Closure;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use smithy_model::{Member, Shape, ShapeId, ShapeKind};
use std::collections::{BTreeMap, BTreeSet};

/// The ids of the members whose value is boxed.
pub(crate) fn boxed_members<'m>(closure: &Closure<'m>) -> BTreeSet<&'m ShapeId> {
    let mut graph: DiGraph<&Shape, &Member> = DiGraph::new();
    let nodes: BTreeMap<&ShapeId, NodeIndex> = closure
        .data
        .values()
        .filter(|shape| is_by_value(shape))
        .map(|shape| (&shape.id, graph.add_node(shape)))
        .collect();
    for (id, from) in &nodes {
        let Some(shape) = closure.data.get(id) else { continue };
        for member in shape.members() {
            if let Some(to) = nodes.get(&member.target) {
                graph.add_edge(*from, *to, member);
            }
        }
    }
    let mut component = vec![0_usize; graph.node_count()];
    // Kosaraju's algorithm goes round in loops; Tarjan's would call itself once for each shape of a long chain.
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
            inside.then(|| graph.edge_weight(edge).map(|member| &member.id)).flatten()
        })
        .collect()
}

/// Structures and unions hold their members by value; lists and maps hold them on the heap.
fn is_by_value(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_))
}
