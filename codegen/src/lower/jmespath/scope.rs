//! What expressions refer to.

use crate::graph::service::Shapes;
use crate::graph::shape::Structure;

/// What expressions are about: an operation's input and output, and the shapes that they refer to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope<'g> {
    pub(crate) input: &'g Structure,
    pub(crate) output: &'g Structure,
    pub(crate) shapes: &'g Shapes,
}
