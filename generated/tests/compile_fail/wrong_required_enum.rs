use appfabric::operations::CreateAppAuthorization;

fn main() {
    let _ = CreateAppAuthorization::builder().auth_type("apiKey");
}
