//! How deep types nest, which the compiler has to know where it cannot tell by itself.

use crate::select::closure::Closure;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use smithy_model::{Shape, ShapeId};
use std::collections::BTreeMap;

/// The limit that the compiler has if a crate says nothing.
const COMPILERS: usize = 128;

/// The most steps that the compiler takes through one shape on its way to the next: a map is a
/// `BTreeMap`, a marker, a `Box`, a pointer, a marker and a pair.
const STEPS: usize = 6;

/// The steps around a call's output: its future, the result, the box of an error.
const AROUND: usize = 32;

/// The `recursion_limit` that the crate needs: `Send` and `Sync` of a type are proven through all
/// that is in it.
pub(crate) fn recursion_limit(closure: &Closure<'_>) -> Option<usize> {
    let limit = AROUND + STEPS * depth(closure);
    (limit > COMPILERS).then(|| limit.next_power_of_two())
}

/// The most shapes on a way through the model. A cycle counts as a whole, since a way may go
/// through all of it.
fn depth(closure: &Closure<'_>) -> usize {
    let mut graph: DiGraph<&Shape, ()> = DiGraph::new();
    let mut nodes: BTreeMap<&ShapeId, NodeIndex> = BTreeMap::new();
    for shape in closure
        .shapes()
        .filter(|shape| shape.members().next().is_some())
    {
        nodes
            .entry(&shape.id)
            .or_insert_with(|| graph.add_node(shape));
    }
    for (from, to) in nodes
        .values()
        .flat_map(|node| {
            let shape = graph.node_weight(*node).copied();
            let targets = shape
                .into_iter()
                .flat_map(Shape::members)
                .filter_map(|member| nodes.get(&member.target));
            targets.map(|target| (*node, *target)).collect::<Vec<_>>()
        })
        .collect::<Vec<_>>()
    {
        graph.add_edge(from, to, ());
    }
    // What a component leads to comes before it.
    let mut depths: BTreeMap<NodeIndex, usize> = BTreeMap::new();
    for component in kosaraju_scc(&graph) {
        let targets = component.iter().flat_map(|node| graph.neighbors(*node));
        let below = targets
            .filter_map(|target| depths.get(&target))
            .max()
            .copied()
            .unwrap_or_default();
        depths.extend(
            component
                .iter()
                .map(|node| (*node, below + component.len())),
        );
    }
    depths.into_values().max().unwrap_or_default()
}
