use appfabric::operations::UpdateAppAuthorization;

fn main() {
    let _ = UpdateAppAuthorization::builder().credential("secret");
}
