use super::{BUNDLE, INGESTION, golden, nothing, two_tags, wire};
use appfabric::operations::{ListTagsForResource, TagResource, UntagResource};
use serde_json::json;

#[test]
fn list_tags_for_resource() {
    golden(
        ListTagsForResource::builder().resource_arn(BUNDLE).build(),
        ListTagsForResource::builder()
            .resource_arn("arn:aws:appfabric:eu-west-1:111122223333:appbundle/x y+z?")
            .build(),
        |output| json!({"tags": wire(&output.tags)}),
    );
}

#[test]
fn tag_resource() {
    golden(
        TagResource::builder()
            .resource_arn(INGESTION)
            .tags(two_tags())
            .build(),
        TagResource::builder().resource_arn(BUNDLE).tags([]).build(),
        nothing,
    );
}

#[test]
fn untag_resource() {
    golden(
        UntagResource::builder()
            .resource_arn(INGESTION)
            .tag_keys(["team", r#"größe: "L"/\"#, "a&b=c"])
            .build(),
        UntagResource::builder()
            .resource_arn(BUNDLE)
            .tag_keys(["team"])
            .build(),
        nothing,
    );
}
