//! Host prefixes of operations.

use crate::graph::wire::HostPart;
use crate::text::Text;
use smithy_model::Traits;
use smithy_model::traits::ENDPOINT;

/// The host prefix (Smithy, "Endpoint traits"). Loading checked that its braces are closed.
pub(crate) fn host_prefix(traits: &Traits) -> Vec<HostPart> {
    let prefix = ENDPOINT.of(traits).map_or("", |prefix| prefix.value);
    let mut parts = Vec::new();
    for (index, part) in prefix
        .split(['{', '}'])
        .enumerate()
        .filter(|(_, part)| !part.is_empty())
    {
        parts.push(match index % 2 {
            0 => HostPart::Literal(Text::new(part)),
            _ => HostPart::Label(part.to_owned()),
        });
    }
    parts
}
