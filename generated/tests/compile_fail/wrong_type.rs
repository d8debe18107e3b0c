use appfabric::operations::{CreateAppAuthorization, UpdateAppAuthorization};

fn main() {
    let _ = CreateAppAuthorization::builder().auth_type("apiKey");
    let _ = UpdateAppAuthorization::builder().credential("secret");
}
