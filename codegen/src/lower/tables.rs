//! The tables that most passes read.

use crate::lower::blanks::Blanks;
use crate::lower::names::assign::Names;
use crate::lower::quirks::Quirks;
use crate::lower::recursion::Recursion;
use crate::protocol::interface::Protocol;
use crate::select::closure::Closure;
use smithy_model::{Member, Shape};

/// The tables of the first passes.
pub(crate) struct Tables<'t, 'm> {
    pub(crate) protocol: &'t dyn Protocol,
    pub(crate) closure: &'t Closure<'m>,
    pub(crate) quirks: &'t Quirks<'m>,
    pub(crate) recursion: &'t Recursion<'m>,
    pub(crate) names: &'t Names,
    pub(crate) blanks: &'t Blanks<'m>,
}

impl<'m> Tables<'_, 'm> {
    /// The shape that a member targets.
    pub(crate) fn target(&self, member: &Member) -> Option<&'m Shape> {
        self.closure.model.shape(&member.target)
    }
}
