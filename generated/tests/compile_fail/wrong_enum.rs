use appfabric::types::UserAccessResultItem;

fn main() {
    let _ = UserAccessResultItem::builder().result_status("COMPLETED");
}
