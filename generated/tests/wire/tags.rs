use super::{BUNDLE, golden, nothing, wire};
use appfabric::operations::{ListTagsForResource, TagResource, UntagResource};
use appfabric::types::Tag;
use serde_json::json;

const INGESTION: &str = "arn:aws:appfabric:us-east-1:111122223333:appbundle/b1/ingestion/i1";

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
            .tags([
                Tag::builder().key("team").value("security").build(),
                Tag::builder().key(r#"größe: "L"/\"#).value("").build(),
            ])
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
        UntagResource::builder().resource_arn(BUNDLE).tag_keys(["team"]).build(),
        nothing,
    );
}
