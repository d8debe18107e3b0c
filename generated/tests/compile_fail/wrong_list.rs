use appfabric::operations::CreateAppBundle;
use appfabric::types::Tag;

fn main() {
    let tag = Tag::builder().key("stage").value("test").build();
    let _ = CreateAppBundle::builder().tags(tag);
}
