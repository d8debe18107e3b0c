use appfabric::types::Tenant;

fn main() {
    let _ = Tenant::builder().tenant_identifier("T0123").build();
}
