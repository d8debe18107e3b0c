//! Values of AWS's core traits.

use super::fields::required;
use crate::syntax::node::Node;
use crate::traits::reader::TraitValue;

/// What AWS's tools call a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SdkService<'a> {
    /// What SDKs call it.
    pub sdk_id: &'a str,
    /// The name of the service in URLs of AWS's documentation, if it does not follow from `sdk_id`
    /// and the version.
    pub doc_id: Option<&'a str>,
}

impl TraitValue for SdkService<'_> {
    type Read<'a> = SdkService<'a>;

    fn read(node: &Node) -> Option<SdkService<'_>> {
        let sdk_id = required(node, "sdkId", Node::as_str)?;
        let doc_id = node.get("docId").and_then(Node::as_str);
        Some(SdkService { sdk_id, doc_id })
    }
}
