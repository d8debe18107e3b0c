//! Tags.

use super::super::errors::{Kind, invalid_member, not_found};
use super::Call;
use appfabric::operations::{
    ListTagsForResource, ListTagsForResourceOutput, TagResource, TagResourceOutput, UntagResource,
    UntagResourceOutput,
};
use appfabric::server::{ListTagsForResourceError, TagResourceError, UntagResourceError};
use appfabric::types::{ResourceNotFoundException, Tag, ValidationException};
use std::collections::BTreeMap;

/// Tags of a resource (*Tagging AWS Resources User Guide*, Tag naming limits and requirements).
const MOST_TAGS: usize = 50;
/// The prefix of tags that only AWS creates (the same).
const RESERVED: &str = "aws:";

impl Call<'_> {
    pub(crate) fn list_tags_for_resource(
        &mut self,
        input: ListTagsForResource,
    ) -> Result<ListTagsForResourceOutput, ListTagsForResourceError> {
        let tags = self.tags(&input.resource_arn)?;
        let tags = tags.iter();
        let tags: Vec<_> = tags
            .map(|(key, value)| Tag::builder().key(key).value(value).build())
            .collect();
        Ok(ListTagsForResourceOutput::builder().tags(tags).build())
    }

    pub(crate) fn tag_resource(
        &mut self,
        input: TagResource,
    ) -> Result<TagResourceOutput, TagResourceError> {
        let tags = self.tags(&input.resource_arn)?;
        let mut all = tags.clone();
        all.extend(unique(&input.tags)?);
        if all.len() > MOST_TAGS {
            let message = format!("A resource has at most {MOST_TAGS} tags.");
            return Err(invalid_member("tags", &message).into());
        }
        *tags = all;
        Ok(TagResourceOutput::default())
    }

    pub(crate) fn untag_resource(
        &mut self,
        input: UntagResource,
    ) -> Result<UntagResourceOutput, UntagResourceError> {
        let tags = self.tags(&input.resource_arn)?;
        tags.retain(|key, _| !input.tag_keys.contains(key));
        Ok(UntagResourceOutput::default())
    }

    fn tags(
        &mut self,
        arn: &str,
    ) -> Result<&mut BTreeMap<String, String>, ResourceNotFoundException> {
        self.state
            .bundle_of(self.caller)
            .and_then(|bundle| bundle.tags(arn))
            .ok_or_else(|| not_found(Kind::Resource, arn))
    }
}

/// The tags of a request, whose keys are unique and not reserved.
pub(super) fn unique(tags: &[Tag]) -> Result<BTreeMap<String, String>, ValidationException> {
    let mut unique = BTreeMap::new();
    for Tag { key, value, .. } in tags {
        if key.starts_with(RESERVED) {
            let message = "Keys that begin with aws: are reserved.";
            return Err(invalid_member("tags", message));
        }
        if unique.insert(key.clone(), value.clone()).is_some() {
            return Err(invalid_member("tags", "Each key must be unique."));
        }
    }
    Ok(unique)
}
