use appfabric::operations::CreateAppAuthorization;
use appfabric::types::Tenant;

fn main() {
    let tenant = Tenant::builder().tenant_identifier("T").tenant_display_name("A").build();
    let _ =
        CreateAppAuthorization::builder().app_bundle_identifier("bundle").app("SLACK").tenant(tenant).build();
}
