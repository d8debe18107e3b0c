//! Streaming members: a message has at most one, which is its body.

use crate::graph::member::{Member, Type};
use crate::graph::service::Service;
use crate::graph::shape::Structure;

impl Service {
    /// Whether an operation has a streaming member.
    pub(crate) fn streams(&self) -> bool {
        let mut messages = self
            .operations
            .values()
            .flat_map(|operation| [&operation.input, &operation.output]);
        messages.any(|message| message.stream().is_some())
    }
}

impl Structure {
    /// The streaming member.
    pub(crate) fn stream(&self) -> Option<&Member> {
        self.members.iter().find(|member| member.is_stream())
    }
}

impl Member {
    /// Whether it is a streaming member.
    pub(crate) fn is_stream(&self) -> bool {
        matches!(self.ty, Type::Stream { .. })
    }
}
